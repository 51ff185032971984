"""The producer's pages of trade events, as its navigation shows them."""

PAGES = (
    "producer_events",
    "producer_event",
    "producer_event_apply",
    "producer_event_change",
    "producer_event_withdraw",
)
