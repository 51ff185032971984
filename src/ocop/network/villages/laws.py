"""The thresholds of each decree, from the dated file beside this one."""

from datetime import date
from functools import cache
from importlib import resources

import yaml

from ocop.network.villages.criteria import Law


@cache
def laws() -> tuple[Law, ...]:
    """All decrees, the oldest first."""
    text = resources.files("ocop.network.villages").joinpath("data", "laws.yaml").read_text("utf-8")
    found = [
        Law(
            decree=row["decree"],
            since=row["in_force_from"],
            until=row["in_force_to"],
            household_percent=row["household_percent"],
            stable_years=row["stable_years"],
            older_than=row["trade_older_than_years"],
        )
        for row in yaml.safe_load(text)
    ]
    return tuple(sorted(found, key=lambda law: law.since))


def law_on(day: date) -> Law | None:
    """The decree in force on a day; None before the first that is known here."""
    return next((law for law in laws() if law.holds_on(day)), None)
