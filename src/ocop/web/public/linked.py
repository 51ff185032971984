"""What programs follow: the links of a product, and the criteria that credentials name."""

from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from ocop.core.credentials import envelopes
from ocop.criteria.models import CriteriaSetVersion, LegalVersion, Subject
from ocop.products import queries as products
from ocop.products.models import Product
from ocop.recognition import queries as register
from ocop.recognition.certified import certified
from ocop.recognition.credential import issuing, linkset, vocabulary
from ocop.recognition.credential.linkset import Credential, Target
from ocop.recognition.queries import Step
from ocop.web.public.credentials import as_json, kept, shared
from ocop.web.requests import Request
from ocop.web.star_titles import both, star_titles

_HTML = "text/html"


@require_safe
def links(request: Request, code: str) -> HttpResponse:
    """What there is about a product: its page, its star, its credentials and their status."""
    rows = products.for_lists(products.visible_to(request.actor))
    found, today = get_object_or_404(rows, code=code), timezone.localdate()
    at = issuing.addresses()
    steps = {step.recognition.pk: step for step in register.life_line(request.actor, found, today)}
    told = issuing.credentialed(request.actor).filter(product=found).order_by("-pk")
    body = linkset.linkset(
        at.digital_link(found.code, found.gtin),
        Target(at.page(found.code), _HTML, (found.name, found.name)),
        Target(f"{at.page(found.code)}hang-sao/", _HTML, _certified(found, today)),
        [_credential(found.code, steps[row.pk]) for row in told],
    )
    return kept(shared(as_json(body), linkset.MEDIA_TYPE), public=found.listed)


@require_safe
def scheme(_request: Request) -> HttpResponse:
    """The programme as a scheme of conformity."""
    return _described(vocabulary.scheme(_sets(), issuing.addresses()))


@require_safe
def law(_request: Request, law: str) -> HttpResponse:
    """The decision under which products are assessed."""
    found = get_object_or_404(LegalVersion.objects.of_products(), code=law)
    return _described(vocabulary.regulation(found, issuing.addresses()))


@require_safe
def profile(_request: Request, law: str, number: int, revision: int) -> HttpResponse:
    """A criteria set as published."""
    found = get_object_or_404(_sets(), legal_version__code=law, number=number, revision=revision)
    return _described(vocabulary.profile(found, issuing.addresses()))


def _credential(code: str, step: Step) -> Credential:
    row, at = step.recognition, issuing.addresses()
    said = both(
        lambda: (
            gettext("Chứng chỉ điện tử %(stars)d sao: %(state)s")
            % {"stars": row.stars, "state": step.words}
        )
    )
    listed = both(lambda: gettext("Danh sách trạng thái của chứng chỉ điện tử"))
    return Credential(
        Target(at.credential(code, row.pk), _HTML, said),
        Target(at.envelope(code, row.pk), envelopes.MEDIA_TYPE, said),
        Target(at.status_list, envelopes.MEDIA_TYPE, listed),
    )


def _certified(product: Product, today: date) -> tuple[str, str]:
    """The star of today, also where it has no credential."""
    told = certified(product, today)
    if told is None:
        return both(lambda: gettext("Hạng sao theo ngày"))
    return star_titles(told.recognition.stars, told.state)


def _sets() -> QuerySet[CriteriaSetVersion]:
    rows = CriteriaSetVersion.objects.filter(legal_version__subject=Subject.PRODUCT)
    rows = rows.exclude(published_at=None).select_related("legal_version")
    return rows.order_by("-legal_version__effective_from", "number", "-revision")


def _described(body: dict[str, object]) -> HttpResponse:
    return shared(as_json(body), vocabulary.MEDIA_TYPE)
