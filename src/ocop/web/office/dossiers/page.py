"""The page of one dossier: its tabs, and the steps that may be done now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import events
from ocop.core.language import gettext as kernel
from ocop.core.numbers import write_date, write_number
from ocop.councils.summary import star_words
from ocop.criteria.queries import set_of
from ocop.dossiers import checklist, forms, rules
from ocop.dossiers.lifecycle import FILED
from ocop.dossiers.models import ChangeState, CommuneReport, Dossier, State, Verdict, Visit
from ocop.dossiers.queries import advising, conclusions, filing, proposals
from ocop.dossiers.services.advising import ASSIGNABLE, ENDABLE
from ocop.dossiers.services.visiting import WORKED_ON
from ocop.people.rules import may_see_everything
from ocop.producers import queries as producers
from ocop.products import queries as products
from ocop.web.happenings import told_briefly
from ocop.web.office.dossiers import looks
from ocop.web.office.dossiers.deciding import decidable
from ocop.web.office.dossiers.fetch import clock_of, found_or_404
from ocop.web.office.dossiers.steps import held_for, steps_for
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest

#: Only of these are the parties told; a conclusion alone is the office's until it is decided.
_TOLD = (State.AT_MINISTRY, State.DECIDED, State.REFUSED)
TABS = ("minh-chung", "mau-03", "tham-dinh", "mau", "lich-su")


@office
def dossier(request: SignedInRequest, code: str) -> HttpResponse:
    """A dossier by its tabs."""
    actor = request.actor
    found = found_or_404(actor, code)
    examined = rules.sees_examinations(actor)
    tab = request.GET.get("tab", "")
    reported = rules.may_read_report(actor, found)
    kept = {"tham-dinh": examined, "mau": examined, "mau-03": reported}
    if tab not in TABS or not kept.get(tab, True):
        tab = ""
    begun = CommuneReport.objects.filter(dossier=found).exists()
    context = {
        "dossier": found,
        "tab": tab,
        "tabs": _tabs(found, tab, kept),
        "sees_product": products.visible_to(actor).filter(pk=found.product_id).exists(),
        "sees_producer": producers.visible_to(actor).filter(pk=found.product.producer_id).exists(),
        "state": looks.state_tag(found.state),
        "clock": looks.clock_deadline(clock_of(found)),
        "steps": steps_for(actor, found),
        "held": held_for(actor, found),
        "owed": found.supplements.filter(answered_at=None).first(),
        "asked_change": found.changes.filter(state=ChangeState.ASKED).first(),
        "may_answer": rules.may_answer_change(actor, found) and found.state in FILED,
        "may_assign": rules.may_receive(actor) and found.state in ASSIGNABLE,
        "may_unassign": rules.may_receive(actor) and found.state in ENDABLE,
        "may_find": found.state == State.EXAMINING and rules.is_adviser_of(actor, found),
        "may_visit": found.state in WORKED_ON and rules.is_adviser_of(actor, found),
        "may_report": found.state == State.AT_COMMUNE and rules.is_commune_of(actor, found),
        "may_examine": rules.may_examine(actor, found),
        "may_decide": rules.may_decide(actor)
        and found.state == State.CONCLUDED
        and decidable(found, conclusions.conclusion_of(found)),
        "sees_all": may_see_everything(actor),
        "papers": (1, 2, 3) if reported and begun else (1, 2),
        "examined": examined,
        "told": found.state in _TOLD
        or (found.state == State.CONCLUDED and may_see_everything(actor)),
        **_content(found, tab),
    }
    return render(request, "office/dossiers/dossier.html", context)


def answers_of(found: Dossier) -> list[tuple[str, list[tuple[str, Any]]]]:
    """Form 01 and the texts of Form 02 by page: the labels with what was answered."""
    return [
        (
            kernel(page.title),
            [
                (kernel(field.label), _answer(field, found.answers.get(field.key)))
                for field in page.fields
            ],
        )
        for page in forms.pages_for(found.kind, found.version.sector)
    ]


def _answer(field: forms.Field, value: Any) -> Any:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if field.type == forms.MONEY:
        return write_number(value)
    if field.type == forms.DAY:
        return write_date(date.fromisoformat(str(value)))
    if field.choices:
        return kernel(field.choices.get(str(value), str(value)))
    return value


def _tabs(found: Dossier, tab: str, kept: Mapping[str, bool]) -> list[tuple[str, str, bool]]:
    words = [
        ("", _("Hồ sơ")),
        ("minh-chung", _("Tự đánh giá, minh chứng")),
        ("mau-03", _("Mẫu số 03")),
        ("tham-dinh", _("Tổ tư vấn")),
        ("mau", _("Mẫu, kiểm nghiệm")),
        ("lich-su", _("Lịch sử")),
    ]
    address = reverse("office:dossier", args=[found.code])
    return [
        (said, f"{address}?tab={key}" if key else address, key == tab)
        for key, said in words
        if kept.get(key, True)
    ]


def _content(found: Dossier, tab: str) -> dict[str, Any]:
    """What the present tab shows."""
    if tab == "minh-chung":
        own = filing.self_score(found, timezone.localdate())
        conditions = filing.conditions_of(found)
        return {"lines": advising.lines_of(found), "own": own, "conditions": conditions}
    if tab == "mau-03":
        return report_context(found)
    if tab == "tham-dinh":
        return _examination(found)
    if tab == "mau":
        samples = list(found.samples.all())
        wanted, came = set_of(found.version).samples, sum(row.count for row in samples)
        lacking = {"wanted": wanted, "came": came} if samples and came < wanted else None
        return {"samples": samples, "lacking": lacking, "tests": found.tests.all()}
    if tab == "lich-su":
        return {
            "events": told_briefly(events.activity(found)[:200]),
            "supplements": found.supplements.all(),
        }
    referral = conclusions.referral_of(found)
    return {
        "answers": answers_of(found),
        "own": filing.self_score(found, timezone.localdate()),
        "conclusion": conclusions.conclusion_of(found),
        "referral": referral,
        "kept_star": star_words(referral.provincial_star) if referral else "",
    }


def report_context(found: Dossier) -> dict[str, Any]:
    """Form 03 as it stands, topic by topic, with what the producer claims beside."""
    report = getattr(found, "report", None)
    topics = report.topics if report else {}
    return {
        "report": report,
        "topics": [
            (kernel(topic.words), topics.get(topic.key, {}), claims_of(found, topic))
            for topic in checklist.TOPICS
        ],
        "checked": [
            (words, bool(report and report.checklist.get(key)))
            for key, words in checklist.items_for(found.version.sector).items()
        ],
    }


def claims_of(found: Dossier, topic: checklist.Topic) -> list[advising.Line]:
    """What the producer claims on the criteria of a topic, with the evidence named there."""
    codes = {c.code for c in checklist.criteria_of(set_of(found.version), topic)}
    return [line for line in advising.lines_of(found) if line.criterion.code in codes]


def _examination(found: Dossier) -> dict[str, Any]:
    lines = [line for line in advising.lines_of(found) if line.findings]
    proposal = getattr(found, "proposal", None)
    if proposal is not None:
        proposal.outdated = proposals.is_outdated(found)
        proposal.failed = found.tests.filter(passed=False).exists()
    return {
        "found_lines": [
            (
                line,
                [(finding, looks.VERDICTS[Verdict(finding.verdict)]) for finding in line.findings],
            )
            for line in lines
        ],
        "visits": [
            (visit, _map(visit))
            for visit in found.visits.select_related("adviser").prefetch_related("photos")
        ],
        "proposal": proposal,
    }


def _map(visit: Visit) -> str:
    """Where a visit was, on a map; "" when it is not known."""
    if visit.lat is None or visit.lon is None:
        return ""
    at = f"{visit.lat:.5f}", f"{visit.lon:.5f}"
    return f"https://www.openstreetmap.org/?mlat={at[0]}&mlon={at[1]}#map=17/{at[0]}/{at[1]}"
