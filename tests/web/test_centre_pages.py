"""Design centres on the pages of the office, of who keeps them, of the council and of everybody."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.network.centres.models import AssessmentState, CentreMonth, CentreState, DesignCentre
from ocop.network.centres.services import assessing
from ocop.network.centres.services import centres as services
from ocop.network.centres.services.photos import add_centre_photo
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.places.models import Level, Unit
from ocop.places.queries import key_of
from ocop.producers.models import ProducerMembership
from ocop.programme.models import Target
from tests.councils.hall import build_hall, open_up
from tests.factories import ProducerFactory, ProductFactory, UnitFactory
from tests.network.centres.factories import GOOD, judged, make_application, make_centre, make_visit
from tests.network.factories import picture
from tests.network.test_photos import shade
from tests.network.villages.factories import VillageFactory
from tests.world import person, with_second_factor

pytestmark = pytest.mark.django_db
LIST = "/dieu-hanh/mang-luoi/trung-tam/"
NUMBERS = {
    "area": "650", "zone_display": "220", "zone_meeting": "110,5", "zone_experience": "150",
    "zone_photo": "30", "goods": "80", "ocop": "40", "craft": "12",
}  # fmt: skip


@pytest.fixture
def office(client: Client, now: datetime) -> Client:
    client.force_login(with_second_factor(person(now, Role.PROVINCIAL_OFFICER), now))
    return client


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_centre_from_the_application_to_the_public_page(office: Client, now: datetime) -> None:
    commune = UnitFactory()
    told = {"name": "Trung tâm Lụa", "operator": "HTX Lụa", "address": "Ngõ 1"}
    answer = office.post(f"{LIST}moi/", told | NUMBERS | {"commune": key_of(commune)})
    centre = DesignCentre.objects.get()
    assert answer["Location"] == f"{LIST}{centre.code}/"
    page = _text(office, answer["Location"])
    assert "650 m²" in page
    assert "65 %" in page  # 52 of 80 kinds of goods
    hall = build_hall(now, cases=[])
    sent = office.post(f"{LIST}{centre.code}/hoi-dong/", {"sitting": hall.sitting.code})
    assert sent.status_code == 302
    centre.refresh_from_db()
    assert centre.assessments.get().state == AssessmentState.SENT
    page = _text(office, f"{LIST}{centre.code}/")
    assert f"{LIST}{centre.code}/hoi-dong/" not in page  # not offered twice
    assert f"{LIST}{centre.code}/cong-nhan/" not in page  # not before the council concluded


def test_what_the_council_passed_is_recognised_and_then_public(
    office: Client, now: datetime
) -> None:
    assessment = make_application(summary="Lụa và gốm")
    centre = assessment.centre
    assert Client().get(f"/trung-tam/{centre.code}/").status_code == 404
    judged(build_hall(now, cases=[]), assessment, 81, 82, 83)
    make_visit(centre, timezone.localdate(now))
    page = _text(office, f"{LIST}{centre.code}/?tab=assessments")
    assert "Hội đồng chấm 82" in page
    assert "Hội đồng kết luận: đạt" in page
    decision = {
        "number": "12/QĐ-UBND", "signed_on": timezone.localdate().isoformat(), "authority": "UBND",
    }  # fmt: skip
    answer = office.post(f"{LIST}{centre.code}/cong-nhan/", decision)
    assert answer.status_code == 302
    shown = _text(Client(), f"/trung-tam/{centre.code}/")
    assert "Lụa và gốm" in shown
    assert "Hội đồng chấm" not in shown
    main = shown.partition("<main")[2].partition("</main")[0].replace(centre.commune.name, "")
    assert not re.search(r"\b82\b", main)  # the points are the council's
    assert centre.name in _text(Client(), "/trung-tam/")


def test_a_condition_not_met_is_shown_and_refused(office: Client, now: datetime) -> None:
    short = {**NUMBERS, "area": "480"}
    told = {"name": "Nhỏ", "operator": "HTX", "address": "Ngõ 2"}
    office.post(f"{LIST}moi/", told | short | {"commune": key_of(UnitFactory())})
    centre = DesignCentre.objects.get()
    hall = build_hall(now, cases=[])
    answer = office.post(f"{LIST}{centre.code}/hoi-dong/", {"sitting": hall.sitting.code})
    assert "chưa đạt (xem mục Số liệu)" in answer.content.decode()


def test_a_visit_keeps_what_was_measured(office: Client) -> None:
    centre = make_centre()
    measured = {**NUMBERS, "zone_meeting": "99", "visited_on": timezone.localdate().isoformat()}
    answer = office.post(f"{LIST}{centre.code}/kiem-tra/", measured)
    assert answer.status_code == 302
    visit = centre.visits.get()
    assert (visit.passed, visit.zones["meeting"]) == (False, "99")


def test_the_plan_of_a_year_is_a_range(office: Client) -> None:
    province = UnitFactory(level=Level.PROVINCE, parent=None)
    options.set_option(
        actor=SYSTEM, option=options.PROVINCE, value=province.code, at=timezone.now()
    )
    Target.objects.create(
        indicator="design_centres", unit=province, starts_on=date(2024, 1, 1),
        ends_on=date(2025, 1, 1), low=Decimal(5), high=Decimal(10), source="Kế hoạch",
    )  # fmt: skip
    make_centre(recognised_on=date(2024, 3, 1))
    page = _text(office, f"{LIST}ke-hoach/")
    assert "5–10" in page
    assert "còn thiếu 4" in page


def _keeper(now: datetime) -> tuple[User, DesignCentre]:
    user, maker = person(now, None), ProducerFactory()
    ProducerMembership.objects.create(user=user, producer=maker, starts_on=date(2026, 1, 1))
    centre = make_centre(producer=maker)
    return user, centre


def test_a_keeper_tells_a_month_on_a_page_of_two_fields(client: Client, now: datetime) -> None:
    user, centre = _keeper(now)
    client.force_login(user)
    assert centre.name in _text(client, "/cua-toi/trung-tam/")
    month = timezone.localdate().replace(day=1)
    address = f"/cua-toi/trung-tam/{centre.code}/thang/{month:%Y-%m}/"
    assert _text(client, address).count('type="text"') <= 2
    answer = client.post(address, {"visitors": "1.250", "income": "35.000.000"})
    assert answer.status_code == 302
    row = CentreMonth.objects.get()
    assert (row.visitors, row.income) == (1250, 35_000_000)
    assert "1.250" in _text(client, f"/cua-toi/trung-tam/{centre.code}/")
    assert client.get(f"/cua-toi/trung-tam/{centre.code}/thang/2026-13/").status_code == 404


def test_a_month_kept_by_a_phone_is_taken_once_and_refused_for_good(
    client: Client, now: datetime
) -> None:
    user, centre = _keeper(now)
    client.force_login(user)
    month = timezone.localdate().replace(day=1)
    page = f"/cua-toi/trung-tam/{centre.code}/thang/{month:%Y-%m}/"
    assert f'data-sales="{page}gui/"' in _text(client, page)
    sent = {"client_id": "6f0c", "visitors": "1.250", "income": ""}
    assert [client.post(f"{page}gui/", sent).status_code for _turn in range(2)] == [200, 200]
    row = CentreMonth.objects.get()
    assert (row.visitors, row.income) == (1250, None)
    assert "Gửi lại thì thay số đã ghi" in _text(client, page)
    late = f"/cua-toi/trung-tam/{centre.code}/thang/2030-01/"
    refused = client.post(f"{late}gui/", sent)
    assert (refused.status_code, "tháng" in refused.json()["message"]) == (409, True)
    assert "Không ghi cho tháng này được" in _text(client, late)
    assert client.post(f"{page}gui/", {"visitors": "nhiều"}).status_code == 409
    client.force_login(person(now, None))
    assert client.post(f"{page}gui/", sent).json()["message"].startswith("Bạn không còn phụ trách")
    worker = _text(client, "/cua-toi/trung-tam/ngoai-tuyen.js")
    assert r"\/thang\/" in worker


def test_photographs_are_added_by_the_keeper_and_the_office_and_seen_by_all(
    office: Client, now: datetime
) -> None:
    user, centre = _keeper(now)
    own = Client()
    own.force_login(user)
    new, public = f"/cua-toi/trung-tam/{centre.code}/anh/", f"/trung-tam/{centre.code}/"
    wrong = own.post(new, {"photo": SimpleUploadedFile("a.png", picture()), "caption": " "})
    assert wrong.status_code == 200
    told = {"photo": SimpleUploadedFile("a.png", picture()), "caption": "Khu trưng bày"}
    assert own.post(new, told)["Location"] == f"/cua-toi/trung-tam/{centre.code}/"
    more = {"photo": SimpleUploadedFile("b.png", shade(9)), "caption": "Mặt tiền"}
    assert office.post(f"{LIST}{centre.code}/anh/", more).status_code == 302
    first, second = centre.photos.all()
    page = _text(Client(), public)
    assert f'src="{public}anh/{first.pk}/" alt="Khu trưng bày"' in page
    assert f'src="{public}anh/{second.pk}/" alt="Mặt tiền"' in page
    shown = Client().get(f"{public}anh/{first.pk}/")
    assert (shown["Content-Type"], bool(shown.getvalue())) == ("image/png", True)
    assert own.post(f"{new}{second.pk}/bo/", {"reason": "Ảnh mờ"}).status_code == 302
    away = f"{LIST}{centre.code}/anh/{first.pk}/bo/"
    assert away in _text(office, f"{LIST}{centre.code}/")
    assert "rời trang công khai" in _text(office, away)
    assert office.post(away, {"reason": "Ảnh cũ"}).status_code == 302
    assert not centre.photos.exists()
    assert f"{public}anh/" not in _text(Client(), public)


def test_photographs_of_an_application_are_not_public(now: datetime) -> None:
    centre = make_application().centre
    photo = add_centre_photo(
        actor=SYSTEM, centre=centre, content=picture(), filename="a.png", caption="Cửa", at=now
    )
    assert Client().get(f"/trung-tam/{centre.code}/anh/{photo.pk}/").status_code == 404


def test_ties_are_written_by_name_or_code(client: Client, now: datetime) -> None:
    user, centre = _keeper(now)
    client.force_login(user)
    tour = ProductFactory(name="Tour Vạn Phúc", set_number=26, listed=True)
    silk = ProductFactory(name="Lụa", set_number=22, listed=True)
    village = VillageFactory(name="Làng Lụa")
    address = f"/cua-toi/trung-tam/{centre.code}/gan/"
    wrong = client.post(address, {"products": silk.name, "villages": ""})
    assert "Không tìm thấy “Lụa”" in wrong.content.decode()
    answer = client.post(
        address, {"products": f"x [{tour.code}]", "villages": f"Làng Lụa [{village.code}]\n"}
    )
    assert answer.status_code == 302
    assert {tie.product or tie.village for tie in centre.ties.all()} == {tour, village}


def test_members_see_the_numbers_beside_their_marks(client: Client, now: datetime) -> None:
    hall, assessment = build_hall(now, cases=[]), make_application()
    item = assessing.send_centre(actor=SYSTEM, assessment=assessment, sitting=hall.sitting, at=now)
    make_visit(assessment.centre, date(2026, 11, 2))
    open_up(hall)
    client.force_login(with_second_factor(hall.people[2], now))
    page = _text(client, f"/hoi-dong/phieu/{item.code}/")
    assert "Khai: 110 m²" in page
    assert "Đo tại chỗ ngày 02/11/2026: 110 m²" in page
    assert "Trung tâm thiết kế sáng tạo, giới thiệu" in page


def test_a_centre_that_ended_says_so(now: datetime) -> None:
    centre = make_centre()
    services.end_centre(
        actor=SYSTEM, centre=centre, ended_on=timezone.localdate(now) - timedelta(days=1),
        number="5/QĐ-UBND", reason="Trả lại mặt bằng", at=now,
    )  # fmt: skip
    assert centre.state == CentreState.ENDED
    assert "thôi được công nhận" in _text(Client(), f"/trung-tam/{centre.code}/")
    assert centre.name not in _text(Client(), "/trung-tam/").partition("<main")[2]


def test_numbers_of_the_application_stay_in_the_form_that_changes_it(office: Client) -> None:
    centre = make_application().centre
    page = _text(office, f"{LIST}{centre.code}/sua/")
    assert 'name="zone_meeting"' in page
    assert "110" in page
    assert GOOD.area is not None
    recognised = make_centre()
    assert 'name="zone_meeting"' not in _text(office, f"{LIST}{recognised.code}/sua/")


def test_lists_are_filtered(office: Client) -> None:
    kept, waiting = make_centre(name="Một"), make_application(name="Hai").centre
    page = _text(office, f"{LIST}?state=applied").partition("<main")[2]
    assert waiting.code in page
    assert kept.code not in page
    assert isinstance(kept.commune, Unit)


def test_pages_of_a_village_and_of_a_tour_lead_to_the_centre(now: datetime) -> None:
    centre, village = make_centre(), VillageFactory()
    tour = ProductFactory(set_number=26, listed=True)
    services.set_centre_ties(
        actor=SYSTEM, centre=centre, products=[tour], villages=[village], at=now
    )
    address = f'href="/trung-tam/{centre.code}/"'
    for page in (f"/lang-nghe/{village.code}/", f"/san-pham/{tour.code}/"):
        assert address in _text(Client(), page)
    shown = _text(Client(), f"/trung-tam/{centre.code}/")
    assert f"/lang-nghe/{village.code}/" in shown
    assert f"/san-pham/{tour.code}/" in shown
