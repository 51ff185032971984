"""Rows for tests, with the smallest sensible content. Say in the test what matters to it."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from ocop.core.codes import public_code
from ocop.core.folding import fold, words
from ocop.criteria.models import CriteriaSetVersion, LegalVersion
from ocop.criteria.sets import decree, legal_versions, load_set
from ocop.dossiers.models import Registration
from ocop.places.eras import BEGINNING
from ocop.places.models import Level, Unit
from ocop.producers.models import Producer, ProducerKind
from ocop.products.models import Product, Sector
from ocop.programme.models import ReportedFigure, Target
from ocop.recognition.models import Decision, Evidence, Kind, Recognition, Revocation

CREATED = datetime(2026, 1, 1, tzinfo=UTC)
MERGER = date(2025, 7, 1)  # the day districts ended
#: The smallest PDF that shows a page.
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


class UnitFactory(DjangoModelFactory[Unit]):
    """A commune of today; pass level, parent, valid_from and valid_to for others."""

    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"{n % 100000:05d}")
    name = factory.Sequence(lambda n: f"Xã Số {n}")
    kind = "xã"
    level = Level.COMMUNE
    parent = None
    valid_from = MERGER
    valid_to = None
    folded = factory.LazyAttribute(lambda o: fold(o.name))


class OldUnitFactory(UnitFactory):
    """A unit that ended with the districts on 2025-06-30."""

    valid_from = BEGINNING
    valid_to = MERGER


class ProducerFactory(DjangoModelFactory[Producer]):
    class Meta:
        model = Producer

    code = factory.LazyFunction(public_code)
    name = factory.Sequence(lambda n: f"Hợp tác xã {n}")
    folded = factory.LazyAttribute(lambda o: words(o.name))
    kind = ProducerKind.COOPERATIVE
    province = "01"
    listed = True
    created_at = CREATED


class ProductFactory(DjangoModelFactory[Product]):
    class Meta:
        model = Product

    code = factory.LazyFunction(public_code)
    name = factory.Sequence(lambda n: f"Sản phẩm {n}")
    producer = factory.SubFactory(ProducerFactory)
    folded = factory.LazyAttribute(lambda o: words(o.name, o.producer.name))
    sector = Sector.FOOD
    province = "01"
    listed = True
    created_at = CREATED


class DecisionFactory(DjangoModelFactory[Decision]):
    class Meta:
        model = Decision

    number = factory.Sequence(lambda n: f"{n}/QĐ-UBND")
    signed_on = date(2024, 12, 30)
    authority = "UBND thành phố Hà Nội"


class RecognitionFactory(DjangoModelFactory[Recognition]):
    """A first recognition on a signed decision, three stars, valid for 36 months."""

    class Meta:
        model = Recognition
        skip_postgeneration_save = True

    class Params:
        on = date(2024, 12, 30)

    product = factory.SubFactory(ProductFactory)
    decision = factory.SubFactory(DecisionFactory, signed_on=factory.SelfAttribute("..on"))
    authority = "UBND thành phố Hà Nội"
    kind = Kind.FIRST
    stars = 3
    evidence = Evidence.A
    evaluated_on = factory.SelfAttribute("on")
    valid_from = factory.SelfAttribute("on")
    expires_on = factory.LazyAttribute(lambda o: o.on.replace(year=o.on.year + 3))
    province = factory.SelfAttribute("product.province")
    row_key = factory.Sequence(lambda n: f"row-{n}")
    created_at = CREATED

    @factory.post_generation
    def _revocations(obj: Recognition, create: bool, _given: object, **_more: object) -> None:  # noqa: N805
        """A star that is revoked has its revocation in the table of them, too."""
        if create and obj.revoked_on is not None:
            revocation_of(obj)


def revocation_of(row: Recognition) -> Revocation:
    """The revocation that the columns of a star tell of, by a decision that is not known."""
    return Revocation.objects.create(
        recognition=row,
        ground=row.revoked_ground,
        revoked_on=row.revoked_on,
        restored_on=row.restored_on,
    )


class RegistrationFactory(DjangoModelFactory[Registration]):
    class Meta:
        model = Registration

    year = 2024
    unit = factory.SubFactory(OldUnitFactory)
    province = "01"
    product_name = factory.Sequence(lambda n: f"Sản phẩm đăng ký {n}")
    kind = Kind.FIRST
    registered_on = factory.LazyAttribute(lambda o: date(o.year, 1, 15))


class TargetFactory(DjangoModelFactory[Target]):
    class Meta:
        model = Target

    indicator = "evaluated_in_term"
    starts_on = date(2021, 1, 1)
    ends_on = date(2026, 1, 1)
    low = 2000
    source = "04-CTr/TU"


class ReportedFigureFactory(DjangoModelFactory[ReportedFigure]):
    class Meta:
        model = ReportedFigure

    as_of = date(2024, 3, 31)
    value = 1
    source = "Báo cáo của Văn phòng Điều phối"


def version(number: int = 13) -> CriteriaSetVersion:
    """The packaged set of this number under the decree in force, published.

    Its row alone: to load the whole decree takes more than a second each time.
    """
    facts = next(each for each in legal_versions() if each["code"] == decree()["code"])
    told = {name: facts[name] for name in ("document", "issued_on", "effective_from")}
    law, _new = LegalVersion.objects.get_or_create(code=facts["code"], defaults=told)
    found = load_set(number)
    row, _new = CriteriaSetVersion.objects.get_or_create(
        legal_version=law,
        number=number,
        revision=1,
        defaults={
            "name": found.name,
            "sector": found.sector,
            "content": dict(found.raw),
            "sha256": found.sha256,
            "published_at": CREATED,
        },
    )
    return row
