"""Moments that callers send: with a zone or, without one, of this country's clocks."""

from datetime import datetime
from typing import Annotated

from django.utils import timezone
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

_YEARS = range(2000, 2101)


def _placed(moment: datetime) -> datetime:
    """The moment with its zone. Refused: a year that no sitting and no visit is in."""
    if moment.year not in _YEARS:
        raise PydanticCustomError("date_out_of_range", "year from 2000 to 2100")
    return moment if moment.tzinfo else timezone.make_aware(moment)


Moment = Annotated[datetime, AfterValidator(_placed)]
