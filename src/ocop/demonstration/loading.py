"""Writing the plan into the tables, many rows at a time. Called inside the action only."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from random import Random
from typing import TypeVar

from django.db import models

from ocop.core import attachments, db
from ocop.core.codes import public_code
from ocop.core.folding import words
from ocop.criteria.models import LegalVersion
from ocop.demonstration import frame, pictures, trades
from ocop.demonstration.geography import Geography
from ocop.demonstration.rows import Plan, ProductRow, RecognitionRow, UnitKey
from ocop.dossiers.models import Registration
from ocop.places.models import Unit
from ocop.producers.models import Producer
from ocop.products.models import Product, ProductImage, ProductState
from ocop.recognition.keys import row_key
from ocop.recognition.models import Decision, Evidence, Recognition, Revocation

M = TypeVar("M", bound=models.Model)
_CAPTION = "Tranh vẽ minh họa, không phải ảnh sản phẩm (mẫu)"
_WITHOUT_PICTURE = 4  # every fourth product waits for its photograph
_FARM_WITHOUT = 30  # of farm goods fewer: without a photograph no stamp of theirs is active


class Loader:
    """Turns rows of the plan into rows of tables; knows the keys of what it has written."""

    def __init__(self, plan: Plan, geography: Geography, at: datetime) -> None:
        self._plan = plan
        self._geography = geography
        self._at = at
        self._random = Random(frame.SEED)
        self._units = _unit_keys()
        self._numbers = {row.key: row.number for row in plan.decisions}
        self.written: dict[str, list[int]] = {}
        self.producers: list[Producer] = []
        self.products: list[Product] = []

    def load(self) -> None:
        """Write everything, in the order in which rows need each other."""
        self._load_producers()
        self._load_products()
        self._load_pictures()
        self._load_recognitions()
        self._load_registrations()

    def keep(self, rows: Iterable[M]) -> list[M]:
        """Insert rows of one table and remember their keys for the event."""
        kept = list(rows)
        db.insert(kept)
        self.remember(kept)
        return kept

    def remember(self, rows: Sequence[models.Model]) -> None:
        """Rows of one table that were inserted by others, for the event."""
        name = str(type(rows[0])._meta.model_name)
        self.written.setdefault(name, []).extend(row.pk for row in rows)

    def busiest_producer(self) -> Producer:
        """The maker of most products of the programme."""
        made = Counter(row.producer for row in self._plan.products if row.in_ocop)
        number, _times = made.most_common(1)[0]
        return self.producers[number]

    def unit(self, key: UnitKey) -> int:
        """The table's key of a unit."""
        return self._units[key]

    def _now(self, producer: int) -> int:
        home = self._plan.producers[producer].home
        return self.unit(self._geography.communes[home].now.key)

    def _load_producers(self) -> None:
        self.producers = self.keep(
            Producer(
                code=public_code(self._random),
                name=row.name,
                folded=words(row.name),
                kind=row.kind,
                tax_code=row.tax_code,
                address=row.address,
                province=frame.PROVINCE,
                unit_id=self.unit(row.unit),
                commune_id=self._now(row.number),
                lat=row.lat,
                lon=row.lon,
                website=row.website,
                story=row.story,
                leader_name=row.leader_name,
                leader_sex=row.leader_sex,
                leader_ethnicity=row.leader_ethnicity,
                members=row.members,
                workers=row.workers,
                workers_local=row.workers_local,
                listed=True,
                demonstration=True,
                created_at=self._at,
            )
            for row in self._plan.producers
        )

    def _load_products(self) -> None:
        self.products = self.keep(self._product(row) for row in self._plan.products)

    def _product(self, row: ProductRow) -> Product:
        producer = self.producers[row.producer]
        return Product(
            code=public_code(self._random),
            official_code=row.official_code,
            old_code=row.old_code,
            name=row.name,
            folded=words(row.name, producer.name),
            producer=producer,
            sector=trades.sector_of(row.set_number),
            set_number=row.set_number,
            gtin=row.gtin,
            in_ocop=row.in_ocop,
            state=ProductState.STOPPED if row.stopped else ProductState.ACTIVE,
            story=row.story,
            revenue=row.revenue,
            province=frame.PROVINCE,
            unit_id=self.unit(row.unit),
            commune_id=self._now(row.producer),
            listed=True,
            demonstration=True,
            created_at=self._at,
        )

    def _load_pictures(self) -> None:
        drawn: dict[tuple[str, int], int] = {}
        images = []
        for row, product in zip(self._plan.products, self.products, strict=True):
            if row.number % (_WITHOUT_PICTURE if row.in_ocop else _FARM_WITHOUT) == 0:
                continue
            trade = self._plan.producers[row.producer].trade
            key = (trade, row.number // _WITHOUT_PICTURE % pictures.VARIETIES)
            if key not in drawn:
                name = f"{trade}-{key[1]}.jpg"
                stored = attachments.store(pictures.picture(*key), filename=name, at=self._at)
                drawn[key] = stored.pk
            images.append(ProductImage(product=product, attachment_id=drawn[key], caption=_CAPTION))
        self.keep(images)

    def _load_recognitions(self) -> None:
        versions = list(LegalVersion.objects.of_products())
        decisions = self.keep(
            Decision(
                number=row.number,
                signed_on=row.key.signed_on,
                published_on=row.key.signed_on,
                authority=row.key.authority,
                unit_id=None if row.unit is None else self.unit(row.unit),
                legal_version=_in_force(versions, row.key.signed_on),
                demonstration=True,
            )
            for row in self._plan.decisions
        )
        of_key = {
            row.key: decision.pk
            for row, decision in zip(self._plan.decisions, decisions, strict=True)
        }
        stars = self.keep(
            self._recognition(row, of_key.get(row.decision) if row.decision else None)
            for row in self._plan.recognitions
        )
        if revoked := [
            Revocation(recognition=star, revoked_on=star.revoked_on, ground=star.revoked_ground)
            for star in stars
            if star.revoked_on is not None
        ]:
            self.keep(revoked)

    def _recognition(self, row: RecognitionRow, decision: int | None) -> Recognition:
        product = self.products[row.product]
        number = self._numbers[row.decision] if row.decision else ""
        return Recognition(
            product=product,
            decision_id=decision,
            authority=row.authority,
            kind=row.kind,
            stars=row.stars,
            potential_five=row.rank == frame.POTENTIAL,
            total=row.total,
            evidence=Evidence.M,
            evaluated_on=row.evaluated_on,
            year=row.evaluated_on.year,
            valid_from=row.valid_from,
            expires_on=row.expires_on,
            extended_until=row.extended_until,
            extension_reason=row.extension_reason,
            revoked_on=row.revoked_on,
            revoked_ground=row.revoked_ground,
            annulled_on=row.annulled_on,
            annulling_number=row.annulling_number,
            annulling_signed_on=row.annulled_on,
            annulling_authority=row.authority if row.annulling_number else "",
            province=frame.PROVINCE,
            address=row.address,
            unit_id=self.unit(row.unit),
            commune_id=product.commune_id,
            row_key=row_key(
                decision=number,
                signed_on=row.evaluated_on if number else None,
                authority=row.authority,
                product=product.name,
                producer=product.producer.name,
            ),
            created_at=self._at,
        )

    def _load_registrations(self) -> None:
        self.keep(
            Registration(
                year=row.year,
                unit_id=self.unit(row.unit),
                province=frame.PROVINCE,
                product_name=row.product_name,
                producer_name=row.producer_name,
                product=None if row.product is None else self.products[row.product],
                kind=row.kind,
                registered_on=row.registered_on,
                withdrawn_on=row.withdrawn_on,
                demonstration=True,
            )
            for row in self._plan.registrations
        )


def _unit_keys() -> Mapping[UnitKey, int]:
    rows = Unit.objects.values_list("code", "valid_from", "level", "pk")
    return {UnitKey(code, since, level): pk for code, since, level, pk in rows}


def _in_force(versions: list[LegalVersion], day: date) -> LegalVersion | None:
    """The decision of the Prime Minister under which products were assessed on a day.

    Where an old one ends by a transition, it comes before the new one: what was decided then had
    been filed under it (Art. 12, Decision 26/2026/QĐ-TTg).
    """
    known = [
        version
        for version in versions
        if version.effective_from <= day
        and (version.effective_to is None or day < version.effective_to)
    ]
    ending = [version for version in known if version.effective_to]
    return max(ending or known, key=lambda version: version.effective_from, default=None)
