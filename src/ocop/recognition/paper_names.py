"""How a decision about a star is written down: its number, and who signed it."""

from dataclasses import replace

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.products import codes

_AT_THE_END = " .,;:"  # of a name that was copied with the rest of its line


def single_number(text: str) -> str:
    """The number of a decision on single stars. Refused: what is none; one with a year, which only
    a decision that makes law bears (Decree 30/2020/NĐ-CP numbers single ones without)."""
    found = codes.parse_decision_number(text)
    if found.year:
        raise Refused(
            "number_of_law",
            _(
                "Số có năm là số của văn bản quy phạm pháp luật; quyết định về một hạng sao ghi "
                "như %s. Hãy xem lại văn bản."
            )
            % replace(found, year=None),
        )
    return str(found)


def signer_of(text: str) -> str:
    """The name of who signed, without what stood behind it on the line."""
    return folding.clean(text).rstrip(_AT_THE_END)
