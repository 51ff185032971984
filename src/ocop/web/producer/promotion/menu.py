"""The producer's pages of trade events, as its navigation shows them."""

PAGES = (
    "producer_trade_events",
    "producer_trade_event",
    "producer_trade_event_apply",
    "producer_trade_event_change",
    "producer_trade_event_withdraw",
)
