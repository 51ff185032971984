"""What everybody may know of a revocation: its decision, its notice, and that it was set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.db.models import QuerySet

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.recognition.models import Recognition, Revocation
from ocop.recognition.postcheck.models import RevocationCase
from ocop.recognition.revoking import state_of
from ocop.recognition.standing import ruling_stars
from ocop.recognition.validity import State, holds_star


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
    void: str = ""  # what became of the star itself, or of the record
    taken: str = ""  # what the decision takes in its place, or in whose place it takes this star
    wrong: tuple[str, ...] = ()  # restorations that were entered wrongly
    carried: bool = False  # it took the star with another one
    now: str = ""  # the other star of the product that holds today
    anew: str = ""  # of one that was entered wrongly: the decision that revoked the star in truth

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
    def since(self) -> list[str]:
        """All that became of it since, in words."""
        said = (*self.wrong, self.restored, self.withdrawn, self.void, self.taken, self.now)
        return [words for words in said if words]

    @property
    def withdrawn(self) -> str:
        """That nobody had revoked the star, in words; empty where it was revoked."""
        if self.withdrawn_on is None:
            return ""
        day = write_date(self.withdrawn_on)
        if self.carried:
            return _("Đã đính chính ngày %s: quyết định này không thu hồi hạng sao này") % day
        if self.anew:
            words = _("Đã đính chính ngày %(day)s: ghi nhầm; thu hồi theo %(decision)s")
            return words % {"day": day, "decision": self.anew}
        return _("Đã đính chính ngày %s: ghi nhầm, hạng sao chưa từng bị thu hồi") % day


def told_of(row: Revocation) -> Told:
    """What is told of one revocation; of several, they come with their `case`."""
    case: RevocationCase | None = getattr(row.carried_from or row, "case", None)
    shown = case if case is not None and case.published_at is not None else None
    wrong = _wrong_notice(row) if row.withdrawn_on is not None else {}
    return Told(
        number=row.number,
        signed_on=row.signed_on,
        authority=row.authority,
        notice=shown.notice if shown else wrong.get("notice", ""),
        notice_number=shown.notice_number if shown else wrong.get("notice_number", ""),
        published_at=shown.published_at if shown else _moment(wrong.get("published_at", "")),
        restored_on=row.restored_on,
        restoring=_restoring(row) if row.restoring_number else "",
        withdrawn_on=row.withdrawn_on,
        void=_void(row.recognition),
        taken=_taken(row),
        wrong=tuple(_wrong(each) for each in row.wrong_restorations),
        carried=row.carried_from_id is not None,
        anew=_anew(row) if row.withdrawn_on is not None else "",
    )


class Teller:
    """Tells of revocations, and which other star of the product holds today: a shop takes no goods
    down for the sake of a star that a later one has replaced. What is asked of the database for
    many rows is asked once."""

    def __init__(self, rows: QuerySet[Revocation] | Sequence[Revocation], today: date) -> None:
        if isinstance(rows, QuerySet):
            products = rows.order_by().values_list("recognition__product", flat=True)
            self._products = set(products)
        else:
            self._products = {row.recognition.product_id for row in rows}
        self._today = today

    def told(self, row: Revocation) -> Told:
        """What is told of one of the rows."""
        star = self._stars.get(row.recognition.product_id)
        return replace(told_of(row), now=_now(row, star, self._today))

    @cached_property
    def _stars(self) -> dict[int, Recognition]:
        return ruling_stars(self._products, self._today)


def _now(row: Revocation, star: Recognition | None, today: date) -> str:
    if star is None or star.pk == row.recognition_id or not holds_star(state_of(star, today)):
        return ""
    number = (star.decision.number if star.decision else star.decision_number) or star.authority
    return _("Sản phẩm nay có hạng %(stars)d sao theo lần công nhận khác (%(decision)s)") % {
        "stars": star.stars,
        "decision": number,
    }


def _wrong_notice(row: Revocation) -> Mapping[str, str]:
    """The notice that was published of a decision before its entry was found wrong."""
    for case in row.recognition.revocation_cases.all():
        for each in case.wrong_decisions:
            if each["revocation"] == row.pk and each["published_at"]:
                return {name: each[name] for name in ("notice", "notice_number", "published_at")}
    return {}


def _moment(written: str) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _anew(wrong: Revocation) -> str:
    """The decision that was entered in the place of a wrong entry; empty where none was."""
    rows = wrong.recognition.revocations.all()
    after = [each for each in rows if each.withdrawn_on is None and each.pk > wrong.pk]
    found = min(after, key=lambda each: each.pk, default=None)
    return Told(found.number, found.signed_on, found.authority).decision if found else ""


def _void(star: Recognition) -> str:
    """That a star does not count at all, whatever was decided of it."""
    if star.annulled_on is None:
        return ""
    day = write_date(star.annulled_on)
    if star.mistaken:
        return _("Bản ghi %(stars)d sao này là ghi nhầm, đã đính chính ngày %(day)s") % {
            "stars": star.stars,
            "day": day,
        }
    told = {"stars": star.stars, "day": day, "decision": annulling(star)}
    if told["decision"]:
        words = _(
            "Kết quả %(stars)d sao này đã bị hủy ngày %(day)s theo %(decision)s, coi như chưa từng "
            "có"
        )
        return words % told
    return _("Kết quả %(stars)d sao này đã bị hủy ngày %(day)s, coi như chưa từng có") % told


def annulling(star: Recognition) -> str:
    """The decision that annulled a result, in words; empty where none is known."""
    known = Told(star.annulling_number, star.annulling_signed_on, star.annulling_authority)
    return known.decision


def _taken(row: Revocation) -> str:
    """Which other star of the product the decision takes, or in the place of which it takes this
    one."""
    if row.carried_from is not None:
        return _("Quyết định này đã thu hồi bản ghi %d sao nay không còn được tính") % (
            row.carried_from.recognition.stars,
        )
    counting = [each for each in row.carried.all() if each.withdrawn_on is None]
    if not counting:
        return ""
    star = counting[-1].recognition
    words = _("Quyết định thu hồi áp dụng cho lần công nhận %(stars)d sao (%(decision)s)")
    number = star.decision.number if star.decision else star.decision_number
    return words % {"stars": star.stars, "decision": number or star.authority}


def _wrong(each: Mapping[str, str]) -> str:
    words = _(
        "Việc ghi khôi phục ngày %(day)s theo Quyết định %(number)s là nhầm, đã đính chính ngày "
        "%(told)s"
    )
    return words % {
        "day": write_date(date.fromisoformat(each["on"])),
        "number": each["number"] or "–",
        "told": write_date(date.fromisoformat(each["withdrawn_on"])),
    }


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
        told_void = {"day": write_date(row.annulled_on), "decision": annulling(row)}
        if told_void["decision"]:
            words = _("Đã hủy kết quả ngày %(day)s theo %(decision)s (coi như chưa từng có).")
            return words % told_void
        return _("Đã hủy kết quả ngày %s (coi như chưa từng có).") % told_void["day"]
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
