"""What the end of a star does to the other stars of its product: told before it is confirmed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.recognition.carrying import Taken, foreseen
from ocop.recognition.models import Recognition
from ocop.recognition.order import standing_of_product, star_of
from ocop.recognition.revoking import state_of
from ocop.recognition.taking import Void, counting
from ocop.recognition.validity import state_words

#: So many products are told of one by one; of more the numbers say enough.
_MOST = 20


@dataclass(frozen=True, slots=True)
class Outlook:
    """What becomes of a product when stars of it become void: the star that counts from then on,
    None where there is none, and those that a revocation takes in their place."""

    counts: Recognition | None
    taken: tuple[Taken, ...]
    today: date

    @property
    def words(self) -> list[str]:
        """The same in sentences."""
        return [*(_taking(each) for each in self.taken), self._counting()]

    def _counting(self) -> str:
        row = self.counts
        if row is None:
            return _("Sau đó sản phẩm không còn hạng sao nào.")
        if any(each.heir.pk == row.pk for each in self.taken):
            return _("Sau đó sản phẩm không còn hạng sao nào có giá trị.")
        words = _("Sau đó sản phẩm theo lần công nhận %(stars)d sao (%(decision)s): %(state)s.")
        state = state_words(state_of(row, self.today)).public
        return words % {"stars": row.stars, "decision": _paper(row), "state": state}


def outlooks(rows: Sequence[Recognition], void: Void, today: date) -> list[Outlook]:
    """What becomes of each product of these stars when all of them become void today."""
    keys = {row.pk for row in rows}
    found = []
    for product in dict.fromkeys(row.product_id for row in rows):
        standing = standing_of_product(product, today)
        left = {key: row for key, row in standing.items() if key not in keys}
        star = counting(map(star_of, left.values()), today)
        own = [row for row in rows if row.product_id == product]
        taken = tuple(foreseen(own, void, today))
        found.append(Outlook(left[star.key] if star else None, taken, today))
    return found


def lines(rows: Sequence[Recognition], void: Void, today: date) -> list[str]:
    """The same for a page: of a few products in full, of many only what is taken."""
    found = outlooks(rows, void, today)
    if len(found) > _MOST:
        return [_taking(each) for outlook in found for each in outlook.taken]
    if len(found) == 1:
        return found[0].words
    return [
        f"{row.product.name}: {words}"
        for row, outlook in zip(_firsts(rows), found, strict=True)
        for words in outlook.words
    ]


def taken_by(rows: Sequence[Recognition], void: Void, today: date) -> list[int]:
    """The stars that go with these, by key."""
    return sorted(each.heir.pk for each in foreseen(rows, void, today))


def expect_known(
    rows: Sequence[Recognition], void: Void, takes: Collection[int], today: date
) -> None:
    """Refuse an act on stars with which others go than whoever confirms it has named."""
    found = foreseen(rows, void, today)
    if {each.heir.pk for each in found} == set(takes):
        return
    told = " ".join(_taking(each) for each in found) or _("Không hạng sao nào khác bị thu hồi.")
    message = _("Việc này làm thay đổi hạng sao khác. %s Hãy xem lại rồi xác nhận.") % told
    raise Refused("effect_unconfirmed", message)


def _firsts(rows: Sequence[Recognition]) -> list[Recognition]:
    return list({row.product_id: row for row in reversed(rows)}.values())[::-1]


def _taking(each: Taken) -> str:
    words = _(
        "Quyết định thu hồi %(number)s vẫn có hiệu lực nên thu hồi lần công nhận %(stars)d sao "
        "(%(decision)s, số %(key)d trong sổ) từ ngày %(day)s."
    )
    return words % {
        "number": each.left.number or "–",
        "stars": each.heir.stars,
        "decision": _paper(each.heir),
        "key": each.heir.pk,
        "day": write_date(each.day),
    }


def _paper(row: Recognition) -> str:
    number = row.decision.number if row.decision else row.decision_number
    return number or row.authority
