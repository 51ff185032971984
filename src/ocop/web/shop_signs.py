"""The sign of a sales point as an answer."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import translation

from ocop.core import language
from ocop.network import sign
from ocop.network.models import PointState, SalesPoint
from ocop.web.office.network.looks import hours
from ocop.web.papers.answers import sent
from ocop.web.requests import Request


def sign_of(request: Request, point: SalesPoint) -> HttpResponse:
    """The sign of a point that works, in Vietnamese; 404 for any other."""
    if point.state != PointState.RECOGNISED:
        raise Http404
    target = request.build_absolute_uri(reverse("shop", args=[point.code]))
    with language.using("vi"), translation.override("vi"):  # whoever prints it
        content = sign.pdf(point, target=target, hours=hours(point))
    return sent(content, "application/pdf", f"bien-{point.name}.pdf", shown=True)
