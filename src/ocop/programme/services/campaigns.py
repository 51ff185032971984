"""Writes of campaigns: the office asks communes and producers for re-evaluations."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from ocop.core import folding, options
from ocop.core.actions import action, require
from ocop.core.actor import SYSTEM, Actor
from ocop.core.checking import check_text, fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.places.models import Unit
from ocop.programme import campaign_notices, campaigns, notices, rules
from ocop.programme.models import Campaign, CampaignMember, TaskKind, UnitAnswer, UnitTask
from ocop.programme.services.tasks import NewTask, hand_out
from ocop.recognition.ending import Ending, ending
from ocop.recognition.models import Recognition

MOST = 5_000  # stars of one campaign


@dataclass(frozen=True, slots=True)
class Plan:
    """What a campaign says: `asked` to communes, with the day by which they answer, `told` to
    producers; `document` is the number of the official letter, if there is one."""

    title: str
    reason: str
    asked: str
    told: str
    due_on: date
    document: str = ""


@action("programme.create_campaign")
def create_campaign(
    *, actor: Actor, plan: Plan, recognitions: Sequence[Recognition], at: datetime
) -> Campaign:
    """Choose the stars of a campaign and write what it will say; nobody is told yet.

    Stars for which a dossier was filed are left out. Refused: no title, reason or text, a day in
    the past, a star that does not end or whose product was renewed, nothing left.
    """
    require(actor, rules.may_run_campaign)
    campaign = Campaign(
        code=public_code(),
        created_by=actor.user_id,
        created_at=at,
        demonstration=options.DEMONSTRATION.get(),
        **_checked(plan, at),
    )
    chosen = _chosen(recognitions, at)
    campaign.save()
    _add(campaign, chosen)
    record(
        actor,
        "programme.campaign_created",
        campaign,
        at=at,
        reason=campaign.reason,
        change={"stars": len(chosen), "due_on": str(plan.due_on)},
        also=_named(chosen),
    )
    return campaign


@action("programme.change_campaign")
def change_campaign(*, actor: Actor, campaign: Campaign, plan: Plan, at: datetime) -> Campaign:
    """Change what a campaign says. What was sent already stays as it was sent.

    Refused: a campaign that is closed, and what `create_campaign` refuses of its words.
    """
    require(actor, rules.may_run_campaign)
    _check_open(campaign)
    told = _checked(plan, at, before=campaign.due_on)
    changed = [name for name, value in told.items() if getattr(campaign, name) != value]
    for name in changed:
        setattr(campaign, name, told[name])
    campaign.save(update_fields=changed or ["title"])
    record(actor, "programme.campaign_changed", campaign, at=at, change={"fields": changed})
    return campaign


@action("programme.extend_campaign")
def extend_campaign(
    *, actor: Actor, campaign: Campaign, recognitions: Sequence[Recognition], at: datetime
) -> list[CampaignMember]:
    """Take more stars into a campaign; those in it already stay as they are.

    Refused: a campaign that is closed, nothing new, and what `create_campaign` refuses of stars.
    """
    require(actor, rules.may_run_campaign)
    _check_open(campaign)
    there = set(campaign.members.values_list("recognition", flat=True))
    new = [row for row in _chosen(recognitions, at) if row.pk not in there]
    if not new:
        raise Refused("nothing_new", _("Các sản phẩm đã chọn đều có trong chiến dịch này."))
    if len(there) + len(new) > MOST:
        raise _too_many()
    added = _add(campaign, new)
    change = {"stars": len(added)}
    record(actor, "programme.campaign_extended", campaign, at=at, change=change, also=_named(new))
    return added


@action("programme.send_campaign")
def send_campaign(*, actor: Actor, campaign: Campaign, at: datetime) -> UnitTask | None:
    """Tell communes and producers of every star that was not sent yet: a task for each commune
    with its list, a message for the people of each producer.

    Each star is sent once, whatever happens: sending again sends what came in since. Stars that
    were renewed or filed for meanwhile are not sent. Gives back the task; None where no commune of
    any star is known. Refused: a closed campaign, its day passed, nothing to send.
    """
    require(actor, rules.may_run_campaign)
    _check_open(campaign)
    _check_day(campaign.due_on, timezone.localdate(at))
    waiting = _waiting(campaign, at)
    keys = [member.pk for member in waiting]
    claimed = CampaignMember.objects.filter(pk__in=keys, sent_at=None).update(sent_at=at)
    if not claimed:
        raise Refused("nothing_to_send", _("Không còn sản phẩm nào chưa gửi trong chiến dịch này."))
    if claimed != len(keys):
        raise Refused("being_sent", _("Chiến dịch đang được gửi ở nơi khác. Hãy tải lại trang."))
    task, answers = _ask_communes(actor, campaign, waiting, at)
    makers = campaign_notices.producers_told(campaign=campaign, members=waiting, at=at)
    change = {"stars": claimed, "communes": len(answers), "producers": makers}
    named = [("recognition", member.recognition_id) for member in waiting]
    objects = [campaign] if task is None else [campaign, task]
    record(actor, "programme.campaign_sent", *objects, at=at, change=change, also=named)
    return task


@action("programme.remind_campaign")
def remind_campaign(*, actor: Actor, campaign: Campaign, at: datetime) -> tuple[int, int]:
    """Remind the communes that have not answered and the producers that have not filed, each once
    a day; gives back how many of both. Refused: a closed campaign, nobody left to remind today."""
    require(actor, rules.may_run_campaign)
    _check_open(campaign)
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    parts = [
        part
        for part in campaigns.unanswered(campaign)
        if part.reminded_at is None or part.reminded_at < midnight
    ]
    silent = [
        member
        for member in campaigns.silent(campaign, timezone.localdate(at))
        if member.reminded_at is None or member.reminded_at < midnight
    ]
    if not parts and not silent:
        raise Refused(
            "nobody_to_remind",
            _("Mọi xã đã trả lời, mọi chủ thể đã nộp hoặc đã được nhắc hôm nay."),
        )
    UnitAnswer.objects.filter(pk__in=[part.pk for part in parts]).update(reminded_at=at)
    for part in parts:
        notices.task_reminded(answer=part, at=at)
    CampaignMember.objects.filter(pk__in=[m.pk for m in silent]).update(reminded_at=at)
    makers = campaign_notices.producers_reminded(campaign=campaign, members=silent, at=at)
    change = {"communes": len(parts), "producers": makers}
    record(actor, "programme.campaign_reminded", campaign, at=at, change=change)
    return len(parts), makers


@action("programme.close_campaign")
def close_campaign(*, actor: Actor, campaign: Campaign, reason: str, at: datetime) -> Campaign:
    """End a campaign: nothing is sent or reminded of any more. Tasks stay open until they are
    answered or cancelled. Refused: no reason, closed before."""
    require(actor, rules.may_run_campaign)
    needs_reason(reason)
    if not Campaign.objects.filter(pk=campaign.pk, closed_at=None).update(closed_at=at):
        raise _closed()
    campaign.closed_at = at
    record(actor, "programme.campaign_closed", campaign, at=at, reason=reason.strip())
    return campaign


def _checked(plan: Plan, at: datetime, *, before: date | None = None) -> dict[str, Any]:
    """The columns of a plan; a day that stood `before` may stay."""
    needs_reason(plan.reason)
    texts = {"title": folding.clean(plan.title), "asked": plan.asked.strip(),
             "told": plan.told.strip()}  # fmt: skip
    for name, text in texts.items():
        if not text:
            message = _("Hãy ghi nội dung này.")
            raise Refused("text_needed", message, fields={name: [message]})
        check_text(text, name)
    if plan.due_on != before:
        _check_day(plan.due_on, timezone.localdate(at))
    told = {
        **texts,
        "reason": plan.reason.strip(),
        "document": folding.clean(plan.document),
        "due_on": plan.due_on,
    }
    fits(Campaign(**told))
    return told


def _check_day(due_on: date, today: date) -> None:
    if due_on < today:
        message = _("Hạn trả lời phải từ hôm nay trở đi.")
        raise Refused("due_passed", message, fields={"due_on": [message]})


def _check_open(campaign: Campaign) -> None:
    if Campaign.objects.filter(pk=campaign.pk).exclude(closed_at=None).exists():
        raise _closed()


def _closed() -> Refused:
    return Refused("campaign_closed", _("Chiến dịch này đã kết thúc."))


def _too_many() -> Refused:
    return Refused("too_many", _("Một chiến dịch có nhiều nhất %d sản phẩm. Hãy chia ra.") % MOST)


def _chosen(recognitions: Sequence[Recognition], at: datetime) -> list[Recognition]:
    """The stars of a choice that still wait for a dossier."""
    keys = {row.pk for row in recognitions}
    if len(keys) > MOST:
        raise _too_many()
    on = timezone.localdate(at)
    found = list(ending(SYSTEM, on, Ending(only=keys)))
    if len(found) != len(keys):
        raise Refused(
            "not_ending",
            _("Có sản phẩm đã được công nhận lại hoặc không còn hết hạn. Hãy tải lại danh sách."),
        )
    filed = campaigns.filed_products(found)
    waiting = [row for row in found if row.product_id not in filed]
    if not waiting:
        raise Refused(
            "nothing_chosen",
            _("Hãy chọn ít nhất một sản phẩm chưa nộp hồ sơ đánh giá lại."),
        )
    return waiting


def _add(campaign: Campaign, rows: Iterable[Recognition]) -> list[CampaignMember]:
    return CampaignMember.objects.bulk_create(
        [
            CampaignMember(
                campaign=campaign, recognition=row, unit_id=row.commune_id or row.unit_id
            )
            for row in rows
        ]
    )


def _named(rows: Iterable[Recognition]) -> list[tuple[str, int]]:
    return [("recognition", row.pk) for row in rows]


def _waiting(campaign: Campaign, at: datetime) -> list[CampaignMember]:
    """The members not sent yet that still have to be."""
    members = list(
        campaign.members.filter(sent_at=None).select_related(
            "unit", "recognition__product__producer"
        )
    )
    keys = [member.recognition_id for member in members]
    still = set(
        ending(SYSTEM, timezone.localdate(at), Ending(only=keys)).values_list("pk", flat=True)
    )
    filed = campaigns.filed_products(member.recognition for member in members)
    return [
        member
        for member in members
        if member.recognition_id in still and member.recognition.product_id not in filed
    ]


def _ask_communes(
    actor: Actor, campaign: Campaign, members: Sequence[CampaignMember], at: datetime
) -> tuple[UnitTask | None, list[UnitAnswer]]:
    """One task, with a part for each commune, and the members tied to it."""
    rows: dict[Unit, list[str]] = defaultdict(list)
    for member in members:
        if member.unit is not None:
            rows[member.unit].append(member.recognition.product.code)
    if not rows:
        return None, []
    task = NewTask(
        kind=TaskKind.EXPIRED,
        title=campaign.title,
        wanted=campaign.asked,
        due_on=campaign.due_on,
        document=campaign.document,
    )
    given, answers = hand_out(actor, task, rows, timezone.localdate(at), at)
    of_unit = {answer.unit_id: answer for answer in answers}
    asked = [member for member in members if member.unit_id is not None]
    for member in asked:
        assert member.unit_id is not None
        member.answer = of_unit[member.unit_id]
    CampaignMember.objects.bulk_update(asked, ["answer"])
    return given, answers
