"""The programme in sentences, every number of them tied to the rows behind it.

A sentence is a row of pieces: plain text, and numbers that name their indicator and frame. Faces
turn the numbers into links; `text` is the sentence without them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ocop.core import numbers
from ocop.core.language import gettext as _
from ocop.places.models import Level, Unit
from ocop.programme import indicators, queries
from ocop.programme.cube import Cube
from ocop.programme.cuts import POTENTIAL_FIVE, RANKS
from ocop.programme.progress import Progress
from ocop.programme.readings import Figure
from ocop.programme.reported import Reported
from ocop.programme.scope import Choice, Scope

_PLACE = re.compile(r"%\((\w+)\)s")
_MOST = 5  # units named one by one


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence: how it is written, and the frame of its rows. Without an indicator
    it is a target, or reckoned with one: it has no rows, and its source is told."""

    written: str
    indicator: str
    scope: Scope


Piece = str | Number
_NAMED = 3  # units in a sentence; of more it tells how many


@dataclass(frozen=True, slots=True)
class Sentence:
    """Text and numbers in turn."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return "".join(p if isinstance(p, str) else p.written for p in self.pieces)


def say(message: str, **values: Piece | Sequence[Piece]) -> Sentence:
    """Fill the named places of a message with text, numbers, or rows of both."""
    pieces: list[Piece] = []
    for place, part in enumerate(_PLACE.split(message)):
        if place % 2 == 0:
            pieces.append(part)
            continue
        value = values[part]
        pieces += [value] if isinstance(value, str | Number) else value
    return Sentence(tuple(piece for piece in pieces if piece != ""))


def on_progress(scope: Scope, progress: Progress) -> list[Sentence]:
    """How many were evaluated, what the target says, and what the year will bring."""
    found = [_total(scope, progress)]
    found += _target(scope, progress)
    found += _forecast(scope, progress)
    return found


def all_of(scope: Scope) -> list[Sentence]:
    """Every sentence that the data of the scope allows, in the order of a report."""
    evaluated = queries.cube_of(scope, "evaluated")
    registered = queries.cube_of(scope, "registered")
    progress = queries.progress_in(scope, evaluated)
    found = _reported(scope)
    found.append(_total(scope, progress))
    found += _years(scope, evaluated)
    found += [
        _year(scope, evaluated, year)
        for year in scope.term.years_until(scope.as_of)
        if evaluated.where("year", year).rows
    ]
    found += [
        _registered(scope, registered, year)
        for year in scope.term.years_until(scope.as_of)
        if registered.where("year", year).rows
    ]
    found += _target(scope, progress)
    found += _forecast(scope, progress)
    found.append(_valid(scope))
    found += _renewed(scope)
    found += _sales_points(scope)
    found += _design_centres(scope)
    found += _fairs(scope)
    return found


def _number(value: Decimal | int, indicator: str, scope: Scope, *choices: Choice) -> Number:
    return Number(numbers.write_number(value), indicator, scope.narrowed(*choices))


def _told(figure: Figure, indicator: str, scope: Scope, *choices: Choice) -> Number:
    written = numbers.write_number(figure.value or 0)
    if figure.more_than:
        written = _("hơn %s") % written
    return Number(written, indicator, scope.narrowed(*choices))


def _listed(parts: Sequence[Sequence[Piece]], between: str = ", ") -> list[Piece]:
    pieces: list[Piece] = []
    for place, part in enumerate(parts):
        pieces += [between] if place else []
        pieces += part
    return pieces


def _total(scope: Scope, progress: Progress) -> Sentence:
    return say(
        _(
            "Đến hết ngày %(day)s, đã có %(total)s sản phẩm OCOP được đánh giá, phân hạng, "
            "trong đó %(in_term)s sản phẩm trong giai đoạn %(term)s."
        ),
        day=numbers.write_date(scope.as_of),
        total=_number(progress.evaluated_total, "evaluated", scope),
        in_term=_number(progress.evaluated_in_term, "evaluated_in_term", scope),
        term=str(scope.term),
    )


def _years(scope: Scope, evaluated: Cube) -> list[Sentence]:
    slices = evaluated.slices("year")
    if not slices:
        return []
    parts: list[list[Piece]] = []
    running, annulled = 0, queries.annulled(scope)
    for piece in slices:
        running += piece.count
        number = _number(piece.count, "evaluated", scope, ("year", piece.key))
        parts.append(
            [_("năm %s: ") % piece.label, number, *_running(scope, piece.key, running, annulled)]
        )
    return [say(_("Theo năm: %(years)s."), years=_listed(parts, "; "))]


def _running(
    scope: Scope, year: str, total: int, annulled: Sequence[tuple[int | None, date]]
) -> Sequence[Piece]:
    """All up to a year, with the rows of its last day; without a year there is no such day. One
    annulled since still stood on that day, and the list would hold more than is counted today."""
    written: Piece = numbers.write_number(total)
    if year:
        day = min(date(int(year), 12, 31), scope.as_of)
        if not any(given is None or given <= day.year for given, on in annulled if on > day):
            written = _number(total, "evaluated", replace(scope, as_of=day))
    return say(_(" (lũy kế %(total)s)"), total=written).pieces


def _year(scope: Scope, evaluated: Cube, year: int) -> Sentence:
    of_year = evaluated.where("year", year)
    chosen = ("year", str(year))
    ranks: list[list[Piece]] = []
    for piece in of_year.slices("rank"):
        number = _number(piece.count, "evaluated", scope, chosen, ("rank", piece.key))
        ranks.append([number, " ", _rank_words(piece.key)])
    return say(
        _("Năm %(year)s: %(count)s sản phẩm (%(ranks)s) của %(producers)s chủ thể."),
        year=str(year),
        count=_number(len(of_year), "evaluated", scope, chosen),
        ranks=_listed(ranks),
        producers=_number(of_year.producers(), "producers", scope, chosen),
    )


def _rank_words(key: str) -> str:
    if key == POTENTIAL_FIVE:
        return _("sản phẩm tiềm năng 5 sao")
    return _("sản phẩm %s") % _(RANKS[key])


def _registered(scope: Scope, registered: Cube, year: int) -> Sentence:
    of_year = registered.where("year", year)
    chosen = ("year", str(year))
    units = sorted(of_year.slices("district_then"), key=lambda s: (-s.count, s.label))
    units = [u for u in units if u.key]
    named: list[list[Piece]] = []
    for unit in units[:_MOST]:
        choice = ("district_then", unit.key)
        number = _number(unit.count, "registered", scope, chosen, choice)
        named.append([f"{_within(unit.label)} ", number])
    count = _number(len(of_year), "registered", scope, chosen)
    if not units:
        return say(
            _("Năm %(year)s: các xã, phường đăng ký đánh giá, phân hạng %(count)s sản phẩm."),
            year=str(year),
            count=count,
        )
    return say(
        _(
            "Năm %(year)s: %(units)s trên %(all)s quận, huyện, thị xã đăng ký đánh giá, phân hạng "
            "%(count)s sản phẩm, nhiều nhất là %(named)s."
        ),
        year=str(year),
        units=str(len(units)),
        all=str(_districts(scope)),
        count=count,
        named=_listed(named),
    )


def _within(name: str) -> str:
    """A unit's name in the middle of a sentence: huyện Phú Xuyên."""
    return name[:1].lower() + name[1:]


def _districts(scope: Scope) -> int:
    return Unit.objects.filter(
        level=Level.DISTRICT, parent__code=scope.province, parent__level=Level.PROVINCE
    ).count()


def _target(scope: Scope, progress: Progress) -> list[Sentence]:
    if progress.target is None or progress.share_percent is None:
        return []
    values: dict[str, Piece] = {
        "target": Number(numbers.write_number(progress.target), "", scope),
        "term": str(scope.term),
        "done": _number(progress.evaluated_in_term, "evaluated_in_term", scope),
        "share": Number(numbers.write_percent(progress.share_percent), "", scope),
        "missing": Number(numbers.write_number(progress.missing or 0), "", scope),
    }
    if progress.is_reached:
        message = _(
            "Mục tiêu giai đoạn %(term)s là %(target)s sản phẩm; đã đánh giá, phân hạng %(done)s, "
            "bằng %(share)s mục tiêu."
        )
    else:
        message = _(
            "Mục tiêu giai đoạn %(term)s là %(target)s sản phẩm; đã đánh giá, phân hạng %(done)s, "
            "bằng %(share)s; còn thiếu %(missing)s sản phẩm."
        )
    return [say(message, **values)]


def _forecast(scope: Scope, progress: Progress) -> list[Sentence]:
    more = progress.expected_by_year_end > progress.evaluated_in_term
    if progress.target is None or progress.is_reached or not more:
        return []
    values: dict[str, Piece] = {
        "year": str(scope.as_of.year),
        "registered": _number(progress.registered_this_year, "registered", scope),
        "expected": Number(numbers.write_number(progress.expected_by_year_end), "", scope),
        "term": str(scope.term),
    }
    early = scope.term.last - scope.as_of.year
    if progress.target_reached_in is None:
        message = _(
            "Năm %(year)s các đơn vị đăng ký %(registered)s sản phẩm; nếu tất cả đạt, đến hết năm "
            "giai đoạn %(term)s có %(expected)s sản phẩm, vẫn chưa đủ mục tiêu."
        )
    elif early > 0:
        values["early"] = str(early)
        message = _(
            "Năm %(year)s các đơn vị đăng ký %(registered)s sản phẩm; nếu tất cả đạt, đến hết năm "
            "giai đoạn %(term)s có %(expected)s sản phẩm, hoàn thành mục tiêu sớm %(early)s năm."
        )
    else:
        message = _(
            "Năm %(year)s các đơn vị đăng ký %(registered)s sản phẩm; nếu tất cả đạt, đến hết năm "
            "giai đoạn %(term)s có %(expected)s sản phẩm, hoàn thành mục tiêu."
        )
    return [say(message, **values)]


def _valid(scope: Scope) -> Sentence:
    figure = queries.figure(scope, "valid")
    return say(
        _("Ngày %(day)s có %(count)s sản phẩm còn hiệu lực hạng sao."),
        day=numbers.write_date(scope.as_of),
        count=_number(figure.value or 0, "valid", scope),
    )


def _renewed(scope: Scope) -> list[Sentence]:
    """What became of the stars that ended in the term."""
    in_time = queries.figure(scope, "renewed_in_time_share")
    if not in_time.whole or in_time.value is None:
        return []
    late = queries.figure(scope, "renewed_late").value or 0
    reading = indicators.get("renewed_in_time_share")
    return [
        say(
            _(
                "Trong giai đoạn %(term)s, %(ended)s sản phẩm có hạng sao hết hạn: %(in_time)s "
                "được công nhận lại đúng hạn (%(share)s), %(late)s sau hạn, %(none)s chưa được "
                "công nhận lại."
            ),
            term=str(scope.term),
            ended=_number(in_time.whole, "ended", scope),
            in_time=_number(in_time.part or 0, reading.key, scope),
            share=reading.write(in_time.value),
            late=_number(late, "renewed_late", scope),
            none=_number(in_time.whole - (in_time.part or 0) - int(late), "not_renewed", scope),
        )
    ]


def _reported(scope: Scope) -> list[Sentence]:
    villages = indicators.get("craft_villages").figure(scope)
    stamped = indicators.get("stamped_products").figure(scope)
    found = []
    if villages.value is not None:
        number = _told(villages, "craft_villages", scope)
        found.append(say(_("Có %(villages)s làng có nghề."), villages=number))
    if stamped.value:
        number = _told(stamped, "stamped_products", scope)
        message = _("Có %(stamped)s sản phẩm nông sản được gắn tem truy xuất nguồn gốc (mã QR).")
        found.append(say(message, stamped=number))
    return found


def _sales_points(scope: Scope) -> list[Sentence]:
    reading = indicators.get("sales_points")
    figure = reading.figure(scope)
    if figure.value is None:
        return []
    found = [
        say(
            _("Có %(points)s điểm giới thiệu và bán sản phẩm OCOP."),
            points=_told(figure, "sales_points", scope),
        )
    ]
    assert isinstance(reading, Reported)
    communes = reading.communes(scope)
    for district in reading.set_up(scope):
        choice = ("district_then", district.key)
        names = ", ".join(_within(name) for name in communes.get(district.key, ()))
        message = _("Trong đó %(district)s có %(points)s điểm, tại %(communes)s.")
        if not names:
            message = _("Trong đó %(district)s có %(points)s điểm.")
        number = _number(district.count, "sales_points", scope, choice)
        unit = _within(district.label)
        found.append(say(message, district=unit, points=number, communes=names))
    return found


def _design_centres(scope: Scope) -> list[Sentence]:
    found = []
    for target in queries.targets_of(scope):
        if target.indicator != "design_centres":
            continue
        low = numbers.write_number(int(target.low))
        high = "" if target.high is None else f"–{numbers.write_number(int(target.high))}"
        message = _("Năm %(year)s dự kiến công nhận %(count)s trung tâm thiết kế sáng tạo.")
        found.append(
            say(message, year=str(target.starts_on.year), count=Number(low + high, "", scope))
        )
    return found


def _fairs(scope: Scope) -> list[Sentence]:
    """Who began: the units of the first year."""
    rows = list(queries.listed(indicators.get("fair_support_since"), scope))
    if not rows:
        return []
    year = rows[0].counted_year
    names = [_within(row.name) for row in rows if row.counted_year == year]
    told = ", ".join(names) if len(names) <= _NAMED else _("%s đơn vị") % len(names)
    message = _("Từ năm %(year)s, %(unit)s hỗ trợ chủ thể làm hồ sơ, gắn tem và dự hội chợ.")
    return [say(message, year=str(year), unit=told)]
