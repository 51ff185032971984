"""After a star is given, by the pages: plans, visits, complaints and cases, for each who looks."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.criteria.sets import load_set
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.recognition.models import Recognition
from ocop.recognition.postcheck.models import (
    CaseState,
    CheckState,
    Complaint,
    PostCheck,
    PostCheckPlan,
    RevocationCase,
)
from tests.dossiers.making import picture
from tests.recognition import aftercare
from tests.world import Places, build_places, member, person

pytestmark = pytest.mark.django_db
CRITERION = load_set(aftercare.SET).criteria[0].code


@pytest.fixture(autouse=True)
def _then(now: datetime) -> Iterator[None]:
    cache.clear()  # counters of the forms that everybody may send
    with time_machine.travel(now, tick=False):
        options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
        yield


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.fixture
def star(now: datetime, places: Places) -> Recognition:
    found = aftercare.star(now)
    found.product.commune = places.here
    found.product.save()
    return found


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def office(now: datetime, role: Role = Role.PROVINCIAL_OFFICER) -> Client:
    return signed_in(person(now, role))


def on(now: datetime, days: int) -> str:
    return (timezone.localdate(now) + timedelta(days=days)).isoformat()


def minutes(now: datetime, **more: object) -> dict[str, object]:
    return {
        "client_id": str(uuid4()),
        "visited_at": f"{timezone.localtime(now):%Y-%m-%dT%H:%M}",
        "note": "Cơ sở gọn gàng",
        "proposal": "correct",
        "held_mark": "not_kept",
        "words_mark": "In 4 sao",
        f"held_{CRITERION}": "kept",
        **more,
    }


def test_plan_takes_products_by_filter_and_gives_them_to_an_inspector(
    now: datetime, star: Recognition
) -> None:
    client, inspector = office(now), person(now, Role.INSPECTOR)
    made = client.post(
        reverse("office:postcheck_plan_new"),
        {"title": "Kế hoạch quý", "starts_on": on(now, 0), "ends_on": on(now, 60)},
    )
    plan = PostCheckPlan.objects.get()
    choose = f"{reverse('office:postcheck_choose')}?plan={plan.code}"
    assert made["Location"] == choose
    page = client.get(f"{choose}&q={star.product.name}").content.decode()
    assert f'value="{star.pk}"' in page
    assert "Kế hoạch quý" in page
    given = {"recognition": [star.pk], "inspector": inspector.pk, "planned_on": on(now, 3)}
    assert client.post(choose, {**given, "recognition": []}).status_code == 200
    assert not PostCheck.objects.exists()
    assert client.post(choose, given).status_code == 302
    check = PostCheck.objects.get()
    assert (check.plan, check.inspector, check.recognition) == (plan, inspector, star)
    assert f'value="{star.pk}"' not in client.get(choose).content.decode()


def test_list_of_visits_is_exported_as_it_is_shown(now: datetime, star: Recognition) -> None:
    check = aftercare.planned(now, star)
    client = office(now)
    address = reverse("office:postchecks")
    assert star.product.name in client.get(f"{address}?state=open").content.decode()
    answer = client.get(f"{address}?state=open&format=xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer)))  # type: ignore[arg-type]
    cells = [str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert star.product.name in cells
    assert star.product.producer.name in cells
    assert check.inspector.name in cells
    assert star.product.name not in client.get(f"{address}?state=closed").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_take_the_same_queries_for_more_rows(
    now: datetime,
    places: Places,
    django_assert_max_num_queries: object,
    rows: int,
) -> None:
    for _ in range(rows):
        star = aftercare.star(now)
        aftercare.planned(now, star)
        aftercare.complained(now, star)
        aftercare.opened(now, star)
    client = office(now)
    for name in ("postchecks", "complaints", "cases"):
        with django_assert_max_num_queries(26):  # type: ignore[operator]
            client.get(reverse(f"office:{name}"))


def test_inspector_records_a_visit_without_a_script(now: datetime, star: Recognition) -> None:
    inspector = person(now, Role.INSPECTOR)
    check = aftercare.planned(now, star, inspector)
    client = signed_in(inspector)
    address = reverse("office:postcheck_record", args=[check.code])
    assert CRITERION in client.get(address).content.decode()
    wrong = client.post(address, minutes(now, words_mark=""))
    assert "Hãy ghi rõ điều không đúng." in wrong.content.decode()
    photo = SimpleUploadedFile("a.png", picture("red"))
    sent = client.post(address, minutes(now, photos=photo, lat="20.7", lon="105.9"))
    assert sent.status_code == 302
    check.refresh_from_db()
    assert (check.state, check.mark_words) == (CheckState.RECORDED, "In 4 sao")
    assert check.findings.get().criterion == CRITERION
    page = client.get(reverse("office:postcheck", args=[check.code])).content.decode()
    assert "In 4 sao" in page
    shown = client.get(reverse("office:postcheck_photo", args=[check.code, check.photos.get().pk]))
    assert shown["Content-Type"] == "image/png"
    b"".join(shown)  # type: ignore[arg-type]


def test_what_the_phone_kept_is_taken_once_and_refused_with_words(
    now: datetime, star: Recognition
) -> None:
    inspector = person(now, Role.INSPECTOR)
    check = aftercare.planned(now, star, inspector)
    address = reverse("office:postcheck_send", args=[check.code])
    client, told = signed_in(inspector), minutes(now)
    assert client.post(address, minutes(now, proposal="")).status_code == 409
    assert client.post(address, minutes(now, proposal="kept")).status_code == 409
    assert client.post(address, told).json() == {"visit": check.code}
    assert client.post(address, told).status_code == 200
    assert client.post(address, minutes(now)).status_code == 409
    stranger = office(now, Role.INSPECTOR).post(address, minutes(now))
    assert stranger.status_code == 404
    assert "message" in stranger.json()


def test_office_concludes_and_the_producer_reads_it(now: datetime, star: Recognition) -> None:
    client, maker = office(now), signed_in(member(now, star.product.producer))
    check = aftercare.recorded(now, aftercare.planned(now, star))
    page = client.get(reverse("office:postcheck", args=[check.code])).content.decode()
    step = reverse("office:postcheck_step", args=[check.code, "ket-luan"])
    assert step in page
    own = reverse("producer_postcheck", args=[check.code])
    assert maker.get(own).status_code == 404
    told = {"result": "correct", "words": "Sửa nhãn lô 12", "correct_until": on(now, 20)}
    assert client.post(step, told).status_code == 302
    assert "Sửa nhãn lô 12" in maker.get(own).content.decode()
    assert own in maker.get(reverse("producer_postchecks")).content.decode()
    done = reverse("office:postcheck_step", args=[check.code, "khac-phuc"])
    assert client.post(done, {"result": "ground", "words": "Không sửa"}).status_code == 302
    opened = f"{reverse('office:case_new', args=[star.pk])}?check={check.code}"
    assert opened in client.get(reverse("office:postcheck", args=[check.code])).content.decode()
    assert "Không sửa" in client.get(opened).content.decode()


def test_step_that_is_not_possible_now_says_why(now: datetime, star: Recognition) -> None:
    check = aftercare.planned(now, star)
    step = reverse("office:postcheck_step", args=[check.code, "ket-luan"])
    answer = office(now).get(step, follow=True)
    assert "Chờ kiểm tra" in answer.content.decode()
    assert answer.redirect_chain
    nothing = reverse("office:postcheck_step", args=[check.code, "khac"])
    assert office(now).get(nothing).status_code == 404


def complain(client: Client, star: Recognition, **more: Any) -> object:
    told = {"topic": "label", "text": "Tem quét ra trang trống.", **more}
    return client.post(reverse("complaint_new", args=[star.product.code]), told, follow=True)


def test_public_reports_and_reads_the_answer_by_the_receipt(
    now: datetime, star: Recognition
) -> None:
    public = Client()
    product = public.get(reverse("product", args=[star.product.code])).content.decode()
    assert reverse("complaint_new", args=[star.product.code]) in product
    receipt = complain(public, star, contact_name="Nguyễn Bí Mật")
    complaint = Complaint.objects.get()
    secret = receipt.context["secret"]  # type: ignore[attr-defined]
    told = {"number": complaint.number, "secret": secret}
    answer = public.post(reverse("complaint_look_up"), told)
    page = public.get(answer["Location"]).content.decode()
    assert "Đã nhận, đang xem xét" in page
    assert "Nguyễn Bí Mật" not in page
    assert "Tem quét ra trang trống." not in page
    step = reverse("office:complaint_step", args=[complaint.number, "tra-loi"])
    assert office(now).post(step, {"answer": "Đã thay tem."}).status_code == 302
    assert "Đã thay tem." in public.get(answer["Location"]).content.decode()
    wrong = reverse("complaint_status", args=[complaint.number, "x" * 16])
    assert "Không có phản ánh với số và mã này" in public.get(wrong, follow=True).content.decode()
    told["secret"] = "sai"
    assert public.post(reverse("complaint_look_up"), told).status_code == 422


def test_receipt_loaded_again_sends_nothing(now: datetime, star: Recognition) -> None:
    public = Client()
    sent = complain(public, star)
    address, status = sent.redirect_chain[-1]  # type: ignore[attr-defined]
    assert status == 302
    again = public.get(address)
    assert Complaint.objects.count() == 1
    assert sent.context["secret"] in again.content.decode()  # type: ignore[attr-defined]
    assert "no-store" in again["Cache-Control"]
    assert again["Referrer-Policy"] == "no-referrer"
    guessed = reverse("complaint_receipt", args=[Complaint.objects.get().number, "x" * 16])
    assert "Không có phản ánh với số và mã này" in public.get(guessed, follow=True).content.decode()
    looked = public.get(reverse("complaint_look_up")).content.decode()
    assert "Không có phản ánh" not in looked


def test_photographs_sent_with_a_complaint_are_seen_by_the_office_alone(
    now: datetime, star: Recognition
) -> None:
    public = Client()
    form = public.get(reverse("complaint_new", args=[star.product.code])).content.decode()
    assert 'enctype="multipart/form-data"' in form
    assert form.count('type="file"') == 3
    sent = {
        f"photo{n}": SimpleUploadedFile("a.png", picture(colour))
        for n, colour in enumerate(("red", "green", "blue"), start=1)
    }
    receipt = complain(public, star, **sent)
    complaint = Complaint.objects.get()
    assert complaint.photos.count() == 3
    address = reverse(
        "office:complaint_photo", args=[complaint.number, complaint.photos.first().pk]
    )
    secret = receipt.context["secret"]  # type: ignore[attr-defined]
    status = reverse("complaint_status", args=[complaint.number, secret])
    assert "<img" not in public.get(status).content.decode().split("<main")[1].split("</main")[0]
    page = office(now).get(reverse("office:complaint", args=[complaint.number])).content.decode()
    assert address in page
    shown = office(now).get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")
    assert "no-store" in shown["Cache-Control"]
    assert public.get(address).status_code == 302
    maker = signed_in(member(now, star.product.producer))
    assert maker.get(address).status_code == 403
    other = reverse("office:complaint_photo", args=["khongco1", complaint.photos.first().pk])
    assert office(now).get(other).status_code == 404


def test_a_file_that_is_no_photograph_is_told_at_the_form(now: datetime, star: Recognition) -> None:
    public = Client()
    for name, content in (("a.pdf", b"%PDF-1.7 nothing"), ("a.txt", b"words")):
        sent = {
            "photo1": SimpleUploadedFile("a.png", picture("red")),
            "photo2": SimpleUploadedFile(name, content),
        }
        answer = complain(public, star, **sent)
        assert answer.status_code == 422  # type: ignore[attr-defined]
        page = answer.content.decode()  # type: ignore[attr-defined]
        assert "Ảnh 2 không phải ảnh" in page or "bị hỏng" in page
        assert "Excel" not in page
    assert not Complaint.objects.exists()


def test_programs_that_fill_every_field_and_floods_are_held_back(
    now: datetime, star: Recognition
) -> None:
    public = Client()
    complain(public, star, website="https://spam.example")
    assert not Complaint.objects.exists()
    for _ in range(8):
        complain(public, star)
    assert Complaint.objects.count() == 5
    told = {"number": "00000000", "secret": "x"}
    answers = [public.post(reverse("complaint_look_up"), told) for _ in range(31)]
    assert "Tra quá nhiều lần" in answers[-1].content.decode()


def test_contact_is_on_the_offices_page_alone(now: datetime, star: Recognition) -> None:
    complaint = aftercare.complained(now, star, contact_name="Trần Kín", contact="0912").complaint
    address = reverse("office:complaint", args=[complaint.number])
    assert "Trần Kín" in office(now).get(address).content.decode()
    assert "Trần Kín" not in office(now, Role.AUDITOR).get(address).content.decode()


def test_case_goes_from_ground_to_public_notice(now: datetime, star: Recognition) -> None:
    client, head = office(now), office(now, Role.OFFICE_HEAD)
    maker = signed_in(member(now, star.product.producer))
    opened = client.post(
        reverse("office:case_new", args=[star.pk]),
        {
            "ground": "mark",
            "facts": "In 4 sao trên nhãn",
            "established_on": on(now, -3),
            "conclusion_of": "Biên bản 12",
        },
    )
    case = RevocationCase.objects.get()
    page = reverse("office:case", args=[case.code])
    assert opened["Location"] == page
    assert "còn 12 ngày" in client.get(page).content.decode()
    own = reverse("producer_case", args=[case.code])
    assert "In 4 sao trên nhãn" in maker.get(own).content.decode()
    assert maker.post(own, {"text": "Chúng tôi đã thu hồi nhãn."}).status_code == 302
    assert "Chúng tôi đã thu hồi nhãn." in client.get(page).content.decode()

    def step(who: Client, name: str, **told: str) -> int:
        return who.post(reverse("office:case_step", args=[case.code, name]), told).status_code

    assert step(client, "nghe", heard_on=on(now, 0), words="Chủ thể dự") == 302
    assert step(client, "de-nghi", words="Đề nghị thu hồi") == 302
    assert 'name="text"' not in maker.get(own).content.decode()
    decision = {
        "number": "88/QĐ-UBND",
        "signed_on": on(now, 0),
        "authority_name": "UBND thành phố Hà Nội",
    }
    assert step(client, "quyet-dinh", **decision) == 403
    assert step(head, "quyet-dinh", **decision) == 302
    assert step(client, "thong-bao", number="96", notice="Thu hồi từ hôm nay.") == 302
    star.refresh_from_db()
    case.refresh_from_db()
    assert star.revoked_on == timezone.localdate(now)
    assert case.state == CaseState.REVOKED
    public = Client().get(reverse("revocations")).content.decode()
    assert "Thu hồi từ hôm nay." in public
    feed = Client().get(reverse("revocations_feed"))
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert star.product.name in feed.content.decode()
    assert "Thu hồi từ hôm nay." in feed.content.decode()
    assert step(client, "khieu-nai", appealed_on=on(now, 0), words="Không đồng ý") == 302
    outcome = {"upheld": "no", "ended_on": on(now, 0), "words": "Văn bản 9"}
    assert step(client, "ket-qua-khieu-nai", **outcome) == 302
    assert "chờ quyết định khôi phục" in client.get(page).content.decode()
    given = {"number": "81/QĐ-UBND", "signed_on": on(now, 0), "authority_name": "UBND TP Hà Nội"}
    assert step(client, "khoi-phuc", **given) == 403
    assert step(head, "khoi-phuc", **given) == 302
    assert "81/QĐ-UBND" in client.get(page).content.decode()
    for address in ("revocations", "revocations_feed"):
        shown = Client().get(reverse(address)).content.decode()
        assert "Đã khôi phục ngày" in shown
        assert "81/QĐ-UBND" in shown
    feed = Client().get(reverse("revocations_feed")).content.decode()
    assert f"{star.product.name}: khôi phục" in feed


def test_papers_are_written_for_whom_they_concern(now: datetime, star: Recognition) -> None:
    check = aftercare.recorded(now, aftercare.planned(now, star))
    complaint = aftercare.complained(now, star).complaint
    case = aftercare.decided(now, aftercare.star(now))
    client = office(now)
    step = reverse("office:complaint_step", args=[complaint.number, "khong-xu-ly"])
    client.post(step, {"answer": "Ngoài phạm vi"})
    for name, code in (
        ("postcheck_minutes", check.code),
        ("revocation_notice", case.code),
        ("complaint_answer", complaint.number),
    ):
        for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
            answer = client.get(reverse(f"papers:{name}", args=[code, kind]))
            assert answer.content.startswith(start), (name, kind)


def test_home_tells_what_waits_after_recognition(now: datetime, star: Recognition) -> None:
    inspector = person(now, Role.INSPECTOR)
    aftercare.planned(now, star, inspector)
    aftercare.complained(now, star)
    aftercare.opened(now, star)
    own = signed_in(inspector).get(reverse("office:home")).content.decode()
    assert "lần kiểm tra giao cho bạn" in own
    told = office(now).get(reverse("office:home")).content.decode()
    assert "phản ánh chờ trả lời" in told
    assert "vụ việc thu hồi đang xem xét" in told
