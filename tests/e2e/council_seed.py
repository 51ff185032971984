"""Puts a council that sits into a served demonstration; prints its people and cases as JSON.

Run as `python -m tests.e2e.council_seed TITLE …` with the server's OCOP_DATA_DIR.
"""

import json
import os
import sys


def main(titles: list[str]) -> None:
    """One hall with a case for each title; everybody signs in with the demonstration's password."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
    import django

    django.setup()
    from django.utils import timezone

    from ocop.demonstration.logins import PASSWORD
    from tests.councils.hall import new_case, open_hall

    now = timezone.now()
    hall = open_hall(now, members=5, cases=[new_case(now, title=title) for title in titles])
    for user in hall.people:
        user.set_password(PASSWORD)
        user.save()
    told = {
        "people": [user.email for user in hall.people],
        "items": {item.case.title: item.code for item in hall.items},
    }
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
