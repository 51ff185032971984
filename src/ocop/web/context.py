"""What every template may count on."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from ocop.core import options
from ocop.places.models import Level, Unit


def site(request: HttpRequest) -> dict[str, Any]:
    """Name of the province, whether this is the demonstration, the actor and today's date."""
    province = (
        Unit.objects.filter(code=options.PROVINCE.get(), level=Level.PROVINCE, valid_to=None)
        .values_list("name", flat=True)
        .first()
    )
    short = (province or "").removeprefix("Thành phố ").removeprefix("Tỉnh ")
    return {
        "province_name": short,
        "province_full_name": province or "",
        "demonstration": options.DEMONSTRATION.get(),
        "actor": getattr(request, "actor", None),
        "today": timezone.localdate(),
    }
