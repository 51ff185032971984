"""Where is a product made, when the row that brought it did not say for certain?

A row of an old unit that was divided has no commune of today. A later row that has one tells it;
what is known already stays: an officer's word is never changed by a file. And what the product
knows holds for those of its rows that know no commune, so that there is one answer everywhere.
"""

from collections.abc import Collection

from django.db.models import F, OuterRef, Q, Subquery

from ocop.products import placing
from ocop.products.models import Product
from ocop.recognition.comparing import CHUNK, chunks
from ocop.recognition.models import Evidence, ImportBatch, Recognition
from ocop.recognition.undoing import loading_of, placed_by


def settle_places(batch: ImportBatch) -> int:
    """Give the products of an import that have no commune that of its newest row that has one.
    Returns how many. Called inside an action, at publication: from then on nothing is undone."""
    loaded = loading_of(batch)
    placed = list(map(int, placed_by(loaded))) if loaded else []
    rows = (
        Recognition.objects.filter(Q(batch=batch) | Q(pk__in=placed), product__commune=None)
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
    products = Recognition.objects.filter(batch=batch).values_list("product_id", flat=True)
    tell_rows([*told, *products.distinct()])
    return len(told)


def tell_rows(products: Collection[int]) -> None:
    """Give the rows of products that know no commune the product's, where it lies in their
    province: that has been told in the public log, and stays. Called inside an action."""
    for some in chunks(sorted(set(products)), CHUNK):
        made_in = Product.objects.filter(pk=OuterRef("product"))
        Recognition.objects.filter(
            Q(province=F("product__province")) | Q(province=""), product__in=some, commune=None
        ).exclude(product__commune=None).update(commune=Subquery(made_in.values("commune")[:1]))


def join_products() -> None:
    """Let the rows follow when somebody says where a product is made."""
    placing.FOLLOWERS.append(tell_rows)
