"""What everybody may know of a revocation: its decision, its notice, and that it was set aside."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ocop.core.language import gettext as _
from ocop.core.models import EventObject
from ocop.core.numbers import write_date
from ocop.recognition.models import Recognition
from ocop.recognition.postcheck.models import RevocationCase
from ocop.recognition.validity import State


@dataclass(frozen=True, slots=True)
class Told:
    """The decision of a revocation as far as it is known, its notice, the decision that set it
    aside."""

    number: str = ""
    signed_on: date | None = None
    authority: str = ""
    notice: str = ""
    notice_number: str = ""
    published_at: datetime | None = None  # of the notice
    restored_on: date | None = None
    restoring: str = ""

    @property
    def decision(self) -> str:
        """The decision in words; empty where nothing is known of it."""
        if not self.number:
            return ""
        said = {"number": self.number, "day": write_date(self.signed_on) if self.signed_on else ""}
        words = _("Quyết định %(number)s ngày %(day)s") % said
        return f"{words}, {self.authority}" if self.authority else words

    @property
    def restored(self) -> str:
        """That the star was given back, in words; empty where it was not."""
        if self.restored_on is None:
            return ""
        day = write_date(self.restored_on)
        if not self.restoring:
            return _("Đã khôi phục ngày %s") % day
        return _("Đã khôi phục ngày %(day)s theo Quyết định %(decision)s") % {
            "day": day,
            "decision": self.restoring,
        }


def told_of(row: Recognition) -> Told:
    """What is told of the last revocation of one star."""
    return told_of_all([row])[row.pk]


def told_of_all(rows: Iterable[Recognition]) -> dict[int, Told]:
    """The same of several."""
    found = list(rows)
    last = _last([row.pk for row in found])
    return {row.pk: _told(row, last.get(row.pk)) for row in found}


def teller() -> Callable[[Recognition], Told]:
    """The same of any, with one question for all of them: revocations are few."""
    last = _last(None)
    return lambda row: _told(row, last.get(row.pk))


@dataclass(frozen=True, slots=True)
class _Act:
    """How a revocation was entered: with a case, or with what the event says of a decision that was
    taken elsewhere."""

    change: Mapping[str, Any]
    case: RevocationCase | None


def _last(keys: Sequence[int] | None) -> dict[int, _Act]:
    named = EventObject.objects.filter(event__name="recognition.revoked", kind="recognition")
    if keys is not None:
        named = named.filter(object_id__in=keys)
    rows = named.order_by("event_id").values_list("object_id", "event_id", "event__change")
    acts = {key: (event, change) for key, event, change in rows}
    in_cases = EventObject.objects.filter(
        event__in=[event for event, _change in acts.values()], kind="revocationcase"
    )
    of_event = dict(in_cases.values_list("event_id", "object_id"))
    cases = RevocationCase.objects.in_bulk(set(of_event.values()))
    return {
        key: _Act(change, cases.get(of_event.get(event, 0)))
        for key, (event, change) in acts.items()
    }


def _told(row: Recognition, act: _Act | None) -> Told:
    if act is None or row.revoked_on is None:
        return Told(restored_on=row.restored_on)
    case = act.case
    if case is None:
        day = act.change.get("signed_on")
        return Told(
            number=act.change.get("number", ""),
            signed_on=date.fromisoformat(day) if day else None,
            authority=act.change.get("authority", ""),
            restored_on=row.restored_on,
        )
    shown = case.published_at is not None
    given_back = case.restoring_on is not None and row.restored_on is not None
    return Told(
        number=case.decision_number,
        signed_on=case.decision_on,
        authority=case.decision_authority,
        notice=case.notice if shown else "",
        notice_number=case.notice_number if shown else "",
        published_at=case.published_at,
        restored_on=row.restored_on,
        restoring=_restoring(case) if given_back else "",
    )


def _restoring(case: RevocationCase) -> str:
    return _("%(number)s ngày %(day)s, %(who)s") % {
        "number": case.restoring_number,
        "day": write_date(case.restoring_on) if case.restoring_on else "",
        "who": case.restoring_authority,
    }


def since(row: Recognition, state: State, on: date) -> str:
    """From when on a star is void and by which decision, or that it was given back; else empty.

    `on`: what came later is not told.
    """
    if state is State.ANNULLED and row.annulled_on is not None:
        return _("Đã hủy kết quả ngày %s (coi như chưa từng có).") % write_date(row.annulled_on)
    if state is State.MISTAKEN and row.annulled_on is not None:
        return _("Bản ghi nhầm, đã đính chính ngày %s.") % write_date(row.annulled_on)
    if row.revoked_on is None or row.revoked_on > on:
        return ""
    told = told_of(row)
    day = write_date(row.revoked_on)
    if row.restored_on is not None and row.restored_on <= on:
        return _("Bị thu hồi ngày %(day)s. %(restored)s.") % {"day": day, "restored": told.restored}
    if told.decision:
        return _("Bị thu hồi từ ngày %(day)s theo %(decision)s.") % {
            "day": day,
            "decision": told.decision,
        }
    return _("Bị thu hồi từ ngày %s.") % day
