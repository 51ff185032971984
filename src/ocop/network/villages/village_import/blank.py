"""A workbook to fill in: every column that is read, under a heading that is understood."""

from typing import IO

import xlsxwriter

from ocop.core.language import gettext as _
from ocop.network.villages.village_import.fields import REQUIRED, Field

_WIDTH = 22


def write_blank(into: IO[bytes]) -> None:
    """Write the workbook; what must be filled in is bold. Headings are read back in any language
    of the pages."""
    book = xlsxwriter.Workbook(into, {"in_memory": True})
    page = book.add_worksheet(_("Làng nghề"))
    must, may = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"text_wrap": True}),
    )
    for place, field in enumerate(Field):
        page.write_string(0, place, field.label, must if field in REQUIRED else may)
    page.set_column(0, len(Field) - 1, _WIDTH)
    page.freeze_panes(1, 0)
    book.close()
