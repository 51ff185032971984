"""Tables of sales units, lots and places."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _


class ItemTable(tables.Table):
    """Sales units."""

    product = tables.Column(
        verbose_name=_("Sản phẩm"), accessor="product__name", order_by="product__folded"
    )
    name = tables.Column(verbose_name=_("Quy cách"))
