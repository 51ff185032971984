"""Where is a product made, when the row that brought it did not say for certain?

A row of an old unit that was divided has no commune of today. A later row that has one tells it;
what is known already stays: an officer's word is never changed by a file.
"""

from django.db.models import F

from ocop.products.models import Product
from ocop.recognition.comparing import CHUNK, chunks
from ocop.recognition.models import Evidence, ImportBatch, Recognition


def settle_places(batch: ImportBatch) -> int:
    """Give the products of an import that have no commune that of its newest row that has one.
    Returns how many. Called inside an action, at publication: from then on nothing is undone."""
    rows = (
        Recognition.objects.filter(batch=batch, product__commune=None)
        .exclude(commune=None)
        .exclude(evidence=Evidence.B2)
        .order_by(F("evaluated_on").asc(nulls_first=True), "pk")
    )
    told = {
        product: (commune, unit, province)
        for product, commune, unit, province in rows.values_list(
            "product_id", "commune_id", "unit_id", "province"
        )
    }
    for some in chunks(sorted(told), CHUNK):
        found = Product.objects.in_bulk(some)
        for key, product in found.items():
            product.commune_id, unit, product.province = told[key]
            product.unit_id = product.unit_id or unit
        Product.objects.bulk_update(found.values(), ("commune", "unit", "province"))
    return len(told)
