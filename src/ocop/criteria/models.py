"""Legal versions, criteria sets as published, and the official wording an office loads."""

from typing import ClassVar

from django.db import models


class Subject(models.TextChoices):
    """What a document lets a council judge."""

    PRODUCT = "product"
    OTHER = "other"  # whatever a room above brings with a sheet of its own


class LegalVersionQuerySet(models.QuerySet["LegalVersion"]):
    """Documents by what they are about."""

    def of_products(self) -> "LegalVersionQuerySet":
        """The decisions of the Prime Minister, under which products are assessed."""
        return self.filter(subject=Subject.PRODUCT)


class LegalVersion(models.Model):
    """A document under which something is assessed: a decision of the Prime Minister for products,
    or the document that a sheet of another kind comes from."""

    code = models.CharField(max_length=20, unique=True)  # QD26-2026
    document = models.CharField(max_length=60)  # 26/2026/QĐ-TTg
    subject = models.CharField(max_length=10, choices=Subject.choices, default=Subject.PRODUCT)
    issued_on = models.DateField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)  # half-open
    facts = models.JSONField(default=dict)  # bands, deadlines, validity as loaded

    objects = LegalVersionQuerySet.as_manager()

    class Meta:
        ordering = ("effective_from",)

    def __str__(self) -> str:
        return self.document


class CriteriaSetVersion(models.Model):
    """One criteria set as published. Never changed: another text is another version."""

    legal_version = models.ForeignKey(LegalVersion, on_delete=models.PROTECT, related_name="sets")
    number = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=4)
    content = models.JSONField()  # canonical form of the whole set
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True)
    signed_off_at = models.DateTimeField(null=True)  # compared with the signed text
    signed_off_by = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("number", "-revision")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("legal_version", "number", "revision"), name="criteria_set_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}" if self.number else self.name


class Wording(models.Model):
    """The official wording of a criterion or option, loaded over our short label."""

    version = models.ForeignKey(
        CriteriaSetVersion, on_delete=models.PROTECT, related_name="wordings"
    )
    criterion = models.CharField(max_length=10)
    option = models.PositiveSmallIntegerField(null=True)  # place of the option in its criterion
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("version", "criterion", "option"),
                name="wording_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.text[:40]}"
