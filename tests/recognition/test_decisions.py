"""Signed decisions and what ends a star: what the register takes, and what it refuses with why."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from ocop.core import options
from ocop.core.actor import SYSTEM, Actor, ActorKind, Grant
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.criteria.models import LegalVersion
from ocop.criteria.services import load_decree
from ocop.people.roles import Role
from ocop.products.models import Product
from ocop.recognition import decisions, services
from ocop.recognition.authority import Level
from ocop.recognition.models import Decision, Evidence, Ground, Kind, Recognition
from ocop.recognition.services import Paper, Result
from ocop.recognition.states import EXTENSION_COVERS_LATER
from tests.factories import (
    MERGER,
    PDF,
    OldUnitFactory,
    ProductFactory,
    RecognitionFactory,
    UnitFactory,
)
from tests.world import annulled_by, revoked_by

pytestmark = pytest.mark.django_db
OFFICE = Actor(ActorKind.PERSON, 1, frozenset({Grant(Role.PROVINCIAL_OFFICER)}))
HEAD = Actor(ActorKind.PERSON, 2, frozenset({Grant(Role.OFFICE_HEAD)}))
PAPER = Paper("12/QĐ-UBND", date(2026, 6, 30), "UBND thành phố Hà Nội", Level.PROVINCE)
#: The papers of each level: number and authority.
PAPERS = {
    Level.DISTRICT: ("12/QĐ-UBND", "UBND huyện Hoài Đức"),
    Level.PROVINCE: ("12/QĐ-UBND", "UBND thành phố Hà Nội"),
    Level.CENTRE: ("12/QĐ-BNNMT", "Bộ Nông nghiệp và Môi trường"),
}


@pytest.fixture(autouse=True)
def _law(now: datetime) -> None:
    load_decree(actor=SYSTEM, at=now)


def enter(now: datetime, *results: Result, paper: Paper = PAPER) -> Decision:
    return services.record_decision(actor=OFFICE, paper=paper, results=results, at=now)


def refused(now: datetime, *results: Result, paper: Paper = PAPER) -> str:
    before = (Decision.objects.count(), Recognition.objects.count())
    with pytest.raises(Refused) as refusal:
        enter(now, *results, paper=paper)
    assert (Decision.objects.count(), Recognition.objects.count()) == before
    return refusal.value.code


def test_decision_becomes_a_row_per_product_valid_for_36_months(now: datetime) -> None:
    commune = UnitFactory()
    products = [ProductFactory(commune=commune, listed=False) for _ in range(2)]
    decision = enter(
        now,
        Result(products[0], 4, potential_five=True, total=Decimal("91.25")),
        Result(products[1], 3, evaluated_on=date(2026, 6, 20)),
        paper=replace(PAPER, number="Quyết định số 12/qđ-ubnd", scan=PDF, filename="qd.pdf"),
    )
    assert (decision.number, decision.legal_version.code) == ("12/QĐ-UBND", "QD26-2026")
    assert decision.attachment is not None
    first, second = Recognition.objects.order_by("pk")
    assert (first.valid_from, first.expires_on) == (date(2026, 6, 30), date(2029, 6, 30))
    assert (first.stars, first.potential_five, first.total) == (4, True, Decimal("91.25"))
    assert (first.unit, first.commune, first.evidence) == (commune, commune, Evidence.A)
    assert (second.evaluated_on, second.year) == (date(2026, 6, 20), 2026)
    assert set(Product.objects.values_list("listed", flat=True)) == {True}
    event = Event.objects.get(name="recognition.decision_recorded")
    assert event.change == {"rows": 2}
    assert event.objects_named.filter(kind="product").count() == 2


def test_a_number_is_given_to_one_decision_a_year_by_an_authority(now: datetime) -> None:
    """DOMAIN 5: numbers begin anew each year, so 12 of one year has one day of signing."""
    enter(now, Result(ProductFactory(), 3))
    with pytest.raises(Refused) as refusal:
        enter(now, Result(ProductFactory(), 3), paper=replace(PAPER, signed_on=date(2026, 7, 1)))
    assert "30/06/2026" in refusal.value.message
    assert "number" in refusal.value.fields
    shouted = replace(PAPER, signed_on=date(2026, 7, 1), authority="UBND Thành phố  Hà Nội")
    assert refused(now, Result(ProductFactory(), 3), paper=shouted) == "recognition_number"
    assert refused(now, Result(ProductFactory(), 3)) == "recognition_number"
    last_year = replace(PAPER, signed_on=date(2025, 6, 30))
    assert enter(now, Result(ProductFactory(), 3), paper=last_year).signed_on.year == 2025
    elsewhere = replace(PAPER, signed_on=date(2026, 7, 1), authority="UBND tỉnh Hưng Yên")
    assert enter(now, Result(ProductFactory(province="33"), 3), paper=elsewhere)


def test_a_number_with_several_days_from_imports_takes_no_third(now: datetime) -> None:
    for day in (date(2026, 3, 2), date(2026, 3, 4)):
        Decision.objects.create(number=PAPER.number, signed_on=day, authority=PAPER.authority)
    with pytest.raises(Refused) as refusal:
        enter(now, Result(ProductFactory(), 3))
    assert "02/03/2026, 04/03/2026" in refusal.value.message


def test_row_keeps_the_unit_of_the_day_it_was_signed(now: datetime) -> None:
    """Before 2025-07-01 today's commune was not there yet."""
    then, commune = OldUnitFactory(), UnitFactory()
    product = ProductFactory(commune=commune, unit=then)
    paper = replace(PAPER, signed_on=date(2024, 12, 30))
    enter(now, Result(product, 3), paper=paper)
    row = Recognition.objects.get()
    assert (row.unit, row.commune) == (then, commune)
    assert row.decision.legal_version.code == "QD148-2023"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"signed_on": date(2026, 11, 24)}, "recognition_signed_on"),
        ({"signed_on": date(2018, 5, 6)}, "recognition_signed_on"),
        ({"number": "12"}, "recognition_number"),
        ({"authority": " "}, "recognition_authority"),
        ({"authority": "x" * 161}, "text_too_long"),
        ({"signed_on": date(2018, 5, 7)}, "recognition_legal_version"),  # no law of that day here
        ({"scan": b"GIF89a", "filename": "a.gif"}, "file_type"),
    ],
)
def test_paper_that_cannot_be_is_refused(now: datetime, changed: dict[str, Any], code: str) -> None:
    assert refused(now, Result(ProductFactory(), 3), paper=replace(PAPER, **changed)) == code


def test_decision_comes_once(now: datetime) -> None:
    enter(now, Result(ProductFactory(), 3))
    assert refused(now, Result(ProductFactory(), 3)) == "recognition_number"
    other = replace(PAPER, authority="UBND tỉnh Lâm Đồng")
    enter(now, Result(ProductFactory(province="68"), 3), paper=other)


def test_law_named_by_the_paper_must_have_been_in_force(now: datetime) -> None:
    """Dossiers filed before are finished under the rules before (Art. 12)."""
    old = LegalVersion.objects.get(code="QD1489-2025")
    new = LegalVersion.objects.get(code="QD26-2026")
    enter(now, Result(ProductFactory(), 3), paper=replace(PAPER, legal_version=old))
    assert Decision.objects.get().legal_version == old
    later = replace(PAPER, number="13/QĐ-UBND", signed_on=date(2026, 7, 21), legal_version=old)
    assert refused(now, Result(ProductFactory(), 3), paper=later) == "recognition_legal_version"
    early = replace(PAPER, number="13/QĐ-UBND", signed_on=date(2026, 5, 21), legal_version=new)
    assert refused(now, Result(ProductFactory(), 3), paper=early) == "recognition_legal_version"


@pytest.mark.parametrize(
    ("level", "signed_on", "stars", "code"),
    [
        (Level.DISTRICT, date(2025, 6, 30), 3, None),
        (Level.DISTRICT, date(2025, 6, 30), 4, "authority_level"),
        (Level.DISTRICT, MERGER, 3, "authority_gone"),
        (Level.PROVINCE, date(2026, 6, 30), 3, None),
        (Level.PROVINCE, date(2026, 6, 30), 5, "authority_level"),
        (Level.CENTRE, date(2026, 6, 30), 5, None),
        (Level.CENTRE, date(2026, 6, 30), 4, "authority_level"),
    ],
)
def test_each_level_gives_the_stars_that_are_its_to_give(
    now: datetime, level: Level, signed_on: date, stars: int, code: str | None
) -> None:
    number, authority = PAPERS[level]
    paper = Paper(number, signed_on, authority, level)
    if code is None:
        enter(now, Result(ProductFactory(), stars), paper=paper)
        return
    assert refused(now, Result(ProductFactory(), stars), paper=paper) == code
    options.set_option(actor=SYSTEM, option=decisions.CHECK_AUTHORITY, value=False, at=now)
    enter(now, Result(ProductFactory(), stars), paper=paper)


@pytest.mark.parametrize(
    ("number", "authority", "level", "field"),
    [
        ("9/QĐ-UBND", "UBND thành phố Hà Nội", Level.CENTRE, "level"),
        ("9/QĐ-UBND", "UBND tỉnh Lâm Đồng", Level.DISTRICT, "level"),
        ("9/QĐ-UBND", "UBND huyện Hoài Đức", Level.PROVINCE, "level"),
        ("9/QĐ-BNNMT", "Bộ Nông nghiệp và Môi trường", Level.PROVINCE, "level"),
        ("9/QĐ-UBND", "Bộ Nông nghiệp và Môi trường", Level.CENTRE, "number"),
        ("9/QĐ-BNNMT", "UBND thành phố Hà Nội", Level.PROVINCE, "number"),
    ],
)
def test_level_is_not_another_than_the_name_and_the_number_tell(
    now: datetime, number: str, authority: str, level: Level, field: str
) -> None:
    """A committee gives no five stars (26/2026/QĐ-TTg), whatever level somebody chose."""
    paper = Paper(number, PAPER.signed_on, authority, level)
    stars = 5 if level == Level.CENTRE else 3
    with pytest.raises(Refused) as refusal:
        enter(now, Result(ProductFactory(), stars), paper=paper)
    assert (refusal.value.code, list(refusal.value.fields)) == ("authority_contradicts", [field])
    assert "không phải" in refusal.value.message
    assert not Decision.objects.exists()


def test_a_city_was_a_districts_where_the_lists_say_so(now: datetime) -> None:
    paper = replace(PAPER, authority="UBND thành phố Đà Lạt", signed_on=date(2025, 6, 30))
    there = ProductFactory(province="68")
    assert refused(now, Result(there, 3), paper=paper) == "authority_contradicts"
    enter(now, Result(there, 3), paper=replace(paper, level=Level.DISTRICT))


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"stars": 2}, "stars"),
        ({"stars": 6}, "stars"),
        ({"stars": 3, "potential_five": True}, "potential_five"),
        ({"stars": 3, "total": Decimal("100.01")}, "total"),
        ({"stars": 3, "total": Decimal(-1)}, "total"),
        ({"stars": 3, "evaluated_on": date(2026, 7, 1)}, "evaluated_on"),
        ({"stars": 3, "kind": Kind.UPGRADE}, "never_ranked"),
        ({"stars": 3, "kind": Kind.REEVALUATION}, "never_ranked"),
    ],
)
def test_result_that_cannot_be_is_refused_with_the_whole_decision(
    now: datetime, told: dict[str, Any], code: str
) -> None:
    good = Result(ProductFactory(), 3)
    assert refused(now, good, Result(ProductFactory(), **told)) == code
    assert refused(now) == "no_results"


def test_kind_agrees_with_what_the_product_held(now: datetime) -> None:
    product = RecognitionFactory(stars=4, on=date(2024, 1, 1)).product
    assert refused(now, Result(product, 4)) == "ranked_before"
    assert refused(now, Result(product, 4, Kind.UPGRADE)) == "no_upgrade"
    assert refused(now, Result(product, 3, Kind.UPGRADE)) == "no_upgrade"
    enter(now, Result(product, 4, Kind.REEVALUATION))
    centre = replace(PAPER, number="15/QĐ-BNNMT", authority="Bộ NN&MT", level=Level.CENTRE)
    enter(now, Result(product, 5, Kind.UPGRADE), paper=centre)


def test_word_of_a_shop_and_a_row_without_any_date_say_nothing_of_the_order(
    now: datetime,
) -> None:
    shop = RecognitionFactory(stars=4, evidence=Evidence.C).product
    undated = RecognitionFactory(
        stars=4, decision=None, evaluated_on=None, valid_from=None, expires_on=None, year=None,
        evidence=Evidence.B1,
    ).product  # fmt: skip
    enter(now, Result(shop, 3), Result(undated, 3))


def test_product_is_in_a_decision_once(now: datetime) -> None:
    product = ProductFactory(name="Mật ong")
    assert refused(now, Result(product, 3), Result(product, 4)) == "recognised_twice"
    same_name = ProductFactory(name="MẬT ONG", producer=product.producer)
    assert refused(now, Result(product, 3), Result(same_name, 4)) == "recognised_twice"


def test_decision_of_a_demonstration_is_marked(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    decision = enter(now, Result(ProductFactory(), 3))
    assert decision.demonstration
    assert Recognition.objects.get().evidence == Evidence.M


def test_only_the_office_enters_decisions(now: datetime) -> None:
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.COUNCIL_CHAIR):
        actor = Actor(ActorKind.PERSON, 2, frozenset({Grant(role)}))
        with pytest.raises(NotAllowed):
            services.record_decision(
                actor=actor, paper=PAPER, results=[Result(ProductFactory(), 3)], at=now
            )


# --- What ends a star --------------------------------------------------------------------------
def extend(now: datetime, row: Recognition, last_day: date, reason: str = "nộp muộn") -> Any:
    return services.confirm_extension(
        actor=OFFICE, recognition=row, last_day=last_day, reason=reason, at=now
    )


@pytest.mark.parametrize(
    ("given", "last_day", "code"),
    [
        (date(2023, 12, 20), date(2027, 1, 31), None),  # ends 2026-12-20: the window is missed
        (date(2023, 12, 20), date(2027, 6, 18), None),  # the 180th day
        (date(2023, 12, 20), date(2027, 6, 19), "recognition_last_day"),
        (date(2023, 12, 20), date(2026, 12, 20), "recognition_last_day"),  # no day past the end
        (date(2023, 8, 1), date(2026, 11, 23), None),  # ended, and today may be the last
        (date(2023, 8, 1), date(2026, 11, 22), "recognition_last_day"),
        (date(2024, 12, 30), date(2027, 12, 31), "extension_state"),  # not yet due
        (date(2023, 5, 1), date(2026, 12, 1), "extension_state"),  # ended before the decision
    ],
)
def test_extension_is_for_who_missed_the_window_and_for_180_days_at_most(
    now: datetime, given: date, last_day: date, code: str | None
) -> None:
    row = RecognitionFactory(on=given)
    if code is None:
        extend(now, row, last_day)
        row.refresh_from_db()
        assert (row.extended_until, row.extension_reason) == (last_day, "nộp muộn")
        return
    with pytest.raises(Refused) as refusal:
        extend(now, row, last_day)
    assert refusal.value.code == code


def test_an_extension_to_a_day_that_is_past_is_refused_as_past(now: datetime) -> None:
    row = RecognitionFactory(on=date(2023, 8, 1))
    with pytest.raises(Refused) as refusal:
        extend(now, row, date(2026, 11, 22))
    assert refusal.value.message == (
        "Ngày kéo dài đã qua. Hãy ghi từ hôm nay 23/11/2026 đến 28/01/2027."
    )


def test_extension_needs_a_reason_an_end_and_comes_once(now: datetime) -> None:
    row = RecognitionFactory(on=date(2023, 12, 20))
    for bad, code in (
        ((row, date(2027, 1, 31), " "), "reason_needed"),
        ((RecognitionFactory(expires_on=None), date(2027, 1, 31)), "extension_state"),
    ):
        with pytest.raises(Refused) as refusal:
            extend(now, *bad)
        assert refusal.value.code == code
    stale = Recognition.objects.get(pk=row.pk)
    extend(now, row, date(2027, 1, 31))
    for again in (row, stale):  # told of it, or not yet
        with pytest.raises(Refused) as refusal:
            extend(now, again, date(2027, 2, 1))
        assert refusal.value.code == "already_extended"


def test_extension_is_for_the_recognition_that_rules_the_product(now: datetime) -> None:
    row = RecognitionFactory(on=date(2023, 12, 20))
    later = RecognitionFactory(product=row.product, on=date(2024, 1, 5), stars=4)
    with pytest.raises(Refused) as refusal:
        extend(now, row, date(2027, 1, 31))
    assert refusal.value.code == "extension_replaced"
    assert "4 sao" in refusal.value.message
    row.refresh_from_db()
    assert row.extended_until is None
    assert extend(now, later, date(2027, 1, 31)).extended_until == date(2027, 1, 31)
    proposal = RecognitionFactory(on=date(2023, 12, 20), evidence=Evidence.B2)
    with pytest.raises(Refused) as refusal:
        extend(now, proposal, date(2027, 1, 31))
    assert refusal.value.code == "extension_not_ruling"


def test_transition_rule_covers_later_certificates_by_a_setting_only(now: datetime) -> None:
    row = RecognitionFactory(on=date(2026, 6, 1), expires_on=date(2026, 12, 20))
    with pytest.raises(Refused) as refusal:
        extend(now, row, date(2027, 1, 31))
    assert refusal.value.code == "extension_not_covered"
    options.set_option(actor=SYSTEM, option=EXTENSION_COVERS_LATER, value=True, at=now)
    assert extend(now, row, date(2027, 1, 31)).extended_until == date(2027, 1, 31)


def revoke(now: datetime, row: Recognition, day: date, reason: str = "14/QĐ-UBND") -> Any:
    told = revoked_by(day)
    told["paper"] = replace(told["paper"], number=f"{day:%-j}/QĐ-UBND")  # a number has one day
    return services.revoke(
        actor=HEAD, recognition=row, ground=Ground.BREACH, reason=reason, at=now, **told
    )


def annul(
    now: datetime,
    row: Recognition,
    day: date,
    reason: str = "Quyết định 15/QĐ-UBND",
) -> Any:
    told = annulled_by(day)
    told["paper"] = replace(told["paper"], number=f"{40 + day.day}/QĐ-UBND")  # as above
    return services.annul(actor=HEAD, recognition=row, reason=reason, at=now, **told)


@pytest.mark.parametrize("end", [revoke, annul])
@pytest.mark.parametrize(
    ("day", "reason", "code"),
    [
        (date(2026, 11, 24), "theo kết quả xét lại", "recognition_"),
        (date(2024, 12, 29), "theo kết quả xét lại", "recognition_"),
        (date(2026, 11, 23), " ", "reason_needed"),
        (date(2024, 12, 30), "theo kết quả xét lại", None),
        (date(2026, 11, 23), "theo kết quả xét lại", None),
    ],
)
def test_star_is_taken_back_from_its_first_day_to_today_with_a_reason(
    now: datetime, end: Any, day: date, reason: str, code: str | None
) -> None:
    row = RecognitionFactory(on=date(2024, 12, 30))
    if code is None:
        end(now, row, day, reason)
        row.refresh_from_db()
        assert day in (row.revoked_on, row.annulled_on)
        return
    with pytest.raises(Refused) as refusal:
        end(now, row, day, reason)
    assert refusal.value.code.startswith(code)
    row.refresh_from_db()
    assert (row.revoked_on, row.annulled_on) == (None, None)


def test_star_that_holds_no_more_is_not_revoked_and_none_twice(now: datetime) -> None:
    today = date(2026, 11, 23)
    ended = RecognitionFactory(on=date(2020, 1, 1))
    with pytest.raises(Refused) as refusal:
        revoke(now, ended, today)
    assert refusal.value.code == "not_holding"
    unknown = RecognitionFactory(
        decision=None, evaluated_on=None, valid_from=None, expires_on=None, evidence=Evidence.B1
    )
    assert revoke(now, unknown, today).revoked_ground == Ground.BREACH
    row = RecognitionFactory()
    stale = Recognition.objects.get(pk=row.pk)
    revoke(now, row, date(2026, 10, 1))
    with pytest.raises(Refused) as refusal:
        revoke(now, row, today)
    assert refusal.value.code == "not_holding"
    with pytest.raises(Refused) as refusal:
        revoke(now, stale, today)
    assert refusal.value.code == "already_ended"


def test_result_given_wrongly_is_annulled_once_revoked_or_not(now: datetime) -> None:
    row = RecognitionFactory()
    revoke(now, row, date(2026, 10, 1))
    annul(now, row, date(2026, 11, 1))
    with pytest.raises(Refused) as refusal:
        annul(now, row, date(2026, 11, 2))
    assert refusal.value.code == "already_annulled"
