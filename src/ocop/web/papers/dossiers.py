"""Papers of dossiers: Forms 01 to 03, notices, the list for decision, the whole as one file."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ocop.councils import rules as council_rules
from ocop.councils.queries import sittings
from ocop.dossiers import rules
from ocop.dossiers.models import CommuneReport, Dossier
from ocop.dossiers.papers import bundle, deciding, forms
from ocop.dossiers.queries import dossiers
from ocop.people import rules as people_rules
from ocop.web.papers.answers import answer, sent
from ocop.web.requests import SignedInRequest

#: States of which the parties are told; a conclusion alone is the office's until it is decided.
_TOLD = ("at_ministry", "decided", "refused")


def _find(request: SignedInRequest, code: str) -> Dossier:
    rows = dossiers.visible_to(request.actor, timezone.localdate())
    found: Dossier = get_object_or_404(
        rows.select_related(
            "product__producer", "commune", "version__legal_version", "recognition__decision"
        ),
        code=code,
    )
    return found


@login_required
def form(request: SignedInRequest, code: str, form: int, kind: str) -> HttpResponse:
    """Form 01, 02 or 03."""
    dossier = _find(request, code)
    if form == 1:
        return answer(forms.form_01(dossier), kind, forms.FORM_01, f"mau-01-{dossier.product.name}")
    if form == 2:
        return answer(forms.form_02(dossier), kind, forms.FORM_02, f"mau-02-{dossier.product.name}")
    if form != 3 or not rules.may_read_report(request.actor, dossier):
        raise Http404
    report = get_object_or_404(CommuneReport, dossier=dossier)
    paper = forms.form_03(dossier, report)
    return answer(paper, kind, forms.FORM_03, f"mau-03-{dossier.product.name}")


@login_required
def notice(request: SignedInRequest, code: str, to: str, kind: str) -> HttpResponse:
    """What became of a dossier, to its producer (`chu-the`) or its commune (`xa`)."""
    dossier = _find(request, code)
    told = dossier.state in _TOLD
    early = dossier.state == "concluded" and people_rules.may_see_everything(request.actor)
    if to not in ("chu-the", "xa") or not (told or early):
        raise Http404
    paper = deciding.notice(dossier, to_commune=to == "xa", on=timezone.localdate())
    return answer(paper, kind, deciding.NOTICE, f"thong-bao-{to}-{dossier.product.name}")


@login_required
def decision_list(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The products that a sitting proposes to the chair of the province."""
    sitting = get_object_or_404(sittings.visible_sittings(request.actor), code=code)
    if not council_rules.may_plan_sitting(request.actor, sitting):
        raise Http404
    cases = sittings.agenda(request.actor, sitting).order_by().values("case")
    rows = dossiers.visible_to(request.actor, timezone.localdate()).filter(case__in=cases)
    found = list(rows.select_related("product__producer", "commune"))
    paper = deciding.decision_list(found, on=timezone.localdate())
    return answer(paper, kind, deciding.LIST, f"danh-sach-{sitting.title}")


@login_required
def whole(request: SignedInRequest, code: str) -> HttpResponse:
    """The dossier with all its evidence and an index."""
    dossier = _find(request, code)
    content = bundle.dossier_bundle(
        dossier, with_report=rules.may_read_report(request.actor, dossier)
    )
    return sent(content, "application/zip", f"ho-so-{dossier.product.name}.zip")
