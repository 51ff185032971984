"""What every template may count on."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from ocop.core import options
from ocop.people import queries as people
from ocop.places.models import Level, Unit


def site(request: HttpRequest) -> dict[str, Any]:
    """The province, whether this is the demonstration, who acts, the date and unread news."""
    province = (
        Unit.objects.filter(code=options.PROVINCE.get(), level=Level.PROVINCE, valid_to=None)
        .values_list("name", flat=True)
        .first()
    )
    actor = getattr(request, "actor", None)
    short = (province or "").removeprefix("Thành phố ").removeprefix("Tỉnh ")
    return {
        "province_name": short,
        "province_full_name": province or "",
        "demonstration": options.DEMONSTRATION.get(),
        "actor": actor,
        # Counted only where a page shows it; the header of a visitor does not.
        "unread_messages": lambda: people.unread(actor) if actor else 0,
        "today": timezone.localdate(),
    }
