"""The sheets of an item as the office keeps them, from a served demonstration: who gave what.

Run as `python -m tests.e2e.sheets_told ITEM` with the server's OCOP_DATA_DIR; prints JSON.
"""

import json
import os
import sys


def main(code: str) -> None:
    """One entry for each sheet, so that a doubled one shows."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
    import django

    django.setup()
    from ocop.councils.models import Sheet

    sheets = Sheet.objects.filter(item__code=code).order_by("seat__pk")
    told = [(sheet.seat.user.email, sheet.marks) for sheet in sheets]
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
