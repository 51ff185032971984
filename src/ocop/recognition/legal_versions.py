"""Under which decision of the Prime Minister a result was given.

The one in force on the day of signing, unless an officer names another: what was filed before 22
May 2026 is finished under the rules before (Art. 12, Decision 26/2026/QĐ-TTg).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.criteria.models import LegalVersion
from ocop.recognition.authority import DISTRICTS_GONE, Level, level_words


def in_force(law: LegalVersion, on: date) -> bool:
    """Whether results may be given under it on a day."""
    return law.effective_from <= on and (law.effective_to is None or law.effective_to > on)


def is_of(law: LegalVersion, sets: LegalVersion) -> bool:
    """Whether a law judges by the criteria sets of another: it is that one, or amends it."""
    return law.pk == sets.pk or law.facts.get("amends") == sets.code


def law_for(given: LegalVersion | None, signed_on: date) -> LegalVersion:
    """The law named, or the one of the day. Refused: one that is not in force on the day."""
    if given is not None:
        if not in_force(given, signed_on):
            raise _refuse(
                _("%(document)s không có hiệu lực vào ngày %(day)s.")
                % {"document": given.document, "day": write_date(signed_on)}
            )
        return given
    laws = LegalVersion.objects.of_products().filter(effective_from__lte=signed_on)
    laws = laws.order_by("-effective_from")
    found = next((law for law in laws if in_force(law, signed_on)), None)
    if found is None:
        raise _refuse(
            _("Chưa có văn bản của Thủ tướng áp dụng ngày %s trong hệ thống. Hãy nạp văn bản đó.")
            % write_date(signed_on)
        )
    return found


def law_of_sets(sets: LegalVersion, signed_on: date) -> LegalVersion:
    """The law under which what was judged by these sets is decided on a day: the last one in force
    that judges by them; where none is any more, that of the sets."""
    laws = LegalVersion.objects.of_products().order_by("-effective_from")
    return next((law for law in laws if is_of(law, sets) and in_force(law, signed_on)), sets)


def expect_judged_by(
    law: LegalVersion, level: Level, stars: int, signed_on: date, evaluated_on: date | None
) -> None:
    """Refuse a law that was named for what it cannot have judged: evaluated before it was in force,
    or a star that by it another level gives."""
    if evaluated_on is not None and evaluated_on < law.effective_from:
        raise _refuse(
            _("Đánh giá ngày %(day)s, khi %(document)s chưa có hiệu lực.")
            % {"day": write_date(evaluated_on), "document": law.document}
        )
    levels: Mapping[str, str] = law.facts.get("levels", {})
    told = levels.get(str(stars))
    # A province gave three stars, too, while there were districts: it stood above them.
    above = told == Level.DISTRICT and level is Level.PROVINCE and signed_on < DISTRICTS_GONE
    if told is not None and told != level and not above:
        raise _refuse(
            _(
                "Theo %(document)s, %(stars)d sao do %(told)s công nhận, không phải %(level)s. Hãy "
                "kiểm tra văn bản áp dụng và cấp ký."
            )
            % {
                "document": law.document,
                "stars": stars,
                "told": level_words((Level(told),)),
                "level": level_words((level,)),
            }
        )


def expect_sets(law: LegalVersion, numbers: Iterable[int | None]) -> None:
    """Refuse a law that was named and whose sets are here without one of these numbers."""
    known = set(law.sets.exclude(published_at=None).values_list("number", flat=True))
    for number in numbers:
        if known and number is not None and number not in known:
            raise _refuse(
                _("%(document)s không có bộ tiêu chí số %(number)d.")
                % {"document": law.document, "number": number}
            )


def named(document: str) -> LegalVersion | None:
    """The law of a document as it is written, "26/2026/QĐ-TTg"; None for "". Refused: unknown."""
    if not document:
        return None
    laws = LegalVersion.objects.of_products()
    found = laws.filter(document=document).first()
    if found is None:
        known = ", ".join(laws.values_list("document", flat=True))
        raise _refuse(
            _("Không có văn bản %(document)s. Các văn bản: %(known)s.")
            % {"document": document, "known": known}
        )
    return found


def _refuse(message: str) -> Refused:
    return Refused("recognition_legal_version", message, fields={"legal_version": [message]})
