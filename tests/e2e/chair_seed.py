"""A council of three with a sitting behind it and one that sits, in a served demonstration.

Run with the server's OCOP_DATA_DIR: `python -m tests.e2e.chair_seed open` prints its people and
addresses as JSON; `… chair_seed submit ITEM WHO TOTAL [WHO TOTAL …]` gives in sheets of members.
"""

import json
import os
import sys
from datetime import timedelta
from decimal import Decimal

PAST = (80, 70, 75)  # the totals of the sitting that is over
FIRST, SECOND = "Trà sen họp chủ tọa (mẫu)", "Bánh cốm họp chủ tọa (mẫu)"


def main(verb: str, *arguments: str) -> None:
    """Do what the first word says."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
    import django

    django.setup()
    if verb == "open":
        print(json.dumps(_open()))  # noqa: T201
    else:
        _submit(*arguments)


def _open() -> dict[str, object]:
    """The past sitting is concluded by services; of the other, two cases wait for marks."""
    from django.utils import timezone

    from ocop.councils.services import concluding, sittings
    from ocop.criteria.sets import load_set
    from ocop.demonstration.logins import PASSWORD
    from tests.councils.hall import build_hall, marks, new_case, open_up

    now = timezone.now()
    hall = build_hall(now, members=3, cases=[new_case(now, title="Cà phê phiên trước (mẫu)")])
    for user in hall.people:
        user.set_password(PASSWORD)
        user.save()
    open_up(hall)
    hall.submit_all(*PAST)
    hall.answer()
    given = [marks(load_set(13), total) for total in PAST]
    for criterion in load_set(13).criteria:
        if any(option.min_for_star for option in criterion.options):
            concluding.agree_level(
                actor=hall.chair,
                item=hall.item,
                criterion=criterion.code,
                points=max(each[criterion.code] for each in given),
                reason="Sau thảo luận",
                at=now,
            )
    hall.conclude()
    sittings.close_sitting(
        actor=hall.chair, sitting=hall.sitting, minutes_number="01/BB-HĐ",
        minutes_on=timezone.localdate(now), at=now,
    )  # fmt: skip
    past = hall.sitting.code
    hall.sitting = sittings.plan_sitting(
        actor=hall.planner, council=hall.council, kind="meeting", title="Phiên họp thứ hai",
        place="Hội trường", starts_at=now + timedelta(minutes=1), passing=2, until=None, at=now,
    )  # fmt: skip
    cases = [
        new_case(now, title=FIRST, self_total=Decimal(80), self_star=4),
        new_case(now, title=SECOND),
    ]
    hall.items = sittings.set_agenda(actor=hall.planner, sitting=hall.sitting, cases=cases, at=now)
    open_up(hall)
    return {
        "council": hall.council.code,
        "past": past,
        "sitting": hall.sitting.code,
        "items": {item.case.title: item.code for item in hall.items},
        "people": [user.email for user in hall.people],
        "names": [user.name for user in hall.people],
    }


def _submit(code: str, *pairs: str) -> None:
    from django.utils import timezone

    from ocop.councils.models import Item
    from ocop.councils.services import sheets
    from ocop.councils.services.sheets import Change
    from ocop.criteria.sets import load_set
    from tests.councils.books import harmless
    from tests.councils.hall import Hall, marks

    now = timezone.now()
    stamp = int(now.timestamp() * 1000)  # later than what the member wrote before
    item = Item.objects.get(code=code)
    seats = item.sitting.council.seats.order_by("pk")
    people = [seat.user for seat in seats]
    hall = Hall(now, item.sitting.council, people, people[0], item.sitting, [item])
    for who, total in zip(pairs[::2], pairs[1::2], strict=True):
        given = marks(load_set(13), int(total))
        sheets.save_marks(
            actor=hall.actor(int(who)),
            item=item,
            changes={code: Change(points, "", stamp) for code, points in given.items()},
            gates=harmless(load_set(13)),
            rescoring_reason="Sau thảo luận",
            at=now,
        )
        sheets.submit_sheet(actor=hall.actor(int(who)), item=item, at=now)


if __name__ == "__main__":
    main(*sys.argv[1:])
