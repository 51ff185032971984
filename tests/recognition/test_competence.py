"""Who decides on a star: the chair of its province on three and four, the minister on five.

Art. 5 and 8, Decision 26/2026/QĐ-TTg; until 30/06/2025 districts gave three stars (148/QĐ-TTg), and
until then the provinces that were merged signed for themselves.
"""

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.dossiers.models import State
from ocop.dossiers.services import deciding
from ocop.people.roles import Role
from ocop.recognition import services
from ocop.recognition.authority import Level
from ocop.recognition.competence import expect_competent
from ocop.recognition.models import Decision, Ground, Recognition
from ocop.recognition.postcheck.services import restoring, revoking
from ocop.recognition.services import Paper
from tests.dossiers.office import TODAY, build_world, concluded
from tests.factories import RecognitionFactory
from tests.recognition import aftercare
from tests.world import annulled_by, person, with_second_factor

pytestmark = pytest.mark.django_db
OLD, NEW = date(2024, 12, 30), date(2026, 11, 20)
HANOI, PHU_THO, HUE = "01", "25", "46"


@pytest.fixture(autouse=True)
def _here(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value=HANOI, at=now)


def is_competent(stars: int, signer: str, number: str, on: date, **more: str) -> bool:
    try:
        expect_competent(stars, signer, number, on, field="authority", **more)
    except Refused as refused:
        return (refused.code, *refused.fields) != ("authority_not_competent", "authority")
    return True


@pytest.mark.parametrize(
    ("stars", "signer", "number", "on", "competent"),
    [
        (3, "UBND thành phố Hà Nội", "12/QĐ-UBND", NEW, True),
        (4, "Chủ tịch Ủy ban nhân dân TP. Hà Nội", "12/QĐ-UBND", NEW, True),
        (4, "Ủy ban nhân dân Thành phố Hà Nội", "12/QĐ-UBND", OLD, True),
        (4, "UBND tỉnh Lâm Đồng", "12/QĐ-UBND", NEW, False),
        (3, "UBND tỉnh Hà Nam", "12/QĐ-UBND", OLD, False),
        (4, "Sở Nông nghiệp và Môi trường thành phố Hà Nội", "12/QĐ-SNNMT", NEW, False),
        (4, "Hội đồng đánh giá thành phố Hà Nội", "12/QĐ-HĐ", NEW, False),
        (4, "Bộ Nông nghiệp và Môi trường", "12/QĐ-BNNMT", NEW, False),
        (5, "Bộ Nông nghiệp và Môi trường", "12/QĐ-BNNMT", NEW, True),
        (5, "Bộ trưởng Bộ Nông nghiệp và Phát triển nông thôn", "12/QĐ-BNN-VPĐP", OLD, True),
        (5, "Bộ Công Thương", "12/QĐ-BCT", NEW, False),
        (5, "Bộ Nông nghiệp và Môi trường", "12/QĐ-BCT", NEW, False),
        (5, "Bộ trưởng Bộ Công Thương", "12/QĐ-BCT", NEW, False),
        (5, "UBND thành phố Hà Nội", "12/QĐ-UBND", NEW, False),
        # Districts, while there were any: this province's own, three stars.
        (3, "UBND huyện Ba Vì", "12/QĐ-UBND", OLD, True),
        (3, "UBND quận Hà Đông, thành phố Hà Nội", "12/QĐ-UBND", OLD, True),
        (4, "UBND huyện Ba Vì", "12/QĐ-UBND", OLD, False),
        (3, "UBND huyện Ba Vì", "12/QĐ-UBND", NEW, False),
        (3, "UBND huyện Đức Trọng", "12/QĐ-UBND", OLD, False),
    ],
)
def test_who_decides_on_a_star_of_ha_noi(
    stars: int, signer: str, number: str, on: date, competent: bool
) -> None:
    assert is_competent(stars, signer, number, on) is competent


def test_a_province_that_was_taken_in_decided_until_it_was(now: datetime) -> None:
    """Hòa Bình and Vĩnh Phúc became part of Phú Thọ on 01/07/2025."""
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value=PHU_THO, at=now)
    for name in ("Hòa Bình", "Vĩnh Phúc"):
        assert is_competent(4, f"UBND tỉnh {name}", "12/QĐ-UBND", date(2025, 6, 30))
        assert not is_competent(4, f"UBND tỉnh {name}", "12/QĐ-UBND", date(2025, 7, 1))
    assert is_competent(4, "UBND tỉnh Phú Thọ", "12/QĐ-UBND", NEW)
    # Its districts are not in the lists: what is not known is not refused.
    assert is_competent(3, "UBND huyện Lâm Thao", "12/QĐ-UBND", OLD)
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value=HUE, at=now)
    assert is_competent(4, "UBND thành phố Huế", "12/QĐ-UBND", NEW)


def test_a_star_of_another_province_is_not_taken_here(now: datetime) -> None:
    row = RecognitionFactory(stars=4, province="68", product__province="68")
    signed = Paper("77/QĐ-UBND", NEW, "UBND thành phố Hà Nội", Level.PROVINCE)
    told = {"actor": SYSTEM, "recognition": row, "at": now}
    for paper in (signed, replace(signed, authority="UBND tỉnh Lâm Đồng")):
        with pytest.raises(Refused) as refused:
            services.revoke(ground=Ground.FORGED, paper=paper, reason="Giả hồ sơ", **told)
        assert refused.value.code == "authority_not_competent"
    with pytest.raises(Refused) as refused:
        revoking.open_case(
            ground=Ground.FORGED, facts="Giả", established_on=NEW, conclusion_of="KL 1", **told
        )
    assert refused.value.code == "authority_not_competent"
    with pytest.raises(Refused) as refused:
        services.annul(**annulled_by(NEW), reason="Hội đồng chấm nhầm", **told)
    assert refused.value.code == "authority_not_competent"
    with pytest.raises(Refused) as refused:
        services.confirm_extension(last_day=NEW, reason="Chưa kịp nộp", **told)
    assert refused.value.code == "authority_not_competent"
    kept = Recognition.objects.get(pk=row.pk)
    assert (kept.revoked_on, kept.annulled_on, kept.extended_until) == (None, None, None)


def test_another_province_or_ministry_takes_and_gives_back_no_star(now: datetime) -> None:
    three, five = RecognitionFactory(stars=3), RecognitionFactory(stars=5)
    others = (
        (three, Paper("77/QĐ-UBND", NEW, "UBND tỉnh Lâm Đồng", Level.PROVINCE)),
        (five, Paper("12/QĐ-BCT", NEW, "Bộ Công Thương", Level.CENTRE)),
    )
    for row, paper in others:
        with pytest.raises(Refused):
            services.revoke(
                actor=SYSTEM, recognition=row, ground=Ground.FORGED, paper=paper,
                reason="Giả hồ sơ", at=now,
            )  # fmt: skip
        row.refresh_from_db()
        assert row.revoked_on is None
    told = {"actor": SYSTEM, "number": "78/QĐ-UBND", "signed_on": now.date(), "at": now}
    case = aftercare.proposed(now)
    with pytest.raises(Refused) as refused:
        revoking.decide_case(case=case, authority_name="UBND tỉnh Lâm Đồng", **told)
    assert list(refused.value.fields) == ["authority_name"]
    back = aftercare.accepted(now)
    with pytest.raises(Refused) as refused:
        restoring.restore_star(case=back, authority_name="UBND tỉnh Lâm Đồng", **told)
    assert list(refused.value.fields) == ["authority_name"]
    assert not Recognition.objects.exclude(restored_on=None).exists()


@pytest.mark.parametrize("publish", [True, False])
def test_a_dossier_is_decided_by_its_own_province(now: datetime, publish: bool) -> None:
    dossier = concluded(build_world(now).dossier(), "62", 3)
    paper = Paper("6101/QĐ-UBND", TODAY, "UBND tỉnh Lâm Đồng", Level.PROVINCE)
    with pytest.raises(Refused) as refused:
        deciding.decide_dossiers(
            actor=SYSTEM, dossiers=[dossier], paper=paper, publish=publish, at=now
        )
    assert refused.value.code == "authority_not_competent"
    assert not Decision.objects.filter(number="6101/QĐ-UBND").exists()
    dossier.refresh_from_db()
    assert (dossier.state, dossier.recognition) == (State.CONCLUDED, None)
    own = replace(paper, authority="UBND thành phố Hà Nội")
    made = deciding.decide_dossiers(
        actor=SYSTEM, dossiers=[dossier], paper=own, publish=publish, at=now
    )
    assert made.recognitions.count() == 1


def test_forms_begin_with_who_decides_and_buttons_are_of_the_own_stars(
    client: Client, now: datetime
) -> None:
    client.force_login(with_second_factor(person(now, Role.OFFICE_HEAD), now))
    case = aftercare.proposed(now, aftercare.star(now, stars=5))
    page = client.get(reverse("office:case_step", args=[case.code, "quyet-dinh"]))
    assert 'value="Bộ Nông nghiệp và Môi trường"' in page.content.decode()
    for province, here in (("01", True), ("68", False)):
        row = aftercare.star(now, stars=4, province=province)
        page = client.get(reverse("office:product", args=[row.product.code])).content.decode()
        assert (reverse("office:case_new", args=[row.pk]) in page) is here
        steps = reverse("office:recognition_step", args=[row.pk, "thu-hoi"])
        assert (steps in page) is here
