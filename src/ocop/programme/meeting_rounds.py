"""Rounds of meetings in an agenda, once told: for producers who meet somebody, for the office."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from ocop.core.actor import Actor
from ocop.programme.entries import Entry, What
from ocop.promotion.meetings import notices, queries, rules
from ocop.promotion.meetings.models import MeetingRound, RoundState


def entries(actor: Actor, *, start: date, end: date) -> Iterator[Entry]:
    """The rounds that concern an actor between two days: a producer's from the own first meeting to
    the end of the last."""
    near = {"starts_at__date__range": (start, end), "state": RoundState.TOLD}
    turns: dict[MeetingRound, list[int]] = {}
    for slot in queries.own_slots(actor).filter(round__in=MeetingRound.objects.filter(**near)):
        turns.setdefault(slot.round, []).append(slot.turn)
    for row, own in turns.items():
        yield _entry(row, min(own), max(own) + 1, notices.OWN)
    if rules.may_manage(actor):
        for row in queries.rounds_visible_to(actor).filter(**near):
            if row not in turns:
                yield _entry(row, 0, row.turns, f"{notices.OFFICE}buoi/{row.code}/")


def _entry(row: MeetingRound, first: int, after: int, link: str) -> Entry:
    return Entry(
        What.EVENT,
        f"meetings-{row.code}",
        timezone.localdate(row.starts_at),
        row.name,
        "",
        link,
        starts_at=notices.turn_at(row, first),
        ends_at=notices.turn_at(row, after),
        place=row.place,
        deadline=False,
    )
