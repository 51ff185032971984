"""Papers of a campaign: the letters before they are sent, and the follow-up as a workbook."""

import io
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ocop.core import filetypes, folding, numbers, papers
from ocop.core.actions import require
from ocop.core.language import gettext as kernel
from ocop.places.letterhead import letterhead
from ocop.producers.models import Producer
from ocop.programme import campaign_notices, rules
from ocop.programme import campaigns as queries
from ocop.programme.models import Campaign
from ocop.programme.tasking import ROW_WORDS
from ocop.recognition import expiry_list
from ocop.recognition import letters as writing
from ocop.recognition.ending import Ending
from ocop.recognition.expiry import CommuneExpiry, by_commune
from ocop.recognition.last_days import is_extended, last_day_of
from ocop.web import export
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest

SHOWN = 10  # letters, and messages, on the page; files hold all
_TYPES = {
    "docx": filetypes.DOCX,
    "zip": "application/zip",
    "xlsx": filetypes.XLSX,
    "pdf": filetypes.PDF,
}


def _found(request: SignedInRequest, code: str) -> tuple[Campaign, list[CommuneExpiry]]:
    """A campaign, and its stars that still end, commune by commune."""
    require(request.actor, rules.may_see_campaigns)
    campaign = get_object_or_404(queries.visible_to(request.actor), code=code)
    keys = list(campaign.members.values_list("recognition", flat=True))
    return campaign, by_commune(request.actor, Ending(only=keys), on=timezone.localdate())


def _further(campaign: Campaign) -> list[str]:
    """What the letters ask for beside the law: an official paper, so Vietnamese."""
    day = numbers.write_date(campaign.due_on)
    lines = [line.strip() for line in campaign.asked.splitlines() if line.strip()]
    return [*lines, f"Đề nghị trả lời từng sản phẩm trên phần mềm đến hết ngày {day}."]


@office
def letters(request: SignedInRequest, code: str) -> HttpResponse:
    """The letters to communes and the messages to producers, as they will be sent."""
    campaign, found = _found(request, code)
    on, head = timezone.localdate(), letterhead()
    makers: dict[Producer, list[Any]] = {}
    for commune in found:
        for row in commune.rows:
            product = row.recognition.product
            makers.setdefault(product.producer, []).append(row.recognition)
    context = {
        "campaign": campaign,
        "letters": [
            {
                "place": writing.in_sentence(expiry_list.place_name(commune.unit)),
                "opening": writing.opening(commune, head),
                "rows": commune.rows,
                "asked": [*writing.requests(commune.rows, on), *_further(campaign)],
            }
            for commune in found[:SHOWN]
        ],
        "messages_shown": [
            (producer, campaign_notices.listed(stars))
            for producer, stars in list(makers.items())[:SHOWN]
        ],
        "communes": len(found),
        "producers": len(makers),
        "shown": SHOWN,
        "kinds": [(kind.upper(), kind) for kind in _TYPES] if found else [],
    }
    return render(request, "office/campaign_letters.html", context)


@office
def paper(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The letters in one document or one each, or the list as a workbook or PDF."""
    if kind not in _TYPES:
        raise Http404
    campaign, found = _found(request, code)
    if not found:
        raise Http404
    on, into = timezone.localdate(), io.BytesIO()
    if kind == "xlsx":
        expiry_list.write_workbook(into, found, on=on)
    elif kind == "pdf":
        expiry_list.write_print(into, found, on=on)
    elif kind == "docx":
        writing.write_letters(into, found, letterhead(), on=on, further=_further(campaign))
    else:
        writing.write_letters_apart(into, found, letterhead(), on=on, further=_further(campaign))
    response = HttpResponse(into.getvalue(), content_type=_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="chien-dich-{campaign.code}.{kind}"'
    return response


def workbook(campaign: Campaign, found: queries.FollowUp) -> HttpResponseBase:
    """The follow-up: one line for each star."""
    notes = [_("Xã trả lời đến hết ngày %s") % numbers.write_date(campaign.due_on), campaign.reason]
    headings = [
        _("Xã, phường"),
        _("Sản phẩm"),
        _("Chủ thể"),
        pgettext("day", "Hết hạn"),
        _("Kéo dài đến hết"),
        _("Gửi lúc"),
        _("Xã trả lời lúc"),
        _("Xã trả lời cho sản phẩm"),
        _("Nhắc chủ thể lúc"),
        _("Đã nộp hồ sơ"),
        _("Đã công nhận lại"),
    ]
    sheet = export.Sheet(
        campaign.title, papers.notes(timezone.now(), notes), headings, _lines(found)
    )
    return export.response(sheet, slugify(folding.fold(campaign.title)))


def _lines(found: queries.FollowUp) -> Iterator[list[Any]]:
    yes = _("Có")
    for member in found.members:
        star, answer = member.recognition, member.answer
        yield [
            member.unit.name if member.unit else "",
            star.product.name,
            star.product.producer.name,
            star.expires_on,
            last_day_of(star) if is_extended(star) else None,
            member.sent_at,
            answer.answered_at if answer else None,
            kernel(ROW_WORDS[member.word]) if member.word in ROW_WORDS else "",
            member.reminded_at,
            yes if member.filed else "",
            yes if member.renewed else "",
        ]
