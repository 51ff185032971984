"""Who may do what: role by action, on what is one's own and on what is another's.

`matrix.csv` holds the pages and `calls.csv` the API, one line for each method and for an object
that is one's own or another's (`-` where that makes no difference). A cell says what somebody is
answered: `yes`, `login` (sign in first), `403` (not this person's to do), `404` (not there for
this person) or `405` (not taken). An empty cell is not asked: such a page is the same for
everybody. A page or call without a line makes the test fail; a method of a page without a line is
not taken, or is a POST that only reads again. A refusal that writes an event fails as well.
"""

import csv
from functools import cache
from pathlib import Path
from zlib import crc32

import pytest

from ocop.core.models import Event
from tests.permissions import addresses, calls
from tests.permissions.asking import Asker, undone
from tests.permissions.world import EYES, World

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
Line = dict[str, str]
PAGES, CALLS = "matrix.csv", "calls.csv"
#: Pages of the library that signs people in: about oneself only, tried in `tests/web`.
_LIBRARY = ("account_", "mfa_")


@cache
def lines(name: str) -> list[Line]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def label(line: Line) -> str:
    return f"{line['method']} {line['name']} {line['whose']}"


@pytest.fixture(scope="module")
def asker(world: World) -> Asker:
    return Asker(world)


def test_every_page_and_call_has_its_line() -> None:
    assert {line["name"] for line in lines(PAGES)} == set(addresses.named_pages())
    told = {(line["name"], line["method"]) for line in lines(CALLS)}
    assert told == {(name, method) for name, method, _path in addresses.operations()}


def test_lines_are_whole() -> None:
    for name in (PAGES, CALLS):
        for line in lines(name):
            assert set(line) == {"method", "name", "whose", *EYES}
            assert {line[eye] for eye in EYES} <= {"yes", "login", "403", "404", "405", ""}
        found = [label(line) for line in lines(name)]
        assert len(set(found)) == len(found)


@pytest.mark.parametrize("line", lines(PAGES), ids=label)
def test_page(world: World, asker: Asker, line: Line) -> None:
    side = world.other if line["whose"] == "other" else world.own
    found = {
        eye: asker.page(
            eye,
            line["method"],
            addresses.page_of(world, side, eye, line["name"]),
            addresses.form_of(side, line["name"]),
        )
        for eye in asked(line)
    }
    assert found == {eye: line[eye] for eye in found}


@pytest.mark.parametrize("line", lines(CALLS), ids=label)
def test_call(world: World, asker: Asker, line: Line) -> None:
    side = world.other if line["whose"] == "other" else world.own
    paths = {(name, method): path for name, method, path in addresses.operations()}
    method, path = line["method"], paths[line["name"], line["method"]]
    found = {
        eye: asker.call(
            eye,
            method,
            addresses.call_of(world, side, eye, line["name"], path),
            *calls.body_of(side, line["name"], path, method),
        )
        for eye in asked(line)
    }
    assert found == {eye: line[eye] for eye in found}


def test_page_without_a_line_for_posting_writes_nothing(world: World, asker: Asker) -> None:
    posted = {line["name"] for line in lines(PAGES) if line["method"] == "POST"}
    for name in sorted(set(addresses.named_pages()) - posted):
        if name.startswith(_LIBRARY):
            continue
        with undone():
            before = Event.objects.count()
            address = addresses.page_of(world, world.own, "office", name)
            assert asker.page("office", "POST", address) in ("yes", "403", "404", "405"), name
            assert Event.objects.count() == before, name


def asked(line: Line) -> list[str]:
    """Whoever is refused, and one of those who are not, another with each line: drawing a page
    takes the time."""
    refused = [eye for eye in EYES if line[eye] not in ("", "yes")]
    granted = [eye for eye in EYES if line[eye] == "yes"]
    one = granted and [granted[crc32(label(line).encode()) % len(granted)]]
    return refused + one


#: Programs for browsers: they say nothing of anybody.
SCRIPTS = {
    "council:worker",
    "office:visit_worker",
    "office:postcheck_worker",
    "office:training_worker",
    "producer_sales_worker",
    "producer_centre_worker",
    "office:event_gate_worker",
    "office:event_booth_day_worker",
    "producer_booth_day_worker",
}


# --- What the tables themselves must say.


def test_nobody_unknown_opens_the_faces_behind_the_door() -> None:
    faces = ("office:", "council:", "administration:", "papers:", "producer_", "inbox", "go_")
    for line in lines(PAGES):
        if line["name"].startswith(faces) and line["name"] not in SCRIPTS:
            assert line["anonymous"] == "login", label(line)


#: What is looked at as a whole and shown to all staff, so that another's is the same as the own.
_FOR_ALL_STAFF = {"office:unit"}


@pytest.mark.parametrize(
    "eye",
    ["signed_in", "producer", "commune", "adviser", "member", "recused", "secretary", "chair"],
)
def test_what_is_anothers_is_not_there(eye: str) -> None:
    """404 for the other side's objects, or no right to the page at all; never a look at them."""
    for line in (*lines(PAGES), *lines(CALLS)):
        if line["whose"] != "other" or line["name"] in _FOR_ALL_STAFF | OPEN_TO_ALL:
            continue
        assert line[eye] in ("403", "404", "405"), f"{label(line)} ({eye})"


#: Addresses that only lead on (`go_*`, the page they lead to asks), and facts that are public.
OPEN_TO_ALL = {"go_dossier", "go_item", "go_sheet", "unit"}
#: Pages and calls about the case of the own side, from which one member and one officer of the
#: office are recused. The second case of the sitting and what is counted is in `test_recused`.
OF_THE_CASE = {
    "council:sheet", "council:save", "council:submit", "council:declare_conflict",
    "council:item", "council:item_start", "council:item_rescore", "council:item_agree",
    "council:item_gates", "council:item_discuss", "council:item_conclude",
    "council:item_take_off", "council:item_sheet", "council:sheet_reopen", "council:paper_sheet",
    "council:paper_confirm", "council:paper_scan", "council:item_move", "council:conflict",
    "papers:form", "papers:notice", "papers:dossier_zip", "papers:sheet", "papers:member_sheet",
    "papers:made", "papers:made_progress", "papers:made_file", "made_paper", "made_paper_file",
    "evidence_file", "office:dossier", "office:report", "office:findings", "office:finding",
    "office:visit", "office:visit_send", "office:visit_photo", "office:test_result",
    "office:test_report", "office:dossier_step", "office:assign", "office:unassign",
    "office:change_answer", "producer_supplement", "producer_change", "producer_snapshot",
    "item", "own_sheet", "sheets", "save_marks", "submit_sheet", "reopen_sheet",
    "enter_paper_sheet", "confirm_paper_sheet", "paper_scan", "declare_conflict", "settle_conflict",
    "answer_gates", "agree_level", "note_discussion", "ask_rescoring", "take_off", "conclude",
    "dossier", "snapshot", "examination", "dossier_evidence", "receive_dossier",
    "put_on_agenda", "answer_supplement", "answer_change", "record_visit", "propose",
    "record_test_result", "add_visit_photo", "save_report", "decide_dossiers", "move_item",
    "start_item", "end_assignment",
}  # fmt: skip


@pytest.mark.parametrize("eye", ["recused", "recused_office"])
def test_who_is_recused_finds_nothing_of_the_case(eye: str) -> None:
    named = set()
    for line in (*lines(PAGES), *lines(CALLS)):
        if line["name"] in OF_THE_CASE and line["whose"] != "other":
            named.add(line["name"])
            assert line[eye] in ("403", "404", "405"), f"{label(line)} ({eye})"
    assert named == OF_THE_CASE


def test_auditors_write_nothing_but_their_own_account(world: World, asker: Asker) -> None:
    own = ("token_", "account", "message", "inbox", "calendar_", "read_message", "set_language")
    own += ("papers:make",)  # a copy of what the auditor reads
    for line in lines(PAGES):
        if line["method"] != "POST" or line["name"].startswith(own) or not line["auditor"]:
            continue
        side = world.other if line["whose"] == "other" else world.own
        address = addresses.page_of(world, side, "auditor", line["name"])
        found = asker.written("auditor", address, addresses.form_of(side, line["name"]))
        assert not found, label(line)
