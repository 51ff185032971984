"""Pages of dossiers: who opens what, and the work done on them."""

import io
import re
import uuid
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from python_calamine import CalamineWorkbook

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.councils.models import Sitting
from ocop.dossiers import checklist
from ocop.dossiers.models import (
    ChangeRequest,
    Dossier,
    Finding,
    Potential,
    Round,
    Snapshot,
    State,
    Supplement,
    Visit,
)
from ocop.dossiers.services import advising, proposing, visiting
from ocop.people.models import User
from ocop.places.queries import key_of
from ocop.recognition.models import Kind, Recognition
from tests.dossiers import making, office
from tests.dossiers.office import World, build_world, concluded, stored_report
from tests.factories import RecognitionFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def world(now: datetime) -> World:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return build_world(now)


def page(client: Client, user: User, name: str, *arguments: object, **query: str) -> str:
    """The page as this person sees it; it must open."""
    client.force_login(user)
    answer = client.get(reverse(f"office:{name}", args=arguments), query)
    assert answer.status_code == 200, answer.status_code
    if answer.streaming:
        b"".join(answer)  # read to its end: closing it would close the database, too
        return ""
    return answer.content.decode()


def code_of(client: Client, user: User, name: str, *arguments: object) -> int:
    client.force_login(user)
    answer = client.get(reverse(f"office:{name}", args=arguments))
    if answer.streaming:
        b"".join(answer)
    return answer.status_code


def send(
    client: Client, user: User, to: str, *arguments: object, **told: object
) -> tuple[int, str]:
    client.force_login(user)
    answer = client.post(reverse(f"office:{to}", args=arguments), told)
    if answer.headers["Content-Type"] == "application/json":
        return answer.status_code, " ".join(answer.json().values())
    return answer.status_code, answer.content.decode()


def given(world: World, **more: object) -> Dossier:
    """A dossier the first adviser leads."""
    dossier = world.dossier(State.RECEIVED, **more)
    advising.assign_advisers(
        actor=world.actor(world.officer),
        dossier=dossier,
        advisers=[world.adviser],
        lead=world.adviser,
        at=world.now,
    )
    return dossier


def picture() -> io.BytesIO:
    into = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(into, "PNG")
    into.seek(0)
    into.name = "xuong.png"
    return into


# --- Lists ---------------------------------------------------------------------------------------
def test_everybody_lists_the_dossiers_they_may_see(client: Client, world: World) -> None:
    mine, other = world.dossier(), office.dossier(world.places.there)
    names = {mine.product.name, other.product.name}
    for user, seen in (
        (world.officer, names),
        (world.auditor, names),
        (world.commune, {mine.product.name}),
        (world.elsewhere, {other.product.name}),
        (world.adviser, set()),
    ):
        body = page(client, user, "dossiers")
        assert {name for name in names if name in body} == seen


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"state": "examining"}, {2}),
        ({"state": "open"}, {1, 2}),
        ({"due": "late"}, {1}),
        ({"due": "week"}, {2}),
        ({"due": "none"}, {3}),
        ({"kind": "upgrade"}, {3}),
        ({"adviser": "none"}, {1, 2, 3}),
        ({"q": "khong co"}, set()),
    ],
)
def test_the_list_is_narrowed(
    client: Client, world: World, query: dict[str, str], seen: set[int]
) -> None:
    rows = {
        1: world.dossier(due_on=date(2026, 11, 20)),
        2: world.dossier(State.EXAMINING, due_on=date(2026, 11, 27)),
        3: world.dossier(State.DECIDED, due_on=None, kind="upgrade"),
    }
    body = page(client, world.officer, "dossiers", **query)
    found = {
        number for number, row in rows.items() if reverse("office:dossier", args=[row.code]) in body
    }
    assert found == seen


def test_the_list_is_found_by_words_slip_unit_adviser_and_round(
    client: Client, world: World
) -> None:
    mine = given(world, round=_round(world))
    other = office.dossier(world.places.there)
    code = mine.round.code if mine.round else ""
    for query in (
        {"q": mine.product.name},
        {"q": mine.slip_number},
        {"unit": key_of(world.places.here)},
        {"adviser": str(world.adviser.pk)},
        {"round": code},
        {"year": "2026", "state": "examining"},
    ):
        body = page(client, world.officer, "dossiers", **query)
        assert reverse("office:dossier", args=[mine.code]) in body
        assert reverse("office:dossier", args=[other.code]) not in body


def _round(world: World) -> Round:
    return Round.objects.create(
        code="dot00001",
        year=2026,
        kind="second",
        name="Đợt 2",
        province="01",
        opens_on=date(2026, 4, 30),
        requests_before=date(2026, 10, 30),
        done_before=date(2026, 12, 30),
        created_at=world.now,
    )


def test_the_list_is_exported_as_it_is_shown(client: Client, world: World) -> None:
    row = world.dossier(round=_round(world))
    body = page(client, world.officer, "dossiers")
    client.force_login(world.officer)
    answer = client.get(reverse("office:dossiers"), {"format": "xlsx", "state": "at_commune"})
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    lines = book.get_sheet_by_index(0).to_python()
    head = next(number for number, line in enumerate(lines) if line[0] == "Sản phẩm")
    told = dict(zip(lines[head], lines[head + 1], strict=True))
    assert len(lines) == head + 2
    # What stands small below another fact on the page has a column of its own.
    assert told["Chủ thể"] == row.product.producer.name
    assert row.round
    assert told["Đợt"] == row.round.name
    assert told["Số phiếu"] == row.slip_number
    assert told["Nộp ngày"] == timezone.localdate(row.submitted_at)
    assert told["Hình thức"] == "Lần đầu"
    for fact in (row.product.producer.name, row.round.name, f"nộp {told['Nộp ngày']:%d/%m/%Y}"):
        assert fact in body
    assert body.count('<th scope="col"') == 7


def test_a_list_of_three_asks_as_often_as_one_of_one(
    client: Client, world: World, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    given(world)
    page(client, world.officer, "dossiers")
    counts = []
    for _number in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("office:dossiers"))
        counts.append(len(asked))
        given(world)
        given(world)
    assert counts[0] == counts[1]


def test_the_queue_shows_working_days_left(client: Client, world: World) -> None:
    world.dossier(due_on=date(2026, 11, 26))
    late = world.dossier(due_on=date(2026, 11, 20))
    waiting = world.dossier(due_on=date(2026, 12, 1))
    waiting.supplements.create(
        code="abcdefgh",
        step="at_commune",
        wanted="x",
        due_on=date(2026, 12, 1),
        asked_at=world.now,
    )
    body = page(client, world.commune, "commune_queue")
    assert "còn 3 ngày làm việc" in body
    assert "quá 1 ngày làm việc" in body
    assert "tạm dừng từ 23/11/2026, còn 6 ngày làm việc" in body
    assert body.index(late.code) < body.index(waiting.code)
    assert code_of(client, world.adviser, "commune_queue") == 403


def test_a_commune_is_not_told_who_examines(client: Client, world: World) -> None:
    dossier = given(world)
    query = {"adviser": "none"}
    body = page(client, world.commune, "dossiers", **query)
    assert dossier.code in body  # what it may not filter by narrows nothing
    assert world.adviser.name not in body
    assert world.adviser.name in page(client, world.officer, "dossiers")


def test_an_adviser_lists_what_is_given(client: Client, world: World) -> None:
    mine, other = given(world), world.dossier(State.RECEIVED)
    body = page(client, world.adviser, "given")
    assert mine.code in body
    assert other.code not in body
    assert code_of(client, world.officer, "given") == 403


# --- One dossier ---------------------------------------------------------------------------------
TABS = ("", "minh-chung", "mau-03", "tham-dinh", "mau", "lich-su")


@pytest.mark.whole
@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("who", ["officer", "head", "commune", "adviser", "auditor"])
def test_every_tab_opens(client: Client, world: World, tab: str, who: str) -> None:
    dossier = given(world)
    stored_report(dossier, world.now)
    dossier.tests.create(
        code="abcdefgh",
        laboratory="Viện kiểm nghiệm",
        parameters="Chì",
        ordered_on=date(2026, 11, 16),
        created_at=world.now,
    )
    body = page(client, getattr(world, who), "dossier", dossier.code, tab=tab)
    assert dossier.product.name in body
    if who == "commune" and tab in ("tham-dinh", "mau"):
        assert "Viện kiểm nghiệm" not in body


def test_anothers_dossier_and_a_draft_are_nowhere(client: Client, world: World) -> None:
    mine, draft = world.dossier(), world.dossier(State.DRAFT, submitted_at=None)
    for user in (world.elsewhere, world.adviser):
        assert code_of(client, user, "dossier", mine.code) == 404
    assert code_of(client, world.officer, "dossier", draft.code) == 404
    assert code_of(client, world.officer, "dossier", "00000000") == 404


# --- The commune ---------------------------------------------------------------------------------
def _form_03(**more: object) -> dict[str, object]:
    told: dict[str, object] = {"revision": 0, "number": "12/BC", "signer": "Chủ tịch"}
    told["signed_on"] = "2026-11-20"
    for key in checklist.KEYS:
        told |= {f"{key}_holds": "yes", key: "Đúng như khai."}
    return told | {f"item_{key}": "on" for key in checklist.ITEMS} | more


def test_form_03_is_written_beside_the_claims_and_forwarded(client: Client, world: World) -> None:
    dossier = world.dossier(claims={"1.1": "Cà phê trồng tại xã"})
    assert "Cà phê trồng tại xã" in page(client, world.commune, "report", dossier.code)
    status, _body = send(client, world.commune, "report", dossier.code, **_form_03(forward="1"))
    assert status == 302
    body = page(client, world.commune, "dossier_step", dossier.code, "chuyen")
    assert "Chuyển cấp tỉnh" in body
    status, _body = send(client, world.commune, "dossier_step", dossier.code, "chuyen")
    assert status == 302
    dossier.refresh_from_db()
    assert dossier.state == State.FORWARDED
    client.force_login(world.commune)
    assert client.get(reverse("office:report", args=[dossier.code])).status_code == 302


def test_half_of_form_03_is_kept_and_an_old_page_is_told(client: Client, world: World) -> None:
    dossier = world.dossier()
    told = {"revision": 0, "idea": "đang xem"}
    assert send(client, world.commune, "report", dossier.code, **told)[0] == 302
    status, body = send(client, world.commune, "report", dossier.code, **told)
    assert status == 200
    assert "Người khác vừa sửa" in body
    status, body = send(client, world.commune, "dossier_step", dossier.code, "chuyen")
    assert status == 200
    assert "Mẫu số 03 chưa có ý kiến" in body


def test_form_03_is_not_the_offices(client: Client, world: World) -> None:
    dossier = world.dossier()
    assert code_of(client, world.officer, "report", dossier.code) == 403
    assert code_of(client, world.elsewhere, "report", dossier.code) == 404


def test_a_dossier_is_returned_or_more_is_asked(client: Client, world: World) -> None:
    dossier = world.dossier()
    status, _body = send(
        client,
        world.commune,
        "dossier_step",
        dossier.code,
        "bo-sung",
        wanted="Giấy",
        criteria=["1.1"],
        days=5,
    )
    assert status == 302
    assert Supplement.objects.get().criteria == ["1.1"]
    assert "Chờ chủ thể bổ sung" in page(client, world.commune, "dossier", dossier.code)
    assert "Giấy" in page(client, world.commune, "dossier", dossier.code, tab="lich-su")
    told = {"reasons": "Thiếu Mẫu 02"}
    assert send(client, world.commune, "dossier_step", dossier.code, "tra-lai", **told)[0] == 302
    dossier.refresh_from_db()
    assert dossier.state == State.RETURNED
    assert code_of(client, world.officer, "dossier_step", dossier.code, "tra-lai") == 403
    assert code_of(client, world.officer, "dossier_step", dossier.code, "khong-co") == 404


# --- The office ----------------------------------------------------------------------------------
def test_nobody_is_assigned_or_leads_who_was_not_chosen(client: Client, world: World) -> None:
    dossier = world.dossier(State.RECEIVED)
    form = page(client, world.officer, "assign", dossier.code)
    assert world.adviser.name in form
    assert not re.search(r'name="advisers"[^>]* checked', form)
    assert not re.search(r'<option value="[0-9]+" selected', form)
    both = [str(world.adviser.pk), str(world.second.pk)]
    status, body = send(client, world.officer, "assign", dossier.code, advisers=both, lead="")
    assert (status, dossier.assignments.count()) == (200, 0)
    assert "Hãy chọn người chủ trì." in body
    assert send(client, world.officer, "assign", dossier.code, advisers=both[1:], lead="")[0] == 302
    row = dossier.assignments.get()
    assert (row.adviser, row.lead) == (world.second, True)


def test_the_office_receives_and_assigns(client: Client, world: World) -> None:
    found = _round(world)
    dossier = world.dossier(State.FORWARDED, round=found)
    assert "Tiếp nhận" in page(client, world.officer, "dossier", dossier.code)
    told = {"round": found.code}
    assert send(client, world.officer, "dossier_step", dossier.code, "tiep-nhan", **told)[0] == 302
    dossier.refresh_from_db()
    assert (dossier.state, dossier.round) == (State.RECEIVED, found)
    assert dossier.product.name in page(client, world.officer, "advisers")
    assert "đang có 0 hồ sơ" in page(client, world.officer, "assign", dossier.code)
    key = str(world.second.pk)
    assert send(client, world.officer, "assign", dossier.code, advisers=[key], lead=key)[0] == 302
    row = dossier.assignments.get()
    assert (row.adviser, row.lead) == (world.second, True)
    other = str(world.adviser.pk)
    status, body = send(client, world.officer, "assign", dossier.code, advisers=[key], lead=other)
    assert status == 200
    assert "Người chủ trì phải là" in body
    status, _body = send(
        client, world.officer, "unassign", dossier.code, row.pk, reason="nghỉ phép"
    )
    assert status == 302
    assert code_of(client, world.officer, "unassign", dossier.code, row.pk) == 404


def test_specialities_are_kept_and_shown(client: Client, world: World) -> None:
    told = {"sectors": ["I", "II"]}
    assert send(client, world.officer, "specialities", world.adviser.pk, **told)[0] == 302
    assert "Thực phẩm; Đồ uống" in page(client, world.auditor, "advisers")
    assert send(client, world.officer, "specialities", world.adviser.pk)[0] == 302
    assert code_of(client, world.officer, "specialities", world.officer.pk) == 404
    assert code_of(client, world.adviser, "advisers") == 403


def test_a_change_that_was_asked_is_answered(client: Client, world: World) -> None:
    dossier = world.dossier()
    dossier.answers = making.answers(dossier) | {"address": "Thôn 1"}
    dossier.marks, dossier.gates = making.marks(dossier), making.gates(dossier)
    dossier.save()
    parts = {"answers": dossier.answers, "marks": dossier.marks, "claims": {}}
    parts["gates"] = dossier.gates
    base = Snapshot.objects.create(
        dossier=dossier,
        number=1,
        content={**parts, "evidence": []},
        sha256="0" * 64,
        why="submitted",
        made_at=world.now,
    )
    change = ChangeRequest.objects.create(
        code="abcdefgh",
        dossier=dossier,
        base=base,
        proposed={"answers": {"address": "Thôn 2"}},
        reason="Chuyển xưởng",
        asked_at=world.now,
    )
    assert "Xem chỗ thay đổi" in page(client, world.officer, "dossier", dossier.code)
    body = page(client, world.officer, "change_answer", dossier.code, change.code)
    assert "Thôn 1" in body
    assert "Thôn 2" in body
    change.proposed = {"answers": {"phone": None}}  # asked for before this was checked
    change.save()
    body = page(client, world.officer, "change_answer", dossier.code, change.code)
    assert "còn thiếu “Điện thoại”" in body
    assert 'value="yes"' not in body
    change.proposed = {"answers": {"address": "Thôn 2"}}
    change.save()
    told = {"accepted": "yes", "answer": ""}
    assert send(client, world.officer, "change_answer", dossier.code, change.code, **told)[0] == 302
    dossier.refresh_from_db()
    assert dossier.answers["address"] == "Thôn 2"


# --- The adviser ---------------------------------------------------------------------------------
def test_findings_go_criterion_by_criterion(client: Client, world: World) -> None:
    dossier = given(world, claims={"1.1": "Vùng trồng 20 ha"})
    client.force_login(world.adviser)
    first = client.get(reverse("office:findings", args=[dossier.code]))
    assert first.status_code == 302
    assert first.headers["Location"].endswith("/xem-xet/1.1/")
    empty = page(client, world.adviser, "finding", dossier.code, "1.1")
    assert "Vùng trồng 20 ha" in empty
    assert " selected" not in empty.replace('value="" selected', "")  # none is proposed
    status, _body = send(
        client, world.adviser, "finding", dossier.code, "1.1", verdict="proven", points="0"
    )
    assert status == 302
    assert Finding.objects.get().points == 0
    assert "Đã xem 1 trên" in page(client, world.adviser, "finding", dossier.code, "1.2")
    status, body = send(client, world.adviser, "finding", dossier.code, "1.2", verdict="lacking")
    assert status == 200
    assert "Hãy ghi điều cần làm rõ" in body
    last = list(dossier.marks)[-1]
    assert send(client, world.adviser, "finding", dossier.code, last, verdict="proven")[0] == 302
    assert code_of(client, world.adviser, "finding", dossier.code, "9.9") == 404
    assert code_of(client, world.officer, "finding", dossier.code, "1.1") == 403
    assert "Có căn cứ" in page(client, world.officer, "dossier", dossier.code, tab="tham-dinh")
    Dossier.objects.filter(pk=dossier.pk).update(state=State.READY)
    assert code_of(client, world.adviser, "finding", dossier.code, "1.1") == 302


def test_the_adviser_sees_the_points_of_the_last_recognition_beside(
    client: Client, world: World
) -> None:
    star = RecognitionFactory(stars=3)
    world.dossier(State.DECIDED, product=star.product, recognition=star, marks={"1.1": 1})
    dossier = given(world, product=star.product, kind=Kind.UPGRADE, previous=star)
    body = page(client, world.adviser, "finding", dossier.code, "1.1")
    assert "Lần trước: 1 điểm" in body
    assert "Lần trước" not in page(client, world.adviser, "finding", dossier.code, "1.2")
    claims = page(client, world.officer, "dossier", dossier.code, tab="minh-chung")
    assert claims.count("Lần trước: 1 điểm") == 1


def _visit(**more: object) -> dict[str, object]:
    return {
        "client_id": str(uuid.UUID(int=5)),
        "visited_at": "2026-11-23T08:30",
        "note": "Xưởng sạch",
        **more,
    }


def test_a_visit_is_written_with_photos_and_position(client: Client, world: World) -> None:
    dossier = given(world)
    assert "data-visit" in page(client, world.adviser, "visit", dossier.code)
    told = _visit(photos=[picture()], lat="20.7", lon="105.9", accuracy="12")
    assert send(client, world.adviser, "visit", dossier.code, **told)[0] == 302
    kept = Visit.objects.get()
    assert (kept.lat, kept.photos.count()) == (20.7, 1)
    body = page(client, world.officer, "dossier", dossier.code, tab="tham-dinh")
    assert "Xưởng sạch" in body
    photo = kept.photos.get()
    assert page(client, world.officer, "visit_photo", dossier.code, photo.pk) == ""
    assert code_of(client, world.commune, "visit_photo", dossier.code, photo.pk) == 404
    assert code_of(client, world.officer, "visit", dossier.code) == 403


def test_what_the_phone_kept_is_sent_and_kept_once(client: Client, world: World) -> None:
    dossier = given(world)
    for _time in range(2):
        told = _visit(photos=[picture()])
        status, body = send(client, world.adviser, "visit_send", dossier.code, **told)
        assert status == 200
        assert Visit.objects.get().code in body
    assert Visit.objects.get().photos.count() == 1
    status, body = send(client, world.adviser, "visit_send", dossier.code, **_visit(note=""))
    assert status == 409
    status, body = send(
        client,
        world.adviser,
        "visit_send",
        dossier.code,
        **_visit(client_id=str(uuid.UUID(int=6)), visited_at="2026-11-24T08:30"),
    )
    assert status == 409
    assert "không được sau bây giờ" in body
    status, body = send(client, world.officer, "visit_send", dossier.code, **_visit())
    assert status == 403
    assert "không còn được giao" in body
    status, body = send(client, world.adviser, "visit_send", "khongco1", **_visit())
    assert status == 404
    assert "không còn được giao" in body


def test_a_visit_with_a_file_that_is_no_picture_is_kept_whole_or_not_at_all(
    client: Client, world: World
) -> None:
    dossier = given(world)
    lie = SimpleUploadedFile("anh.png", b"%PDF-1.7 %%EOF", "image/png")
    told = _visit(photos=[picture(), lie])
    status, body = send(client, world.adviser, "visit_send", dossier.code, **told)
    assert status == 409
    assert "Chỉ nhận ảnh" in body
    assert not Visit.objects.exists()
    status, _body = send(client, world.adviser, "visit", dossier.code, **_visit(photos=[lie]))
    assert status == 200
    assert not Visit.objects.exists()


def test_the_worker_of_the_visit_is_served(client: Client) -> None:
    answer = client.get(reverse("office:visit_worker"))
    assert answer.headers["Content-Type"] == "text/javascript"
    assert r"/\/tham-tra\/$/" in answer.content.decode()


def test_samples_tests_and_the_proposal(client: Client, world: World) -> None:
    dossier = given(world)
    steps = "dossier_step"
    told: dict[str, object] = {"count": 5, "received_on": "2026-11-20", "condition": "tốt"}
    assert send(client, world.officer, steps, dossier.code, "nhan-mau", **told)[0] == 302
    told = {"laboratory": "Trung tâm", "parameters": "Chì", "ordered_on": "2026-11-20"}
    assert send(client, world.adviser, steps, dossier.code, "kiem-nghiem", **told)[0] == 302
    order = dossier.tests.get()
    proposal = {"ready": "yes", "star": "4", "text": "Đủ điều kiện."}
    status, body = send(client, world.adviser, steps, dossier.code, "de-nghi", **proposal)
    assert status == 200
    assert "chưa có kết quả" in body
    assert "Ghi kết quả" in page(client, world.adviser, "dossier", dossier.code, tab="mau")
    page(client, world.adviser, "test_result", dossier.code, order.code)
    told = {"passed": "yes", "result": "Đạt", "result_on": "2026-11-22", "report": picture()}
    assert send(client, world.adviser, "test_result", dossier.code, order.code, **told)[0] == 302
    assert page(client, world.officer, "test_report", dossier.code, order.code) == ""
    assert "Phiếu kết quả" in page(client, world.officer, "dossier", dossier.code, tab="mau")
    status, body = send(client, world.adviser, steps, dossier.code, "de-nghi", **proposal)
    assert status == 200
    assert "34/34 tiêu chí chưa có nhận định: 1.1, " in body
    assert "hoặc ghi nội dung nào chưa xem xét" in body
    proposal["unexamined"] = "Đã đối chiếu minh chứng, không có ý kiến."
    assert send(client, world.adviser, steps, dossier.code, "de-nghi", **proposal)[0] == 302
    dossier.refresh_from_db()
    assert dossier.state == State.READY
    assert "Đã đối chiếu minh chứng" in page(
        client, world.officer, "dossier", dossier.code, tab="tham-dinh"
    )
    assert "Đủ điều kiện." in page(client, world.adviser, steps, dossier.code, "de-nghi")


def test_samples_that_are_fewer_than_five_are_told(client: Client, world: World) -> None:
    dossier = world.dossier(State.RECEIVED)
    told = {"dossier": dossier, "received_on": date(2026, 11, 20), "at": world.now}
    words = "trên 5 mẫu theo quy định"
    visiting.record_sample(actor=SYSTEM, count=1, **told)
    tab = page(client, world.officer, "dossier", dossier.code, tab="mau")
    assert f"mới nhận 1 {words}" in tab
    visiting.record_sample(actor=SYSTEM, count=4, **told)
    assert words not in page(client, world.officer, "dossier", dossier.code, tab="mau")


# --- The decision --------------------------------------------------------------------------------
def test_concluded_dossiers_are_decided_together(client: Client, world: World) -> None:
    one = concluded(world.dossier(), "75.5", 4)
    high = concluded(world.dossier(), "92", 5)
    low = concluded(world.dossier(), "42", 2)
    body = page(client, world.officer, "deciding")
    assert all(row.product.name in body for row in (one, high, low))
    assert "chờ biên bản phiên họp" not in body
    Sitting.objects.filter(items__case=low.case).update(minutes_number="")
    assert page(client, world.officer, "deciding").count("chờ biên bản phiên họp") == 1
    body = page(client, world.officer, "decide")
    assert one.code in body
    assert low.code not in body
    assert "Ủy ban nhân dân thành phố Hà Nội" in body
    told: dict[str, object] = {
        "dossiers": [one.code],
        "number": "12/QĐ-UBND",
        "authority": "UBND thành phố Hà Nội",
        "level": "province",
    }
    status, body = send(client, world.officer, "decide", **told, signed_on="2026-11-19")
    assert status == 200
    assert "không được ký trước ngày có kết quả" in body
    assert send(client, world.officer, "decide", **told, signed_on="2026-11-23")[0] == 302
    row = Recognition.objects.get()
    assert (row.stars, row.total) == (4, Decimal("75.5"))
    assert "12/QĐ-UBND" in page(client, world.officer, "dossier", one.code)
    assert code_of(client, world.auditor, "decide") == 403
    assert code_of(client, world.commune, "deciding") == 403


def test_from_90_points_the_way_to_the_ministry_comes_first_and_points_have_two_decimals(
    client: Client, world: World
) -> None:
    """Art. 5: the Ministry speaks before the province decides."""
    high = concluded(world.dossier(), "98.666666", 5)
    body = page(client, world.head, "dossier", high.code)
    assert "Ghi quyết định" not in body
    assert re.search(r'<a class="btn primary" href="[^"]*/trinh-bo/">Trình Bộ</a>', body)
    assert "98,67" in body
    assert "98,666" not in body
    low = concluded(world.dossier(), "75.5", 4)
    assert "Ghi quyết định" in page(client, world.head, "dossier", low.code)


def test_an_upgrade_to_the_star_it_has_stands_apart_with_what_is_left_to_do(
    client: Client, world: World
) -> None:
    same = concluded(world.dossier(kind=Kind.UPGRADE), "60", 3)
    RecognitionFactory(product=same.product, stars=3, on=date(2025, 12, 1))
    body = page(client, world.officer, "deciding")
    group = body[body.index('id="nhom-same"') : body.index('id="nhom-rest"')]
    assert same.product.name in group
    assert "đang có 3 sao" in group
    assert "ghi không công nhận" in group
    assert body.count(same.product.name) == group.count(same.product.name)
    assert same.code not in page(client, world.officer, "decide")


def test_the_first_page_counts_what_waits_as_the_list_groups_it(
    client: Client, world: World
) -> None:
    """An upgrade that did not rise waits for no decision, what the Ministry decided does."""
    same = concluded(world.dossier(kind=Kind.UPGRADE), "60", 3)
    RecognitionFactory(product=same.product, stars=3, on=date(2025, 12, 1))
    higher = concluded(world.dossier(kind=Kind.UPGRADE), "75", 4)
    RecognitionFactory(product=higher.product, stars=3, on=date(2025, 12, 1))
    concluded(world.dossier(), "45", None)
    central = concluded(world.dossier(State.AT_MINISTRY), "92", 5)
    Dossier.objects.filter(pk=central.pk).update(state=State.AT_MINISTRY)
    central.referrals.create(
        provincial_total=92,
        provincial_star=5,
        document="1/TTr",
        sent_on=date(2026, 11, 1),
        central_total=91,
        central_star=5,
        central_on=date(2026, 11, 20),
    )
    there = concluded(world.dossier(), "93", 5)
    Dossier.objects.filter(pk=there.pk).update(state=State.AT_MINISTRY)
    body = page(client, world.officer, "deciding")
    listed = {
        key: int(count)
        for key, count in re.findall(
            r'<h2 id="nhom-(\w+)">[^<]*<span class="quiet">(\d+)</span>', body
        )
    }
    assert listed == {"able": 2, "central": 0, "same": 1, "rest": 1}
    told = {
        words: (int(count), address)
        for address, count, words in re.findall(
            r'<div class="figure"><b><a href="([^"]*)">(\d+)</a></b><span>([^<]*)</span>',
            page(client, world.officer, "home"),
        )
    }
    address = reverse("office:deciding")
    assert told["hồ sơ chờ quyết định"] == (3, address)
    words = "hồ sơ nâng hạng không lên hạng cao hơn, chờ ghi không công nhận"
    assert told[words] == (1, f"{address}#nhom-same")


def test_the_ministrys_way(client: Client, world: World) -> None:
    dossier = concluded(world.dossier(), "92", 5)
    steps = "dossier_step"
    proposed = "Đề nghị Bộ Nông nghiệp và Môi trường đánh giá 5 sao"
    for name in (("dossier", dossier.code), ("deciding",)):
        assert proposed in page(client, world.officer, *name)
    told: dict[str, object] = {"document": "5/TTr", "sent_on": "2026-11-23"}
    assert send(client, world.officer, steps, dossier.code, "trinh-bo", **told)[0] == 302
    assert "Ghi kết quả của Bộ" in page(client, world.officer, "dossier", dossier.code)
    assert dossier.product.name in page(client, world.officer, "deciding")
    told = {"total": "84.5", "document": "9/TB", "told_on": "2026-11-23"}
    status, body = send(client, world.officer, steps, dossier.code, "ket-qua-bo", **told)
    assert status == 200
    assert "Theo tổng điểm là 4 sao" in body
    assert '<option value="4" selected>' in body
    status, body = send(client, world.officer, steps, dossier.code, "ket-qua-bo", **told, star="5")
    assert (status, "nhiều nhất là 4 sao" in body) == (200, True)
    told |= {"star": "3", "total": "84,5"}  # as the Ministry's paper writes it
    assert send(client, world.officer, steps, dossier.code, "ket-qua-bo", **told)[0] == 302
    body = page(client, world.officer, "dossier", dossier.code)
    assert f"kết quả cấp tỉnh được giữ: 92,00 điểm. {proposed}" in body
    assert "(9/TB): 84,5 điểm, 3 sao" in body
    assert "Đánh giá lại tại tỉnh" in body
    told = {"reason": "xem lại"}
    assert send(client, world.officer, steps, dossier.code, "danh-gia-lai", **told)[0] == 302
    dossier.refresh_from_db()
    assert dossier.state == State.READY


def test_a_refusal_is_entered_with_its_reason(client: Client, world: World) -> None:
    dossier = concluded(world.dossier(), "42", 2)
    told = {"reason": "Không đạt 3 sao", "document": "7/TB-UBND", "signed_on": "2026-11-23"}
    status, _body = send(
        client, world.officer, "dossier_step", dossier.code, "khong-cong-nhan", **told
    )
    assert status == 302
    assert Dossier.objects.get(pk=dossier.pk).state == State.REFUSED


# --- The plan ------------------------------------------------------------------------------------
def test_who_reads_no_registrations_is_told_no_number_of_them(client: Client, world: World) -> None:
    RegistrationFactory(year=2026, unit=world.places.here, registered_on=date(2026, 1, 10))
    dossier = world.dossier(State.EXAMINING)
    dossier.assignments.create(adviser=world.adviser, lead=True, assigned_at=world.now)
    for view in ("plan", "plan_units"):
        for told in ("Đăng ký", "Chưa nộp"):
            assert f">{told}<" in page(client, world.officer, view, year="2026"), view
            assert f">{told}<" not in page(client, world.adviser, view, year="2026"), view
    assert "sản phẩm đăng ký" in page(client, world.officer, "plan", year="2026")
    assert "sản phẩm đăng ký" not in page(client, world.adviser, "plan", year="2026")


def test_a_year_is_planned_changed_and_ended(client: Client, world: World) -> None:
    assert "chưa có kế hoạch" in page(client, world.officer, "plan", year="2027")
    told: dict[str, object] = {"year": 2027, "plan_number": "5/KH"}
    assert send(client, world.officer, "plan_new", **told)[0] == 302
    assert send(client, world.officer, "plan_new", **told)[0] == 200
    first = Round.objects.get(kind="first")
    assert "5/KH" in page(client, world.commune, "plan", year="2027")
    told = {
        "name": "Đợt 1",
        "opens_on": "2027-01-01",
        "requests_before": "2027-04-15",
        "done_before": "2027-06-15",
    }
    page(client, world.officer, "round_change", first.code)
    assert send(client, world.officer, "round_change", first.code, **told)[0] == 302
    told["requests_before"] = "2027-05-15"
    status, body = send(client, world.officer, "round_change", first.code, **told)
    assert status == 200
    assert "30/04/2027" in body
    assert reverse("office:round_close", args=[first.code]) not in page(
        client, world.officer, "plan", year="2027"
    )
    assert send(client, world.officer, "round_close", first.code, reason="xong")[0] == 200
    Round.objects.filter(pk=first.pk).update(opens_on=timezone.localdate())
    assert send(client, world.officer, "round_close", first.code, reason="xong")[0] == 302
    assert "đã kết thúc" in page(client, world.officer, "plan", year="2027")
    told = {**told, "year": 2027, "name": "Bổ sung"}
    status, body = send(client, world.officer, "round_new", **told)
    assert status == 200
    assert "quy chế làm việc" in body
    assert code_of(client, world.commune, "plan_new") == 403


def test_the_list_of_potential_products(client: Client, world: World) -> None:
    told: dict[str, object] = {
        "unit": key_of(world.places.here),
        "product_name": "Mật ong rừng",
        "year": 2027,
        "aim": "4",
        "helper": "Hội Nông dân",
    }
    assert send(client, world.commune, "potential_new", **told)[0] == 302
    found = Potential.objects.get()
    assert found.aim == 4
    assert "Hội Nông dân" in page(client, world.officer, "potentials", q="mat ong")
    assert "Hội Nông dân" not in page(client, world.elsewhere, "potentials")
    assert "Mật ong rừng" in page(client, world.commune, "potential_change", found.code)
    told["need"] = "Mã vạch"
    assert send(client, world.commune, "potential_change", found.code, **told)[0] == 302
    assert send(client, world.commune, "potential_end", found.code, reason="đã nộp")[0] == 302
    assert "Mật ong rừng" not in page(client, world.officer, "potentials")
    assert "Mật ong rừng" in page(client, world.officer, "potentials", ended="yes")
    assert code_of(client, world.elsewhere, "potential_change", found.code) == 404
    assert code_of(client, world.adviser, "potentials") == 403


def test_changing_a_potential_product_keeps_its_product_and_who_is_in_charge(
    client: Client, world: World
) -> None:
    """The product is not on the form, the officer is of another place: saving loses neither."""
    product = office.product(world.places.there)
    found = Potential.objects.create(
        code="tiemnang",
        unit=world.places.here,
        province="01",
        product_name="Mật ong rừng",
        product=product,
        officer=world.elsewhere,
        year=2027,
        created_at=world.now,
    )
    client.force_login(world.commune)
    address = reverse("office:potential_change", args=[found.code])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"need": "Mã vạch"}
    assert client.post(address, sent).status_code == 302
    found.refresh_from_db()
    assert (found.need, found.product, found.officer) == ("Mã vạch", product, world.elsewhere)
    assert client.post(address, sent | {"officer": ""}).status_code == 302
    found.refresh_from_db()
    assert (found.product, found.officer) == (product, None)


def test_a_recused_officer_sees_nothing_of_the_dossier(client: Client, world: World) -> None:
    dossier = world.dossier(State.READY)
    [item] = proposing.put_on_agenda(
        actor=world.actor(world.officer),
        dossiers=[dossier],
        sitting=office.sitting(),
        at=world.now,
    )
    seat = item.sitting.council.seats.create(user=world.head, starts_on=date(2026, 1, 5))
    item.case.obstacles.create(seat=seat, ground="declared", state="recused", raised_at=world.now)
    assert code_of(client, world.head, "dossier", dossier.code) == 404
    assert dossier.product.name not in page(client, world.head, "dossiers")


def test_form_03_is_offered_once_it_is_begun(client: Client, world: World) -> None:
    dossier = world.dossier(State.AT_COMMUNE)
    address = reverse("papers:form", args=[dossier.code, 3, "pdf"])
    assert address not in page(client, world.commune, "dossier", dossier.code)
    stored_report(dossier, world.now)
    assert address in page(client, world.commune, "dossier", dossier.code)
    assert client.get(address).status_code == 200


def test_a_visit_goes_where_the_dossier_says_now(client: Client, world: World) -> None:
    dossier = world.dossier(State.EXAMINING)
    advising.assign_advisers(
        actor=SYSTEM, dossier=dossier, advisers=[world.adviser], lead=world.adviser, at=world.now
    )
    Dossier.objects.filter(pk=dossier.pk).update(answers={"address": "Số 1 phố Mới"})
    assert "Số 1 phố Mới" in page(client, world.adviser, "visit", dossier.code)


def test_a_commune_officer_lists_potential_products_of_the_own_unit(
    client: Client, world: World
) -> None:
    """Another unit is told at its field, what was typed stays; a year that is over is refused."""
    own, other = key_of(world.places.here), key_of(world.places.there)
    shown = page(client, world.commune, "potential_new")
    assert f'value="{own}"' in shown
    assert f'value="{other}"' not in shown
    told = {"product_name": "Chè lam", "year": "2027", "need": "Thiếu hợp đồng"}
    status, body = send(client, world.commune, "potential_new", **told, unit=other)
    assert status == 200
    assert "Chè lam" in body
    assert "Thiếu hợp đồng" in body
    status, body = send(
        client, world.commune, "potential_new", **{**told, "year": "2020"}, unit=own
    )
    assert status == 200
    assert "Năm dự kiến đã qua" in body
    assert not Potential.objects.exists()
    assert send(client, world.commune, "potential_new", **told, unit=own)[0] == 302
