"""How a delivery leaves the house: one adapter for each channel.

An adapter has one function, `send(delivery)`: it returns when the other side took the message and
raises `NotSent` when it did not. E-mail is built in and needs a mail server (`OCOP_EMAIL_HOST`).
SMS and Zalo belong to a provider each office has its own contract with: the settings `OCOP_SMS`
and `OCOP_ZALO` name the class of an adapter. Without one a channel is not offered, except in the
demonstration, where a recording fake writes down what would have gone out.
"""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from ocop.core import options
from ocop.people.models import Channel, Delivery

RECORDING = "ocop.people.channels.recording.Recording"


class NotSent(Exception):
    """The other side did not take a delivery. `for_good`: trying again cannot help."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.for_good = for_good


class Adapter(Protocol):
    """What a provider's adapter must do."""

    def send(self, delivery: Delivery) -> None:
        """Send one delivery, at least once. Raises `NotSent`."""


def adapter_of(channel: str) -> Adapter | None:
    """The adapter of a channel; None where this installation has none."""
    path = settings.OCOP_CHANNELS.get(channel, "")
    if not path and options.DEMONSTRATION.get():
        path = RECORDING
    return import_string(path)() if path else None


def offered() -> list[Channel]:
    """The channels that this installation has an adapter for."""
    if options.DEMONSTRATION.get():
        return list(Channel)
    return [channel for channel in Channel if settings.OCOP_CHANNELS.get(channel)]


def by_phone() -> list[Channel]:
    """Those of them a person may choose beside the inbox and e-mail."""
    return [channel for channel in offered() if channel != Channel.EMAIL]
