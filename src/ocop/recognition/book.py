"""The book of numbers: an authority counts its decisions anew each year, so a number of a year is
one decision, whether it gives stars, revokes them or gives them back.

Who signed is read as a body (`signers`): however its name is written, and whichever of its letters
stand behind the number (QĐ-UBND, QĐ-UB, QĐ-CTUBND), it has one book. What cannot be read, as
imports bring it, is compared as it is written.

One decision may revoke several stars, give several back or annul several results, and is then
entered with each. Imports
may have brought a number with several days, each with a remark: what is entered here adds none.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum

from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.criteria.models import LegalVersion
from ocop.recognition import competence, keys
from ocop.recognition.models import Decision, Recognition, Revocation
from ocop.recognition.signers import Signer


class Use(StrEnum):
    """What a decision does to stars."""

    RECOGNITION = "recognition"
    REVOCATION = "revocation"
    RESTORATION = "restoration"
    ANNULMENT = "annulment"


_WORDS = {
    Use.RECOGNITION: noop("công nhận hạng sao"),
    Use.REVOCATION: noop("thu hồi hạng sao"),
    Use.RESTORATION: noop("khôi phục hạng sao"),
    Use.ANNULMENT: noop("hủy kết quả"),
}
#: Who signs for an authority counts with it: the chair for the committee, a minister for the
#: ministry.
_PERSON = re.compile(r"^\s*(?:phó\s+)?(?:chủ tịch|bộ trưởng|thứ trưởng)\s+", re.IGNORECASE)


def expect_free(
    number: str, signed_on: date, authority: str, use: Use, *, field: str = "number"
) -> None:
    """Refuse a number that another decision of its authority and year bears, naming the field.

    Whoever asks holds the book until the end of the transaction: of two who enter a number at once
    the second finds what the first entered. No constraint can say so, for imports bring what they
    bring. The row stands for the book; who only refers to it does not wait.
    """
    LegalVersion.objects.select_for_update(no_key=True).order_by("pk").first()
    read = competence.reader()
    known = _key(number, signed_on, authority, read)
    year = signed_on.year
    found = sorted(
        (day, kind)
        for kind in Use
        for other, day, who in _papers(kind, year)
        if _key(other, day, who, read) == known
    )
    if use is Use.RECOGNITION and (signed_on, Use.RECOGNITION) in found:
        raise _refuse(field, _("Quyết định này đã có trong sổ. Hãy mở quyết định đó."))
    others = [(day, kind) for day, kind in found if (day, kind) != (signed_on, use)]
    if others:
        raise _refuse(
            field,
            _(
                "Quyết định %(number)s của %(authority)s trong sổ ký ngày %(day)s; mỗi năm một số "
                "chỉ có một quyết định. Hãy kiểm tra lại số và ngày ký."
            )
            % {"number": number, "authority": authority, "day": _told(others)},
        )


def _papers(use: Use, year: int) -> Iterator[tuple[str, date, str]]:
    rows: Iterable[tuple[str, date | None, str]]
    if use is Use.RECOGNITION:
        decisions = Decision.objects.filter(signed_on__year=year, mistaken_on=None).order_by()
        rows = decisions.values_list("number", "signed_on", "authority")
    elif use is Use.REVOCATION:
        taken = Revocation.objects.filter(signed_on__year=year, withdrawn_on=None).order_by()
        rows = taken.values_list("number", "signed_on", "authority")
    elif use is Use.ANNULMENT:
        void = Recognition.objects.filter(annulling_signed_on__year=year).order_by()
        rows = void.values_list("annulling_number", "annulling_signed_on", "annulling_authority")
    else:
        given = Revocation.objects.filter(restoring_signed_on__year=year).order_by()
        rows = given.values_list("restoring_number", "restoring_signed_on", "restoring_authority")
    for number, day, authority in rows:
        if day is not None:
            yield number, day, authority


def _key(
    number: str, signed_on: date, authority: str, read: Callable[[str, date], Signer | None]
) -> keys.PaperKey:
    signer = read(authority, signed_on)
    return keys.paper_key(number, signed_on, _PERSON.sub("", authority), "", signer)


def _told(found: list[tuple[date, Use]]) -> str:
    """The days, each with what was decided on it where that is no recognition."""
    said = dict.fromkeys(found)
    return ", ".join(
        write_date(day) if kind is Use.RECOGNITION else f"{write_date(day)} ({_(_WORDS[kind])})"
        for day, kind in said
    )


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"recognition_{field}", message, fields={field: [message]})
