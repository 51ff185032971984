"""The council member's own pages: what waits, the sheet of a case, saving and submitting it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST

from ocop.core.refusals import NotAllowed, Refused
from ocop.councils import rules
from ocop.councils.models import Item, ItemState, Sheet, SheetState, SittingKind, SittingState
from ocop.councils.queries import sheets as sheet_queries
from ocop.councils.queries import sittings
from ocop.councils.queries.passes import first_pass
from ocop.councils.services import obstacles, sheets
from ocop.criteria import queries as criteria
from ocop.web import offline
from ocop.web.council import case_file, sheet_lines, sheet_reading
from ocop.web.requests import Request, SignedInRequest


@gzip_page  # four hundred options say the same few words
@never_cache
@login_required
def sheet(request: SignedInRequest, code: str) -> HttpResponse:
    """The sheet of a case: every criterion is a form of its own; without scripts it saves one."""
    item = _item(request, code)
    if request.method == "POST":
        return _save_form(request, item, request.POST)
    return _show(request, item)


@require_POST
def save(request: Request, code: str) -> JsonResponse:
    """Take the changes that the page kept, and answer the sheet as it stands then."""
    if not request.user.is_authenticated:
        return _told(Refused("signed_out", _("Phiên đăng nhập đã hết.")), HTTPStatus.UNAUTHORIZED)
    item = _item(request, code)
    try:
        brought = sheet_reading.from_json(request.body, item, request.user)
        done, overtaken = _save(request, item, brought)
    except Refused as refusal:
        return _told(refusal, HTTPStatus.CONFLICT)
    return JsonResponse(
        {
            "state": done.state if done else SheetState.DRAFT,
            "revision": done.revision if done else 0,
            "saved_at": f"{timezone.localtime():%H:%M}",
            "given": sheet_lines.as_given(done),
            "overtaken": overtaken,
        }
    )


@login_required
@require_POST
def submit(request: SignedInRequest, code: str) -> HttpResponse:
    """Hand the sheet in, with what the last form held. A second time changes nothing."""
    item = _item(request, code)
    page = reverse("council:sheet", args=[code])
    try:
        _take_form(request, item, request.POST)
        sheets.submit_sheet(actor=request.actor, item=item, at=timezone.now())
    except NotAllowed:
        raise
    except Refused as refusal:
        return _show(request, item, refusal, form=request.POST)
    messages.success(request, _("Đã nộp phiếu. Cảm ơn bạn."))
    return redirect(f"{page}#{sheet_lines.END}")


@login_required
@require_POST
def declare_conflict(request: SignedInRequest, code: str) -> HttpResponse:
    """One tap: the member is out of the case at once; the chair may say otherwise later."""
    item = _item(request, code)
    title = item.case.title
    try:
        obstacles.declare_conflict(
            actor=request.actor, case=item.case, reason="", at=timezone.now()
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        return _show(request, item, refusal)
    messages.success(
        request,
        _(
            "Đã ghi nhận xung đột lợi ích: bạn không tham gia đánh giá “%s” nữa. "
            "Nếu bấm nhầm, hãy báo Chủ tịch hoặc thư ký hội đồng."
        )
        % title,
    )
    return redirect("council:home")


@require_GET
def worker(request: Request) -> HttpResponse:
    """The script that opens a sheet without a network; it lives above the pages it serves."""
    return offline.worker(request, kept="ocop-phieu", pages=r"\/phieu\/[^/]+\/$")


def _item(request: Request, code: str) -> Item:
    """An item in which this person gives a sheet. Others, and who is recused, find nothing."""
    item = get_object_or_404(sittings.items_visible_to(request.actor), code=code)
    if not rules.may_score(request.actor, item):
        raise Http404
    return item


def _told(refusal: Refused, status: int) -> JsonResponse:
    return JsonResponse({"code": refusal.code, "message": str(refusal.message)}, status=status)


def _save(
    request: Request, item: Item, brought: sheet_reading.Brought
) -> tuple[Sheet | None, list[str]]:
    """The sheet after what was brought, and the keys of what lost to something newer."""
    lost: set[str] = set()
    for arguments in brought.calls():
        saved = sheets.save_marks(actor=request.actor, item=item, **arguments, at=timezone.now())
        lost |= set(saved.overtaken)
    return sheet_queries.own_sheet(request.actor, item), sorted(lost)


def _take_form(request: Request, item: Item, form: QueryDict) -> None:
    own = sheet_queries.own_sheet(request.actor, item)
    if own and own.state == SheetState.SUBMITTED:
        return  # sent twice: nothing to add
    sheet_reading.check_owner(form.get("owner"), request.user)
    sheet_reading.check_attempt(form.get("attempt"), item)
    brought = sheet_reading.from_form(form, item, _set(item), own, timezone.now())
    if brought.changes or brought.others:
        _save(request, item, brought)


def _save_form(request: Request, item: Item, form: QueryDict) -> HttpResponse:
    own = sheet_queries.own_sheet(request.actor, item)
    try:
        if own and own.state == SheetState.SUBMITTED:
            raise Refused("sheet_submitted", _("Phiếu đã nộp, không sửa được nữa."))
        _take_form(request, item, form)
    except NotAllowed:
        raise
    except Refused as refusal:
        return _show(request, item, refusal, form=form)
    page = reverse("council:sheet", args=[item.code])
    following = form.get("next", "")
    known = following.replace(".", "").replace("-", "").isalnum()
    return redirect(f"{page}#{following}" if known else page)


def _set(item: Item) -> Any:
    return criteria.set_of(item.case.version)


def _show(
    request: Request, item: Item, refusal: Refused | None = None, form: QueryDict | None = None
) -> HttpResponse:
    """The page; with a refusal, what was sent stands in it still."""
    own = sheet_queries.own_sheet(request.actor, item)
    worded = criteria.worded(item.case.version)
    dossier, files = case_file.of_case(request.actor, item.case, timezone.localdate())
    if form is not None and not sheet_reading.is_own(form.get("owner"), request.user):
        form = None  # what another person wrote is not shown to this one
    content = sheet_reading.content_with(form, worded.criteria_set, own)
    lines = sheet_lines.build(worded, content, files)
    closed = _closed(item, own)
    count = len(lines.all)
    context = {
        "item": item,
        "set": worded.criteria_set,
        "sheet": own,
        "content": content,
        "lines": lines,
        "count": count,
        "done": count - len(lines.missing),
        "dossier": dossier,
        "open": closed is None,
        "closed_words": closed[0] if closed else "",
        "closed_text": closed[1] if closed else "",
        "may_declare": item.state not in (ItemState.CONCLUDED, ItemState.TAKEN_OFF),
        "first_pass": first_pass(item),
        "written": item.sitting.kind == SittingKind.WRITTEN,
        "prints": _prints(item, own),
        "owner": sheet_reading.owner_of(request.user),
        "given": sheet_lines.as_given(own),
        "words": _words(),
        "refusal": refusal,
        "unfilled": refusal is not None and refusal.code in sheet_lines.UNFILLED,
    }
    return render(
        request,
        "council/sheet.html",
        context,
        status=HTTPStatus.CONFLICT if refusal else HTTPStatus.OK,
    )


def _closed(item: Item, own: Sheet | None) -> tuple[str, str] | None:
    """Why nothing can be written now, and what comes next; None while the sheet is open."""
    if own and own.state == SheetState.SUBMITTED:
        text = _("Phiếu không sửa được nữa. Nếu cần sửa, hãy đề nghị Chủ tịch mở lại phiếu.")
        when = f"{timezone.localtime(own.submitted_at):%H:%M %d/%m/%Y}"
        return _("Đã nộp phiếu lúc %s") % when, text
    if own and own.state == SheetState.ENTERED:
        return _("Phiếu giấy của bạn đang chờ người thứ hai xác nhận"), ""
    if item.state == ItemState.TAKEN_OFF:
        return _("Hồ sơ đã được đưa ra khỏi phiên"), item.off_reason
    if item.state == ItemState.CONCLUDED:
        return _("Hội đồng đã kết luận về hồ sơ này"), ""
    if item.sitting.state != SittingState.OPEN or item.state == ItemState.WAITING:
        text = _("Bạn có thể đọc trước hồ sơ. Phiếu mở khi thư ký bắt đầu chấm hồ sơ này.")
        return _("Chưa đến lúc chấm"), text
    return None


def _prints(item: Item, own: Sheet | None) -> list[tuple[str, str]]:
    """Where the sheet is printed for its signature, once it is in: words and addresses."""
    if own is None or own.state != SheetState.SUBMITTED:
        return []
    kinds = (("pdf", _("In phiếu để ký (PDF)")), ("docx", _("Tải phiếu (Word)")))
    return [(words, reverse("papers:sheet", args=[item.code, kind])) for kind, words in kinds]


def _words() -> dict[str, str]:
    """What `sheet.js` says; {…} it fills in."""
    return {
        "saved": _("Phiếu kín, đã lưu lúc {when}"),
        "kept": _("{count} thay đổi chưa gửi, đang giữ trên máy này"),
        "sending": _("Đang gửi…"),
        "count": _("Đã chấm {done} trong {all} tiêu chí"),
        "signIn": _(
            "Phiên đăng nhập đã hết. Điểm vẫn giữ trên máy này và được gửi khi bạn vào lại."
        ),
        "signInLink": _("Đăng nhập lại"),
        "refused": _("Máy chủ không nhận được thay đổi này. Điểm vẫn giữ trên máy."),
        "reload": _("Tải lại trang"),
        "overtaken": _(
            "Thay đổi ghi trên máy này ở {codes} không được giữ: sau đó đã có thay đổi mới hơn từ "
            "thiết bị khác. Hãy xem lại."
        ),
        "elsewhere": _("điều kiện, ý kiến"),
        "look": _("Xem lại"),
        "full": _("Máy hết chỗ lưu: hãy giữ trang này mở cho đến khi có mạng."),
        "submitOffline": _(
            "Chưa nộp được vì mất mạng. Điểm vẫn giữ trên máy này; hãy nộp khi có mạng trở lại."
        ),
        "missing": _("Còn {count} tiêu chí chưa chấm: {names}."),
        "unanswered": _("Còn {count} điều kiện chưa trả lời: {names}."),
        "toMissing": _("Đến chỗ còn thiếu đầu tiên"),
        "conflictOffline": _(
            "Chưa gửi được vì mất mạng. Hãy báo trực tiếp cho Chủ tịch hoặc thư ký hội đồng."
        ),
    }
