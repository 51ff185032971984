"""`ocop score`: sheets into stars. Needs no installation."""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from ocop.commands._framework import read_lines, standard_input
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.criteria import advice, batch
from ocop.criteria.scoring import Outcome, Rule, score
from ocop.criteria.sets import CriteriaSet, load_set

SUMMARY = N_("Tính điểm và hạng sao từ phiếu chấm")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Many sheets as JSON lines, or one sheet."""
    parser.epilog = _(
        "Lệnh dùng các bộ tiêu chí đi kèm phần mềm nên chạy được khi chưa cài đặt gì. Bộ tiêu chí "
        "mà Văn phòng đã sửa và công bố trong hệ thống không được dùng ở đây: hãy dùng trang Tính "
        "điểm của Văn phòng hoặc API."
    )
    parser.add_argument("--batch", help=_("tệp phiếu, mỗi dòng một JSON; - là đầu vào chuẩn"))
    parser.add_argument("--set", type=int, help=_("số của bộ tiêu chí đi kèm phần mềm, 1 đến 26"))
    parser.add_argument("--marks", help=_("điểm của một phiếu, như 1.1=2,2.2=3, hoặc tệp JSON"))
    parser.add_argument("--rule", choices=[r.value for r in Rule], default=Rule.EVERY_MINIMUM.value)
    parser.add_argument("--json", action="store_true", help=_("in JSON"))


def run(options: argparse.Namespace) -> int:
    """Score what is given."""
    rule = Rule(options.rule)
    if options.batch:
        return _batch(options.batch, rule)
    if options.set is None or options.marks is None:
        raise Refused("sheet_missing", _("Hãy dùng --batch TỆP, hoặc --set SỐ và --marks ĐIỂM."))
    criteria_set = load_set(options.set)
    marks = _marks(options.marks)
    outcome = score(criteria_set, marks, rule=rule, dependent=True)
    ways = advice.advise(criteria_set, marks, rule=rule, dependent=True)
    if options.json:
        told = {**batch.told(None, outcome), "advice": [_way(way) for way in ways]}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(criteria_set, outcome, ways)))
    return 0


def _batch(name: str, rule: Rule) -> int:
    # A byte that is no UTF-8 is kept, so that its line is refused and the next go on.
    read = "surrogateescape"
    given = standard_input(errors=read) if name == "-" else _tracked(read_lines(name, errors=read))
    write = sys.stdout.write
    for answer in batch.answers(given, rule=rule):
        write(answer + "\n")
    sys.stdout.flush()
    return 0


def _tracked(lines: list[str]) -> Iterable[str]:
    console = Console(stderr=True)
    if not console.is_terminal or len(lines) < 20_000:  # under a second
        return lines
    return track(lines, _("Chấm phiếu"), console=console)


def _points(text: str) -> Any:
    """A number, or the text as it stands: the criterion then says what it takes."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else text


def _marks(text: str) -> dict[str, Any]:
    """`1.1=2,2.2=3`, or a JSON file of marks."""
    path = Path(text)
    try:
        if path.suffix == ".json":
            marks = json.loads(path.read_text(encoding="utf-8-sig"))
            if not isinstance(marks, dict):
                raise ValueError(text)
            return marks
        pairs = (part.split("=", 1) for part in text.split(",") if part.strip())
        return {code.strip(): _points(points.strip()) for code, points in pairs}
    except (OSError, ValueError) as error:
        raise Refused(
            "marks", _("Không hiểu điểm “%s”. Hãy viết như 1.1=2,2.2=3.") % text
        ) from error


def _way(way: advice.Way) -> dict[str, Any]:
    return {
        "star": way.star,
        "points": way.points,
        "changes": [{"criterion": c.criterion, "from": c.now, "to": c.then} for c in way.changes],
    }


def _lines(criteria_set: CriteriaSet, outcome: Outcome, ways: list[advice.Way]) -> Iterator[str]:
    yield f"{criteria_set.number}. {criteria_set.name}"
    sections = ", ".join(f"{name} {points}" for name, points in outcome.sections.items())
    yield _("Tổng điểm: %(total)d (%(sections)s)") % {"total": outcome.total, "sections": sections}
    if outcome.star is None:
        yield _("Không xếp hạng: %s") % ", ".join(g.note for g in outcome.effects)
        return
    yield _("Hạng: %(star)d sao (khung điểm %(band)d sao)") % {
        "star": outcome.star,
        "band": outcome.band,
    }
    for star in (3, 4, 5):
        for code, need in outcome.missed[star].items():
            name = criteria_set.by_code[code].name
            if star == max(outcome.star + 1, 3):
                yield _("  chưa đạt mức %(star)d sao: %(code)s %(name)s, cần %(need)d điểm") % {
                    "star": star,
                    "code": code,
                    "name": name,
                    "need": need,
                }
    for way in ways[:3]:
        changes = "; ".join(f"{c.criterion}: {c.now} → {c.then}" for c in way.changes)
        yield _("  lên %(star)d sao: %(changes)s") % {"star": way.star, "changes": changes}
