"""Campaigns: the office chooses stars that end, writes, sends and follows up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ocop.core.actions import require
from ocop.core.events import activity
from ocop.core.refusals import NotAllowed, Refused
from ocop.filters.worded import CampaignFilter
from ocop.programme import campaigns as queries
from ocop.programme import rules
from ocop.programme.models import Campaign
from ocop.programme.services import campaigns as services
from ocop.recognition.expiry import CommuneExpiry, by_commune, communes
from ocop.recognition.models import Recognition
from ocop.web.forms import act
from ocop.web.happenings import told as told_events
from ocop.web.office.expiry import campaign_answers
from ocop.web.office.expiry.asked import Asked, asked, tabs, within
from ocop.web.office.expiry.campaign_forms import CampaignForm, said, usual
from ocop.web.office.expiry.campaign_papers import workbook
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest
from ocop.web.tables import DayColumn, MomentColumn, NumberColumn, listing

TICKS = 500  # rows that can be ticked one by one


class CampaignTable(tables.Table):
    """Campaigns with how many of their stars were sent."""

    title = tables.Column(verbose_name=gettext_lazy("Chiến dịch"))
    created_at = MomentColumn(verbose_name=gettext_lazy("Lập lúc"))
    due_on = DayColumn(verbose_name=gettext_lazy("Xã trả lời đến"))
    stars = NumberColumn(verbose_name=gettext_lazy("Sản phẩm"))
    sent = NumberColumn(verbose_name=gettext_lazy("Đã gửi"))
    closed_at = MomentColumn(verbose_name=gettext_lazy("Kết thúc lúc"), default="–")

    def render_title(self, record: Any, value: str) -> str:
        link = reverse("office:campaign", args=[record.code])
        return format_html('<a href="{}">{}</a>', link, value)

    def value_title(self, value: str) -> str:
        return value


@office
def index(request: SignedInRequest) -> HttpResponseBase:
    """All campaigns, newest first."""
    require(request.actor, rules.may_see_campaigns)
    may_run = rules.may_run_campaign(request.actor)
    filters = CampaignFilter(request.GET, queryset=queries.visible_to(request.actor))
    return listing(
        request,
        table=CampaignTable(filters.qs),
        filters=filters,
        title=_("Chiến dịch nhắc"),
        template="office/campaigns.html",
        context={
            "tabs": tabs(request, asked(request), "office:campaigns"),
            "may_run": may_run,
            "empty_title": _("Chưa có chiến dịch nào"),
            "empty_text": _("Chọn sản phẩm hết hạn ở danh sách rồi lập chiến dịch."),
            "empty_address": reverse("office:expiry") if may_run else "",
            "empty_action": _("Mở danh sách hết hạn"),
        },
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """The stars that an address offers; `ticked` are the keys chosen, all where there are none."""

    communes: list[CommuneExpiry]
    filed: set[int]  # products for which a dossier waits
    total: int
    ticked: set[int]

    @property
    def by_ticks(self) -> bool:
        return self.total <= TICKS

    @property
    def rows(self) -> list[Recognition]:
        """What is chosen."""
        found = [row.recognition for commune in self.communes for row in commune.rows]
        return [row for row in found if row.pk in self.ticked] if self.by_ticks else found


def _offered(request: SignedInRequest, told: Asked) -> Choice:
    on = timezone.localdate()
    counted = [] if told.problems else communes(request.actor, told.by, on=on)
    total = sum(count for _key, count in counted)
    found: list[CommuneExpiry] = []
    if 0 < total <= TICKS or (request.method == "POST" and total <= services.MOST):
        found = by_commune(request.actor, told.by, on=on)
    rows = [row.recognition for commune in found for row in commune.rows]
    filed = queries.filed_products(rows)
    if request.method == "POST":
        ticked = {int(key) for key in request.POST.getlist("row") if key.isdecimal()}
    else:
        ticked = {row.pk for row in rows if row.product_id not in filed}
    return Choice(found, filed, total, ticked)


@office
def new(request: SignedInRequest) -> HttpResponse:
    """Choose stars by filter and ticks, and write what the campaign says."""
    require(request.actor, rules.may_run_campaign)
    told = within(asked(request))
    offered = _offered(request, told)
    form = CampaignForm(request.POST or None, initial=usual())
    if request.method == "POST" and form.is_valid():
        made = act(
            form,
            services.create_campaign,
            actor=request.actor,
            plan=form.plan(),
            recognitions=offered.rows,
            at=timezone.now(),
        )
        if made:
            _tell_left_out(request, len(offered.rows) - made.members.count())
            return redirect("office:campaign", made.code)
    return _choosing(request, told, offered, form, _("Lập chiến dịch nhắc"), _("Lập chiến dịch"))


@office
def extend(request: SignedInRequest, code: str) -> HttpResponse:
    """Take more stars into a campaign."""
    campaign = _campaign(request, code)
    require(request.actor, rules.may_run_campaign)
    told = within(asked(request))
    offered = _offered(request, told)
    form = _NoFields(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = act(
            form,
            services.extend_campaign,
            actor=request.actor,
            campaign=campaign,
            recognitions=offered.rows,
            at=timezone.now(),
        )
        if added:
            messages.success(request, _("Đã thêm %d sản phẩm, chưa gửi.") % len(added))
            return redirect("office:campaign", code)
    title = _("Thêm sản phẩm: %s") % campaign.title
    return _choosing(request, told, offered, form, title, _("Thêm sản phẩm"))


class _NoFields(ReasonForm):
    """Ticks alone."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        del self.fields["reason"]


def _choosing(
    request: SignedInRequest, told: Asked, offered: Choice, form: Any, title: str, action: str
) -> HttpResponse:
    context = {
        "title": title,
        "action": action,
        "filters": told.filters,
        "chips": told.chips,
        "problems": told.problems,
        "form": form,
        "choice": offered,
        "most": services.MOST,
        "ticks": TICKS,
    }
    return render(request, "office/campaign_new.html", context)


def _tell_left_out(request: SignedInRequest, left_out: int) -> None:
    messages.success(request, _("Đã lập chiến dịch. Hãy xem trước thư rồi gửi."))
    if left_out:
        words = _("%d sản phẩm đã nộp hồ sơ nên không đưa vào chiến dịch.")
        messages.info(request, words % left_out)


@office
def page(request: SignedInRequest, code: str) -> HttpResponseBase:
    """Where a campaign stands; `?format=xlsx` the same as a workbook."""
    campaign = _campaign(request, code)
    found = queries.follow_up(campaign, timezone.localdate())
    if request.GET.get("format") == "xlsx":
        return workbook(campaign, found)
    may_run = rules.may_run_campaign(request.actor) and campaign.closed_at is None
    sent = found.count("sent")
    context = {
        "campaign": campaign,
        "found": found,
        "stars": len(found.members),
        "sent": sent,
        "filed": found.count("filed"),
        "renewed": found.count("renewed"),
        "answered": sum(part.answered for part in found.communes),
        "asked": sum(bool(part.answers) for part in found.communes),
        "unsent": len(found.members) - sent,
        "answers": campaign_answers.answers(request, found),
        "may_run": may_run,
        "events": told_events(activity(campaign)[:20]),
    }
    return render(request, "office/campaign.html", context)


@office
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change what a campaign says."""
    campaign = _campaign(request, code)
    require(request.actor, rules.may_run_campaign)
    form = CampaignForm(request.POST or None, initial=said(campaign))
    if request.method == "POST" and form.is_valid():
        changed = act(
            form,
            services.change_campaign,
            actor=request.actor,
            campaign=campaign,
            plan=form.plan(),
            at=timezone.now(),
        )
        if changed:
            return redirect("office:campaign", code)
    return _form(request, campaign, form, _("Sửa nội dung: %s") % campaign.title)


@office
@require_POST
def send(request: SignedInRequest, code: str) -> HttpResponse:
    """Send what was not sent yet."""

    def sent(campaign: Campaign) -> str:
        services.send_campaign(actor=request.actor, campaign=campaign, at=timezone.now())
        return _("Đã gửi việc cho các xã và tin nhắn cho các chủ thể.")

    return _step(request, code, sent)


@office
@require_POST
def remind(request: SignedInRequest, code: str) -> HttpResponse:
    """Remind who is silent."""

    def reminded(campaign: Campaign) -> str:
        parts, makers = services.remind_campaign(
            actor=request.actor, campaign=campaign, at=timezone.now()
        )
        return _("Đã nhắc %(communes)d xã và %(producers)d chủ thể.") % {
            "communes": parts,
            "producers": makers,
        }

    return _step(request, code, reminded)


def _step(request: SignedInRequest, code: str, step: Callable[[Campaign], str]) -> HttpResponse:
    campaign = _campaign(request, code)
    try:
        words = step(campaign)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, words)
    return redirect("office:campaign", code)


@office
def close(request: SignedInRequest, code: str) -> HttpResponse:
    """End a campaign, with the reason."""
    campaign = _campaign(request, code)
    require(request.actor, rules.may_run_campaign)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        closed = act(
            form,
            services.close_campaign,
            actor=request.actor,
            campaign=campaign,
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
        if closed:
            messages.success(request, _("Đã kết thúc chiến dịch."))
            return redirect("office:campaign", code)
    return _form(request, campaign, form, _("Kết thúc chiến dịch: %s") % campaign.title)


def _form(request: SignedInRequest, campaign: Campaign, form: Any, title: str) -> HttpResponse:
    back = reverse("office:campaign", args=[campaign.code])
    context = {"form": form, "title": title, "cancel": back}
    return render(request, "office/form.html", context)


def _campaign(request: SignedInRequest, code: str) -> Campaign:
    require(request.actor, rules.may_see_campaigns)
    found: Campaign = get_object_or_404(queries.visible_to(request.actor), code=code)
    return found
