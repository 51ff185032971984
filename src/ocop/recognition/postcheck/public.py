"""What everybody may know of a revocation: its decision, its notice, and that it was set aside."""

from dataclasses import dataclass
from datetime import date, datetime

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.recognition.models import Recognition, Revocation
from ocop.recognition.postcheck.models import RevocationCase
from ocop.recognition.validity import State


@dataclass(frozen=True, slots=True)
class Told:
    """The decision of a revocation as far as it is known, its notice, the decision that set it
    aside; or that it was entered wrongly."""

    number: str = ""
    signed_on: date | None = None
    authority: str = ""
    notice: str = ""
    notice_number: str = ""
    published_at: datetime | None = None  # of the notice
    restored_on: date | None = None
    restoring: str = ""
    withdrawn_on: date | None = None

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

    @property
    def withdrawn(self) -> str:
        """That nobody had revoked the star, in words; empty where it was revoked."""
        if self.withdrawn_on is None:
            return ""
        day = write_date(self.withdrawn_on)
        return _("Đã đính chính ngày %s: ghi nhầm, hạng sao chưa từng bị thu hồi") % day


def told_of(row: Revocation) -> Told:
    """What is told of one revocation; of several, they come with their `case`."""
    case: RevocationCase | None = getattr(row, "case", None)
    shown = case if case is not None and case.published_at is not None else None
    return Told(
        number=row.number,
        signed_on=row.signed_on,
        authority=row.authority,
        notice=shown.notice if shown else "",
        notice_number=shown.notice_number if shown else "",
        published_at=shown.published_at if shown else None,
        restored_on=row.restored_on,
        restoring=_restoring(row) if row.restoring_number else "",
        withdrawn_on=row.withdrawn_on,
    )


def _restoring(row: Revocation) -> str:
    return _("%(number)s ngày %(day)s, %(who)s") % {
        "number": row.restoring_number,
        "day": write_date(row.restoring_signed_on) if row.restoring_signed_on else "",
        "who": row.restoring_authority,
    }


def on_day(row: Recognition, on: date) -> Revocation | None:
    """The last revocation of a star that had begun on a day, set aside by then or not."""
    if row.revoked_on is None:
        return None
    begun = row.revocations.filter(revoked_on__lte=on, withdrawn_on=None)
    return begun.select_related("case").order_by("-revoked_on", "-pk").first()


def since(row: Recognition, state: State, on: date) -> str:
    """From when on a star is void and by which decision, or that it was given back; else empty.

    `on`: what came later is not told.
    """
    if state is State.ANNULLED and row.annulled_on is not None:
        return _("Đã hủy kết quả ngày %s (coi như chưa từng có).") % write_date(row.annulled_on)
    if state is State.MISTAKEN and row.annulled_on is not None:
        return _("Bản ghi nhầm, đã đính chính ngày %s.") % write_date(row.annulled_on)
    last = on_day(row, on)
    if last is None:
        return ""
    told = told_of(last)
    day = write_date(last.revoked_on)
    if last.restored_on is not None and last.restored_on <= on:
        return _("Bị thu hồi ngày %(day)s. %(restored)s.") % {"day": day, "restored": told.restored}
    if told.decision:
        return _("Bị thu hồi từ ngày %(day)s theo %(decision)s.") % {
            "day": day,
            "decision": told.decision,
        }
    return _("Bị thu hồi từ ngày %s.") % day
