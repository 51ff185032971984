"""Reads about the demonstration: whether it is here, and whether it may come."""

from ocop.core import options
from ocop.core.language import noop as N_
from ocop.demonstration import frame
from ocop.people.models import User
from ocop.producers.models import Producer
from ocop.recognition.models import Recognition

VERSION = options.declare(
    "demonstration.version",
    0,
    N_("Phiên bản của dữ liệu mẫu đã nạp"),
    lambda value: isinstance(value, int),
)


def is_loaded() -> bool:
    """True when this installation holds the demonstration, of whatever version."""
    return options.DEMONSTRATION.get() and VERSION.get() > 0


def is_current() -> bool:
    """True when it holds the demonstration as this program would load it."""
    return options.DEMONSTRATION.get() and VERSION.get() == frame.VERSION


def may_be_filled() -> bool:
    """True for an installation without province, people, producers and recognitions."""
    return not (
        options.PROVINCE.get()
        or User.objects.exists()
        or Producer.objects.exists()
        or Recognition.objects.exists()
    )
