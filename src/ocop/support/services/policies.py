"""Writes of policies: entered from a document, ended by a day, never changed."""

import re
from dataclasses import asdict
from datetime import date, datetime

from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.support import lifecycle, rules
from ocop.support.known_policies import PolicyTerms, known_policies
from ocop.support.models import Category, Payer, Per, Period, Policy
from ocop.support.reckoning import MOST

_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_MOSTS = {"ceiling": MOST, "most_count": 1_000, "most_quantity": 100_000_000}
_CHOICES = {"category": Category, "level": Payer, "per": Per, "period": Period}


@action("support.add_policy")
def add_policy(*, actor: Actor, terms: PolicyTerms, at: datetime) -> Policy:
    """Enter a policy with its terms and days.

    Refused: a code that is used or is none, an end before the beginning, terms that give nothing.
    """
    require(actor, rules.may_manage)
    _check(terms)
    if Policy.objects.filter(code=terms.code).exists():
        raise _refuse("code", _("Mã này đã có. Hãy dùng mã khác."))
    policy = _made(terms, at)
    policy.save()
    record(actor, "support.policy_added", policy, at=at)
    return policy


@action("support.end_policy")
def end_policy(*, actor: Actor, policy: Policy, ends_on: date, reason: str, at: datetime) -> Policy:
    """Say which day is the last of a policy. Refused: before its first day, or before a request
    that was asked under it."""
    require(actor, rules.may_manage)
    needs_reason(reason, most=500)
    if ends_on < policy.starts_on:
        day = write_date(policy.starts_on)
        raise _refuse("ends_on", _("Ngày cuối không thể trước ngày bắt đầu %s.") % day)
    _check_no_later_request(policy, ends_on)
    before = policy.ends_on
    policy.ends_on = ends_on
    policy.save(update_fields=["ends_on"])
    record(
        actor,
        "support.policy_ended",
        policy,
        at=at,
        reason=reason.strip(),
        change={"from": before and before.isoformat(), "to": ends_on.isoformat()},
    )
    return policy


@action("support.load_known_policies")
def load_known_policies(*, actor: Actor, at: datetime) -> list[Policy]:
    """Enter the policies of the programme's documents that are not here yet."""
    require(actor, rules.may_manage)
    known = known_policies()
    held = set(
        Policy.objects.filter(code__in=[terms.code for terms in known]).values_list(
            "code", flat=True
        )
    )
    made = Policy.objects.bulk_create([_made(t, at) for t in known if t.code not in held])
    record(actor, "support.known_policies_loaded", *made, at=at, change={"rows": len(made)})
    return made


def _check_no_later_request(policy: Policy, ends_on: date) -> None:
    kept = policy.requests.exclude(state__in=lifecycle.DROPPED)
    newest = kept.order_by("-asked_at").first()
    if newest is not None and (last := timezone.localdate(newest.asked_at)) > ends_on:
        message = _("Có đề nghị ngày %s theo chính sách này, ngày cuối không thể sớm hơn.")
        raise _refuse("ends_on", message % write_date(last))


def _made(terms: PolicyTerms, at: datetime) -> Policy:
    told = asdict(terms) | {
        name: folding.clean(getattr(terms, name))
        for name in ("title", "document", "measure", "uncertain")
    }
    policy = Policy(**told, created_at=at)
    fits(policy)
    return policy


def _check(terms: PolicyTerms) -> None:
    if not _CODE.fullmatch(terms.code):
        raise _refuse("code", _("Mã gồm chữ thường không dấu, chữ số và gạch nối."))
    for name in ("title", "document"):
        if not getattr(terms, name).strip():
            raise _refuse(name, _("Hãy ghi mục này."))
    for name, choices in _CHOICES.items():
        if getattr(terms, name) not in choices.values:
            raise _refuse(name, _("Hãy chọn một mục trong danh sách."))
    if terms.ends_on is not None and terms.ends_on < terms.starts_on:
        raise _refuse("ends_on", _("Ngày cuối không thể trước ngày bắt đầu."))
    _check_sums(terms)


def _check_sums(terms: PolicyTerms) -> None:
    if terms.share is not None and not 1 <= terms.share <= 100:
        raise _refuse("share", _("Tỷ lệ từ 1 đến 100 %."))
    for name, most in _MOSTS.items():
        value = getattr(terms, name)
        if value is not None and not 1 <= value <= most:
            raise _refuse(name, _("Hãy ghi một số từ 1 và không quá lớn, hoặc để trống."))
    stars = terms.stars.items()
    if any(star not in ("3", "4", "5") or not 0 < bonus <= MOST for star, bonus in stars):
        raise _refuse("stars", _("Mức thưởng chỉ cho 3, 4, 5 sao và phải lớn hơn 0."))
    if terms.stars and terms.per != Per.PRODUCT:
        raise _refuse("per", _("Thưởng theo hạng sao tính cho mỗi sản phẩm."))
    if terms.share is None and terms.ceiling is None and not terms.stars:
        raise _refuse("share", _("Hãy ghi tỷ lệ, mức tối đa hoặc mức thưởng theo hạng sao."))


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"policy_{field}", message, fields={field: [message]})
