"""The persons behind a producer as a registry tells them. Remarks do not repeat what stood there:
more people read remarks than may read of persons."""

import re
from dataclasses import dataclass

from ocop.core import folding
from ocop.recognition.registry_import.codes import Code

MOST = 1_000_000  # more people no producer has
_SEXES = {
    "nam": "male", "male": "male", "m": "male", "ong": "male",
    "nu": "female", "female": "female", "f": "female", "ba": "female",
}  # fmt: skip
_COUNT = re.compile(
    r"(\d{1,7}|\d{1,3}(?:[.,]\d{3})+)(?: (?:nguoi|thanh vien|xa vien|lao dong|ho|people))?"
)


@dataclass(frozen=True, slots=True)
class Persons:
    """The leader and how many people, as far as a row tells."""

    leader_name: str = ""
    leader_sex: str = ""
    members: int | None = None
    workers: int | None = None
    workers_local: int | None = None


NOBODY = Persons()  # of a file that has no column for them


def read_sex(text: str) -> str:
    """`female` or `male`; "" where the text tells neither."""
    return _SEXES.get(folding.fold(text).strip(" ."), "")


def read_count(text: str) -> tuple[int | None, Code | None]:
    """A number of people, or why it is none."""
    found = _COUNT.fullmatch(folding.fold(text).strip(" ."))
    count = int(re.sub(r"[.,]", "", found[1])) if found else None
    if count is None or count > MOST:
        return None, Code.PEOPLE_UNREADABLE
    return count, None
