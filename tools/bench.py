"""Every figure we claim, measured now: runs each `tools/bench_*.py` in a process of its own.

`python tools/bench.py [NAME…]` runs all of them or the named ones. Each prints its own lines;
ratios compare rivals that were interleaved in one run, so they hold on other machines, too.
"""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent


def machine() -> str:
    """What a figure depends on, and how busy it was: others at work make it worse."""
    info = Path("/proc/cpuinfo")
    told = info.read_text().splitlines() if info.exists() else []
    model = next((line.partition(":")[2].strip() for line in told if "model name" in line), "")
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    busy = os.getloadavg()[0]
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {model or platform.machine()}, {cores} cores, "
        f"{memory:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, load {busy:.1f} as it begins"
    )


def main(names: list[str]) -> int:
    scripts = sorted(HERE.glob("bench_*.py"))
    known = {script.stem.removeprefix("bench_"): script for script in scripts}
    if unknown := [name for name in names if name not in known]:
        sys.exit(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(known)}.")
    print(machine(), flush=True)
    failed = 0
    for name in names or known:
        print(f"\n== {name}", flush=True)
        failed |= subprocess.run([sys.executable, known[name]], check=False).returncode
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
