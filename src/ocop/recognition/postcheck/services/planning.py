"""Plans of post-checks, and visits given to inspectors (Art. 9)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code, public_codes
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.people.models import User
from ocop.recognition.models import Recognition
from ocop.recognition.postcheck import lifecycle, notices, queries, rules
from ocop.recognition.postcheck.models import (
    CheckKind,
    CheckState,
    Complaint,
    PostCheck,
    PostCheckPlan,
)
from ocop.recognition.postcheck.services.moving import move, refuse

MOST_AT_ONCE = 500  # visits planned by one act


@action("recognition.add_postcheck_plan")
def add_plan(
    *, actor: Actor, title: str, starts_on: date, ends_on: date, document: str = "", at: datetime
) -> PostCheckPlan:
    """Open a plan of post-checks for a time.

    Refused: no title, a time that ends before it begins."""
    require(actor, rules.may_plan)
    plan = PostCheckPlan(
        code=public_code(),
        title=folding.clean(title),
        starts_on=starts_on,
        ends_on=ends_on,
        document=folding.clean(document),
        created_by=actor.user_id,
        created_at=at,
    )
    if not plan.title:
        raise refuse("title", _("Hãy ghi tên kế hoạch."))
    if ends_on < starts_on:
        raise refuse("ends_on", _("Ngày cuối không được trước ngày đầu."))
    fits(plan)
    plan.save()
    record(actor, "recognition.postcheck_plan_added", plan, at=at)
    return plan


@action("recognition.plan_postchecks")
def plan_checks(
    *,
    actor: Actor,
    recognitions: Sequence[Recognition],
    inspector: User,
    planned_on: date,
    plan: PostCheckPlan | None = None,
    complaint: Complaint | None = None,
    at: datetime,
) -> list[PostCheck]:
    """Give visits to an inspector: of a plan, or surprise ones where there is none. A complaint
    that is the reason waits for what is found.

    Refused: nothing chosen, too many at once, somebody who is no inspector on that day, a day that
    has passed or lies outside the plan, a product that the plan has already, a complaint about
    another product.
    """
    require(actor, rules.may_plan)
    chosen = list(dict.fromkeys(recognitions))
    if not chosen:
        raise refuse("recognitions", _("Hãy chọn ít nhất một sản phẩm."))
    if len(chosen) > MOST_AT_ONCE:
        raise refuse("recognitions", _("Mỗi lần chọn tối đa %d sản phẩm.") % MOST_AT_ONCE)
    _check_given(inspector, planned_on, plan, at)
    if plan is not None:
        _expect_new(plan, chosen)
    if complaint is not None and any(r.product_id != complaint.product_id for r in chosen):
        raise refuse("complaint", _("Phản ánh này về sản phẩm khác."))
    kind = CheckKind.PLANNED if plan else CheckKind.SURPRISE
    rows = PostCheck.objects.bulk_create(
        PostCheck(
            code=code,
            plan=plan,
            recognition=recognition,
            version=queries.version_of(recognition),
            kind=kind,
            inspector=inspector,
            planned_on=planned_on,
            created_at=at,
            demonstration=recognition.product.demonstration,
        )
        for code, recognition in zip(
            public_codes(len(chosen), PostCheck.objects.all()), chosen, strict=True
        )
    )
    if complaint is not None:
        move(complaint, "check", postcheck=rows[0])
    record(
        actor,
        "recognition.postchecks_planned",
        *([plan] if plan else []),
        *([complaint] if complaint else []),
        at=at,
        change={"rows": len(rows), "on": str(planned_on), "kind": kind},
        also=[
            *(("postcheck", row.pk) for row in rows),
            *(("product", row.recognition.product_id) for row in rows),
        ],
    )
    notices.checks_given(checks=rows, at=at)
    return rows


@action("recognition.change_postcheck")
def change_check(
    *, actor: Actor, check: PostCheck, inspector: User, planned_on: date, at: datetime
) -> PostCheck:
    """Move a visit to another day or give it to somebody else.

    Refused: a visit that is recorded or called off, and what `plan_checks` refuses of both.
    """
    require(actor, rules.may_plan)
    lifecycle.target(lifecycle.CHECK, "change", check.state)
    _check_given(inspector, planned_on, check.plan, at)
    move(check, "change", inspector=inspector, planned_on=planned_on)
    record(
        actor,
        "recognition.postcheck_changed",
        check,
        at=at,
        change={"inspector": inspector.pk, "on": str(planned_on)},
    )
    notices.checks_given(checks=[check], at=at)
    return check


@action("recognition.cancel_postcheck")
def cancel_check(*, actor: Actor, check: PostCheck, reason: str, at: datetime) -> PostCheck:
    """Call off a visit that was not made yet, with the reason."""
    require(actor, rules.may_plan)
    needs_reason(reason)
    move(check, "cancel", reason=reason.strip())
    record(actor, "recognition.postcheck_cancelled", check, at=at, reason=reason.strip())
    return check


def _check_given(
    inspector: User, planned_on: date, plan: PostCheckPlan | None, at: datetime
) -> None:
    if planned_on < timezone.localdate(at):
        raise refuse("planned_on", _("Ngày kiểm tra đã qua. Hãy chọn từ hôm nay."))
    if plan is not None and not plan.starts_on <= planned_on <= plan.ends_on:
        raise refuse(
            "planned_on",
            _("Ngày kiểm tra phải nằm trong kế hoạch, từ %(first)s đến %(last)s.")
            % {"first": write_date(plan.starts_on), "last": write_date(plan.ends_on)},
        )
    if not queries.inspectors(planned_on).filter(pk=inspector.pk).exists():
        raise refuse("inspector", _("Người này không có vai trò kiểm tra vào ngày đó."))


def _expect_new(plan: PostCheckPlan, chosen: Sequence[Recognition]) -> None:
    live = plan.checks.exclude(state=CheckState.CANCELLED)
    had = live.filter(recognition__in=chosen).select_related("recognition__product")
    if names := ", ".join(row.recognition.product.name for row in had[:3]):
        raise Refused("postcheck_had", _("Kế hoạch đã có sản phẩm: %s.") % names)
