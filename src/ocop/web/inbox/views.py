"""The inbox, and how a person wants messages."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ocop.people import channels, queries, services
from ocop.people.models import Channel, Digest
from ocop.web.forms import act
from ocop.web.requests import SignedInRequest

_SIZE = 30


class ChoiceForm(forms.Form):
    """How messages come beside the inbox."""

    digest = forms.ChoiceField(
        label=gettext_lazy("Thư điện tử"),
        choices=Digest.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Mọi thông báo luôn có trong hộp thư của hệ thống."),
    )
    ways = forms.MultipleChoiceField(
        label=gettext_lazy("Nhận thêm qua điện thoại"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tin chỉ có một dòng tiêu đề, không có nội dung hồ sơ."),
    )

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        offered = channels.by_phone()
        if offered:
            field = self.fields["ways"]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [(way.value, Channel(way).label) for way in offered]
        else:
            del self.fields["ways"]


@login_required
def inbox(request: SignedInRequest) -> HttpResponse:
    """My messages, newest first; `?chua-doc=1` those I have not read."""
    rows = queries.inbox(request.actor)
    only_unread = request.GET.get("chua-doc") == "1"
    unread = rows.filter(read_at=None)
    page = Paginator(unread if only_unread else rows, _SIZE).get_page(request.GET.get("page"))
    waiting = unread.count()
    tabs = [
        (_("Tất cả"), "?", not only_unread),
        (_("Chưa đọc"), "?chua-doc=1", only_unread, waiting),
    ]
    context = {"page": page, "tabs": tabs, "waiting": waiting, "only_unread": only_unread}
    return render(request, "inbox/inbox.html", context)


@login_required
def message(request: SignedInRequest, code: str) -> HttpResponse:
    """One of my messages; opening it reads it."""
    found = get_object_or_404(queries.inbox(request.actor), code=code)
    if found.read_at is None and request.method == "GET":
        services.read_messages(
            actor=request.actor, user=request.user, messages=[found], at=timezone.now()
        )
    return render(request, "inbox/message.html", {"message": found})


@login_required
@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    """Mark everything as read."""
    count = services.read_messages(actor=request.actor, user=request.user, at=timezone.now())
    messages.success(request, _("Đã đánh dấu %d thông báo là đã đọc.") % count)
    return redirect("inbox")


@login_required
def choices(request: SignedInRequest) -> HttpResponse:
    """How I want messages."""
    user = request.user
    form = ChoiceForm(request.POST or None, initial={"digest": user.digest, "ways": user.channels})
    if request.method == "POST" and form.is_valid():
        chosen = act(
            form,
            services.choose_messages,
            actor=request.actor,
            user=user,
            digest=form.cleaned_data["digest"],
            ways=form.cleaned_data.get("ways", []),
            at=timezone.now(),
        )
        if chosen:
            messages.success(request, _("Đã lưu cách nhận thông báo."))
            return redirect("inbox")
    context = {"form": form, "no_mail": Channel.EMAIL not in channels.offered()}
    return render(request, "inbox/choices.html", context)
