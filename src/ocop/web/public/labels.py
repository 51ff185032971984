"""Where the code on a certificate leads, and the certificate itself for who may print it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from ocop.products import queries as products
from ocop.recognition import certificates, deciding, labels
from ocop.recognition.certified import certified
from ocop.recognition.credential import issuing
from ocop.recognition.log import chains
from ocop.recognition.models import Evidence, Recognition
from ocop.recognition.postcheck import public
from ocop.web.office.decision_pages import printed
from ocop.web.requests import Request, SignedInRequest


def label(request: Request, text: str) -> HttpResponse:
    """What a signed label says, and the star of its product today; 404 where nobody here signed."""
    try:
        told = labels.read(text, (key.public for key in chains.public_keys(labels.PURPOSE)))
    except labels.NotALabel:
        return render(request, "public/label.html", {"product": None}, status=404)
    visible = products.for_lists(products.visible_to(request.actor))
    product = get_object_or_404(visible, code=told.product)
    row = (
        Recognition.objects.filter(pk=told.recognition, product=product, certificate__isnull=False)
        .select_related("certificate", "decision")
        .first()
    )
    on_day = certified(product, timezone.localdate())
    context = {
        "product": product,
        "since": public.since(on_day.recognition, on_day.state, on_day.on) if on_day else "",
        "label": told,
        "text": text.upper(),
        "row": row,
        "credential": row is not None and issuing.has_credential(request.actor, row),
        "told": on_day,
        "real": row is not None and row.evidence != Evidence.M,
    }
    return render(request, "public/label.html", context)


@login_required
def certificate(request: SignedInRequest, pk: int) -> HttpResponse:
    """One certificate: for the office and its auditors, and for the own producer."""
    found = get_object_or_404(deciding.certificates_visible_to(request.actor), pk=pk)
    certificates.expect_printable(request.actor, found)
    return printed([found], f"giay-chung-nhan-{found.serial}-{found.year}.pdf")
