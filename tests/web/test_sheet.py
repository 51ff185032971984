"""The council member's own pages: what waits, the sheet, saving it, submitting it, a conflict."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.models import Attachment
from ocop.councils.models import Item, Sheet, SheetState, SittingKind
from ocop.councils.papers.sheets import sheet_paper
from ocop.councils.services import concluding, sheets
from ocop.councils.services.sheets import Change
from ocop.criteria.sets import load_set
from ocop.dossiers.models import Evidence, EvidenceUse, Finding
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.web.council.sheet_reading import owner_of
from tests.councils.books import harmless
from tests.councils.hall import Hall, marks, new_case, open_hall
from tests.dossiers import office
from tests.world import person

pytestmark = pytest.mark.django_db
MEMBER, OTHER = 2, 3
GATE = "all_imported_or_unknown_material"  # of criterion 1.1 in set 13


@pytest.fixture
def hall() -> Hall:
    """Five people and one coffee, being marked now; the demonstration asks for no second factor."""
    now = timezone.now()
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return open_hall(now, members=5)


@pytest.fixture
def member(client: Client, hall: Hall) -> Client:
    """The browser of a member."""
    client.force_login(hall.people[MEMBER])
    return client


def _page(item: Item, name: str = "sheet") -> str:
    return reverse(f"council:{name}", args=[item.code])


def _send(client: Client, hall: Hall, changes: dict[str, Any], **more: Any) -> Any:
    item = hall.item
    body = {
        "owner": owner_of(hall.people[MEMBER]),
        "attempt": item.attempt,
        "version": item.case.version.sha256,
        "changes": changes,
        **more,
    }
    return client.post(_page(item, "save"), json.dumps(body), content_type="application/json")


def _form(hall: Hall, **fields: Any) -> dict[str, Any]:
    return {"owner": owner_of(hall.people[MEMBER]), "attempt": hall.item.attempt, **fields}


def _sheet(hall: Hall, who: int = MEMBER) -> Sheet:
    return Sheet.objects.get(item=hall.item, seat=hall.seat(who), attempt=hall.item.attempt)


def _now() -> int:
    return int(timezone.now().timestamp() * 1000)


# --- Who ------------------------------------------------------------------------------------------
def test_sheet_is_for_seated_members_alone(client: Client, hall: Hall) -> None:
    now = timezone.now()
    member_of_none = person(now, Role.COUNCIL_MEMBER)
    for stranger in (hall.office, person(now, Role.ADVISORY_MEMBER), member_of_none):
        client.force_login(stranger)
        assert client.get(_page(hall.item)).status_code == 404
        assert client.post(_page(hall.item), {}).status_code == 404
        assert _send(client, hall, {}).status_code == 404
        assert client.post(_page(hall.item, "submit")).status_code == 404
        assert client.post(_page(hall.item, "declare_conflict")).status_code == 404


def test_nobody_signed_in_is_led_to_sign_in_and_told_so_by_program(
    client: Client, hall: Hall
) -> None:
    answer = client.get(_page(hall.item))
    assert answer.status_code == 302
    assert "login" in answer["Location"]
    answer = _send(client, hall, {"1.1": {"points": 1, "comment": "", "stamp": 1}})
    assert answer.status_code == 401
    assert answer.json()["code"] == "signed_out"
    assert not Sheet.objects.exists()


def test_one_tap_takes_a_member_out_of_a_case(member: Client, hall: Hall) -> None:
    title = hall.item.case.title
    assert title in member.get(reverse("council:home")).content.decode()
    answer = member.post(_page(hall.item, "declare_conflict"), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("council:home")
    assert "xung đột lợi ích" in answer.content.decode()
    home = member.get(reverse("council:home")).content.decode()
    assert title not in home
    assert "Không còn phiếu nào" in home
    assert member.get(_page(hall.item)).status_code == 404
    assert _send(member, hall, {}).status_code == 404
    assert member.post(_page(hall.item, "submit")).status_code == 404


def test_nobody_sees_what_another_marked(member: Client, hall: Hall) -> None:
    hall.mark(OTHER, {"1.1": 3})
    page = member.get(_page(hall.item))
    assert page.context["done"] == 0
    assert page.context["given"] == {}


# --- The page -------------------------------------------------------------------------------------
def test_page_shows_every_level_and_asks_every_condition(member: Client, hall: Hall) -> None:
    page = member.get(_page(hall.item))
    text = page.content.decode()
    criteria_set = load_set(13)
    for criterion in criteria_set.criteria:
        assert f'id="tc-{criterion.code}"' in text
    assert text.count('name="points"') == sum(len(c.levels) for c in criteria_set.criteria)
    for gate in criteria_set.gates:
        assert text.count(f'name="gate.{gate.id}"') == 2
    assert "checked" not in text  # a condition without an answer has none
    assert page["Cache-Control"].startswith("max-age=0, no-cache")


def test_page_is_light_and_asks_the_database_little(
    member: Client, hall: Hall, django_assert_max_num_queries: Any
) -> None:
    hall.mark(MEMBER, marks(load_set(13), 70))
    member.get(_page(hall.item))
    with django_assert_max_num_queries(20):
        page = member.get(_page(hall.item), headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert len(page.content) < 40_000


def test_what_was_filed_stands_beside_its_criterion(member: Client, hall: Hall) -> None:
    today = timezone.localdate()
    filed = office.dossier(
        case=hall.item.case, version=hall.item.case.version, claims={"1.5": "Hợp đồng 78 %"}
    )
    kept = Evidence.objects.create(
        code="chungcu1",
        producer=filed.product.producer,
        type="raw_material",
        title="Hợp đồng liên kết",
        valid_until=today - timedelta(days=1),
        attachment=Attachment.objects.create(
            sha256="0" * 64,
            size=1,
            media_type="application/pdf",
            file="hop-dong.pdf",
            created_at=timezone.now(),
        ),
        filename="hop-dong.pdf",
        created_at=timezone.now(),
    )
    EvidenceUse.objects.create(dossier=filed, evidence=kept, criterion="1.5", note="trang 3")
    office.stored_report(filed, timezone.now())
    Finding.objects.create(
        dossier=filed,
        adviser=person(timezone.now(), Role.ADVISORY_MEMBER),
        criterion="1.5",
        verdict="doubtful",
        points=1,
        note="Chưa thấy thanh lý",
        updated_at=timezone.now(),
    )
    page = member.get(_page(hall.item))
    files = {line.criterion.code: line.file for line in page.context["lines"].all}
    assert files["1.5"].claim == "Hợp đồng 78 %"
    assert [use.evidence for use in files["1.5"].uses] == [kept]
    assert [finding.points for finding in files["1.5"].findings] == [1]
    assert files["1.5"].reports == []
    assert len(files["1.1"].reports) == 1  # one of the four topics of Form 03
    text = page.content.decode()
    for words in ("Hợp đồng 78 %", "hết hạn", "trang 3", "Chưa thấy thanh lý"):
        assert words in text.split('id="tc-1.5"')[1].split('id="tc-1.6"')[0]
    assert reverse("evidence_file", args=[filed.code, kept.code]) in text


def test_nothing_is_missing_beside_what_is_tasted(member: Client, hall: Hall) -> None:
    office.dossier(case=hall.item.case, version=hall.item.case.version)
    page = member.get(_page(hall.item))
    for line in page.context["lines"].all:
        part = page.content.decode().split(f'id="{line.anchor}"')[1].split("</section>")[0]
        tasted = line.criterion.topic == "sensory"
        assert ("Không cần minh chứng" in part) == tasted
        assert ("Chưa có minh chứng" in part) != tasted


def test_two_options_of_the_same_points_are_one_choice(client: Client) -> None:
    now = timezone.now()
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    hall = open_hall(now, number=23)
    client.force_login(hall.people[MEMBER])
    line = next(
        line
        for line in client.get(_page(hall.item)).context["lines"].all
        if line.criterion.code == "6.2"
    )
    assert [(level.points, len(level.labels)) for level in line.levels] == [
        (0, 0),
        (1, 2),
        (3, 1),
        (5, 1),
    ]


def test_before_the_scoring_begins_one_reads_and_writes_nothing(client: Client) -> None:
    now = timezone.now()
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    hall = open_hall(now)
    Item.objects.update(state="waiting")
    client.force_login(hall.people[MEMBER])
    page = client.get(_page(hall.item))
    assert "Chưa đến lúc chấm" in page.content.decode()
    assert b"data-sheet" not in page.content
    answer = client.post(_page(hall.item), _form(hall, criterion="1.1", points="1"))
    assert answer.status_code == 409
    assert not Sheet.objects.exists()


# --- Without scripts ------------------------------------------------------------------------------
def test_each_criterion_is_a_form_that_saves_and_goes_on(member: Client, hall: Hall) -> None:
    given = _form(
        hall,
        criterion="1.1",
        points="2",
        comment="Hợp đồng\r\nrõ",
        next="tc-1.2",
        **{f"gate.{GATE}": "no"},
    )
    answer = member.post(_page(hall.item), given)
    assert answer.status_code == 302
    assert answer["Location"] == f"{_page(hall.item)}#tc-1.2"
    sheet = _sheet(hall)
    assert sheet.marks == {"1.1": 2}
    assert sheet.comments == {"1.1": "Hợp đồng\nrõ"}
    assert sheet.gates == {GATE: False}
    member.post(_page(hall.item), given)
    assert _sheet(hall).revision == sheet.revision  # nothing new: nothing written


def test_a_change_by_form_wins_over_a_clock_that_runs_ahead(member: Client, hall: Hall) -> None:
    _send(member, hall, {"1.1": {"points": 1, "comment": "", "stamp": _now() + 10**9}})
    member.post(_page(hall.item), _form(hall, criterion="1.1", points="3"))
    assert _sheet(hall).marks == {"1.1": 3}


def test_points_that_are_no_level_are_refused_and_the_comment_stays(
    member: Client, hall: Hall
) -> None:
    given = _form(hall, criterion="1.1", points="9", comment="Xem hợp đồng trang 3")
    answer = member.post(_page(hall.item), given)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "không có mức 9 điểm" in text
    assert "Xem hợp đồng trang 3" in text
    assert member.post(_page(hall.item), _form(hall, criterion="99", points="1")).status_code == 409
    assert (
        member.post(_page(hall.item), _form(hall, criterion="1.1", points="x")).status_code == 409
    )


def test_next_leads_nowhere_else(member: Client, hall: Hall) -> None:
    given = _form(hall, criterion="1.1", points="1", next="//nguoi-la.example/#x")
    assert member.post(_page(hall.item), given)["Location"] == _page(hall.item)


def test_a_page_left_open_by_another_shows_nothing_of_it(member: Client, hall: Hall) -> None:
    form = _form(hall, criterion="1.4", points="2", comment="Kín")
    member.force_login(hall.people[OTHER])
    answer = member.post(_page(hall.item), form)
    assert answer.status_code == 409
    assert "Kín" not in answer.content.decode()
    assert not Sheet.objects.exists()


# --- As scripts send it ---------------------------------------------------------------------------
def test_marks_written_without_a_network_merge_by_their_times(member: Client, hall: Hall) -> None:
    now = _now()
    first = {
        "1.1": {"points": 3, "comment": "", "stamp": now - 1000},
        "1.2": {"points": 1, "comment": "", "stamp": now - 5000},
        f"gate:{GATE}": {"answer": False, "stamp": now - 4000},
        "opinion": {"text": "Nên có nhãn song ngữ", "stamp": now - 3000},
    }
    answer = _send(member, hall, first)
    assert answer.status_code == 200
    late = {
        "1.1": {"points": 0, "comment": "cũ", "stamp": now - 9000},
        "1.3": {"points": 2, "comment": "", "stamp": now - 8000},
    }
    given = _send(member, hall, late).json()["given"]
    assert given["1.1"] == {"points": 3, "comment": "", "stamp": now - 1000}
    assert given["1.3"]["points"] == 2
    assert given["opinion"]["text"] == "Nên có nhãn song ngữ"
    revision = _sheet(hall).revision
    again = _send(member, hall, {**late, **first}).json()
    assert again["given"] == given
    assert again["revision"] == revision


def test_a_mark_can_be_taken_back(member: Client, hall: Hall) -> None:
    now = _now()
    _send(member, hall, {"1.1": {"points": 3, "comment": "", "stamp": now - 9}})
    _send(member, hall, {"1.1": {"points": None, "comment": "", "stamp": now - 5}})
    assert _sheet(hall).marks == {}


def test_marks_of_another_person_in_this_browser_are_refused(member: Client, hall: Hall) -> None:
    answer = _send(
        member,
        hall,
        {"1.1": {"points": 3, "comment": "", "stamp": _now()}},
        owner=owner_of(hall.people[OTHER]),
    )
    assert answer.status_code == 409
    assert answer.json()["code"] == "other_person"
    assert not Sheet.objects.exists()


@pytest.mark.whole
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"1.1": {"points": 9, "comment": "", "stamp": 1}}, "no_level"),
        ({"77": {"points": 1, "comment": "", "stamp": 1}}, "unknown_criterion"),
        ({"gate:khong-co": {"answer": True, "stamp": 1}}, "unknown_gate"),
        ({"1.1": {"points": True, "comment": "", "stamp": 1}}, "sheet_form"),
        ({"1.1": {"points": 1, "comment": 5, "stamp": 1}}, "sheet_form"),
        ({"1.1": {"points": 1, "comment": ""}}, "sheet_form"),
        ({"1.1": 1}, "sheet_form"),
        ({"opinion": {"text": None, "stamp": 1}}, "sheet_form"),
        ({"wants_meeting": {"answer": "yes", "stamp": 1}}, "sheet_form"),
        (["1.1"], "sheet_form"),
        ({"1.1": {"points": 1, "comment": "Ngon \ud83c", "stamp": 1}}, "text_unreadable"),
        ({"opinion": {"text": "\udf75 ngon", "stamp": 1}}, "text_unreadable"),
        ({"rescoring_reason": {"text": "\ud800", "stamp": 1}}, "text_unreadable"),
        ({"\ud800": {"points": 1, "comment": "", "stamp": 1}}, "text_unreadable"),
        ({"gate:\udfff": {"answer": True, "stamp": 1}}, "text_unreadable"),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(
    member: Client, hall: Hall, changes: Any, code: str
) -> None:
    answer = _send(member, hall, changes)
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert not Sheet.objects.filter(revision__gt=0).exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"null"])
def test_no_json_is_refused(member: Client, hall: Hall, body: bytes) -> None:
    answer = member.post(_page(hall.item, "save"), body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "sheet_form")


def test_half_a_sign_is_named_with_its_place_and_may_be_typed_again(
    member: Client, hall: Hall
) -> None:
    now = _now()
    kept = {
        "1.1": {"points": 3, "comment": "Ngon \ud83c", "stamp": now},
        "opinion": {"text": "Khá", "stamp": now},
    }
    assert "mục “1.1”" in _send(member, hall, kept).json()["message"]
    as_bytes = json.dumps(
        {"owner": owner_of(hall.people[MEMBER]), "attempt": 1, "changes": kept}, ensure_ascii=False
    )
    answer = member.post(
        _page(hall.item, "save"),
        as_bytes.encode("utf-8", "surrogatepass"),
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "text_unreadable")
    kept["1.1"] = {"points": 3, "comment": "Ngon 🍵", "stamp": now + 1}
    assert _send(member, hall, kept).status_code == 200
    row = _sheet(hall)
    assert (row.marks["1.1"], row.comments["1.1"], row.opinion) == (3, "Ngon 🍵", "Khá")


def test_marks_of_another_version_or_attempt_are_refused(member: Client, hall: Hall) -> None:
    change = {"1.1": {"points": 3, "comment": "", "stamp": _now()}}
    assert _send(member, hall, change, version="0" * 64).json()["code"] == "other_version"
    assert _send(member, hall, change, attempt=2).json()["code"] == "other_attempt"


# --- Submitting -----------------------------------------------------------------------------------
def test_an_incomplete_sheet_is_refused_naming_what_is_missing(member: Client, hall: Hall) -> None:
    given = marks(load_set(13), 60)
    del given["1.2"]
    hall.mark(MEMBER, given)
    answer = member.post(_page(hall.item, "submit"), _form(hall, end="1", opinion="Khá"))
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Còn 1 tiêu chí chưa chấm: 1.2" in text
    assert _sheet(hall).state == SheetState.DRAFT
    assert _sheet(hall).opinion == "Khá"  # kept all the same


def test_a_sheet_with_conditions_open_is_refused_and_leads_to_the_first(
    member: Client, hall: Hall
) -> None:
    """Issue 3: gates answered explicitly."""
    criteria_set = load_set(13)
    changes = {code: Change(points) for code, points in marks(criteria_set, 72).items()}
    actor, now = hall.actor(MEMBER), timezone.now()
    sheets.save_marks(actor=actor, item=hall.item, changes=changes, at=now)
    page = member.get(_page(hall.item)).content.decode()
    before, button = page.split('formaction="')[0], "Phải trả lời hết thì phiếu mới nộp được."
    assert button in before
    for gate in criteria_set.gates:
        assert gate.note in before.split("data-unanswered-list")[1]
    answer = member.post(_page(hall.item, "submit"), _form(hall, end="1", opinion="Khá"))
    text = answer.content.decode()
    assert answer.status_code == 409
    asked = {gate.id: gate.note for gate in criteria_set.gates}
    assert f"Còn {len(asked)} điều kiện chưa trả lời" in text
    assert '<a href="#tc-1.1">Đến chỗ còn thiếu đầu tiên</a>' in text
    assert 'class="line first" id="tc-1.1"' in text
    assert (_sheet(hall).state, _sheet(hall).opinion) == (SheetState.DRAFT, "Khá")
    own = {key for key in asked if key in {g.id for g in criteria_set.disqualifiers}}
    sheets.save_marks(
        actor=actor,
        item=hall.item,
        changes={},
        gates={key: yes for key, yes in harmless(criteria_set).items() if key not in own},
        at=now,
    )
    text = member.post(_page(hall.item, "submit"), _form(hall, end="1")).content.decode()
    assert '<a href="#dieu-kien">Đến chỗ còn thiếu đầu tiên</a>' in text
    assert 'class="line first" id="dieu-kien"' in text
    form = _form(hall, end="1", **{f"gate.{key}": "no" for key in own})
    assert member.post(_page(hall.item, "submit"), form).status_code == 302
    assert _sheet(hall).state == SheetState.SUBMITTED


def test_submitting_twice_is_submitting_once(member: Client, hall: Hall) -> None:
    hall.mark(MEMBER, marks(load_set(13), 72))
    form = _form(hall, end="1", opinion="Đạt")
    for _time in range(2):
        answer = member.post(_page(hall.item, "submit"), form, follow=True)
        assert answer.status_code == 200
    sheet = _sheet(hall)
    assert (sheet.state, sheet.total, sheet.opinion) == (SheetState.SUBMITTED, 72, "Đạt")


def test_a_submitted_sheet_is_read_only(member: Client, hall: Hall) -> None:
    hall.submit(MEMBER, marks(load_set(13), 72))
    page = member.get(_page(hall.item)).content.decode()
    assert "Đã nộp phiếu lúc" in page
    assert f"/van-ban/phieu/{hall.item.code}/cua-toi.pdf" in page
    assert "data-sheet" not in page
    assert "csrfmiddlewaretoken" not in page.split('class="sheet-body"')[1]
    late = _send(member, hall, {"1.1": {"points": 0, "comment": "", "stamp": _now()}})
    assert (late.status_code, late.json()["code"]) == (409, "sheet_submitted")
    answer = member.post(_page(hall.item), _form(hall, criterion="1.1", points="0"))
    assert answer.status_code == 409
    assert _sheet(hall).total == 72


def test_reopened_sheet_says_why_and_can_be_filled(member: Client, hall: Hall) -> None:
    sheet = hall.submit(MEMBER, marks(load_set(13), 72))
    sheets.reopen_sheet(actor=hall.chair, sheet=sheet, reason="Nhầm mức 1.5", at=timezone.now())
    page = member.get(_page(hall.item)).content.decode()
    assert "Nhầm mức 1.5" in page
    assert "data-sheet" in page


def test_rescoring_begins_with_the_own_marks_and_asks_why(member: Client, hall: Hall) -> None:
    hall.submit_all(50, 50, 72, 50, 50)
    concluding.ask_rescoring(
        actor=hall.chair, item=hall.item, reason="Chênh 22 điểm", at=timezone.now()
    )
    page = member.get(_page(hall.item))
    assert "Chênh 22 điểm" in page.content.decode()
    assert page.context["lines"].total == 72
    line = next(line for line in page.context["lines"].all if line.points)
    member.post(_page(hall.item), _form(hall, criterion=line.criterion.code, points="0"))
    answer = member.post(_page(hall.item, "submit"), _form(hall, end="1"))
    assert answer.status_code == 409
    form = _form(hall, end="1", rescoring_reason="Xem lại hợp đồng")
    assert member.post(_page(hall.item, "submit"), form).status_code == 302
    assert _sheet(hall).rescoring_reason == "Xem lại hợp đồng"


def test_written_opinion_may_ask_for_a_meeting(client: Client) -> None:
    now = timezone.now()
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    hall = open_hall(now, kind=SittingKind.WRITTEN)
    client.force_login(hall.people[MEMBER])
    assert b"wants_meeting" in client.get(_page(hall.item)).content
    client.post(_page(hall.item), _form(hall, end="1", wants_meeting="1", next="nop"))
    assert _sheet(hall).wants_meeting is True
    client.post(_page(hall.item), _form(hall, end="1", next="nop"))
    assert _sheet(hall).wants_meeting is False


# --- Home -----------------------------------------------------------------------------------------
def test_home_says_what_is_left(client: Client) -> None:
    now = timezone.now()
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    hall = open_hall(now, cases=[new_case(now, title=f"Cà phê {n}") for n in range(3)])
    hall.submit(MEMBER, marks(load_set(13), 60), hall.items[0])
    hall.mark(MEMBER, {"1.1": 1}, hall.items[1])
    client.force_login(hall.people[MEMBER])
    page = client.get(reverse("council:home"))
    assert page.context["left"] == 2
    assert [e.look[0] for e in page.context["days"][0].entries] == [
        "Đã nộp",
        "Đang chấm",
        "Chưa chấm",
    ]
    client.force_login(person(now, Role.COUNCIL_MEMBER))
    assert client.get(reverse("council:home")).context["days"] == []


def test_member_lands_on_the_own_home(client: Client, hall: Hall) -> None:
    client.force_login(hall.people[MEMBER])
    assert client.get(reverse("after_login"))["Location"] == reverse("council:home")


def test_worker_is_a_script_above_the_sheets(client: Client) -> None:
    answer = client.get(reverse("council:worker"))
    assert answer["Content-Type"] == "text/javascript"
    assert reverse("council:sheet", args=["x"]).startswith(
        reverse("council:worker").rsplit("/", 1)[0]
    )


def test_owner_is_the_same_name_each_time_and_says_nothing(now: datetime) -> None:
    one, two = User(pk=7), User(pk=8)
    assert owner_of(one) == owner_of(User(pk=7)) != owner_of(two)
    assert owner_of(one) != "7"


def test_points_that_do_not_count_are_told_and_not_summed(
    client: Client, hall: Hall, member: Client
) -> None:
    """Annex III: how the story is told (5.2) is marked only where there is a story (5.1)."""
    _send(member, hall, {c: {"points": p, "stamp": 1} for c, p in {"5.1": 0, "5.2": 2}.items()})
    page = member.get(_page(hall.item)).content.decode()
    assert "<b data-total>0</b>" in page
    assert 'data-points="5.2" data-needs="5.1">2<' in page
    assert "chỉ tính khi tiêu chí 5.1 có điểm" in page
    given = marks(load_set(13), 80) | {"5.1": 0, "5.2": 2}
    sheet = hall.submit(MEMBER, given)
    assert sheet.total == sum(given.values()) - 2
    printed = repr(sheet_paper(hall.item, hall.seat(MEMBER), sheet))
    assert "'2 (không tính)'" in printed
