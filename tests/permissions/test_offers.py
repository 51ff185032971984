"""Nobody is offered what is not theirs to do: no form to fill in vain, no link to a refusal.

From the matrix: whose sending is refused does not get the form either. From the pages: everything
that somebody may open is opened, its links followed, its forms filled and sent.
"""

from collections import Counter

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.permissions import addresses
from tests.permissions.asking import REFUSED, Asker, undone, word
from tests.permissions.offers import Offers
from tests.permissions.test_matrix import PAGES, label, lines
from tests.permissions.world import EYES, World

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
#: Lists and answers with a form on the page for whom may send it; the walk below sees who that is.
READ_TOO = {
    "office:import",
    "office:workbooks",
    "office:task_answer",
    "office:village_imports",
    "office:support_import",
    "office:support_line",
}
#: What whoever looks on may send: about the own account, and what only computes a file or a page.
OWN = ("token_", "account_", "mfa_", "message", "inbox", "calendar_", "set_language")
#: And what anybody at all may: the system takes it in the public's name.
OWN += ("complaint_new", "complaint_look_up", "complaint_of_code", "stamp_check")
OWN += ("demand_new", "demand_own", "trade_event_take")
COMPUTED = {
    "figures_report",
    "office:workbook_template",
    "office:workbook_document",
    "papers:make",
    "papers:make_certificates",
}
#: Whose pages are walked: those who look on, and those who have a part of the work.
WALKERS = ("auditor", "administrator", "inspector", "commune", "adviser", "member", "secretary")
#: So many offers of one kind are tried, of each person: an own row and another one, say.
SAMPLES = 2
#: What in an address tells one kind of step or file from another.
_WORDS = ("step", "name", "key", "kind", "form", "to", "page")


@pytest.fixture(scope="module")
def asker(world: World) -> Asker:
    return Asker(world)


def test_no_form_opens_to_whom_its_sending_is_refused() -> None:
    cells = {(line["name"], line["whose"], line["method"]): line for line in lines(PAGES)}
    for (name, whose, method), sending in cells.items():
        opening = cells.get((name, whose, "GET"))
        if method != "POST" or opening is None or name in READ_TOO:
            continue
        for eye in EYES:
            if sending[eye] in REFUSED:
                assert opening[eye] != "yes", f"{label(sending)} ({eye})"


def test_auditor_is_refused_every_form_of_others_work() -> None:
    for line in lines(PAGES):
        if line["method"] != "POST" or line["name"] in COMPUTED or line["name"].startswith(OWN):
            continue
        assert line["auditor"] in REFUSED, label(line)


def test_administrator_sends_the_forms_of_administration_alone() -> None:
    for line in lines(PAGES):
        if line["method"] != "POST" or line["name"] in COMPUTED or line["name"].startswith(OWN):
            continue
        may = line["administrator"] == "yes"
        own = ("administration:", "office:frame", "office:member_")  # accounts, and whose they are
        assert may == line["name"].startswith(own), label(line)


@pytest.mark.parametrize("eye", WALKERS)
def test_all_that_a_page_offers_is_open(world: World, asker: Asker, eye: str) -> None:
    refused: list[str] = []
    seen: set[str] = set()
    kinds: Counter[str] = Counter()
    for line in lines(PAGES):
        if line["method"] != "GET" or line["whose"] == "other" or line[eye] != "yes":
            continue
        address = addresses.page_of(world, world.own, eye, line["name"])
        for way, target, fields in _offered(asker.client(eye), address):
            kind = f"{way} {_kind(target)}"
            if f"{way} {target}" in seen or kinds[kind] >= SAMPLES or _is_of_account(target):
                continue
            seen.add(f"{way} {target}")
            kinds[kind] += 1
            found = asker.page(eye, way, target, fields)
            if found != "yes":
                refused.append(f"{line['name']} offers {kind} ({target}): {found}")
    assert kinds
    assert not refused, "\n".join(refused)


def _offered(client: Client, address: str) -> list[tuple[str, str, dict[str, object] | None]]:
    """Method, address and form of everything that a page offers; nothing of what is no page."""
    with undone():
        answer = client.get(address)
        page = answer.status_code == 200 and "text/html" in answer.headers.get("Content-Type", "")
        if word(answer) != "yes" or answer.streaming or not page:
            return []
        read = Offers(address, answer.content.decode())
    forms = [("POST", form.action, form.filled()) for form in read.forms]
    return [*(("GET", link, None) for link in read.links), *forms]


def _kind(address: str) -> str:
    """The name of a page, with the step or file that it is about."""
    try:
        found = resolve(address.partition("?")[0])
    except Resolver404:
        return "nowhere"
    told = [str(found.kwargs[word]) for word in _WORDS if word in found.kwargs]
    return " ".join([found.view_name, *told])


def _is_of_account(address: str) -> bool:
    """The pages of the library that signs people in and out, tried elsewhere; and the language."""
    return _kind(address).startswith(("account_", "mfa_", "set_language"))
