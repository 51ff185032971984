"""The producer's pages of training, as its navigation shows them."""

PAGES = (
    "producer_training",
    "producer_class",
    "producer_class_enrol",
    "producer_class_withdraw",
    "producer_class_test",
)
