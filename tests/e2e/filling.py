"""Fill a folder with the demonstration that browser tests look at.

`python -m tests.e2e.filling FOLDER`, while other things are tested.
"""

import os
import subprocess
import sys
from pathlib import Path


def fill(folder: Path) -> None:
    """Static files and the demonstration province, as `make run` makes them."""
    folder.mkdir(exist_ok=True)
    root = Path(__file__).parents[2]
    for command in (["tools/build_static.py"], ["-m", "ocop", "demo", "--quiet"]):
        subprocess.run([sys.executable, *command], check=True, env=environment(folder), cwd=root)


def environment(folder: Path) -> dict[str, str]:
    """That of this process, with the state in this folder."""
    rest = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**rest, "OCOP_DATA_DIR": str(folder)}


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
