"""Who decides on a star here: the chair of this province on three and four, the minister on five.

Art. 5 and 8, Decision 26/2026/QĐ-TTg. What was decided elsewhere and came with an import stays as
it is; but no act of this office gives, takes or gives back a star in the name of another province
or of another ministry. Of a day of the past it is who decided then: a province before the mergers
of 2025, a district on three stars until those ended. Names are read by `signers`, wholly or not at
all: competent is one body, and an equal one.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from ocop.core import options
from ocop.core.language import gettext as _
from ocop.core.once import once
from ocop.core.refusals import Refused
from ocop.places import queries as places
from ocop.places.letterhead import committee
from ocop.places.models import Unit
from ocop.products.models import Product
from ocop.recognition import homes, signers
from ocop.recognition.authority import DISTRICTS_GONE, Level
from ocop.recognition.models import Recognition
from ocop.recognition.signers import Signer

_MINISTERS, _DISTRICTS = 5, 3


def expect_competent(
    stars: int,
    signer: str,
    number: str,
    signed_on: date,
    *,
    field: str,
    of: Product | Recognition | None = None,
) -> Signer:
    """Who signed. Refuse a decision of a body that does not decide on this star here, naming the
    field: one whose name is not read wholly as one that does, or a number that is not its own.

    `of`: the star, or the product that is to get one; one of another province is decided on there.
    """
    found = read(signer, signed_on)
    if stars == _MINISTERS:
        if found is None or found != signers.ministry(signed_on):
            raise _refuse(field, _minister(signer, number))
    elif _elsewhere(of):
        raise _another_province(field, given=isinstance(of, Recognition))
    elif found is None or not _is_of_here(stars, found, signed_on, of):
        raise _refuse(
            field,
            _(
                "%(stars)d sao của sản phẩm này do Chủ tịch %(own)s quyết định (Điều 5, Điều 8), "
                "không phải “%(signer)s”. Hãy kiểm tra cơ quan ký, ghi đúng tên cơ quan, không "
                "thêm gì."
            )
            % {"stars": stars, "own": committee(), "signer": signer},
        )
    if not signers.bears(found, number):
        if stars == _MINISTERS:
            raise _refuse(field, _minister(signer, number))
        raise _refuse(
            field,
            _("Số %(number)s không phải số quyết định của %(signer)s. Hãy kiểm tra số, cơ quan ký.")
            % {"number": number, "signer": signer},
        )
    return found


def is_of_here(recognition: Recognition) -> bool:
    """Whether three or four stars are this province's to take: others are taken where they were
    given. Five are the minister's, wherever the product is."""
    return recognition.stars == _MINISTERS or not _elsewhere(recognition)


def expect_of_here(recognition: Recognition) -> None:
    """Refuse a case about a star of another province."""
    if not is_of_here(recognition):
        raise _another_province("recognition", given=True)


def reader() -> Callable[[str, date], Signer | None]:
    """Tells who a name means on a day; a district without its province is one of this province.
    For many names: what is asked of the database is asked once."""
    own = options.PROVINCE.get()
    unit = _unit(own)

    def read_one(signer: str, on: date) -> Signer | None:
        within = frozenset(each.name for each in signers.provinces_of(own, on))
        return signers.read(signer, on, within=within, also=_name_on(unit, on))

    return read_one


def read(signer: str, on: date) -> Signer | None:
    """Who a name means on a day."""
    return reader()(signer, on)


def offered(today: date) -> list[Signer]:
    """Who decides on stars here, and who did: the committee of this province, the ministry; then
    the ministry, the provinces and the districts of before. None of a province while the
    installation has not said which it is."""
    own = options.PROVINCE.get()
    before = DISTRICTS_GONE - timedelta(days=1)
    then = committees(own, before) if own else frozenset()
    earlier = [signers.ministry(signers.MINISTRIES_JOINED - timedelta(days=1)), *_by_title(then)]
    districts = signers.districts_of({each.name for each in then}, before)
    now = [*(committees(own, today) if own else ()), signers.ministry(today)]
    return list(dict.fromkeys([*now, *earlier, *_by_title(districts)]))


def usual(stars: int, today: date) -> str:
    """The body that decides on such a star today, as papers call it."""
    if stars == _MINISTERS:
        return signers.ministry(today).title
    own = options.PROVINCE.get()
    found = committees(own, today) if own else frozenset()
    return next((each.title for each in found), committee())


def _by_title(found: Iterable[Signer]) -> list[Signer]:
    return sorted(found, key=lambda each: each.title)


def committees(code: str, on: date) -> frozenset[Signer]:
    """The committee of a province (a code of today) on a day, and of those that it took in since,
    until then."""
    also = _name_on(_unit(code), on)
    return signers.provinces_of(code, on) | ({signers.province_named(also)} if also else set())


def is_committee_of(found: Signer, code: str, on: date) -> bool:
    """Whether a body was the committee of a province (a code of today) on a day: of its name or,
    where nothing was merged into it, of the name of before. One that it took in was another."""
    then = committees(code, on)
    now = {each.name for each in committees(code, date.max)}
    return found in then and (found.name in now or len(then) == 1)


def _name_on(unit: Unit | None, on: date) -> str:
    """The province's name on a day as the office's own lists have it: a later change is only
    there."""
    return unit.name if unit is not None and unit.valid_from <= on else ""


@once
def _unit(code: str) -> Unit | None:
    return places.province(code) if code else None


def _elsewhere(of: Product | Recognition | None) -> bool:
    own = options.PROVINCE.get()
    return of is not None and bool(own) and of.province not in ("", own)


def _is_of_here(stars: int, found: Signer, on: date, of: Product | Recognition | None) -> bool:
    code = options.PROVINCE.get() or (of.province if of is not None else "")
    known = homes.above(of, on) if of is not None else None
    provinces = committees(code, on) if code else None
    if found.level is Level.PROVINCE:
        there = known.provinces & provinces if known and provinces else frozenset()
        return provinces is None or found in (there or provinces)
    if found.level is not Level.DISTRICT or stars != _DISTRICTS or on >= DISTRICTS_GONE:
        return False
    given = _given_by(of)
    districts = (known.districts if known else frozenset()) | given
    if districts:
        return found in districts
    return provinces is None or found.province in {each.name for each in provinces}


def _given_by(of: Product | Recognition | None) -> frozenset[Signer]:
    """The district that gave a star."""
    if not isinstance(of, Recognition) or of.valid_from is None:
        return frozenset()
    found = read(of.authority, of.valid_from)
    return frozenset({found} if found is not None and found.level is Level.DISTRICT else ())


def _minister(signer: str, number: str) -> str:
    return _(
        "5 sao do Bộ trưởng Bộ Nông nghiệp và Môi trường quyết định (Điều 5, Điều 8), "
        "không phải “%(signer)s”, số %(number)s. Hãy kiểm tra số và cơ quan ký."
    ) % {"signer": signer, "number": number}


def _another_province(field: str, *, given: bool) -> Refused:
    if not given:
        return _refuse(
            field,
            _(
                "Sản phẩm này của tỉnh, thành phố khác. Quyết định của cơ quan ở đó vào sổ bằng "
                "nhập dữ liệu; ở đây chỉ ghi quyết định của %s."
            )
            % committee(),
        )
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
