"""Links of products to their shops elsewhere, and what checks of them found."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.people.models import User
from ocop.products.models import Product


class LinkState(models.TextChoices):
    """What is known of a link, as `verdicts.State` has it."""

    WAITING = "waiting", _("Chờ kiểm tra")
    ALIVE = "alive", _("Mở được")
    UNSURE = "unsure", _("Chưa chắc chắn")
    DEAD = "dead", _("Không mở được")


class ShopLink(models.Model):
    """A page elsewhere where a product can be bought. Never changed: another address is another
    link, so that what was found of one is not said of the other."""

    code = models.CharField(max_length=8, unique=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="shop_links")
    address = models.CharField(max_length=500)  # as `addresses.read` has it
    host = models.CharField(max_length=253)
    marketplace = models.CharField(max_length=20, blank=True)  # key of the data; empty: a site
    state = models.CharField(max_length=7, choices=LinkState.choices, default=LinkState.WAITING)
    reason = models.CharField(max_length=16, blank=True)  # of the last check, see `verdicts`
    failures = models.PositiveSmallIntegerField(default=0)  # in a row
    checked_at = models.DateTimeField(null=True)
    check_from = models.DateTimeField(null=True)  # when to look again; None: never
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # half-open
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="shop_link_period",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(checked_at__isnull=False),
                name="shop_link_state_of_a_check",
            ),
            models.UniqueConstraint(
                fields=("product", "address"), condition=Q(ends_on=None), name="shop_link_once"
            ),
        ]
        indexes = (
            models.Index(fields=("check_from",), name="shop_link_to_check"),
            models.Index(fields=("state", "marketplace"), name="shop_link_state"),
        )

    def __str__(self) -> str:
        return self.host


class LinkCheck(models.Model):
    """A check of a link: what came of it and, where a page answered, its status."""

    link = models.ForeignKey(ShopLink, on_delete=models.PROTECT, related_name="checks")
    at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=LinkState.choices)  # after it
    changed = models.BooleanField()  # it was another one before; such checks are never forgotten
    reason = models.CharField(max_length=16)
    status = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.link}: {self.reason}"
