"""The life of a product on one line: what each reader is told of it, and what nobody is."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ocop.core.actor import ANONYMOUS, SYSTEM, Actor
from ocop.core.events import record
from ocop.councils.models import Ground as ConflictGround
from ocop.councils.models import Obstacle, ObstacleState
from ocop.dossiers.models import Potential, Registration
from ocop.dossiers.services import drafting
from ocop.dossiers.services.commune import return_dossier
from ocop.people import queries as people
from ocop.people import services as accounts
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.products import services as products
from ocop.products.models import Product
from ocop.programme.history import history, reader_of
from ocop.programme.lifeline import Entry, Reader, Stage
from ocop.recognition.models import BatchState, Evidence, Ground, Kind, Recognition
from ocop.recognition.postcheck.models import CheckResult
from ocop.recognition.postcheck.services import checking, revoking
from ocop.recognition.services import confirm_extension, revoke
from tests.dossiers import making
from tests.factories import RecognitionFactory, RegistrationFactory
from tests.news import Round, build_round
from tests.recognition import aftercare
from tests.world import Places, build_places, imported, member, person, recognised, revoked_by

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.fixture
def world(now: datetime) -> Round:
    return build_round(now)


def acting(user: User, now: datetime) -> Actor:
    return people.actor_for(user, on=now.date())


def line(
    actor: Actor, product: Product, now: datetime, reader: Reader | None = None, days: int = 0
) -> list[Entry]:
    on = now.date() + days * DAY
    reader = reader or reader_of(actor, product, on)
    return history(actor, product, reader=reader, on=on)


def titles(entries: list[Entry]) -> list[str]:
    return [entry.title for entry in entries]


def everything_said(entries: list[Entry]) -> str:
    return " ".join(f"{entry.title} {entry.detail}" for entry in entries)


# --- the public -----------------------------------------------------------------------------------
def test_the_public_reads_recognitions_and_how_they_ended(now: datetime, places: Places) -> None:
    first = recognised("Chè", on=date(2019, 12, 30), commune=places.here)
    second = RecognitionFactory(
        product=first.product, on=date(2023, 6, 1), kind=Kind.REEVALUATION, stars=4
    )
    revoke(
        actor=SYSTEM, recognition=second, ground=Ground.MARK, **revoked_by(date(2025, 3, 1)),
        reason="Quyết định 9/QĐ-UBND", at=now,
    )  # fmt: skip
    told = [(e.on, e.title) for e in line(ANONYMOUS, first.product, now)]
    assert told == [
        (date(2019, 12, 30), "Công nhận 3 sao (Lần đầu)"),
        (date(2022, 12, 30), "Hết hiệu lực 3 sao"),
        (date(2023, 6, 1), "Công nhận 4 sao (Đánh giá lại)"),
        (date(2025, 3, 1), "Thu hồi hạng sao"),
    ]


def test_a_star_that_was_given_back_has_both_in_its_line(now: datetime, places: Places) -> None:
    star = RecognitionFactory(
        product=recognised("Chè", on=date(2019, 12, 30), commune=places.here).product,
        on=date(2022, 6, 1), kind=Kind.REEVALUATION, revoked_on=date(2024, 3, 1),
        revoked_ground=Ground.MARK, restored_on=date(2024, 5, 1),
    )  # fmt: skip
    told = [(e.on, e.title) for e in line(ANONYMOUS, star.product, now)]
    assert told[-3:] == [
        (date(2024, 3, 1), "Thu hồi hạng sao"),
        (date(2024, 5, 1), "Khôi phục hạng sao"),
        (date(2025, 6, 1), "Hết hiệu lực 3 sao"),
    ]


def test_the_line_names_the_decision_of_a_revocation_and_what_an_annulment_means(
    now: datetime, places: Places
) -> None:
    case = aftercare.restored(now)
    told = {e.title: e.detail for e in line(ANONYMOUS, case.recognition.product, now)}
    assert "Quyết định 77/QĐ-UBND ngày" in told["Thu hồi hạng sao"]
    assert "81/QĐ-UBND" in told["Khôi phục hạng sao"]
    first = recognised("Chè", on=date(2025, 1, 10), commune=places.here)
    RecognitionFactory(
        product=first.product, on=date(2026, 1, 1), kind=Kind.UPGRADE, stars=4,
        annulled_on=date(2026, 3, 1),
    )  # fmt: skip
    told = {e.title: e.detail for e in line(ANONYMOUS, first.product, now)}
    assert told["Hủy kết quả công nhận"] == "coi như chưa từng có; 3 sao trước đó lại có giá trị"


def test_within_a_day_the_line_goes_by_the_hour(now: datetime, places: Places) -> None:
    """A star revoked in the morning and given anew at noon holds at the end of the line."""
    star = aftercare.star(now)
    case = aftercare.decided(now, star)
    hour = timedelta(hours=1)
    told = {"case": case, "actor": SYSTEM}
    revoking.record_appeal(**told, appealed_on=now.date(), words="Không đúng", at=now + hour)
    revoking.settle_appeal(
        **told, upheld=False, ended_on=now.date(), words="Văn bản 9", at=now + 2 * hour
    )
    RecognitionFactory(
        product=star.product, on=now.date(), kind=Kind.REEVALUATION, created_at=now + 3 * hour
    )
    office = acting(person(now, Role.PROVINCIAL_OFFICER), now)
    assert titles(line(office, star.product, now))[1:] == [
        "Mở vụ việc xem xét thu hồi",
        "Nghe chủ thể giải trình",
        "Đề nghị thu hồi hạng sao",
        "Ký quyết định thu hồi",
        "Thu hồi hạng sao",
        "Chủ thể khiếu nại quyết định thu hồi",
        "Có kết quả khiếu nại",
        "Công nhận 3 sao (Đánh giá lại)",
    ]
    assert titles(line(ANONYMOUS, star.product, now))[-2:] == [
        "Thu hồi hạng sao",
        "Công nhận 3 sao (Đánh giá lại)",
    ]


def test_a_star_that_was_replaced_in_time_did_not_expire(now: datetime, places: Places) -> None:
    first = recognised("Chè", on=date(2022, 1, 10), commune=places.here)
    RecognitionFactory(product=first.product, on=date(2024, 12, 1), kind=Kind.UPGRADE, stars=4)
    found = line(ANONYMOUS, first.product, now)
    assert Stage.END not in {entry.stage for entry in found}


def test_proposals_and_what_is_not_published_stand_in_no_public_line(
    now: datetime, places: Places
) -> None:
    star = recognised("Chè", commune=places.here)
    RecognitionFactory(product=star.product, on=date(2025, 6, 1), evidence=Evidence.B2)
    batch = imported(BatchState.LOADED)
    RecognitionFactory(product=star.product, on=date(2025, 7, 1), batch=batch)
    assert len(line(ANONYMOUS, star.product, now)) == 1


def test_even_the_office_gets_no_more_on_the_public_page(now: datetime, world: Round) -> None:
    record(SYSTEM, "dossiers.submitted", world.dossier, at=now)
    office = acting(world.officer, now)
    assert line(office, world.dossier.product, now, Reader.PUBLIC) == []
    assert line(office, world.dossier.product, now)


# --- who is which reader --------------------------------------------------------------------------
def test_each_reads_as_the_law_lets_them(now: datetime, world: Round) -> None:
    product, on = world.dossier.product, now.date()
    readers = {
        world.officer: Reader.OFFICE,
        world.commune: Reader.OFFICE,
        world.maker: Reader.PRODUCER,
        world.elsewhere: Reader.PUBLIC,
        world.adviser: Reader.PUBLIC,
        world.members[0]: Reader.PUBLIC,
    }
    assert {user: reader_of(acting(user, now), product, on) for user in readers} == readers
    assert reader_of(ANONYMOUS, product, on) is Reader.PUBLIC


# --- the producer ---------------------------------------------------------------------------------
def test_the_producer_reads_the_way_of_the_own_dossier(now: datetime, places: Places) -> None:
    dossier = making.filed(now, commune=places.here)
    return_dossier(actor=SYSTEM, dossier=dossier, reasons="Thiếu chữ ký ở Mẫu 01", at=now + DAY)
    dossier.refresh_from_db()
    drafting.submit_dossier(actor=SYSTEM, dossier=dossier, at=now + 2 * DAY)
    owner = acting(member(now, dossier.product.producer), now)
    found = line(owner, dossier.product, now, days=3)
    assert titles(found) == ["Mở hồ sơ", "Nộp hồ sơ", "Trả lại hồ sơ để sửa", "Nộp hồ sơ"]
    assert "Thiếu chữ ký ở Mẫu 01" in found[2].detail
    assert {entry.about.key for entry in found if entry.about} == {dossier.code}


def test_what_goes_on_in_the_council_is_not_the_producers(now: datetime, world: Round) -> None:
    dossier = world.dossier
    record(SYSTEM, "dossiers.agenda_filled", world.sitting, dossier, at=now)
    record(SYSTEM, "dossiers.conclusion_noted", dossier, at=now, change={"star": 3, "passing": 1})
    record(SYSTEM, "dossiers.conclusion_noted", dossier, at=now, change={"star": 4, "passing": 2})
    record(
        SYSTEM, "dossiers.central_result_recorded", dossier, at=now,
        change={"total": "91.5", "star": 5, "returned": False},
    )  # fmt: skip
    record(SYSTEM, "dossiers.proposed", dossier, at=now)
    told = line(acting(world.maker, now), dossier.product, now)
    assert titles(told) == ["Đưa vào chương trình họp hội đồng", "Hội đồng đã đánh giá"]
    assert "sao" not in everything_said(told)
    office = everything_said(line(acting(world.officer, now), dossier.product, now))
    assert "kết luận 4 sao" in office
    assert "Bộ trả kết quả đánh giá" in office
    commune = everything_said(line(acting(world.commune, now), dossier.product, now))
    assert "kết luận" not in commune
    assert "Tổ tư vấn" not in commune
    for points in ("91", "4 sao"):
        assert points not in commune


def test_nobody_is_named(now: datetime, world: Round) -> None:
    for user in (world.officer, world.chair, world.adviser):
        record(acting(user, now), "dossiers.agenda_filled", world.dossier, at=now)
    said = everything_said(line(acting(world.officer, now), world.dossier.product, now))
    for user in (world.officer, world.chair, world.adviser):
        assert user.name not in said


def test_who_is_recused_reads_nothing_of_the_dossier(now: datetime, world: Round) -> None:
    record(SYSTEM, "dossiers.submitted", world.dossier, at=now)
    seat = world.seats[1]
    Obstacle.objects.create(
        case=world.dossier.case, seat=seat, ground=ConflictGround.DECLARED,
        state=ObstacleState.RECUSED, raised_at=now,
    )  # fmt: skip
    recused = world.members[0]
    accounts.grant_role(  # who is of the office, too
        actor=SYSTEM, user=recused, role=Role.PROVINCIAL_OFFICER, unit=None,
        starts_on=now.date() - DAY, at=now,
    )  # fmt: skip
    assert line(acting(recused, now), world.dossier.product, now, Reader.OFFICE) == []


# --- the office -----------------------------------------------------------------------------------
def test_the_line_goes_from_the_idea_to_today(now: datetime, places: Places) -> None:
    star = recognised("Chè", on=date(2024, 12, 30), commune=places.here)
    product = star.product
    Potential.objects.create(
        code="TN1", unit=places.here, province="01", product_name="Chè", product=product, aim=3,
        year=2024, created_at=datetime.fromisoformat("2024-02-01T08:00:00+07:00"),
    )  # fmt: skip
    RegistrationFactory(product=product, product_name="Chè", year=2024, unit=places.before)
    aftercare.complained(now, star)
    office = acting(person(now, Role.PROVINCIAL_OFFICER), now)
    found = line(office, product, now)
    assert [(e.stage, e.audience) for e in found] == [
        (Stage.REGISTRATION, Reader.OFFICE),
        (Stage.IDEA, Reader.OFFICE),
        (Stage.RECOGNITION, Reader.PUBLIC),
        (Stage.COMPLAINT, Reader.OFFICE),
    ]
    owner = acting(member(now, product.producer), now)
    assert [e.stage for e in line(owner, product, now)] == [Stage.RECOGNITION]
    assert Registration.objects.count() == 1


def test_a_post_check_is_the_producers_once_it_is_concluded(now: datetime, places: Places) -> None:
    star = aftercare.star(now)
    owner = aftercare.maker(now, star)
    office = acting(person(now, Role.PROVINCIAL_OFFICER), now)
    check = aftercare.recorded(now, aftercare.planned(now, star))
    stage = Stage.POSTCHECK
    assert stage not in {e.stage for e in line(owner, star.product, now, days=3)}
    assert stage in {e.stage for e in line(office, star.product, now, days=3)}
    checking.conclude_check(
        actor=SYSTEM, check=check, result=CheckResult.KEPT, words="Giữ được điều kiện", at=now
    )
    assert stage in {e.stage for e in line(owner, star.product, now, days=3)}


def test_an_extension_stands_on_the_day_it_was_confirmed(now: datetime, places: Places) -> None:
    star = recognised("Chè", on=date(2023, 11, 1), commune=places.here)  # ended on 01/11/2026
    confirm_extension(
        actor=SYSTEM, recognition=star, last_day=date(2027, 2, 1),
        reason="Hồ sơ đang xét", at=now,
    )  # fmt: skip
    words = "đến khi có kết quả đánh giá lại, muộn nhất đến hết ngày 01/02/2027"
    # Everybody buys by it, so everybody is told.
    for reader in (ANONYMOUS, acting(member(now, star.product.producer), now)):
        found = line(reader, star.product, now)
        (entry,) = [e for e in found if e.title == "Kéo dài hạng 3 sao (Điều 12.3)"]
        assert (entry.on, entry.at, entry.detail) == (now.date(), now, words)
        assert "Hết hiệu lực 3 sao" not in titles(found)
    found = line(ANONYMOUS, star.product, now, days=100)
    assert titles(found)[-1] == "Hết hiệu lực 3 sao"
    assert found[-1].on == date(2027, 2, 1)


def test_an_extension_that_came_with_the_row_stands_on_the_last_day_before_it(
    now: datetime, places: Places
) -> None:
    star = recognised("Chè", on=date(2023, 11, 1), commune=places.here)
    Recognition.objects.update(extended_until=date(2027, 4, 25))
    found = line(ANONYMOUS, star.product, now)
    (entry,) = [e for e in found if e.title.startswith("Kéo dài")]
    assert (entry.on, entry.at) == (date(2026, 11, 1), None)
    assert entry.detail.endswith("muộn nhất đến hết ngày 25/04/2027")
    # Nor is one told that ends before the star itself would have.
    Recognition.objects.update(extended_until=date(2026, 11, 1))
    assert not [e for e in line(ANONYMOUS, star.product, now) if e.title.startswith("Kéo dài")]


def test_changes_of_name_and_state_are_told_with_the_name_of_then(
    now: datetime, places: Places
) -> None:
    product = recognised("Chè", commune=places.here).product
    owner = acting(member(now, product.producer), now)
    facts = products.Particulars(
        name="Chè Đại Xuyên", sector=product.sector, commune=product.commune
    )
    products.change_product(actor=SYSTEM, product=product, particulars=facts, at=now)
    products.stop_product(actor=SYSTEM, product=product, reason="Mất mùa cả năm", at=now + DAY)
    changes = [e for e in line(owner, product, now, days=2) if e.stage is Stage.CHANGE]
    assert changes[0].detail == "đổi tên từ “Chè” thành “Chè Đại Xuyên”"
    assert (changes[1].title, changes[1].detail) == ("Ngừng sản xuất", "Mất mùa cả năm")
    assert not [e for e in line(ANONYMOUS, product, now, days=2) if e.stage is Stage.CHANGE]


def test_what_was_done_to_another_product_of_the_producer_is_not_in_the_line(
    now: datetime, places: Places
) -> None:
    product = recognised("Chè", commune=places.here).product
    products.create_product(
        actor=SYSTEM, producer=product.producer, at=now,
        particulars=products.Particulars(name="Gạo nếp", sector="I"),
    )  # fmt: skip
    office = acting(person(now, Role.PROVINCIAL_OFFICER), now)
    assert [e.stage for e in line(office, product, now)] == [Stage.RECOGNITION]


def test_small_changes_stay_on_the_activity_tab(now: datetime, places: Places) -> None:
    product = recognised("Chè", commune=places.here).product
    record(SYSTEM, "products.product_changed", product, at=now, change={"fields": ["story"]})
    office = acting(person(now, Role.PROVINCIAL_OFFICER), now)
    assert [e.stage for e in line(office, product, now)] == [Stage.RECOGNITION]


def test_an_old_day_knows_nothing_of_what_came_later(now: datetime, places: Places) -> None:
    product = recognised("Chè", on=date(2024, 12, 30), commune=places.here).product
    office = acting(person(now, Role.PROVINCIAL_OFFICER), now)
    assert history(office, product, reader=Reader.OFFICE, on=date(2024, 12, 29)) == []


def test_a_long_life_takes_no_more_queries(
    now: datetime, places: Places, django_assert_max_num_queries: Any
) -> None:
    star = recognised("Chè", commune=places.here)
    office = acting(person(now, Role.PROVINCIAL_OFFICER), now)

    def more(times: int) -> None:
        for _turn in range(times):
            record(SYSTEM, "products.product_stopped", star.product, at=now, reason="Mất mùa")
            aftercare.complained(now, star)
            row = RecognitionFactory(product=star.product, on=date(2025, 1, 1))
            aftercare.planned(now, row)

    more(1)
    with django_assert_max_num_queries(40) as counted:
        line(office, star.product, now, days=5)
    more(3)
    with django_assert_max_num_queries(len(counted)):
        assert len(line(office, star.product, now, days=5)) == 17


def test_a_star_that_is_not_published_is_told_to_the_office_alone(
    now: datetime, places: Places
) -> None:
    row = RecognitionFactory(product__name="Chè", decision__awaits_publication=True)
    officer = acting(person(now, Role.PROVINCIAL_OFFICER), now)
    assert not line(ANONYMOUS, row.product, now)
    assert not line(officer, row.product, now, Reader.PUBLIC)
    assert not line(acting(member(now, row.product.producer), now), row.product, now)
    (told,) = [e for e in line(officer, row.product, now) if e.stage is Stage.RECOGNITION]
    assert told.audience is Reader.OFFICE
