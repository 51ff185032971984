"""Two pages, two people, two sendings at once lose and double nothing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.models import Attachment, Event
from ocop.dossiers.models import Dossier, Evidence, EvidenceUse, Snapshot, State
from ocop.dossiers.services import drafting
from ocop.dossiers.services import evidence as library
from ocop.recognition.models import Kind
from tests.councils.test_races import _protected_again, at_once, really_committed
from tests.dossiers import making
from tests.factories import ProducerFactory, UnitFactory

__all__ = ["_protected_again", "really_committed"]


@pytest.mark.postgres
@pytest.mark.usefixtures("really_committed")
class TestAtOnce:
    """On PostgreSQL, where writers run side by side."""

    def test_pages_that_write_different_fields_are_all_kept(self, now: datetime) -> None:
        dossier = making.draft(now)
        codes = [c.code for c in making.load_set(making.SET).criteria][:8]

        def saving(code: str) -> Callable[[], Any]:
            return lambda: drafting.save_answers(
                actor=SYSTEM,
                dossier=Dossier.objects.get(pk=dossier.pk),
                revision=0,
                marks={code: 0},
                at=now,
            )

        at_once(*map(saving, codes))
        dossier.refresh_from_db()
        assert dossier.marks == dict.fromkeys(codes, 0)
        assert dossier.revision == len(codes)

    def test_one_field_written_by_many_is_written_once(self, now: datetime) -> None:
        dossier = making.draft(now)

        def saving(text: str) -> Callable[[], Any]:
            return lambda: drafting.save_answers(
                actor=SYSTEM,
                dossier=Dossier.objects.get(pk=dossier.pk),
                revision=0,
                answers={"plan": text},
                at=now,
            )

        found = at_once(*map(saving, "abcd"))
        assert found.count("changed_meanwhile") == 3
        dossier.refresh_from_db()
        assert dossier.revision == 1

    def test_a_dossier_filed_many_times_is_filed_once(self, now: datetime) -> None:
        dossier = making.filled(now)
        act = lambda: drafting.submit_dossier(  # noqa: E731
            actor=SYSTEM, dossier=Dossier.objects.get(pk=dossier.pk), at=now
        )
        found = at_once(*[act] * 4)
        assert found.count("move_not_possible") == 3
        assert Snapshot.objects.count() == 1
        assert Event.objects.filter(name="dossiers.submitted").count() == 1

    def test_dossiers_of_a_commune_filed_at_once_get_numbers_in_a_row(self, now: datetime) -> None:
        commune = UnitFactory()
        filled = [making.filled(now, commune=commune) for _one in range(5)]

        def filing(dossier: Dossier) -> Callable[[], Any]:
            return lambda: drafting.submit_dossier(actor=SYSTEM, dossier=dossier, at=now)

        at_once(*map(filing, filled))
        numbers = Dossier.objects.filter(state=State.AT_COMMUNE).values_list("slip_number")
        assert sorted(number[:2] for (number,) in numbers) == ["01", "02", "03", "04", "05"]

    def test_a_product_begins_one_dossier(self, now: datetime) -> None:
        product = making.product()
        act = lambda: drafting.begin_dossier(  # noqa: E731
            actor=SYSTEM, product=product, kind=Kind.FIRST, at=now
        )
        found = at_once(*[act] * 4)
        assert found.count("dossier_open") == 3
        assert Dossier.objects.count() == 1

    def test_the_same_file_sent_at_once_is_kept_once(self, now: datetime) -> None:
        maker = ProducerFactory()
        making.paper(now, ProducerFactory())  # the bytes are known already
        act = lambda: making.paper(now, maker)  # noqa: E731
        found = at_once(*[act] * 4)
        assert found.count("evidence_known") == 3
        assert Evidence.objects.filter(producer=maker).count() == 1

    def test_bytes_that_many_send_at_once_are_one_file(self, now: datetime) -> None:
        makers = [ProducerFactory() for _one in range(4)]
        at_once(*[lambda maker=maker: making.paper(now, maker) for maker in makers])
        assert Evidence.objects.count() == 4
        assert Attachment.objects.count() == 1

    def test_a_paper_named_twice_at_once_is_named_once(self, now: datetime) -> None:
        dossier = making.draft(now)
        paper = making.paper(now, dossier.product.producer)
        act = lambda: library.use_evidence(  # noqa: E731
            actor=SYSTEM, dossier=dossier, evidence=paper, criterion="1.1", at=now
        )
        at_once(*[act] * 4)
        assert EvidenceUse.objects.count() == 1
