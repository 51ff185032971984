"""The frames of official papers: download one, edit it in Word, keep the office's own."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import papers
from ocop.core.actions import require
from ocop.core.official import services, word
from ocop.core.options import may_set_option
from ocop.web.forms import UploadField, act
from ocop.web.office.guard import office
from ocop.web.papers.answers import sent
from ocop.web.requests import SignedInRequest

_LANDSCAPE = ("summary", "decision_list")


class FrameForm(forms.Form):
    """The office's own frame."""

    file = UploadField(label=gettext_lazy("Mẫu đã sửa (.docx)"))


@office
def frames(request: SignedInRequest) -> HttpResponse:
    """Every paper with its frame, ours or the office's."""
    require(request.actor, may_set_option)
    own = services.own_frames()
    rows = [(key, name, key in own) for key, name in services.PAPERS.items()]
    context = {"rows": rows, "marks": word.MARKS}
    return render(request, "office/frames.html", context)


@office
def frame_file(request: SignedInRequest, key: str) -> HttpResponse:
    """The frame in force, to edit in Word."""
    require(request.actor, may_set_option)
    if key not in services.PAPERS:
        raise Http404
    content = services.frame_of(key) or word.default_frame(landscape=key in _LANDSCAPE)
    return sent(content, papers.MEDIA_TYPES["docx"], f"mau-{key}.docx")


@office
def frame(request: SignedInRequest, key: str) -> HttpResponse:
    """Keep a frame of the office's own, or return to ours."""
    require(request.actor, may_set_option)
    if key not in services.PAPERS:
        raise Http404
    form = FrameForm(request.POST or None, request.FILES or None)
    now = timezone.now()
    if request.method == "POST" and "drop" in request.POST:
        services.drop_frame(actor=request.actor, key=key, at=now)
        messages.success(request, _("Đã trở về mẫu của hệ thống."))
        return redirect("office:frames")
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        told = {"actor": request.actor, "key": key, "filename": file.name, "at": now}
        act(form, services.keep_frame, content=file.read(), **told)
        if not form.errors:
            messages.success(request, _("Đã nạp mẫu. Văn bản lập từ nay dùng mẫu này."))
            return redirect("office:frames")
    own = key in services.own_frames()
    context = {"form": form, "key": key, "name": services.PAPERS[key], "own": own}
    return render(request, "office/frame.html", context)
