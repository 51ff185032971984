"""Correcting what the office entered wrongly and published: a decision, or one record of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actions import require
from ocop.dossiers.models import Dossier
from ocop.dossiers.services import reopening
from ocop.recognition import deciding, foretelling, rules, touching
from ocop.recognition import queries as register
from ocop.recognition.models import Recognition
from ocop.recognition.taking import Void
from ocop.web.forms import act
from ocop.web.office.decision_pages import decision_of
from ocop.web.office.forms import TakesField
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest

F = TypeVar("F", bound=forms.Form)


class CorrectForm(forms.Form):
    """What was entered wrongly."""

    reason = forms.CharField(
        label=gettext_lazy("Ghi nhầm điều gì, đúng là gì"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Mọi người đọc được lý do này. Không ghi tên người."),
    )
    takes = TakesField()


@office
def decision_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that a decision was entered wrongly, with all that still stands of it."""
    require(request.actor, rules.may_correct_record)
    found = decision_of(request, pk)
    rows = [r for r in deciding.rows_of_decision(request.actor, found) if r.annulled_on is None]
    lead = _(
        "Dùng khi số, ngày ký, cơ quan ký hoặc văn bản áp dụng đã ghi sai. %d bản ghi không còn "
        "được tính vào ngày nào, vẫn còn trong sổ với ngày và lý do đính chính; số quyết định ghi "
        "lại được."
    ) % len(rows)
    return _page(request, rows, lead, found.number, reverse("office:decision", args=[pk]))


@office
def recognition_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that one record was entered wrongly."""
    require(request.actor, rules.may_correct_record)
    seen: Any = register.visible_to(request.actor).select_related("product__producer", "decision")
    row: Recognition = get_object_or_404(seen, pk=pk)
    lead = _(
        "Dùng khi sản phẩm, hạng sao hoặc hình thức đã ghi sai. Bản ghi %d sao không còn được tính "
        "vào ngày nào, vẫn còn trong sổ với ngày và lý do đính chính; bản ghi đúng thì ghi thêm."
    ) % (row.stars,)
    rows = [row] if row.annulled_on is None else []
    back = reverse("office:product", args=[row.product.code])
    return _page(request, rows, lead, row.product.name, back)


def telling(form: F, rows: Sequence[Recognition], void: Void) -> F:
    """Let a form carry the stars that go with these, as the page tells them."""
    found = foretelling.taken_by(rows, void, timezone.localdate())
    form.fields["takes"].initial = ",".join(map(str, found))
    return form


def tell_anew(form: forms.Form, rows: Sequence[Recognition], void: Void) -> None:
    """Before a form is shown again: it carries what the page says now."""
    if form.is_bound:
        form.data = form.data.copy()  # type: ignore[attr-defined]  # a request's
        found = foretelling.taken_by(rows, void, timezone.localdate())
        form.data["takes"] = ",".join(map(str, found))  # type: ignore[index]


def carried_words(star: Recognition) -> str:
    """With which star a revocation took this one; empty where its decision names it."""
    rows = star.revocations.filter(restored_on=None, withdrawn_on=None)
    found = rows.select_related("carried_from__recognition").first()
    if found is None or found.carried_from is None:
        return ""
    return _("Quyết định %(number)s nêu bản ghi %(stars)d sao nay không còn được tính.") % {
        "number": found.number or "–",
        "stars": found.carried_from.recognition.stars,
    }


def _page(
    request: SignedInRequest, rows: Sequence[Recognition], lead: str, about: str, back: str
) -> HttpResponse:
    form = telling(CorrectForm(request.POST or None), rows, Void.MISTAKEN)
    if request.method == "POST" and form.is_valid():
        waiting = act(
            form,
            reopening.correct_record,
            actor=request.actor,
            rows=rows,
            at=timezone.now(),
            **form.cleaned_data,
        )
        if waiting is not None:
            messages.success(request, _said(len(rows), waiting))
            return redirect(back)
    tell_anew(form, rows, Void.MISTAKEN)
    context = {
        "form": form,
        "touched": told_of(rows, Void.MISTAKEN),
        "title": _("Đính chính bản ghi nhầm"),
        "action": _("Đính chính"),
        "tone": "danger",
        "eyebrow": about,
        "cancel": back,
        "nothing": not rows,
        "lead": f"{lead} {_distinction()}" if rows else _("Không còn bản ghi nào để đính chính."),
    }
    return render(request, "office/decision_act.html", context)


@dataclass(frozen=True, slots=True)
class ToldOf:
    """All that an act on stars touches, in words: each star, and what goes on or ends."""

    stars: Sequence[touching.Touched]
    lines: Sequence[str]


def told_of(rows: Sequence[Recognition], void: Void) -> ToldOf:
    """What the annulment or the correction of these records will touch: which star counts then, and
    which ones are taken with it."""
    stars, lines = touching.touched(rows), []
    if revoked := sum(row.revoked_on is not None and row.restored_on is None for row in rows):
        lines.append(
            _(
                "%d bản ghi đang bị thu hồi. Lần thu hồi vẫn ghi ở trang Thu hồi hạng sao và còn "
                "áp dụng cho bản ghi đúng, khi bản ghi đó được ghi."
            )
            % revoked
        )
    if certified := sum(hasattr(row, "certificate") for row in rows):
        lines.append(_("%d bản ghi đã được cấp giấy chứng nhận.") % certified)
    if rows:
        lines += foretelling.lines(rows, void, timezone.localdate())
    return ToldOf(stars, [*lines, *map(_dossier, reopening.prospects(rows))])


def _dossier(each: reopening.Prospect) -> str:
    if each.other is None:
        return _("Hồ sơ %s trở về “Chờ quyết định”.") % each.dossier.code
    told = {"code": each.dossier.code, "other": each.other.code}
    if each.waits:
        return _("Hồ sơ %(code)s trở về “Chờ quyết định”; hồ sơ nháp %(other)s kết thúc.") % told
    return (
        _(
            "Hồ sơ %(code)s không trở về “Chờ quyết định” vì sản phẩm đang có hồ sơ %(other)s. "
            "Muốn trở về, hãy kết thúc hồ sơ đó trước."
        )
        % told
    )


def _distinction() -> str:
    return _(
        "Kết quả mà cơ quan có thẩm quyền đã ra văn bản hủy (điểm b khoản 1 Điều 10) thì ghi hủy "
        "kết quả, không đính chính."
    )


def _said(count: int, waiting: Sequence[Dossier]) -> str:
    said = _("Đã đính chính %d bản ghi.") % count
    if not waiting:
        return said
    return f"{said} " + _("%d hồ sơ trở về “Chờ quyết định”.") % len(waiting)
