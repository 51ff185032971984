"""What became of a star: evaluated again, raised, let run out, revoked, annulled, extended."""

from datetime import date, timedelta
from heapq import heapify, heappop, heappush
from random import Random

from ocop.demonstration import frame
from ocop.demonstration.catalogue import Catalogue
from ocop.demonstration.makers import Makers
from ocop.demonstration.register import Register
from ocop.demonstration.rows import RecognitionRow
from ocop.recognition.validity import expiry_of, last_extension_day

#: Up to here the totals by rank were made public, so raised and lowered stars must even out.
_BALANCED_UNTIL = date(2025, 6, 30)
_FIRST_UPGRADE = date(2023, 7, 1)
_LAST_BALANCED_UPGRADE = date(2024, 12, 31)
#: Chance in per cent that a star running out in a year is given again.
_RENEWED = {2022: 62, 2023: 57, 2024: 61, 2025: 66, 2026: 56}
#: Chance in thousandths that a star is raised before it runs out.
_RAISED = {frame.THREE: 85, frame.FOUR: 14, frame.POTENTIAL: 350, frame.FIVE: 0}
_NEXT = {frame.THREE: frame.FOUR, frame.FOUR: frame.POTENTIAL, frame.POTENTIAL: frame.FIVE}
_REVOKED = 4  # in a thousand
_ANNULLING = 7_400  # numbers of decisions that annul results begin behind it
_GROUNDS = ("criteria", "breach", "mark", "stopped")  # of Art. 8, Decision 26/2026/QĐ-TTg
_REASON = "Chủ thể nộp hồ sơ đánh giá lại muộn, đang chờ hội đồng; gia hạn theo Điều 12.3 (mẫu)"


def rounds() -> list[date]:
    """Days on which stars are given again: the last Friday of every second month.

    None in the first quarter of 2024, when nothing was evaluated.
    """
    days = []
    for year in range(2022, frame.LAST_DAY.year + 1):
        for month in range(2, 13, 2):
            after = date(year + month // 12, month % 12 + 1, 1)
            last = after - timedelta(days=1)
            days.append(last - timedelta(days=(last.weekday() - 4) % 7))
    days.append(date(2026, 11, 13))
    quiet = (date(2024, 1, 1), date(2024, 3, 31))
    return sorted(d for d in days if d <= frame.LAST_DAY and not quiet[0] <= d <= quiet[1])


class Careers:
    """Follows every star to the last day, in the order of time."""

    def __init__(
        self, makers: Makers, catalogue: Catalogue, register: Register, random: Random
    ) -> None:
        self._makers = makers
        self._catalogue = catalogue
        self._register = register
        self._random = random
        self._rounds = rounds()
        self._due: list[tuple[date, int, str, RecognitionRow]] = []
        self._surplus = 0  # stars raised from three to four, less those lowered, while it matters

    def follow(self) -> None:
        """Draw everything that comes after the first evaluations."""
        for row in list(self._register.rows):
            self._plan(row)
        heapify(self._due)
        while self._due:
            day, _product, what, row = heappop(self._due)
            rank = self._raised(row, day) if what == "upgrade" else self._kept(row, day)
            self._again(row, what, rank, day)
        self._annul()
        self._extend()
        self._stop()

    def _plan(self, row: RecognitionRow) -> None:
        """Decide at the giving of a star how it will end."""
        expires_on = expiry_of(row.evaluated_on)
        if self._random.randrange(1000) < _REVOKED:
            day = row.evaluated_on + timedelta(days=self._random.randrange(200, 900))
            if day <= frame.LAST_DAY:
                row.revoked_on, row.revoked_ground = day, self._random.choice(_GROUNDS)
        elif upgrade := self._upgrade_day(row):
            heappush(self._due, (upgrade, row.product, "upgrade", row))
        elif self._random.randrange(100) < _RENEWED.get(expires_on.year, 0):
            late = self._random.randrange(-80, 130)
            if again := self._round_after(expires_on + timedelta(days=late)):
                heappush(self._due, (again, row.product, "reevaluation", row))

    def _upgrade_day(self, row: RecognitionRow) -> date | None:
        if self._random.randrange(1000) >= _RAISED[row.rank]:
            return None
        months = self._random.randrange(12, 31)
        wanted = row.evaluated_on + timedelta(days=30 * months)
        if wanted < _FIRST_UPGRADE:
            return None
        if row.rank == frame.THREE and wanted <= _LAST_BALANCED_UPGRADE:
            day = self._round_after(wanted)
            return day if day and day <= _LAST_BALANCED_UPGRADE else None
        return self._round_after(max(wanted, _BALANCED_UNTIL + timedelta(days=1)))

    def _round_after(self, day: date) -> date | None:
        return next((d for d in self._rounds if d >= day), None)

    def _raised(self, row: RecognitionRow, day: date) -> str:
        if day <= _BALANCED_UNTIL:
            self._surplus += 1
        return _NEXT[row.rank]

    def _kept(self, row: RecognitionRow, day: date) -> str:
        """The rank on evaluation again: mostly the same, at times a four becomes a three."""
        if row.rank != frame.FOUR:
            return row.rank
        if day <= _BALANCED_UNTIL:
            urgent = day > _LAST_BALANCED_UPGRADE
            if self._surplus and (urgent or self._random.randrange(100) < 20):
                self._surplus -= 1
                return frame.THREE
            return row.rank
        return frame.THREE if self._random.randrange(100) < 6 else row.rank

    def _again(self, row: RecognitionRow, kind: str, rank: str, day: date) -> None:
        product = self._catalogue.rows[row.product]
        producer = self._makers.rows[product.producer]
        given = self._register.give(product, producer, kind, rank, day)
        self._plan(given)

    def _annul(self) -> None:
        """Three results of 2026 were given wrongly (Art. 10.1b); no public total counts them."""
        recent = [
            row
            for row in self._register.rows
            if date(2026, 1, 1) <= row.evaluated_on <= date(2026, 6, 30) and not row.revoked_on
        ]
        firsts = [row for row in recent if row.kind == "first"]
        others = [row for row in recent if row.kind != "first"]
        wrong = (*self._random.sample(firsts, 2), self._random.choice(others))
        for place, row in enumerate(wrong, 1):
            row.annulling_number = f"{_ANNULLING + place}/QĐ-UBND"
            row.annulled_on = row.evaluated_on + timedelta(days=self._random.randrange(60, 130))

    def _extend(self) -> None:
        """Of the stars that ran out of late without a decision, the office confirmed some."""
        latest = {row.product: row for row in self._register.rows}
        for row in latest.values():
            end = row.expires_on
            if row.revoked_on or row.annulled_on or end is None:
                continue
            last = last_extension_day(end)
            waiting = end <= frame.LAST_DAY and last > frame.LAST_DAY + timedelta(days=10)
            if waiting and self._random.randrange(100) < 40:
                row.extended_until = last
                row.extension_reason = _REASON

    def _stop(self) -> None:
        """Some makers of stars long gone have stopped; of a few old rows the dates are lost."""
        latest = {row.product: row for row in self._register.rows}
        for row in latest.values():
            end = row.expires_on
            if end and end < date(2026, 1, 1) and self._random.randrange(100) < 25:
                self._catalogue.rows[row.product].stopped = True
        again = {row.product for row in self._register.rows if row.kind != "first"}
        old = [
            row
            for row in self._register.rows
            if row.evaluated_on.year == 2019 and row.rank == frame.THREE and not row.revoked_on
        ]
        for row in self._random.sample([r for r in old if r.product not in again], 9):
            row.decision, row.valid_from, row.expires_on = None, None, None
