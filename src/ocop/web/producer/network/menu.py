"""The pages of the points that one keeps, as the navigation shows them."""

PAGES = (
    "producer_points",
    "producer_point",
    "producer_point_new",
    "producer_point_change",
    "producer_point_stock",
    "producer_point_unstock",
    "producer_sales",
)
