"""Tables of the network."""

from ocop.network.models.points import (
    Basis,
    Chain,
    KeyGood,
    PointKeeper,
    PointPhoto,
    PointState,
    PointVisit,
    Sale,
    SalesPoint,
    SalesReport,
    StockLine,
)

__all__ = [
    "Basis",
    "Chain",
    "KeyGood",
    "PointKeeper",
    "PointPhoto",
    "PointState",
    "PointVisit",
    "Sale",
    "SalesPoint",
    "SalesReport",
    "StockLine",
]
