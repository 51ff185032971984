"""What concerns the producer after a star is given: results of visits, and revocation cases."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.recognition.postcheck import lifecycle, papers, queries, rules
from ocop.recognition.postcheck.models import PostCheckPhoto
from ocop.recognition.postcheck.services import revoking
from ocop.web.files import send
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.postcheck import cases, checks, looks
from ocop.web.producer.forms import StatementForm
from ocop.web.producer.guard import producer
from ocop.web.requests import SignedInRequest


@producer
def index(request: SignedInRequest) -> HttpResponse:
    """Visits that are concluded and cases about own products."""
    today = timezone.localdate()
    context = {
        "checks": [
            (row, looks.result_tag(row.result), row.state == lifecycle.CORRECTING)
            for row in queries.of_own_products(request.actor, today)
        ],
        "cases": [
            (row, looks.state_tag(lifecycle.CASE, row.state, producer=True))
            for row in queries.cases_of_own_products(request.actor, today)
        ],
    }
    return render(request, "producer/postchecks.html", context)


@producer
def check(request: SignedInRequest, code: str) -> HttpResponse:
    """What a visit found, and what is to be corrected until when."""
    rows = queries.of_own_products(request.actor, timezone.localdate())
    found = get_object_or_404(rows.prefetch_related("findings", "photos"), code=code)
    context = checks.reading(found) | {"papers": papers.of_check(request.actor, found)}
    return render(request, "producer/postcheck.html", context)


@producer
def photo(request: SignedInRequest, code: str, pk: int) -> HttpResponseBase:
    """A photograph of a visit that is concluded."""
    own = queries.of_own_products(request.actor, timezone.localdate()).filter(code=code)
    rows = PostCheckPhoto.objects.filter(postcheck__in=own.values("pk"))
    found = get_object_or_404(rows.select_related("attachment"), pk=pk)
    return send(found.attachment, f"kiem-tra-{found.pk}")


@producer
def case(request: SignedInRequest, code: str) -> HttpResponse:
    """A case about an own star; until the proposal the producer may speak."""
    today = timezone.localdate()
    found = get_object_or_404(
        queries.cases_of_own_products(request.actor, today)
        .select_related("recognition__decision")
        .prefetch_related("statements"),
        code=code,
    )
    listens = found.state in lifecycle.CASE.moves["state"].sources
    may_speak = listens and rules.may_speak(request.actor, found, today)
    form = StatementForm(posted(request))
    if sent(request, form) and act_on(
        request, form, revoking.state_in_case, case=found, text=form.cleaned_data["text"]
    ):
        messages.success(request, _("Đã gửi ý kiến giải trình."))
        return redirect("producer_case", code)
    context = {
        **cases.reading(found),
        "form": form,
        "may_speak": may_speak,
        "told": looks.state_tag(lifecycle.CASE, found.state, producer=True),
        "papers": papers.of_case(request.actor, found),
    }
    return render(request, "producer/case.html", context)
