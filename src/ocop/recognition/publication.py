"""The publication of a decision: what it recognises comes before the public (ADR 28)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.products import listing
from ocop.recognition import file_showing, publication_notices, rules, signatures
from ocop.recognition.carrying import take_place
from ocop.recognition.joining import join_programme
from ocop.recognition.models import Decision, Recognition
from ocop.recognition.visibility import brought


@action("recognition.publish_decision")
def publish_decision(
    *,
    actor: Actor,
    decision: Decision,
    published_on: date,
    file_public: bool | None = None,
    file_confirmed: bool = False,
    told: Collection[int] = (),
    at: datetime,
) -> Decision:
    """Put what a decision recognises before the public, and tell the producers.

    It cannot be taken back: what was wrong is annulled, with the reason. `file_public`: whether the
    signed file stands on the public page; None leaves what was said with the file. `told`: products
    whose producers hear of it from the dossier that ends with the publication.
    Refused: published already, a day before the signing or to come, no product left of it, a file
    that was changed after it was signed, and as `show_decision_file` says of one that comes before
    the public with it.
    """
    require(actor, rules.may_record_decision)
    _check_day(decision, published_on, timezone.localdate(at))
    rows = list(
        Recognition.objects.filter(brought(), decision=decision)
        .select_related("product__producer")
        .order_by("pk")
    )
    if not any(row.annulled_on is None for row in rows):
        raise Refused(
            "no_results",
            _("Quyết định không còn sản phẩm nào để công bố. Hãy ghi thêm sản phẩm trước."),
        )
    wanted = decision.file_public if file_public is None else file_public
    shown = wanted and decision.attachment_id is not None
    signed = signatures.from_json(decision.signatures)
    file_showing.expect_unchanged(signed, "published_on")
    if shown and not decision.file_public:
        file_showing.expect_showable(signed, confirmed=file_confirmed)
    changed = Decision.objects.filter(pk=decision.pk, awaits_publication=True).update(
        awaits_publication=False, published_on=published_on, file_public=shown
    )
    if not changed:
        raise Refused("decision_published", _("Quyết định này đã được công bố."))
    decision.refresh_from_db()
    come_before_public(actor, decision, [row for row in rows if row.annulled_on is None], at)
    record(
        actor,
        "recognition.decision_published",
        decision,
        at=at,
        change={"rows": len(rows), "on": str(published_on)},
        also=[
            *(("recognition", row.pk) for row in rows),
            *(("product", row.product_id) for row in rows),
        ],
    )
    take_place(actor, [row for row in rows if row.annulled_on is None], at)
    publication_notices.published(
        decision=decision,
        rows=[r for r in rows if r.annulled_on is None and r.product_id not in told],
        at=at,
    )
    return decision


@action("recognition.show_decision_file")
def show_decision_file(
    *,
    actor: Actor,
    decision: Decision,
    public: bool,
    file_confirmed: bool = False,
    at: datetime,
) -> Decision:
    """Put the signed file of a decision on its public page, or take it away from there.

    Refused: no file, nothing that would change, a file that was changed after it was signed, and
    one without a trusted signature unless it is `file_confirmed`.
    """
    require(actor, rules.may_record_decision)
    if public and decision.attachment_id is not None:
        signed = signatures.from_json(decision.signatures)
        file_showing.expect_showable(signed, confirmed=file_confirmed)
    changed = (
        Decision.objects.filter(pk=decision.pk, attachment__isnull=False)
        .exclude(file_public=public)
        .update(file_public=public)
    )
    if not changed:
        raise Refused(
            "decision_file", _("Quyết định chưa có tệp, hoặc tệp đã như vậy. Hãy tải lại trang.")
        )
    decision.file_public = public
    record(actor, "recognition.decision_file_shown", decision, at=at, change={"public": public})
    return decision


def come_before_public(
    actor: Actor, decision: Decision, rows: Sequence[Recognition], at: datetime
) -> None:
    """Put the products of a decision before the public and into the programme. Called inside an
    action."""
    keys = [row.product_id for row in rows]
    listing.show(keys)
    join_programme(actor, decision, keys, at)


def _check_day(decision: Decision, day: date, today: date) -> None:
    if day > today:
        message = _("Ngày công bố không được sau hôm nay.")
    elif day < decision.signed_on:
        signed = write_date(decision.signed_on)
        message = _("Ngày công bố không được trước ngày ký %s.") % signed
    else:
        return
    raise Refused("published_on", message, fields={"published_on": [message]})
