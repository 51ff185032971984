"""Tables of selling online."""

from ocop.market.models.links import LinkCheck, LinkState, ShopLink
from ocop.market.models.sales import OnlineReport, SellerList

__all__ = ["LinkCheck", "LinkState", "OnlineReport", "SellerList", "ShopLink"]
