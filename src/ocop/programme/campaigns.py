"""Reads of campaigns: who was told, who has seen it, answered, filed, and was renewed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.dossiers import lifecycle
from ocop.dossiers.models import Dossier
from ocop.people.models import Message
from ocop.places.models import Unit
from ocop.producers.models import Producer
from ocop.programme import rules
from ocop.programme.models import Campaign, CampaignMember, UnitAnswer
from ocop.programme.workload import AGAIN, NOT_FILED
from ocop.recognition.models import Recognition
from ocop.recognition.standing import eligible

SILENT = "silent"  # beside the words of `tasking.RowWord`


@dataclass(slots=True)
class Part:
    """A commune in a campaign; `answers` are its parts of the tasks, one for each sending."""

    unit: Unit | None
    answers: list[UnitAnswer] = field(default_factory=list)
    stars: int = 0
    sent: int = 0
    filed: int = 0
    renewed: int = 0
    seen: bool = False

    @property
    def answered(self) -> bool:
        return bool(self.answers) and all(part.answered_at for part in self.answers)

    @property
    def answered_at(self) -> datetime | None:
        return max((p.answered_at for p in self.answers if p.answered_at), default=None)


@dataclass(slots=True)
class Maker:
    """A producer in a campaign: how many of its people were told, and how many have read it."""

    producer: Producer
    stars: int = 0
    sent: int = 0
    filed: int = 0
    renewed: int = 0
    told: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Where a campaign stands. Members carry `filed`, `renewed` and the commune's `word`."""

    members: list[Any]
    communes: list[Part]
    producers: list[Maker]

    def count(self, what: str) -> int:
        """How many stars were `sent`, `filed` or `renewed`."""
        return sum(getattr(part, what) for part in self.communes)

    def by_answer(self) -> dict[str, list[Any]]:
        """The stars whose commune was asked, by its word for each; `SILENT`: no answer yet."""
        found: dict[str, list[Any]] = defaultdict(list)
        for member in self.members:
            if member.answer is not None:
                found[member.word or SILENT].append(member)
        return dict(found)


def visible_to(actor: Actor) -> QuerySet[Any]:
    """Campaigns an actor may see, with the numbers of their stars and of those `sent`."""
    rows = Campaign.objects.annotate(
        stars=Count("members"), sent=Count("members", filter=~Q(members__sent_at=None))
    )
    return rows if actor.is_system or rules.may_see_campaigns(actor) else rows.none()


def filed_products(stars: Iterable[Recognition]) -> set[int]:
    """The products of those stars that ask for nothing more: the re-evaluation was filed in its
    window, also where it was returned since to be mended; or a dossier waits for a decision."""
    rows = list(stars)
    open_ones = Dossier.objects.filter(
        product__in=[row.product_id for row in rows], kind__in=AGAIN, submitted_at__isnull=False
    ).exclude(state__in=(*NOT_FILED, *lifecycle.ENDED))
    in_time = {row.product_id for row in rows if row.filed_on is not None}
    return in_time | set(open_ones.values_list("product", flat=True))


def members_of(campaign: Campaign, on: date) -> QuerySet[Any]:
    """The stars of a campaign with what came of them: `filed`, a dossier since it began (one that
    came in within the window stays filed while it is mended), and `renewed`, a later recognition
    of the product."""
    began_on = timezone.localdate(campaign.created_at)
    in_time = Q(recognition__filed_on__isnull=False, recognition__filed_on__gte=began_on)
    dossiers = Dossier.objects.filter(
        product=OuterRef("recognition__product"),
        kind__in=AGAIN,
        submitted_at__gte=campaign.created_at,
    ).exclude(state__in=(*NOT_FILED, lifecycle.WITHDRAWN))
    later = eligible(on).filter(
        product=OuterRef("recognition__product"),
        evaluated_on__gt=OuterRef("recognition__evaluated_on"),
    )
    return (
        CampaignMember.objects.filter(campaign=campaign)
        .annotate(
            filed=Exists(dossiers) | in_time,
            renewed=Exists(later),
        )
        .select_related("unit", "answer", "recognition__product__producer")
        .order_by("unit__folded", "recognition__expires_on", "pk")
    )


def unanswered(campaign: Campaign) -> list[UnitAnswer]:
    """The communes' parts that wait for an answer."""
    rows = UnitAnswer.objects.filter(
        members__campaign=campaign, answered_at=None, task__cancelled_at=None
    )
    return list(rows.select_related("unit", "task").distinct().order_by("pk"))


def silent(campaign: Campaign, on: date) -> list[CampaignMember]:
    """The stars that were sent and for which nobody has filed, in whatever time."""
    rows = members_of(campaign, on).filter(sent_at__isnull=False, filed=False, renewed=False)
    return list(rows.filter(recognition__filed_on=None))


def follow_up(campaign: Campaign, on: date) -> FollowUp:
    """Where a campaign stands, by commune and by producer."""
    members = list(members_of(campaign, on))
    communes: dict[int | None, Part] = {}
    makers: dict[int, Maker] = {}
    for member in members:
        product = member.recognition.product
        answer = member.answer
        member.word = answer.row_answers.get(product.code, "") if answer else ""
        part = communes.setdefault(member.unit_id, Part(member.unit))
        if answer is not None and answer.pk not in {each.pk for each in part.answers}:
            part.answers.append(answer)
        for row in (part, makers.setdefault(product.producer_id, Maker(product.producer))):
            row.stars += 1
            row.sent += member.sent_at is not None
            row.filed += member.filed
            row.renewed += member.renewed
    _note_seen(campaign, communes.values(), makers.values())
    by_name = sorted(makers.values(), key=lambda row: (row.producer.folded, row.producer.pk))
    return FollowUp(members, list(communes.values()), by_name)


def message_key(campaign: Campaign, producer: Producer, what: str) -> str:
    """The key of a message of a campaign to the people of a producer."""
    return f"campaign:{campaign.code}:{producer.code}:{what}"


def by_producer(members: Sequence[CampaignMember]) -> dict[Producer, list[CampaignMember]]:
    """The members of each producer."""
    found: dict[Producer, list[CampaignMember]] = defaultdict(list)
    for member in members:
        found[member.recognition.product.producer].append(member)
    return found


def _note_seen(campaign: Campaign, communes: Iterable[Part], makers: Iterable[Maker]) -> None:
    """Who has read what was sent: of a commune one officer, of a producer how many people."""
    rows = Message.objects.filter(key__startswith=f"campaign:{campaign.code}:")
    told: dict[str, set[int]] = defaultdict(set)
    seen: dict[str, set[int]] = defaultdict(set)
    for user, key, read_at in rows.values_list("user", "key", "read_at"):
        code = key.split(":")[2]
        told[code].add(user)
        if read_at is not None:
            seen[code].add(user)
    for maker in makers:
        code = maker.producer.code
        maker.told, maker.seen = len(told[code]), len(seen[code])
    keys = {f"task:{each.code}:given": part for part in communes for each in part.answers}
    given = Message.objects.filter(kind="programme.task_given", key__in=keys)
    for key in given.exclude(read_at=None).values_list("key", flat=True):
        keys[key].seen = True
