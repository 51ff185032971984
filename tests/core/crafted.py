"""Workbooks that no spreadsheet writes."""

import io
import zipfile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {
    "[Content_Types].xml": "<Types "
    'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": "<Relationships "
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": "<Relationships "
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}
#: What makes the reader panic: a block of more cells than can be counted.
PANIC = ("ZZZZZZZ1", "A4294967295")
#: A block of half a thousand gigabytes; the reader ends the process.
FAR = ("A1", "XFD1048576")


def sheet(data: str, more: str = "") -> bytes:
    """A workbook of one sheet with these rows."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _PARTS.items():
            packed.writestr(name, content)
        whole = f'<worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData>{more}</worksheet>'
        packed.writestr("xl/worksheets/sheet1.xml", whole)
    return into.getvalue()


def cells(*refs: str) -> bytes:
    """A workbook with a text in each of these cells."""
    made = (f'<c r="{ref}" t="inlineStr"><is><t>x</t></is></c>' for ref in refs)
    return sheet(f'<row r="1">{"".join(made)}</row>')
