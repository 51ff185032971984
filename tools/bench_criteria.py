"""Sheets scored per second against an obvious reference, and the slowest advice."""

import json
import random
import time

from ocop.criteria.advice import advise
from ocop.criteria.batch import answers
from ocop.criteria.sets import CriteriaSet, load_all

SHEETS, ROUNDS = 20_000, 3


def _obvious(line: str, sets: dict[int, CriteriaSet]) -> str:
    """The same answer without any preparation: every option of every criterion is looked at."""
    sheet = json.loads(line)
    criteria_set, marks = sets[sheet["set"]], sheet["marks"]
    total = 0
    missed: dict[int, dict[str, int]] = {3: {}, 4: {}, 5: {}}
    for criterion in criteria_set.criteria:
        points = marks.get(criterion.code, 0)
        assert points == 0 or points in [option.points for option in criterion.options]
        total += points
        for star in missed:
            marked = [o.points for o in criterion.options if (o.min_for_star or 9) <= star]
            if marked and points < max(marked):
                missed[star][criterion.code] = max(marked)
    star = next(s for p, s in ((90, 5), (70, 4), (50, 3), (30, 2), (0, 1)) if total >= p)
    while star >= 3 and missed[star]:
        star -= 1
    return json.dumps({"id": sheet["id"], "total": total, "star": star, "missed": missed})


def main() -> None:
    random.seed(26)
    sets = load_all()
    by_number = {s.number: s for s in sets}
    chosen = [random.choice(sets) for _ in range(SHEETS)]
    marks = [{c.code: random.choice(c.levels) for c in s.criteria} for s in chosen]
    lines = [
        json.dumps({"id": i, "set": s.number, "marks": m})
        for i, (s, m) in enumerate(zip(chosen, marks, strict=True))
    ]
    for number in range(1, ROUNDS + 1):
        started = time.perf_counter()
        for _answer in answers(lines):
            pass
        ours = time.perf_counter() - started
        started = time.perf_counter()
        for line in lines:
            _obvious(line, by_number)
        obvious = time.perf_counter() - started
        print(
            f"round {number}: {SHEETS / ours:,.0f} sheets/s with JSON in and out, "
            f"{obvious / ours:.1f} x the obvious way ({SHEETS / obvious:,.0f}/s)"
        )
    slowest = 0.0
    for criteria_set in sets:
        for width in (1, 2, 99):
            for _try in range(60):
                sheet = {c.code: random.choice(c.levels[:width]) for c in criteria_set.criteria}
                started = time.perf_counter()
                advise(criteria_set, sheet)
                slowest = max(slowest, time.perf_counter() - started)
    print(f"advice: slowest of {26 * 180:,} sheets {slowest * 1000:.1f} ms")


if __name__ == "__main__":
    main()
