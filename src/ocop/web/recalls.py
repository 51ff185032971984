"""What the pages of a recall share on every face: what turns, whom to tell, and doing it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ocop.core.actor import Actor
from ocop.core.numbers import write_number
from ocop.traceability import chronicle, genealogy, queries, recalls
from ocop.traceability.models import Lot
from ocop.traceability.services import recalling
from ocop.web.forms import act
from ocop.web.requests import SignedInRequest

SHOWN = 100  # lots on the page; of more their number is told


class ReasonForm(forms.Form):
    """Why; everybody who looks at a stamp of the lot reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ai xem tem của lô cũng đọc được câu này."),
    )


class LiftForm(ReasonForm):
    """Why a lot may be sold again."""

    reason = forms.CharField(
        label=gettext_lazy("Căn cứ gỡ thu hồi"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def reading(actor: Actor, lot: Lot) -> dict[str, Any]:
    """What will turn with a lot: those that the reader may see by name, of the others how many;
    and where goods of them went."""
    turning = recalls.turning_with(lot)
    reached = genealogy.made_of([lot]).lots
    seen = queries.lots_visible_to(actor).filter(pk__in=turning)
    count = len(turning)
    words = ngettext(
        "Cùng thu hồi %s lô làm từ lô này.", "Cùng thu hồi %s lô làm từ lô này.", count
    )
    changes = [_("Trang của mọi tem thuộc lô %s báo thu hồi ngay.") % lot.number]
    if count:
        changes.append(words % write_number(count))
    told = queries.lots_visible_to(actor).filter(pk__in=reached)  # goods of all went somewhere
    hidden = count - seen.count()
    if hidden:
        others = ngettext(
            "Trong đó %s lô của chủ thể khác.", "Trong đó %s lô của chủ thể khác.", hidden
        )
        changes.append(others % write_number(hidden))
    return {
        "lot": lot,
        "changes": changes,
        "lots": list(seen[:SHOWN]),
        "shipments": chronicle.shipments_of(actor, [lot.pk, *told.values_list("pk", flat=True)]),
    }


def recall(request: SignedInRequest, form: forms.Form, lot: Lot) -> str | None:
    """Recall a lot for a form that was sent; what to say then, else None."""
    if request.method != "POST" or not form.is_valid():
        return None
    turned = act(
        form,
        recalling.recall_lot,
        actor=request.actor,
        lot=lot,
        reason=form.cleaned_data["reason"],
        at=timezone.now(),
    )
    if turned is None:
        return None
    if not turned:
        return _("Đã thu hồi lô %s.") % lot.number
    words = ngettext(
        "Đã thu hồi lô %(number)s và %(count)s lô làm từ lô đó.",
        "Đã thu hồi lô %(number)s và %(count)s lô làm từ lô đó.",
        turned,
    )
    return words % {"number": lot.number, "count": write_number(turned)}


def lifting(lot: Lot) -> dict[str, Any]:
    """What will turn back with a lot, and what stays recalled because of another; for the office,
    who sees all."""
    drawn = recalls.turning_back(lot)
    kept = recalls.kept_by_others(lot.recalled_with or lot, drawn)
    rows = Lot.objects.select_related("item__product__producer")
    free = rows.filter(pk__in=drawn - kept.keys()).order_by("item__product__producer", "pk")
    changes = [_("Trang của mọi tem thuộc lô %s không còn báo thu hồi.") % lot.number]
    if drawn:
        changes.append(_lifted_words(free.count()))
    if kept:
        stay = ngettext(
            "%s lô vẫn bị thu hồi theo lô khác.", "%s lô vẫn bị thu hồi theo lô khác.", len(kept)
        )
        changes.append(stay % write_number(len(kept)))
    return {"lot": lot, "changes": changes, "lots": list(free[:SHOWN])}


def _lifted_words(count: int) -> str:
    words = ngettext(
        "Cùng gỡ thu hồi %s lô làm từ lô này.", "Cùng gỡ thu hồi %s lô làm từ lô này.", count
    )
    return words % write_number(count)


def lifted(lot: Lot, count: int) -> str:
    """What to say of a recall that was lifted."""
    if not count:
        return _("Đã gỡ thu hồi lô %s.") % lot.number
    words = ngettext(
        "Đã gỡ thu hồi lô %(number)s và %(count)s lô làm từ lô đó.",
        "Đã gỡ thu hồi lô %(number)s và %(count)s lô làm từ lô đó.",
        count,
    )
    return words % {"number": lot.number, "count": write_number(count)}
