"""Writes of councils: bringing a case."""

from datetime import datetime
from decimal import Decimal

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils import rules
from ocop.councils.models import Case
from ocop.criteria.models import CriteriaSetVersion
from ocop.producers.models import Producer


@action("councils.open_case")
def open_case(
    *,
    actor: Actor,
    title: str,
    reference: str,
    producer: Producer | None,
    version: CriteriaSetVersion,
    self_total: Decimal | None,
    self_star: int | None,
    written: bool,
    at: datetime,
    kind: str = "product",
) -> Case:
    """Make something a case that councils judge by a criteria set.

    `written`: a re-evaluation, judged by written opinions first. Refused: no title, a version that
    is not published.
    """
    require(actor, rules.may_open_case)
    case = build_case(
        title=title,
        reference=reference,
        producer=producer,
        version=version,
        self_total=self_total,
        self_star=self_star,
        written=written,
        kind=kind,
        at=at,
    )
    record(actor, "councils.case_opened", case, at=at, change={"set": version.number})
    return case


def build_case(
    *,
    title: str,
    reference: str,
    producer: Producer | None,
    version: CriteriaSetVersion,
    self_total: Decimal | None,
    self_star: int | None,
    written: bool,
    at: datetime,
    kind: str = "product",
) -> Case:
    """The same inside another room's action: no check of rights and no event of its own."""
    if not title.strip():
        message = _("Hãy ghi tên sản phẩm hoặc đối tượng đánh giá.")
        raise Refused("title_missing", message, fields={"title": [message]})
    if version.published_at is None:
        raise Refused("version_unpublished", _("Phiên bản bộ tiêu chí này chưa được công bố."))
    case = Case(
        code=public_code(),
        kind=kind,
        title=title.strip(),
        reference=reference.strip(),
        producer=producer,
        version=version,
        self_total=self_total,
        self_star=self_star,
        written=written,
        created_at=at,
    )
    fits(case)
    case.save()
    return case
