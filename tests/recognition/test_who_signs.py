"""A star is given, taken and given back by who decides on it, and by nobody else, whichever way the
decision is entered.

Art. 5 and 8, Decision 26/2026/QĐ-TTg: the chair of the province on three and four stars, the
minister on five; until 30/06/2025 a district's committee on three stars of its own products
(148/QĐ-TTg). Other provinces decide on their own.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.criteria.services import load_decree
from ocop.dossiers.services import entering
from ocop.places import gazetteer
from ocop.places.models import Unit
from ocop.products.models import Product
from ocop.recognition import certificates, services
from ocop.recognition.authority import Level
from ocop.recognition.competence import expect_competent
from ocop.recognition.decisions import CHECK_AUTHORITY
from ocop.recognition.models import Certificate, Decision, Ground, Kind, Recognition
from ocop.recognition.services import Paper, Result
from tests.factories import DecisionFactory, ProductFactory, RecognitionFactory
from tests.recognition import aftercare

pytestmark = pytest.mark.django_db
OLD, NEW = date(2024, 12, 30), date(2026, 11, 20)
HANOI, LAM_DONG, PHU_THO = "01", "68", "25"
OWN = Paper("7101/QĐ-UBND", NEW, "UBND thành phố Hà Nội", Level.PROVINCE)
#: Papers of others, with the star each is entered for.
OTHERS = [
    (4, "7101/QĐ-UBND", "UBND tỉnh Lâm Đồng", Level.PROVINCE),
    (4, "7101/QĐ-UBND", "UBND tỉnh Hà Tây", Level.PROVINCE),
    (4, "7101/QĐ-UBND", "UBND xã Hoài Đức, thành phố Hà Nội", Level.PROVINCE),
    (4, "7101/QĐ-UBND", "UBND phường Hoàn Kiếm, thành phố Hà Nội", Level.PROVINCE),
    (4, "7101/QĐ-UBND", "Văn phòng UBND thành phố Hà Nội", Level.PROVINCE),
    (4, "7101/QĐ-UBND", "Chủ tịch Hội đồng đánh giá OCOP thành phố Hà Nội", Level.PROVINCE),
    (4, "7101/QĐ-UBND", "Chủ tịch Hội Nông dân thành phố Hà Nội", Level.PROVINCE),
    (4, "7101/QĐ-UBND", "UBND tỉnh Hà Nam, Hà Nội", Level.PROVINCE),
    (4, "7101/QĐ-SNNMT", "UBND thành phố Hà Nội", Level.PROVINCE),
    (5, "7103/QĐ-BCT", "Bộ Công Thương", Level.CENTRE),
    (5, "7125/QĐ-BNNMT", "Cục Chế biến, Bộ Nông nghiệp và Môi trường", Level.CENTRE),
    (5, "7125/QĐ-SNNMT", "Sở Nông nghiệp và Môi trường - Bộ Nông nghiệp", Level.CENTRE),
    (5, "7125/QĐ-SNNMT", "Bộ Nông nghiệp và Môi trường", Level.CENTRE),
]


@pytest.fixture(autouse=True)
def _here(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value=HANOI, at=now)


@pytest.fixture
def _law(now: datetime) -> None:
    load_decree(actor=SYSTEM, at=now)


def refused(act: Any, **told: Any) -> Refused:
    with pytest.raises(Refused) as found:
        act(actor=SYSTEM, **told)
    return found.value


@pytest.mark.whole
@pytest.mark.usefixtures("_law")
@pytest.mark.parametrize("publish", [True, False])
@pytest.mark.parametrize(("stars", "number", "name", "level"), OTHERS)
def test_no_star_is_given_by_others(
    now: datetime, stars: int, number: str, name: str, level: Level, publish: bool
) -> None:
    paper, results = Paper(number, NEW, name, level), [Result(ProductFactory(), stars)]
    told = {"paper": paper, "results": results, "publish": publish, "at": now}
    answer = refused(entering.record_decision, **told)
    assert (answer.code, *answer.fields) == ("authority_not_competent", "authority")
    assert not Decision.objects.exists()


@pytest.mark.parametrize(("stars", "number", "name", "level"), OTHERS)
def test_no_star_is_taken_or_given_back_by_others(
    now: datetime, stars: int, number: str, name: str, level: Level
) -> None:
    row = aftercare.star(now, stars=stars)
    told = {"recognition": row, "reason": "Giả hồ sơ, đã nghe", "at": now}
    paper = Paper(number, NEW, name, level)
    answer = refused(services.revoke, ground=Ground.FORGED, paper=paper, **told)
    assert answer.code == "authority_not_competent"
    right = OWN if stars < 5 else Paper("9/QĐ-BNNMT", NEW, "Bộ NN&MT", Level.CENTRE)
    services.revoke(actor=SYSTEM, ground=Ground.FORGED, paper=right, **told)
    answer = refused(services.restore_revoked, paper=paper, **told)
    assert answer.code == "authority_not_competent"
    row.refresh_from_db()
    assert (row.revoked_on, row.restored_on) == (NEW, None)


@pytest.mark.usefixtures("_law")
def test_a_product_of_another_province_gets_its_star_there(now: datetime) -> None:
    """It comes by import; five stars are the minister's, wherever the product is."""
    star = RecognitionFactory(stars=3, product__province=LAM_DONG, on=date(2025, 11, 20))
    results = [Result(star.product, 4, Kind.UPGRADE)]
    for paper in (OWN, replace(OWN, authority="UBND tỉnh Lâm Đồng")):
        answer = refused(entering.record_decision, paper=paper, results=results, at=now)
        assert answer.code == "authority_not_competent"
        assert "nhập dữ liệu" in answer.message
    paper = Paper("9/QĐ-BNNMT", NEW, "Bộ trưởng Bộ Nông nghiệp và Môi trường", Level.CENTRE)
    five = [Result(star.product, 5, Kind.UPGRADE)]
    assert entering.record_decision(actor=SYSTEM, paper=paper, results=five, at=now)


@pytest.mark.usefixtures("_law")
def test_nothing_is_added_to_a_decision_of_others(now: datetime) -> None:
    """An import brought the decision of another province; its products come by import, too."""
    theirs = DecisionFactory(authority="UBND tỉnh Lâm Đồng", signed_on=NEW)
    told = {"level": Level.PROVINCE, "reason": "Nhập thiếu một dòng", "at": now}
    for product in (ProductFactory(), ProductFactory(province=LAM_DONG)):
        results = [Result(product, 4)]
        answer = refused(entering.complete_decision, decision=theirs, results=results, **told)
        assert answer.code == "authority_not_competent"
    own = DecisionFactory(signed_on=NEW)
    results = [Result(ProductFactory(), 4)]
    assert entering.complete_decision(actor=SYSTEM, decision=own, results=results, **told)


@pytest.mark.usefixtures("_law")
def test_the_level_is_that_of_who_signs(now: datetime) -> None:
    paper = replace(OWN, signed_on=date(2024, 12, 30), authority="UBND thị xã Sơn Tây")
    answer = refused(
        entering.record_decision, paper=paper, results=[Result(ProductFactory(), 3)], at=now
    )
    assert answer.code == "authority_contradicts"
    own = replace(OWN, signed_on=OLD, level=Level.DISTRICT, authority="UBND Hà Nội")
    answer = refused(
        entering.record_decision, paper=own, results=[Result(ProductFactory(), 3)], at=now
    )
    assert answer.code == "authority_contradicts"


@pytest.mark.usefixtures("_law")
def test_who_turns_the_check_off_enters_what_the_papers_say(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=CHECK_AUTHORITY, value=False, at=now)
    paper = replace(OWN, authority="UBND tỉnh Hà Tây")
    results = [Result(ProductFactory(), 4)]
    assert entering.record_decision(actor=SYSTEM, paper=paper, results=results, at=now)


# Districts and merged provinces: who stood above the place of the product on the day.


def row_of(entry: gazetteer.Entry) -> Unit:
    """A unit of the packaged lists as the register has it."""
    above = row_of(entry.parent) if entry.parent else None
    return Unit.objects.get_or_create(
        code=entry.code,
        valid_from=entry.valid_from,
        level=entry.level,
        defaults={
            "name": entry.name, "kind": entry.kind, "parent": above,
            "valid_to": entry.valid_to, "folded": entry.name,
        },
    )[0]  # fmt: skip


def unit(name: str, above: str, day: date) -> Unit:
    found = (
        entry
        for entry in gazetteer.load().entries
        if entry.holds_on(day) and entry.name == name and entry.parent
        and entry.parent.name == above
    )  # fmt: skip
    return row_of(next(found))


def is_competent(stars: int, signer: str, on: date, of: Product | Recognition) -> bool:
    try:
        expect_competent(stars, signer, "1/QĐ-UBND", on, field="authority", of=of)
    except Refused:
        return False
    return True


def test_a_district_decided_on_its_own_products() -> None:
    then = unit("Xã Tản Lĩnh", "Huyện Ba Vì", OLD)
    now_part = unit("Xã Ba Vì", "Thành phố Hà Nội", NEW)
    of_then = ProductFactory(unit=then)
    of_today = ProductFactory(commune=now_part)
    for product in (of_then, of_today):
        assert is_competent(3, "UBND huyện Ba Vì", OLD, product)
        assert is_competent(3, "Chủ tịch UBND huyện Ba Vì, TP. Hà Nội", OLD, product)
        assert is_competent(3, "UBND thành phố Hà Nội", OLD, product)
        assert not is_competent(3, "UBND huyện Phú Xuyên", OLD, product)
        assert not is_competent(4, "UBND huyện Ba Vì", OLD, product)
        assert not is_competent(3, "UBND huyện Ba Vì", NEW, product)
    unknown = ProductFactory()  # of whose place nothing is known
    assert is_competent(3, "UBND huyện Phú Xuyên", OLD, unknown)
    assert not is_competent(3, "UBND huyện Đức Trọng", OLD, unknown)


def test_a_district_takes_back_what_it_gave(now: datetime) -> None:
    """Phú Xuyên gave it: Ba Vì takes nothing of it."""
    given = date(2024, 3, 4)
    star = RecognitionFactory(stars=3, on=given, authority="UBND huyện Phú Xuyên")
    assert is_competent(3, "UBND huyện Phú Xuyên", date(2025, 6, 10), star)
    assert not is_competent(3, "UBND huyện Ba Vì", date(2025, 6, 10), star)
    paper = Paper("801/QĐ-UBND", date(2025, 6, 10), "UBND huyện Ba Vì", Level.DISTRICT)
    told = {"recognition": star, "reason": "Giả hồ sơ, đã nghe", "at": now}
    answer = refused(services.revoke, ground=Ground.FORGED, paper=paper, **told)
    assert answer.code == "authority_not_competent"
    right = replace(paper, authority="UBND huyện Phú Xuyên, TP. Hà Nội")
    services.revoke(actor=SYSTEM, ground=Ground.FORGED, paper=right, **told)


def test_a_merged_province_decided_on_its_own_products(now: datetime) -> None:
    """Hòa Bình, Vĩnh Phúc and Phú Thọ are Phú Thọ since 01/07/2025."""
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value=PHU_THO, at=now)
    entries = gazetteer.load().entries
    commune = next(
        each
        for each in entries
        if each.level == "commune" and each.holds_on(OLD) and each.parent and each.parent.parent
        and each.parent.parent.name == "Tỉnh Hòa Bình"
    )  # fmt: skip
    product = ProductFactory(province=PHU_THO, unit=row_of(commune))
    assert is_competent(4, "UBND tỉnh Hòa Bình", OLD, product)
    assert not is_competent(4, "UBND tỉnh Phú Thọ", OLD, product)
    assert not is_competent(4, "UBND tỉnh Vĩnh Phúc", OLD, product)
    assert is_competent(4, "UBND tỉnh Phú Thọ", NEW, product)
    assert not is_competent(4, "UBND tỉnh Hòa Bình", NEW, product)


def test_a_certificate_bears_the_whole_name_of_the_own_committee(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    decision = DecisionFactory(authority="KT. Chủ tịch UBND TP. Hà Nội")
    RecognitionFactory(decision=decision)
    certificates.issue_certificates(actor=SYSTEM, decision=decision, at=now)
    assert Certificate.objects.get().words["authority"] == "Ủy ban nhân dân thành phố Hà Nội"
    commune = DecisionFactory(authority="UBND xã Hoài Đức, thành phố Hà Nội", signed_on=NEW)
    RecognitionFactory(decision=commune, on=NEW)
    answer = refused(certificates.issue_certificates, decision=commune, at=now)
    assert answer.code == "certificate_of_another"
