"""Where a product is made was said: the rooms above that keep a place of their own are told."""

from collections.abc import Callable, Collection

#: Each takes keys of products; rooms add theirs where all are loaded (`apps`).
FOLLOWERS: list[Callable[[Collection[int]], None]] = []


def tell(products: Collection[int]) -> None:
    """Tell everybody that the communes of products were said. Called inside an action."""
    for follow in FOLLOWERS:
        follow(products)
