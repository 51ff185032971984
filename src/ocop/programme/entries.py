"""The sorts of entries of an agenda, and what one of them says."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class What(StrEnum):
    """The sorts of entries."""

    SITTING = "sitting"
    STEP = "step"
    SUPPLEMENT = "supplement"
    WINDOW = "window"
    STAR = "star"
    TASK = "task"
    ROUND = "round"
    POSTCHECK = "postcheck"
    COMPLAINT = "complaint"
    CASE = "case"
    CLASS = "class"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on a day. `starts_at` for what has an hour, `ends_at` where its end is known;
    `uid` is its name for calendars."""

    what: What
    uid: str
    on: date
    title: str
    detail: str
    link: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    cancelled: bool = False
    deadline: bool = True  # late once the day has passed
    until: date | None = None  # the last of several days
