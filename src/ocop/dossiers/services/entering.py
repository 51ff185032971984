"""Decisions entered by hand: old papers, and products that have no dossier here.

What a council judges gets its star from the council (Art. 5): the register stands below the
dossiers and knows none, so what it is told by hand is held against them here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.core.refusals import Refused
from ocop.criteria.scoring import shown
from ocop.dossiers import lifecycle
from ocop.dossiers.models import Dossier, State
from ocop.dossiers.queries import conclusions
from ocop.dossiers.services.deciding import (
    PLACES_OF_TOTAL,
    note_awaiting,
    note_decision,
    result_of,
)
from ocop.products.models import Product
from ocop.recognition import rules as register_rules
from ocop.recognition import services as recognition
from ocop.recognition.authority import Level
from ocop.recognition.models import Decision, Recognition

_CONCLUDED = (State.CONCLUDED, State.AT_MINISTRY)


def record_decision(
    *,
    actor: Actor,
    paper: recognition.Paper,
    results: Sequence[recognition.Result],
    publish: bool = True,
    at: datetime,
) -> Decision:
    """Enter a decision that does not rest on dossiers here.

    Refused: a product whose dossier was filed by the day of signing and is open, or ended without
    a star or with another one; and as `recognition.record_decision` says.
    """
    with transaction.atomic():
        require(actor, register_rules.may_record_decision)
        standing = _standing([result.product for result in results], paper.signed_on)
        for result in results:
            if (dossier := standing.get(result.product.pk)) is not None:
                _agree(dossier, result)
        return recognition.record_decision(
            actor=actor, paper=paper, results=results, publish=publish, at=at
        )


def complete_decision(
    *,
    actor: Actor,
    decision: Decision,
    level: Level,
    results: Sequence[recognition.Result],
    reason: str,
    at: datetime,
) -> list[Recognition]:
    """Enter products that were left out of a decision. One whose council has concluded gets the
    council's star and points, and its dossier ends with the decision as the others of it do.

    Refused: a star or a kind that is not the council's; and as `record_decision` here and
    `recognition.complete_decision` say.
    """
    with transaction.atomic():
        require(actor, register_rules.may_record_decision)
        standing = _standing([result.product for result in results], decision.signed_on)
        tied: list[Dossier] = []
        agreed = []
        for told in results:
            dossier = standing.get(told.product.pk)
            if dossier is not None and dossier.state in _CONCLUDED and not dossier.recognition_id:
                agreed.append(_found_by_council(dossier, told, decision.signed_on))
                tied.append(dossier)
                continue
            if dossier is not None:
                _agree(dossier, told)
            agreed.append(told)
        made = recognition.complete_decision(
            actor=actor, decision=decision, level=level, results=agreed, reason=reason, at=at
        )
        if tied:
            note = note_awaiting if decision.awaits_publication else note_decision
            note(actor=actor, dossiers=tied, decision=decision, at=at)
    return made


def _standing(products: Sequence[Product], signed_on: date) -> Mapping[int, Any]:
    """The dossier that speaks for each product on a day: the last one filed by then. What was
    signed before a dossier was filed is a paper of its own; one that was withdrawn says nothing.
    """
    rows = (
        Dossier.objects.filter(product__in=products)
        .exclude(state__in=(State.DRAFT, State.WITHDRAWN))
        .select_related("product", "recognition")
        .annotate(first_filed=Min("snapshots__made_at"))
        .order_by("pk")
    )
    return {row.product_id: row for row in rows if _filed_on(row) <= signed_on}


def _filed_on(dossier: Any) -> date:
    """The day it was filed first: a dossier that came back and was filed again is the same one."""
    return timezone.localdate(dossier.first_filed or dossier.submitted_at or dossier.created_at)


def _agree(dossier: Any, told: recognition.Result) -> None:
    """Refuse a result beside an open dossier, or against what its council found."""
    words = {"product": dossier.product.name, "slip": dossier.slip_number or dossier.code}
    if dossier.state in _CONCLUDED:
        raise _refuse(
            "decided_with_dossier",
            _(
                "“%(product)s” có hồ sơ %(slip)s hội đồng đã kết luận: %(found)s. Hạng sao và điểm "
                "lấy từ kết luận: hãy ghi quyết định ở trang “Chờ quyết định”."
            )
            % {**words, "found": _words(conclusions.conclusion_of(dossier))},
        )
    if dossier.state == State.REFUSED:
        raise _refuse(
            "refused_by_dossier",
            _(
                "“%(product)s” có hồ sơ %(slip)s không được công nhận: %(found)s. Muốn có hạng "
                "sao, chủ thể cần nộp hồ sơ mới để hội đồng đánh giá."
            )
            % {**words, "found": _words(conclusions.conclusion_of(dossier))},
        )
    if dossier.state == State.DECIDED:
        given = dossier.recognition
        if given is None or (given.stars == told.stars and told.total in (None, given.total)):
            return
        if given.annulled_on is not None and _is_councils(dossier, told):
            return  # never given, and another dossier kept this one from waiting again
        raise _refuse(
            "decided_by_dossier",
            _(
                "“%(product)s” đã có quyết định theo hồ sơ %(slip)s: %(stars)d sao. Hạng khác cần "
                "hồ sơ mới để hội đồng đánh giá."
            )
            % {**words, "stars": given.stars},
        )
    raise _refuse(
        "dossier_open",
        _(
            "“%(product)s” có hồ sơ %(slip)s nộp ngày %(day)s đang ở bước “%(step)s”. Chỉ ghi "
            "quyết định khi hội đồng đã kết luận, ở trang “Chờ quyết định”."
        )
        % {
            **words,
            "day": write_date(_filed_on(dossier)),
            "step": _(lifecycle.SITUATIONS[dossier.state].staff),
        },
    )


def _found_by_council(
    dossier: Dossier, told: recognition.Result, signed_on: date
) -> recognition.Result:
    """What the council found, which what was told must not contradict."""
    found = result_of(dossier, signed_on)
    if (
        (told.stars, told.kind) != (found.stars, found.kind)
        or told.potential_five
        or told.total not in (None, found.total)
    ):
        raise _refuse(
            "not_as_concluded",
            _("Hội đồng kết luận về “%(product)s”: %(found)s, %(kind)s. Hãy ghi đúng kết luận.")
            % {
                "product": dossier.product.name,
                "found": _words(conclusions.conclusion_of(dossier)),
                "kind": str(found.kind.label).lower(),
            },
        )
    return replace(found, product=told.product)


def _is_councils(dossier: Dossier, told: recognition.Result) -> bool:
    found = conclusions.conclusion_of(dossier)
    points = (None, conclusions.cut(found.total, PLACES_OF_TOTAL)) if found is not None else ()
    return found is not None and found.star == told.stars and told.total in points


def _words(found: conclusions.Conclusion | None) -> str:
    if found is None:
        return _("chưa có kết luận")
    points = _("không có điểm")
    if found.total is not None:
        points = _("%s điểm") % write_number(shown(found.total), 2)
    star = _("không được xếp hạng") if found.star is None else _("%d sao") % found.star
    return f"{points}, {star}"


def _refuse(code: str, message: str) -> Refused:
    return Refused(code, message, fields={"lines": [message]})
