"""Files of stamps in the office: ask for one, see how far it is, take it, hear its password."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ocop.core.actions import require
from ocop.core.jobs.files import is_at_work
from ocop.traceability import jobs, queries, rules, stamp_queries
from ocop.traceability.models import StampPrint
from ocop.traceability.services.printing import tell_password
from ocop.web import jobs as pages
from ocop.web.forms import act
from ocop.web.office.dossiers.steps import posted, sent
from ocop.web.office.guard import office
from ocop.web.office.traceability import stamp_looks, stamp_steps
from ocop.web.office.traceability.stamp_forms import PrintForm
from ocop.web.requests import SignedInRequest


@office
def new(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask for a file; the worker makes it, whatever becomes of this browser."""
    order = get_object_or_404(queries.orders_visible_to(request.actor), code=code)
    require(request.actor, rules.may_manage_stamps)
    back = reverse("office:stamp_order", args=[code])
    if not stamp_steps.is_possible(order, stamp_steps.CONFIRM):
        messages.warning(request, _("Đơn này không có tem nào chờ in."))
        return redirect(back)
    form = PrintForm(order, posted(request))
    if sent(request, form):
        now = timezone.now()
        wish = form.wish()
        asked = act(form, jobs.ask_print, actor=request.actor, order=order, wish=wish, at=now)
        if asked:
            return redirect("office:stamp_print", asked.code)
    context = {"form": form, "order": order, "title": _("Tạo tệp in"), "back": back}
    return render(request, "office/stamps/print_new.html", context)


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """How far it is; then the file, or why there is none."""
    return render(request, "office/stamps/print.html", _reading(_found(request, code)))


@office
def progress(request: SignedInRequest, code: str) -> HttpResponse:
    """How far the worker is; when it is done, the page comes anew."""
    made = _found(request, code)
    return pages.progress(request, made, "office/stamps/progress.html")


@office
def file(request: SignedInRequest, code: str) -> FileResponse:
    """The file, as a stream."""
    return send(_found(request, code))


@office
@require_POST
@never_cache
def password(request: SignedInRequest, code: str) -> HttpResponse:
    """The password of a file of hidden codes, shown once; who asked is noted."""
    made = _found(request, code)
    told = tell_password(actor=request.actor, made=made, at=timezone.now())
    return render(request, "office/stamps/print.html", _reading(made) | {"password": told})


def send(made: StampPrint) -> FileResponse:
    """A file under its name, never kept by caches."""
    return pages.send(made, jobs.MEDIA_TYPES)


def _reading(made: StampPrint) -> dict[str, object]:
    return {
        "made": made,
        "order": made.order,
        "tag": stamp_looks.print_tag(made),
        "at_work": is_at_work(made, timezone.now()),
        "until": stamp_queries.kept_until(made),
        "title": made.get_kind_display(),
    }


def _found(request: SignedInRequest, code: str) -> StampPrint:
    return get_object_or_404(stamp_queries.prints_visible_to(request.actor), code=code)
