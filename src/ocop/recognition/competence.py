"""Who decides on a star here: the chair of this province on three and four, the minister on five.

Art. 5 and 8, Decision 26/2026/QĐ-TTg. What was decided elsewhere and came with an import stays as
it is; but no act of this office gives, takes or gives back a star in the name of another province
or of another ministry. Of a day of the past it is who decided then: a province before the mergers
of 2025, a district on three stars until those ended.
"""

import re
from datetime import date
from functools import lru_cache

from ocop.core import folding, options
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.places import gazetteer
from ocop.places.letterhead import committee
from ocop.recognition import authority
from ocop.recognition.authority import DISTRICTS_GONE, Level
from ocop.recognition.models import Recognition

_MINISTERS = 5
#: A People's Committee or its chair; a department of the province decides on no star.
_COMMITTEE = re.compile(r"\b(?:ubnd|uy ban nhan dan|chu tich)\b")
#: The Ministry by its names of before and since March 2025, in full or for short.
_MINISTRY = re.compile(r"\bbo (?:truong bo )?(?:nong nghiep|nn)")
_OF_A_MINISTRY = re.compile(r"/QĐ-B(?!NN)[A-ZĐ]", re.IGNORECASE)
_SHORT = re.compile(r"\b(?:tp ?hcm|hcm)$")


def expect_competent(
    stars: int, signer: str, number: str, signed_on: date, *, field: str, province: str = ""
) -> None:
    """Refuse a decision of an authority that does not decide on this star here, naming the field.

    `province`: of the star, a code of today; one of another province is decided on there.
    """
    own = options.PROVINCE.get()
    if stars == _MINISTERS:
        if not _is_the_ministry(signer, number):
            raise _refuse(
                field,
                _(
                    "5 sao do Bộ trưởng Bộ Nông nghiệp và Môi trường quyết định (Điều 5, Điều 8), "
                    "không phải “%(signer)s”, số %(number)s. Hãy kiểm tra số và cơ quan ký."
                )
                % {"signer": signer, "number": number},
            )
        return
    if own and province and province != own:
        raise _another_province(field)
    if not _is_of_the_province(stars, signer, number, signed_on):
        raise _refuse(
            field,
            _(
                "%(stars)d sao của sản phẩm này do Chủ tịch %(own)s quyết định (Điều 5, Điều 8), "
                "không phải “%(signer)s”. Hãy kiểm tra cơ quan ký."
            )
            % {"stars": stars, "own": committee(), "signer": signer},
        )


def is_of_here(recognition: Recognition) -> bool:
    """Whether three or four stars are this province's to take: others are taken where they were
    given. Five are the minister's, wherever the product is."""
    own = options.PROVINCE.get()
    return not own or recognition.stars == _MINISTERS or recognition.province in ("", own)


def expect_of_here(recognition: Recognition) -> None:
    """Refuse a case about a star of another province."""
    if not is_of_here(recognition):
        raise _another_province("recognition")


def _is_the_ministry(signer: str, number: str) -> bool:
    named = not signer or _MINISTRY.search(folding.words(signer)) is not None
    other = _OF_A_MINISTRY.search(number) or authority.is_of_committee(number)
    return named and not other and authority.level_of(signer, number) is Level.CENTRE


def _is_of_the_province(stars: int, signer: str, number: str, on: date) -> bool:
    name, own = _SHORT.sub("ho chi minh", folding.words(signer)), options.PROVINCE.get()
    if not _COMMITTEE.search(name):
        return False
    level = authority.level_of(signer, number)
    if level is Level.DISTRICT:
        districts = _districts(own, on) if own else frozenset()
        known = any(f" {each} " in f" {name} " for each in districts)
        return level in authority.may_give(stars, on) and (known or not districts)
    if level is None and on >= DISTRICTS_GONE:
        level = Level.PROVINCE  # a city without a level in its name: a district's until those ended
    if level is not Level.PROVINCE:
        return False
    return not own or any(f" {name}".endswith(f" {each}") for each in _names(own, on))


@lru_cache(maxsize=64)
def _names(code: str, on: date) -> frozenset[str]:
    """What this province was called on a day, and those that it took in since."""
    units = gazetteer.load()
    return frozenset(
        folding.words(entry.bare)
        for entry in units.entries
        if entry.level == "province"
        and entry.holds_on(on)
        and any(now.entry.code == code for now in units.follow(entry, date.max))
    )


@lru_cache(maxsize=64)
def _districts(code: str, on: date) -> frozenset[str]:
    """Its districts on a day, as far as the lists have them; none where they are not known."""
    return frozenset(
        folding.words(entry.bare)
        for entry in gazetteer.load().entries
        if entry.level == "district"
        and entry.holds_on(on)
        and entry.parent is not None
        and entry.parent.code == code
    )


def _another_province(field: str) -> Refused:
    return _refuse(
        field,
        _(
            "Hạng sao này của tỉnh, thành phố khác. Việc thu hồi, khôi phục do cơ quan ở đó quyết "
            "định và ghi; ở đây chỉ ghi quyết định của %s."
        )
        % committee(),
    )


def _refuse(field: str, message: str) -> Refused:
    return Refused("authority_not_competent", message, fields={field: [message]})
