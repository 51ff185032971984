"""The zone of the programme: days are those of Vietnam, on any machine and uninstalled too."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

NAME = "Asia/Ho_Chi_Minh"
ZONE = ZoneInfo(NAME)


def today() -> date:
    """Today in Vietnam."""
    return datetime.now(ZONE).date()
