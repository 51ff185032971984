"""Addresses: how many come out right, ambiguous or wrong, and how long 10,000 take."""

import random
import time
from collections import Counter
from datetime import date

from ocop.core.folding import fold
from ocop.places import gazetteer, locate
from ocop.places.locating import _locate

STYLES = {
    "full": ", ".join,
    "without marks": lambda names: fold(", ".join(names)),
    "without commas": " ".join,
    "without district": lambda names: f"{names[0]}, {names[-1]}",
    "without province": lambda names: ", ".join(names[:-1]),
    "commune only": lambda names: names[0],
}


def main() -> None:
    started = time.perf_counter()
    lists = gazetteer.load()
    print(f"lists loaded in {time.perf_counter() - started:.2f} s")
    old = [e for e in lists.entries if e.level == "commune" and e.valid_to]
    for name, style in STYLES.items():
        counts: Counter[str] = Counter()
        for entry in old:
            day = date(2025, 3, 1) if entry.valid_from.year == 2025 else date(2024, 6, 1)
            found = locate(style([entry.name, *(a.name for a in entry.ancestors())]), day)
            now = lists.follow(entry, date.max)
            if found.ambiguous:
                counts["ambiguous"] += 1
            elif found.then is entry and (found.now is now[0].entry if now else found.now is None):
                counts["right"] += 1
            else:
                counts["wrong"] += 1
        told = ", ".join(f"{counts[key]} {key}" for key in ("right", "ambiguous", "wrong"))
        print(f"{name:<18}{told}")
    names = [[e.name, *(a.name for a in e.ancestors())] for e in old]
    random.seed(1)
    for label, day in (("of their day", date(2024, 6, 1)), ("written today", date(2026, 11, 1))):
        chosen = random.choices(names, k=10_000)
        texts = [f"Số {i}, {', '.join(parts)}" for i, parts in enumerate(chosen)]
        _locate.cache_clear()
        started = time.perf_counter()
        for text in texts:
            locate(text, day)
        print(f"10,000 addresses {label}: {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    main()
