"""Checking a certificate of training: for whoever is shown one."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from ocop.core.checkins import ticket_in
from ocop.training import queries, rules
from ocop.training.models import TrainingCertificate
from ocop.web import limits
from ocop.web.requests import Request

_MOST = "120/h/ip"  # codes cannot be tried out
_SHOWN = 100  # classes on one page


class CodeForm(forms.Form):
    """The code of a certificate, or its address."""

    code = forms.CharField(
        label=gettext_lazy("Mã kiểm tra hoặc địa chỉ trong mã QR"), max_length=200
    )

    def clean_code(self) -> str:
        """The code in what was typed."""
        if code := ticket_in(self.cleaned_data["code"]):
            return code
        raise forms.ValidationError(_("Mã kiểm tra có 8 ký tự, nằm ở cuối địa chỉ trong mã QR."))


def classes(request: Request) -> HttpResponse:
    """Classes that take people, for whoever has no account yet."""
    found = queries.announced(timezone.now()).prefetch_related("sessions")
    guest = request.actor.user_id is None
    may_enrol = guest or rules.may_see_classes(request.actor, timezone.localdate())
    context = {"classes": found[:_SHOWN], "may_enrol": may_enrol}
    return render(request, "public/training_classes.html", context)


def look_up(request: Request) -> HttpResponse:
    """Ask for a certificate by its code."""
    form = CodeForm(request.GET or None)
    if request.GET and form.is_valid():
        return redirect("training_certificate", form.cleaned_data["code"])
    status = 422 if form.errors else 200
    return render(request, "public/training_look_up.html", {"form": form}, status=status)


@never_cache
def certificate(request: Request, code: str) -> HttpResponse:
    """Whether a certificate stands, and what it says."""
    if not limits.may_go_on(request, "training", _MOST):
        text = _("Đã tra quá nhiều lần từ địa chỉ này. Hãy thử lại sau.")
        context = {"form": CodeForm(), "problem": text}
        return render(request, "public/training_look_up.html", context, status=429)
    found = TrainingCertificate.objects.filter(code=ticket_in(code)).first()
    if found is None:
        text = _("Không có giấy chứng nhận nào mang mã %s. Hãy so lại mã trên giấy.") % code.upper()
        context = {"form": CodeForm(initial={"code": code}), "problem": text}
        return render(request, "public/training_look_up.html", context, status=404)
    words = found.words
    context = {
        "certificate": found,
        "words": words,
        "begins": parse_date(words["from"]),
        "ends": parse_date(words["to"]),
    }
    answer = render(request, "public/training_certificate.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer
