"""The producer's pages: writing with and without scripts, evidence, filing, what was filed."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.criteria.sets import load_set
from ocop.dossiers import forms
from ocop.dossiers.models import ChangeRequest, Dossier, Evidence, Road, State, Supplement
from ocop.dossiers.services import drafting
from ocop.dossiers.services import evidence as library
from ocop.dossiers.services.commune import return_dossier
from ocop.people import queries as people
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.recognition.models import Kind
from ocop.web.producer import reading
from tests import world
from tests.dossiers import making
from tests.factories import ProducerFactory, RecognitionFactory, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    with time_machine.travel(now, tick=False):
        yield


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def owner(now: datetime, dossier: Dossier) -> Client:
    return signed_in(world.member(now, dossier.product.producer))


def text(response: Any) -> str:
    return response.content.decode()


def address(name: str, dossier: Dossier, *more: Any) -> str:
    return reverse(f"producer_{name}", args=(dossier.code, *more))


def send(client: Client, dossier: Dossier, **body: Any) -> Any:
    return client.post(address("save", dossier), json.dumps(body), content_type="application/json")


READ = ("dossier", "gates", "score", "withdraw")


# --- who sees -------------------------------------------------------------------------------------
def test_every_page_is_there_for_the_owner_and_the_office_and_for_nobody_else(
    now: datetime,
) -> None:
    dossier = making.filled(now)
    office = signed_in(world.person(now, Role.PROVINCIAL_OFFICER))
    other = signed_in(world.member(now, ProducerFactory()))
    commune = signed_in(world.person(now, Role.COMMUNE_OFFICER, dossier.commune))
    pages = [address(name, dossier) for name in (*READ, "submit")]
    pages += [
        address("page", dossier, page.key)
        for page in forms.pages_for(dossier.kind, dossier.version.sector)
    ]
    pages.append(address("criterion", dossier, "1.1"))
    for client, status in ((owner(now, dossier), 200), (office, 200), (other, 404), (commune, 404)):
        found = {page: client.get(page).status_code for page in pages}
        assert set(found.values()) == {status}, found
    for page in pages:
        assert Client().get(page).status_code == 302


def test_pages_that_do_not_exist(now: datetime) -> None:
    dossier = making.draft(now)
    client = owner(now, dossier)
    for page in (
        address("page", dossier, "la"),
        address("criterion", dossier, "99"),
        address("snapshot", dossier, 1),
        address("supplement", dossier, "khongco1"),
        reverse("producer_begin", args=("khongco1",)),
        reverse("producer_evidence", args=("khongco1",)),
    ):
        assert client.get(page).status_code == 404


def test_lists_take_the_same_queries_for_one_row_and_for_three(
    now: datetime, django_assert_max_num_queries: Any
) -> None:
    first = making.filled(now)
    client = owner(now, first)
    making.paper(now, first.product.producer, "red")
    with django_assert_max_num_queries(30) as counted:
        client.get(reverse("producer_dossiers"))
    one = len(counted)
    for colour in ("green", "blue"):
        making.draft(now, producer=first.product.producer)
        making.paper(now, first.product.producer, colour)
    for name in ("producer_dossiers", "producer_library", "producer_home"):
        with django_assert_max_num_queries(max(one, 30)):
            assert client.get(reverse(name)).status_code == 200


# --- begin ----------------------------------------------------------------------------------------
def test_a_product_begins_with_the_kinds_that_fit_and_says_why_not_the_others(
    now: datetime,
) -> None:
    product = making.product()
    client = signed_in(world.member(now, product.producer))
    assert product.name in text(client.get(reverse("producer_dossiers")))
    begin = reverse("producer_begin", args=(product.code,))
    page = text(client.get(begin))
    assert "không có hạng sao nào" in page
    response = client.post(begin, {"kind": "first"})
    dossier = Dossier.objects.get()
    assert response.url == address("dossier", dossier)
    assert "đang có một hồ sơ" in text(client.post(begin, {"kind": "first"}))
    assert client.post(begin, {"kind": "upgrade"}).status_code == 200
    assert Dossier.objects.count() == 1


def renewable(now: datetime) -> tuple[Any, Dossier]:
    """A product of three stars in its filing window, and the dossier of then with two papers, of
    which one has expired."""
    first = making.filled(now)
    maker = first.product.producer
    for code, colour, until in (("1.1", "white", None), ("2.3", "black", now.date())):
        row = making.paper(now, maker, colour, valid_until=until and until - timedelta(days=3))
        library.use_evidence(actor=SYSTEM, dossier=first, evidence=row, criterion=code, at=now)
    star = RecognitionFactory(
        product=first.product, stars=3, on=now.date() - timedelta(days=946),
        expires_on=now.date() + timedelta(days=150),
    )  # fmt: skip
    Dossier.objects.filter(pk=first.pk).update(
        state=State.DECIDED, recognition=star, submitted_at=now - timedelta(days=946),
        slip_number="1/PĐK", ended_at=now,
    )  # fmt: skip
    return first.product, first


@pytest.mark.parametrize("office", [False, True])
def test_one_step_on_the_product_page_opens_the_next_dossier(now: datetime, office: bool) -> None:
    product, first = renewable(now)
    user = (
        world.person(now, Role.PROVINCIAL_OFFICER)
        if office
        else world.member(now, product.producer)
    )
    client = signed_in(user)
    shown = reverse("office:product" if office else "product", args=(product.code,))
    page = text(client.get(shown))
    begin = reverse("producer_begin", args=(product.code,))
    for kind in ("upgrade", "reevaluation"):
        assert f'<input type="hidden" name="kind" value="{kind}">' in page
    response = client.post(begin, {"kind": "reevaluation"})
    dossier = product.dossiers.get(state=State.DRAFT)
    assert response.url == address("carried", dossier)
    told = text(client.get(response.url))
    assert "1/PĐK" in told
    old = first.uses.get(criterion="2.3").evidence
    replace = reverse("producer_evidence_replace", args=(old.code,)) + f"?ho-so={dossier.code}"
    assert replace in told
    assert "1 minh chứng đã hết hiệu lực" in told
    assert address("dossier", dossier) in text(client.get(shown))  # the one under way, no button
    assert 'name="kind"' not in text(client.get(shown))


def test_what_expired_is_replaced_from_the_dossier_and_one_comes_back(now: datetime) -> None:
    product, _first = renewable(now)
    client = signed_in(world.member(now, product.producer))
    client.post(reverse("producer_begin", args=(product.code,)), {"kind": "reevaluation"})
    dossier = product.dossiers.get(state=State.DRAFT)
    old = dossier.uses.get(criterion="2.3").evidence
    to = reverse("producer_evidence_replace", args=(old.code,)) + f"?ho-so={dossier.code}"
    told = {
        "type": "test_report",
        "title": "Phiếu mới",
        "file": upload(content=making.picture("green")),
    }
    assert client.post(to, told).url == address("carried", dossier)
    assert dossier.uses.get(criterion="2.3").evidence.title == "Phiếu mới"
    assert "Thay bằng bản mới" not in text(client.get(address("carried", dossier)))
    other = making.draft(now)
    strange = reverse("producer_evidence_replace", args=(old.code,)) + f"?ho-so={other.code}"
    assert client.get(strange).status_code == 404


def test_the_levels_of_the_last_time_are_taken_by_one_press(now: datetime) -> None:
    product, first = renewable(now)
    client = signed_in(world.member(now, product.producer))
    begin = reverse("producer_begin", args=(product.code,))
    assert "Hồ sơ mới bắt đầu từ hồ sơ trước" in text(client.get(begin))
    client.post(begin, {"kind": "upgrade"})
    dossier = product.dossiers.get(state=State.DRAFT)
    assert dossier.marks == {}
    page = address("carried", dossier)
    assert f"Lấy mức lần trước cho {len(first.marks)} tiêu chí" in text(client.get(page))
    client.post(page)
    dossier.refresh_from_db()
    assert dossier.marks == first.marks
    assert "Lấy mức lần trước" not in text(client.get(page))
    assert client.post(page).status_code == 302  # again: nothing is left to take


def test_nobody_else_is_offered_a_dossier_of_the_product(now: datetime) -> None:
    product, _first = renewable(now)
    type(product).objects.filter(pk=product.pk).update(listed=True)
    page = reverse("product", args=(product.code,))
    for client in (
        Client(),
        signed_in(world.member(now, ProducerFactory())),
        signed_in(world.person(now, Role.AUDITOR)),
    ):
        assert 'name="kind"' not in text(client.get(page))


@pytest.mark.parametrize(
    ("signed", "told"),
    [
        # 36 months end on 26/04/2027: filed 180 to 120 days before, to 27/12/2026 (Art. 6)
        (date(2024, 4, 26), ("đến hết ngày 26/04/2027", "đến hết ngày 27/12/2026")),
        (date(2023, 12, 29), ("đến hết ngày 29/12/2026", "đã qua (31/08/2026)")),
        (date(2019, 11, 20), ("đã hết hiệu lực sau ngày 20/11/2022",)),
    ],
)
def test_the_end_of_the_star_is_not_taken_for_the_end_of_the_window(
    signed: date, told: tuple[str, ...], now: datetime
) -> None:
    star = RecognitionFactory(product=making.product(), on=signed, stars=4)
    client = signed_in(world.member(now, star.product.producer))
    page = text(client.get(reverse("producer_begin", args=(star.product.code,))))
    for words in told:
        assert words in page
    main = re.sub(r"<[^>]+>", " ", page.split("<main")[1])
    assert not re.search(r"nộp đánh giá lại\s+đến hết", main)


def test_an_officer_chooses_the_road_where_validity_is_unknown(now: datetime) -> None:
    star = RecognitionFactory(product=making.product(), expires_on=None)
    begin = reverse("producer_begin", args=(star.product.code,))
    client = signed_in(world.member(now, star.product.producer))
    assert "Hãy nhờ Văn phòng Điều phối" in text(client.get(begin))
    office = signed_in(world.person(now, Role.PROVINCIAL_OFFICER))
    office.post(begin, {"kind": "reevaluation", "road": "expired"})
    assert Dossier.objects.get().road == Road.EXPIRED


def test_nobody_begins_for_another(now: datetime) -> None:
    product = making.product(listed=True)
    client = signed_in(world.member(now, ProducerFactory()))
    assert client.get(reverse("producer_begin", args=(product.code,))).status_code == 404


# --- writing without scripts ----------------------------------------------------------------------
def form_of(response: Any) -> dict[str, Any]:
    """What a browser would send of the page's form, untouched."""
    data: dict[str, Any] = {}
    for bound in response.context["form"]:
        value = bound.value()
        data[bound.html_name] = "" if value is None else value
        if bound.field.show_hidden_initial:
            data[bound.html_initial_name] = "" if value is None else value
    return data


def test_a_page_saves_what_changed_and_leads_on(now: datetime) -> None:
    dossier = making.draft(now)
    client = owner(now, dossier)
    page = address("page", dossier, "chu-the")
    data = form_of(client.get(page)) | {"phone": "0912345678", "registered_on": "2020-01-31"}
    response = client.post(page, data)
    assert response.url == address("page", dossier, "dai-dien")
    dossier.refresh_from_db()
    assert dossier.answers["phone"] == "0912345678"
    assert dossier.answers["registered_on"] == "2020-01-31"
    response = client.post(page, {**form_of(client.get(page)), "stay": "1"})
    assert response.url == address("dossier", dossier)
    dossier.refresh_from_db()
    assert dossier.revision == 1


def test_a_wrong_value_stays_on_the_page_with_its_words(now: datetime) -> None:
    dossier = making.draft(now)
    client = owner(now, dossier)
    page = address("page", dossier, "quy-mo")
    response = client.post(page, form_of(client.get(page)) | {"workers": "nhiều"})
    assert "Hãy ghi một số nguyên" in text(response)
    assert 'value="nhiều"' in text(response)


def test_an_old_page_does_not_undo_what_somebody_else_wrote(now: datetime) -> None:
    dossier = making.draft(now)
    client = owner(now, dossier)
    page = address("page", dossier, "thi-truong")
    old = form_of(client.get(page))
    drafting.save_answers(
        actor=SYSTEM, dossier=dossier, revision=0, answers={"markets": "Chợ quê"}, at=now
    )
    client.post(page, old | {"plan": "Mở rộng"})
    dossier.refresh_from_db()
    assert (dossier.answers["markets"], dossier.answers["plan"]) == ("Chợ quê", "Mở rộng")
    assert "Hai người cùng sửa một mục" in text(
        client.post(page, old | {"markets": "Siêu thị", "plan": "Mở rộng"})
    )


def clashing(now: datetime, dossier: Dossier, **mine: str) -> tuple[Client, str, dict[str, Any]]:
    """A page on which this person wrote what the office saved meanwhile, and its answer."""
    client = owner(now, dossier)
    page = address("page", dossier, "thi-truong")
    old = form_of(client.get(page))
    office = people.actor_for(world.person(now, Role.PROVINCIAL_OFFICER), on=now.date())
    saved = {"markets": "Chợ quê", "plan": "Giữ nguyên"}
    drafting.save_answers(actor=office, dossier=dossier, revision=0, answers=saved, at=now)
    sent = old | mine
    answer = client.post(page, sent)
    pattern = r'<input type="hidden" name="(seen|clashing)" value="([^"]*)"'
    hidden = re.findall(pattern, text(answer))
    seen = {"seen": dict(hidden)["seen"], "clashing": [v for n, v in hidden if n == "clashing"]}
    return client, text(answer), sent | seen


def test_both_texts_are_shown_with_who_saved_the_other_and_nothing_typed_is_lost(
    now: datetime,
) -> None:
    dossier = making.draft(now)
    _client, shown, _sent = clashing(now, dossier, markets="Siêu thị")
    section = shown.split("data-clash tabindex")[1].split("</section>")[0]
    assert section.index("Siêu thị") < section.index("Chợ quê")
    assert re.search(r"Bản đã lưu: .+ \(Văn phòng làm thay\), 23/11/2026 09:00", section)
    assert "choice-" not in section  # one field: two buttons are enough
    assert ("Giữ bản của tôi" in section, "Bỏ bản của tôi" in section) == (True, True)
    assert ">\nSiêu thị</textarea>" in shown
    dossier.refresh_from_db()
    assert dossier.answers["markets"] == "Chợ quê"


@pytest.mark.parametrize(
    ("pressed", "choice", "markets", "plan"),
    [
        ("mine", {}, "Siêu thị", "Mở rộng"),
        ("theirs", {}, "Chợ quê", "Giữ nguyên"),
        ("chosen", {"choice-answers.plan": "theirs"}, "Siêu thị", "Giữ nguyên"),
    ],
)
def test_one_keeps_the_own_text_drops_it_or_chooses_field_by_field(
    now: datetime, pressed: str, choice: dict[str, str], markets: str, plan: str
) -> None:
    dossier = making.draft(now)
    client, shown, sent = clashing(now, dossier, markets="Siêu thị", plan="Mở rộng")
    assert "choice-answers.plan" in shown
    page = address("page", dossier, "thi-truong")
    assert client.post(page, sent | {"clash": pressed} | choice).status_code == 302
    dossier.refresh_from_db()
    assert (dossier.answers["markets"], dossier.answers["plan"]) == (markets, plan)


def test_a_third_writing_after_the_choice_was_shown_is_shown_again(now: datetime) -> None:
    dossier = making.draft(now)
    client, _shown, sent = clashing(now, dossier, markets="Siêu thị")
    dossier.refresh_from_db()
    drafting.save_answers(
        actor=SYSTEM, dossier=dossier, revision=1, answers={"markets": "Chợ phiên"}, at=now
    )
    page = address("page", dossier, "thi-truong")
    again = text(client.post(page, sent | {"clash": "mine"}))
    assert "Chợ phiên" in again.split("data-clash tabindex")[1].split("</section>")[0]
    dossier.refresh_from_db()
    assert dossier.answers["markets"] == "Chợ phiên"


def test_the_script_is_given_both_texts_and_what_others_wrote(now: datetime) -> None:
    dossier = making.draft(now)
    client = owner(now, dossier)
    drafting.save_answers(
        actor=SYSTEM, dossier=dossier, revision=0, answers={"markets": "Chợ quê"}, at=now
    )
    told = send(client, dossier, revision=0, answers={"markets": "Siêu thị"}, marks={"1.1": 3})
    assert told.status_code == 409
    assert told.json()["theirs"] == {"answers.markets": "Chợ quê"}
    for words in ("Siêu thị", "Chợ quê", "Hệ thống"):
        assert words in told.json()["clash"]
    merged = send(client, dossier, revision=0, marks={"1.1": 3}).json()
    assert (merged["revision"], merged["others"]) == (2, {"answers.markets": "Chợ quê"})
    assert send(client, dossier, revision=2, marks={"1.1": 2}).json()["others"] == {}


def test_a_criterion_takes_a_level_words_and_its_conditions(now: datetime) -> None:
    dossier = making.draft(now)
    client = owner(now, dossier)
    page = address("criterion", dossier, "1.1")
    shown = client.get(page)
    level = shown.context["form"].fields["level"].choices[-1][0]
    gate = next(name for name in shown.context["form"].fields if name.startswith("g-"))
    client.post(page, form_of(shown) | {"level": level, "claim": "Trong xã", gate: "no"})
    dossier.refresh_from_db()
    assert dossier.marks == {"1.1": int(level.split(".")[0])}
    assert dossier.claims == {"1.1": "Trong xã"}
    assert dossier.gates == {gate[2:]: False}
    assert "checked" in text(client.get(page))
    assert client.post(page, form_of(shown) | {"level": "77"}).status_code == 200


def test_an_upgrade_shows_the_points_of_the_last_recognition_beside_each_criterion(
    now: datetime,
) -> None:
    first = making.filled(now)
    star = RecognitionFactory(product=first.product, stars=3, on=now.date())
    Dossier.objects.filter(pk=first.pk).update(state=State.DECIDED, recognition=star)
    dossier = making.draft(now, kind=Kind.UPGRADE, product=first.product)
    assert dossier.previous == star
    client = owner(now, dossier)
    for code in ("1.1", next(c for c, points in first.marks.items() if points == 0)):
        shown = text(client.get(address("criterion", dossier, code)))
        assert f"Lần trước: {first.marks[code]} điểm" in shown
    # nothing where the last star came without a dossier here, or by another set's codes
    Dossier.objects.filter(pk=first.pk).update(version=version(14))
    assert "Lần trước" not in text(client.get(address("criterion", dossier, "1.1")))
    Dossier.objects.filter(pk=first.pk).update(version=dossier.version, recognition=None)
    assert "Lần trước" not in text(client.get(address("criterion", dossier, "1.1")))


def test_conditions_of_the_whole_set_are_answered_on_one_page(now: datetime) -> None:
    dossier = making.draft(now)
    client = owner(now, dossier)
    page = address("gates", dossier)
    shown = client.get(page)
    names = [name for name in shown.context["form"].fields if name.startswith("g-")]
    client.post(page, form_of(shown) | dict.fromkeys(names, "no"))
    dossier.refresh_from_db()
    assert dossier.gates == {name[2:]: False for name in names}


# --- writing with scripts -------------------------------------------------------------------------
def test_the_script_saves_and_gets_the_new_score(now: datetime) -> None:
    dossier = making.draft(now)
    response = send(owner(now, dossier), dossier, revision=0, marks={"1.1": 3}, answers={})
    told = response.json()
    assert (response.status_code, told["revision"]) == (200, 1)
    assert "<b>3</b>" in told["panel"]
    assert "<b>3</b>" in told["brief"]


def test_the_script_is_told_why_it_was_refused(now: datetime) -> None:
    dossier = making.draft(now)
    client = owner(now, dossier)
    told = send(client, dossier, revision=0, answers={"workers": "nhiều"})
    assert (told.status_code, told.json()["code"]) == (409, "answers_wrong")
    for body in (b"{", b"[]", b'{"revision": "1"}', b'{"revision": 0, "marks": 7}', b"\xff", b"{}"):
        response = client.post(address("save", dossier), body, content_type="application/json")
        assert (response.status_code, response.json()["code"]) == (409, "json"), body


def test_the_script_is_told_when_the_session_ended_and_others_find_nothing(now: datetime) -> None:
    dossier = making.draft(now)
    told = send(Client(), dossier, revision=0, marks={"1.1": 3})
    assert (told.status_code, told.json()["code"]) == (401, "signed_out")
    other = signed_in(world.member(now, ProducerFactory()))
    assert send(other, dossier, revision=0, marks={"1.1": 3}).status_code == 404
    dossier.refresh_from_db()
    assert dossier.marks == {}
    assert owner(now, dossier).get(address("save", dossier)).status_code == 405


# --- evidence -------------------------------------------------------------------------------------
def upload(name: str = "phieu.png", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, making.picture() if content is None else content)


FACTS = {"type": "test_report", "title": "Phiếu kiểm nghiệm"}


def test_a_document_brought_from_a_criterion_is_named_for_it(now: datetime) -> None:
    dossier = making.draft(now)
    client = owner(now, dossier)
    page = reverse("producer_evidence_add", args=(dossier.product.producer.code,))
    page += f"?ho-so={dossier.code}&tieu-chi=1.1"
    response = client.post(page, {**FACTS, "file": upload()})
    assert response.url.startswith(address("criterion", dossier, "1.1"))
    use = dossier.uses.get()
    assert (use.criterion, use.evidence.title) == ("1.1", "Phiếu kiểm nghiệm")
    shown = text(client.get(address("criterion", dossier, "1.1")))
    assert reverse("evidence_file", args=(dossier.code, use.evidence.code)) in shown


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (("a.pdf", None), "nội dung là PNG"),
        (("a.exe", b"MZ\x90\x00\x00\x00\x00"), "không nhận được"),
        (("a.png", b""), "rỗng"),
    ],
)
def test_a_file_that_lies_is_refused_and_what_was_typed_stays(
    file: tuple[str, bytes | None], words: str, now: datetime
) -> None:
    maker = ProducerFactory()
    client = signed_in(world.member(now, maker))
    page = reverse("producer_evidence_add", args=(maker.code,))
    response = client.post(page, {**FACTS, "file": upload(*file)})
    assert response.status_code == 200
    assert words in text(response)
    assert "Phiếu kiểm nghiệm" in text(response)
    assert not Evidence.objects.exists()


def test_a_file_too_large_is_let_past_and_said(now: datetime, settings: Any) -> None:
    settings.OCOP_MAX_UPLOAD = 100_000
    maker = ProducerFactory()
    client = signed_in(world.member(now, maker))
    page = reverse("producer_evidence_add", args=(maker.code,))
    response = client.post(page, {**FACTS, "file": upload(content=b"%PDF-" + b"0" * 5_000_000)})
    assert "Tệp lớn hơn" in text(response)
    assert "Phiếu kiểm nghiệm" in text(response)
    assert not Evidence.objects.exists()


def test_documents_are_taken_out_of_the_library_and_off_again(now: datetime) -> None:
    dossier = making.draft(now)
    paper = making.paper(now, dossier.product.producer)
    client = owner(now, dossier)
    attach = address("attach", dossier, "1.1")
    assert paper.title in text(client.get(address("criterion", dossier, "1.1")))
    client.post(attach, {"evidence": paper.code, "note": "trang 2"})
    assert dossier.uses.get().note == "trang 2"
    assert client.post(attach, {"evidence": ""}).status_code == 409
    assert client.post(attach, {"evidence": "khongco1"}).status_code == 404
    client.post(address("detach", dossier, "1.1"), {"evidence": paper.code})
    assert not dossier.uses.exists()
    foreign = making.paper(now, ProducerFactory(), "red")
    assert client.post(attach, {"evidence": foreign.code}).status_code == 404


def test_a_document_is_changed_replaced_and_withdrawn(now: datetime) -> None:
    paper = making.paper(now, ProducerFactory())
    client = signed_in(world.member(now, paper.producer))
    here = (paper.code,)
    assert client.get(reverse("producer_evidence", args=here)).status_code == 200
    client.post(reverse("producer_evidence_change", args=here), {**FACTS, "number": "7/KN"})
    paper.refresh_from_db()
    assert paper.number == "7/KN"
    black = upload("moi.png", making.picture("black"))
    client.post(reverse("producer_evidence_replace", args=here), {**FACTS, "file": black})
    paper.refresh_from_db()
    new = paper.replaced_by
    shown = text(client.get(reverse("producer_evidence", args=here)))
    assert reverse("producer_evidence", args=(new.code,)) in shown
    withdraw = reverse("producer_evidence_withdraw", args=(new.code,))
    assert client.get(withdraw).status_code == 200
    client.post(withdraw, {"reason": "Sai"})
    new.refresh_from_db()
    assert new.withdrawn_at is not None
    assert "Đã rút" in text(client.get(reverse("producer_evidence", args=(new.code,))))


def test_files_are_handed_over_with_safe_headers_to_who_may_see_them(now: datetime) -> None:
    dossier = making.filled(now)
    paper = making.paper(now, dossier.product.producer)
    library.use_evidence(actor=SYSTEM, dossier=dossier, evidence=paper, criterion="1.1", at=now)
    drafting.submit_dossier(actor=SYSTEM, dossier=dossier, at=now)
    file = reverse("evidence_file", args=(dossier.code, paper.code))
    commune = signed_in(world.person(now, Role.COMMUNE_OFFICER, dossier.commune))
    response = commune.get(file)
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    other = signed_in(world.member(now, ProducerFactory()))
    assert other.get(file).status_code == 404
    assert Client().get(file).status_code == 302
    own = reverse("producer_evidence_file", args=(paper.code,))
    opened = owner(now, dossier).get(own)
    assert b"".join(opened.streaming_content)
    for client in (commune, other):
        assert client.get(own).status_code == 404


def test_a_table_is_handed_over_as_a_file(now: datetime) -> None:
    dossier = making.draft(now)
    row = library.add_evidence(
        actor=SYSTEM,
        producer=dossier.product.producer,
        particulars=library.Particulars("market", "Đơn hàng"),
        content="ngày,khách\n1/1,A\n".encode(),
        filename="đơn hàng.csv",
        at=now,
    )
    response = owner(now, dossier).get(reverse("producer_evidence_file", args=(row.code,)))
    assert response["Content-Disposition"].startswith("attachment")
    b"".join(response)


# --- filing and after -----------------------------------------------------------------------------
def test_what_is_missing_is_listed_with_its_page_and_then_it_is_filed(now: datetime) -> None:
    dossier = making.draft(now)
    client = owner(now, dossier)
    page = text(client.get(address("submit", dossier)))
    assert address("page", dossier, "cam-ket") in page
    assert address("criterion", dossier, "1.1") in page
    assert address("gates", dossier) in page
    refused = client.post(address("submit", dossier))
    assert (refused.status_code, Dossier.objects.get().state) == (409, State.DRAFT)
    whole = making.filled(now)
    client = owner(now, whole)
    assert "Nên xem lại" in text(client.get(address("submit", whole)))
    assert client.post(address("submit", whole)).url == address("dossier", whole)
    whole.refresh_from_db()
    assert whole.slip_number in text(client.get(address("dossier", whole)))
    page = text(client.get(address("criterion", whole, "1.1")))
    assert "Hồ sơ đã nộp" in page
    assert "data-keep" not in page


def test_the_office_files_for_a_producer_only_with_a_reason_and_both_see_it(now: datetime) -> None:
    dossier = making.filled(now)
    officer = world.person(now, Role.PROVINCIAL_OFFICER)
    office, own = signed_in(officer), owner(now, dossier)
    send(office, dossier, revision=dossier.revision, answers={"phone": "0912 000 900"})
    assert "Bạn đang làm thay chủ thể" in text(office.get(address("dossier", dossier)))
    shown = text(own.get(address("dossier", dossier)))
    assert "Bạn đang làm thay" not in shown
    assert f"{officer.name} (Văn phòng làm thay)" in shown
    assert 'name="reason"' not in text(own.get(address("submit", dossier)))
    office.post(address("submit", dossier), {"reason": ""})
    dossier.refresh_from_db()
    assert dossier.state == State.DRAFT
    office.post(address("submit", dossier), {"reason": "Chủ thể nhờ nộp"})
    dossier.refresh_from_db()
    assert dossier.state == State.AT_COMMUNE
    assert "Chủ thể nhờ nộp" in text(own.get(address("snapshot", dossier, 1)))


def test_why_it_was_returned_stands_above_all_until_it_is_filed_again(now: datetime) -> None:
    dossier = making.filed(now)
    commune = world.person(now, Role.COMMUNE_OFFICER, dossier.commune)
    client = owner(now, dossier)
    return_dossier(
        actor=people.actor_for(commune, on=now.date()),
        dossier=dossier,
        reasons="Thiếu phiếu kiểm nghiệm, sai địa chỉ",
        at=now,
    )
    for name in ("dossier", "submit"):
        page = text(client.get(address(name, dossier)))
        assert 0 < page.find("Thiếu phiếu kiểm nghiệm") < page.find('class="tasks"'), name
    client.post(address("submit", dossier))
    page = text(client.get(address("dossier", dossier)))
    assert "Hồ sơ bị trả lại ngày" not in page


def test_withdrawing_asks_why(now: datetime) -> None:
    dossier = making.filed(now)
    client = owner(now, dossier)
    assert client.post(address("withdraw", dossier), {"reason": ""}).status_code == 200
    client.post(address("withdraw", dossier), {"reason": "Nghỉ"})
    dossier.refresh_from_db()
    assert dossier.state == State.WITHDRAWN
    assert "Hồ sơ đã rút" in text(client.get(address("dossier", dossier)))
    again = client.post(address("withdraw", dossier), {"reason": "Nghỉ"})
    assert "không thể" in text(again)


def test_a_draft_taken_back_shows_no_step_it_did_not_take_and_invites_to_nothing(
    now: datetime,
) -> None:
    dossier = making.draft(now)
    client = owner(now, dossier)
    assert "còn thiếu" in text(client.get(address("dossier", dossier)))
    client.post(address("withdraw", dossier), {"reason": "Nghỉ"})
    dossier.refresh_from_db()
    assert reading.way(dossier) == (["Soạn", "Hồ sơ đã rút"], 2)
    page = text(client.get(address("dossier", dossier)))
    for words in ("Xã kiểm tra", "Tổ tư vấn", "còn thiếu", "Hồ sơ đầy đủ"):
        assert words not in page
    assert address("submit", dossier) not in page
    assert client.get(address("submit", dossier)).url == address("dossier", dossier)
    form = text(client.get(address("criterion", dossier, "1.1")))
    assert "Hồ sơ đã kết thúc" in form
    for words in ("Hồ sơ đã nộp", "đề nghị thay đổi", "Cách ít thay đổi nhất", "data-keep"):
        assert words not in form


def test_what_was_filed_before_it_was_taken_back_shows_how_far_it_came(now: datetime) -> None:
    dossier = making.filed(now)
    owner(now, dossier).post(address("withdraw", dossier), {"reason": "Nghỉ"})
    dossier.refresh_from_db()
    assert reading.way(dossier) == (["Soạn", "Xã kiểm tra", "Hồ sơ đã rút"], 3)
    Dossier.objects.filter(pk=dossier.pk).update(forwarded_at=now, state=State.REFUSED)
    dossier.refresh_from_db()
    steps, at = reading.way(dossier)
    assert steps == ["Soạn", "Xã kiểm tra", "Tỉnh tiếp nhận", "Không được công nhận"]
    assert at == len(steps)


def test_a_request_for_more_is_answered_from_its_page(now: datetime) -> None:
    dossier = making.filed(now)
    asked = Supplement.objects.create(
        code="supp0001",
        dossier=dossier,
        step=dossier.state,
        wanted="Gửi phiếu kiểm nghiệm mới",
        criteria=["1.1"],
        due_on=now.date() + timedelta(days=5),
        asked_at=now,
    )
    client = owner(now, dossier)
    assert "Gửi phiếu kiểm nghiệm mới" in text(client.get(address("dossier", dossier)))
    page = address("supplement", dossier, asked.code)
    assert address("criterion", dossier, "1.1") in text(client.get(page))
    paper = making.paper(now, dossier.product.producer)
    client.post(address("attach", dossier, "1.1"), {"evidence": paper.code})
    assert dossier.uses.count() == 1
    client.post(page, {"answer": "Đã gắn vào tiêu chí 1.1"})
    assert "Đã gắn vào tiêu chí 1.1" in text(client.get(page))
    second = text(client.get(address("snapshot", dossier, 2)))
    assert "Khác với bản 1" in second
    assert paper.title in second


def test_the_producer_sees_that_the_clock_stands_still_as_the_commune_does(now: datetime) -> None:
    """While an answer is waited for the fifteen working days of the commune do not run."""
    dossier = making.filed(now)
    client = owner(now, dossier)
    pages = (address("dossier", dossier), reverse("producer_dossiers"))
    assert not any("tạm dừng" in text(client.get(page)) for page in pages)
    Supplement.objects.create(
        code="supp0003",
        dossier=dossier,
        step=dossier.state,
        wanted="Gửi giấy",
        due_on=timezone.localdate() + timedelta(days=5),
        asked_at=timezone.now(),
    )
    for page in pages:
        told = text(client.get(page))
        assert f"tạm dừng từ {timezone.localdate():%d/%m/%Y}" in told


def test_a_page_on_which_nothing_stands_is_not_called_done(now: datetime) -> None:
    dossier = making.draft(now)
    Dossier.objects.filter(pk=dossier.pk).update(answers={})
    page = text(owner(now, dossier).get(address("dossier", dossier)))
    assert "chưa ghi, không bắt buộc" in page


def test_a_general_request_for_more_leads_to_every_criterion(now: datetime) -> None:
    dossier = making.filed(now)
    asked = Supplement.objects.create(
        code="supp0002",
        dossier=dossier,
        step=dossier.state,
        wanted="Gửi giấy tờ còn thiếu",
        due_on=now.date() + timedelta(days=5),
        asked_at=now,
    )
    client = owner(now, dossier)
    page = text(client.get(address("supplement", dossier, asked.code)))
    for criterion in ("1.1", "1.2"):
        assert address("criterion", dossier, criterion) in page
    assert "gắn thêm được" in text(client.get(address("criterion", dossier, "1.2")))


def test_a_change_is_shown_before_it_is_sent(now: datetime) -> None:
    dossier = making.filed(now)
    client = owner(now, dossier)
    page = address("change", dossier)
    shown = client.get(page)
    data = form_of(shown) | {"reason": "Ghi nhầm", "phone": "0912 000 999"}
    optional = "(không bắt buộc)"
    assert optional in text(shown)
    assert f"{optional} {optional}" not in re.sub(r"<[^>]+>", "", text(shown))
    label = re.search(r'<label for="id_phone">(.*?)</label>', text(shown), re.S)
    assert label
    assert optional not in label[1]
    preview = text(client.post(page, data))
    assert "0912 000 999" in preview
    assert "Gửi đề nghị" in preview
    assert not ChangeRequest.objects.exists()
    for more in ({}, {"send": "1"}):
        lacking = text(client.post(page, data | {"phone": ""} | more))
        assert "còn thiếu “Điện thoại”" in lacking
        assert "Gửi đề nghị" not in lacking
    assert not ChangeRequest.objects.exists()
    client.post(page, data | {"send": "1"})
    change = ChangeRequest.objects.get()
    assert change.proposed == {"answers": {"phone": "0912 000 999"}}
    assert "Ghi nhầm" in text(client.get(address("dossier", dossier)))
    again = text(client.post(page, data | {"send": "1"}))
    assert "chờ xem xét" in again
    nothing = client.post(page, form_of(shown) | {"reason": "Thử"})
    assert "Chưa có gì thay đổi" in text(nothing)


def test_a_change_is_asked_for_from_where_one_reads_and_opens_at_that_part(now: datetime) -> None:
    dossier = making.filed(now)
    client = owner(now, dossier)
    change = address("change", dossier)
    assert f'href="{change}"' in text(client.get(address("dossier", dossier)))
    for name, more, part in (("page", "chu-the", "chu-the"), ("criterion", "1.1", "A")):
        link = f"{change}?muc={part}#muc-{part}"
        assert link in text(client.get(address(name, dossier, more)))
        opened = re.findall(r'id="muc-([^"]+)" open', text(client.get(link)))
        assert opened == [part]
    plain = client.get(change)
    assert 'id="muc-A" ' in text(plain)
    assert not re.findall(r'id="muc-[^"]+" open', text(plain))
    wrong = form_of(plain) | {"reason": "Ghi nhầm", "workers": "nhiều", "phone": "0912 000 999"}
    answer = text(client.post(change, wrong | {"send": "1"}))
    assert set(re.findall(r'id="muc-([^"]+)" open', answer)) >= {"chu-the"}
    client.post(change, form_of(plain) | {"reason": "Nhầm", "phone": "0912 000 999", "send": "1"})
    waiting = text(client.get(address("dossier", dossier)))
    assert "đang chờ trả lời" in waiting
    assert f'href="{change}"' not in waiting


def test_a_draft_takes_no_change_request(now: datetime) -> None:
    dossier = making.draft(now)
    assert owner(now, dossier).get(address("change", dossier)).status_code == 409


def test_what_was_filed_is_shown_with_its_hash(now: datetime) -> None:
    dossier = making.filed(now)
    client = owner(now, dossier)
    page = text(client.get(address("snapshot", dossier, 1)))
    assert dossier.snapshots.get().sha256 in page
    other = signed_in(world.member(now, ProducerFactory()))
    assert other.get(address("snapshot", dossier, 1)).status_code == 404


def test_what_was_filed_is_shown_in_the_form_of_days_money_and_counts(now: datetime) -> None:
    dossier = making.filled(now)
    told = {"registered_on": "2019-03-05", "revenue": 1250000000, "workers": 1200, "since": 2015}
    drafting.save_answers(
        actor=SYSTEM, dossier=dossier, revision=dossier.revision, answers=told, at=now
    )
    drafting.submit_dossier(actor=SYSTEM, dossier=dossier, at=now)
    client = owner(now, dossier)
    page = text(client.get(address("snapshot", dossier, 1)))
    for words in ("05/03/2019", "1.250.000.000 đồng", "<dd>1.200</dd>", "<dd>2015</dd>"):
        assert words in page
    assert "2019-03-05" not in page
    change = address("change", dossier)
    data = form_of(client.get(change)) | {"reason": "Ghi nhầm", "registered_on": "06/03/2019"}
    preview = text(client.post(change, data))
    assert ("05/03/2019" in preview, "06/03/2019" in preview) == (True, True)
    assert dossier.snapshots.get().content["answers"]["registered_on"] == "2019-03-05"


def test_a_criterion_that_is_tasted_asks_for_no_paper(now: datetime) -> None:
    dossier = making.draft(now)
    client = owner(now, dossier)
    by_code = load_set(making.SET).by_code
    tasted = next(code for code, c in by_code.items() if c.topic == "sensory")
    page = text(client.get(address("criterion", dossier, tasted)))
    assert "Không cần minh chứng: hội đồng đánh giá cảm quan" in page
    assert "Chưa có minh chứng" not in page
    assert "Chưa có minh chứng" in text(client.get(address("criterion", dossier, "1.1")))


def test_who_acts_for_nobody_is_told_what_to_do(now: datetime) -> None:
    client = signed_in(world.person(now, None))
    assert "chưa gắn với chủ thể" in text(client.get(reverse("producer_library")))
    assert client.get(reverse("producer_dossiers")).status_code == 200
