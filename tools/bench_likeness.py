"""How long the likeness warning takes against 5,000 products: `python tools/bench_likeness.py`.

Rounds are interleaved with the plain comparison one by one, so the ratio holds on a busy machine.
"""

import random
import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from ocop.products.likeness import Entry, Index, likeness

PRODUCTS, ROUNDS, ASKED = 5_000, 5, 40
KINDS = ("Gạo nếp", "Chè xanh", "Mật ong", "Rượu gạo", "Giò lụa", "Miến dong", "Tinh bột nghệ")
MAKES = ("cái hoa vàng", "đặc sản", "truyền thống", "hữu cơ", "hoa nhãn", "sấy lạnh", "nguyên chất")
PLACES = ("Ba Vì", "Hưng Thịnh", "Đông Anh", "Vân Từ", "Sơn Hà", "Tân Dân", "Minh Hồng", "Quảng An")


def main() -> None:
    """Print the median time to build the index, to ask it, and the ratio to one by one."""
    random.seed(1)
    entries = [
        Entry(
            n,
            f"{random.choice(KINDS)} {random.choice(MAKES)} {random.choice(PLACES)} {n % 400}",
            n % 900,
            n % 126,
        )
        for n in range(PRODUCTS)
    ]
    building, asking, plain = [], [], []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        index = Index(entries)
        building.append(time.perf_counter() - start)
        for asked in random.sample(entries, ASKED):
            start = time.perf_counter()
            index.alike(asked)
            asking.append(time.perf_counter() - start)
        start = time.perf_counter()
        sorted(entries, key=lambda other: -likeness(entries[0], other))
        plain.append(time.perf_counter() - start)
    ask = median(asking)
    print(f"likeness  {PRODUCTS} products, index built once   {median(building) * 1000:8.1f} ms")
    print(f"likeness  one question, median                  {ask * 1000:8.2f} ms  (limit 50)")
    print(f"likeness  one question, slowest of {len(asking)}          {max(asking) * 1000:8.2f} ms")
    print(f"likeness  comparing one by one / index          {median(plain) / ask:8.0f} ×")


if __name__ == "__main__":
    main()
