"""Diaries, ways of lots, inspections and recalls as people of every role use them."""

import io
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from ocop.filters.traceability import TraceEventFilter
from ocop.people.roles import Role
from ocop.traceability import diary
from ocop.traceability.diary import Step
from ocop.traceability.entries import Used
from ocop.traceability.models import Lot, Material, TraceEvent, TradeItem
from tests.traceability.making import Maker, lot_of, made_of, maker, material, note
from tests.world import member, person, with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    return timezone.now()


@pytest.fixture
def made(at: datetime) -> Maker:
    return maker(at)


@pytest.fixture
def own(client: Client, made: Maker, at: datetime) -> Client:
    client.force_login(member(at, made.producer))
    return client


def signed_in(at: datetime, role: Role) -> Client:
    client = Client()
    client.force_login(with_second_factor(person(at, role), at))
    return client


def moment(at: datetime) -> str:
    return f"{timezone.localtime(at - timedelta(hours=1)):%Y-%m-%dT%H:%M}"


def noted(client: Client, made: Maker, step: Step, at: datetime, **more: str) -> TraceEvent:
    """The event that came of a form of the diary."""
    usual = {"done_at": moment(at), "site": made.site.code, "quantity": "12,5", "measure": "KGM"}
    address = reverse("producer_note", args=(made.producer.code, step))
    answer = client.post(address, usual | more)
    assert answer.status_code == 302, answer.content.decode()
    return TraceEvent.objects.latest("pk")


def test_whole_way_of_a_lot_is_noted_by_the_forms(own: Client, made: Maker, at: datetime) -> None:
    noted(own, made, Step.RECEIVE, at, name="Chè tươi", partner="Hộ bà Thử")
    tea = Material.objects.get()
    noted(own, made, Step.PROCESS, at, lot=made.lot.code, **{f"m_{tea.code}": "10"})
    noted(own, made, Step.PACK, at, lot=made.lot.code, packages="3")
    noted(own, made, Step.SHIP, at, lot=made.lot.code, partner="Cửa hàng Thử", document="PX-1")
    noted(own, made, Step.DESTROY, at, lot=made.lot.code, note="Hết hạn")
    page = own.get(reverse("producer_lineage", args=(made.lot.code,))).content.decode()
    for words in ("Chè tươi", "Cửa hàng Thử", "Không còn hàng", "Kiện", "<svg"):
        assert words in page
    listed = own.get(reverse("producer_diary")).content.decode()
    assert listed.count("Chè tươi") >= 1
    assert "12,5 kg" in listed


def test_harvest_becomes_material_for_later(own: Client, made: Maker, at: datetime) -> None:
    noted(own, made, Step.HARVEST, at, lot="", name="Chè búp")
    assert Material.objects.get().name == "Chè búp"


def test_form_says_what_is_missing_and_keeps_what_was_typed(
    own: Client, made: Maker, at: datetime
) -> None:
    address = reverse("producer_note", args=(made.producer.code, "ship"))
    answer = own.post(address, {"done_at": moment(at), "site": made.site.code, "quantity": "7",
                                "measure": "KGM", "lot": made.lot.code})  # fmt: skip
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Xuất cho ai" in page
    assert 'value="7"' in page
    assert not TraceEvent.objects.exists()


def test_processing_of_nothing_is_refused(own: Client, made: Maker, at: datetime) -> None:
    material(made, at)
    address = reverse("producer_note", args=(made.producer.code, "process"))
    answer = own.post(address, {"done_at": moment(at), "site": made.site.code, "quantity": "7",
                                "measure": "KGM", "lot": made.lot.code})  # fmt: skip
    assert "ít nhất một nguyên liệu" in answer.content.decode()


def test_code_on_a_pack_ties_two_producers(own: Client, made: Maker, at: datetime) -> None:
    other = maker(at, gtin="08935001700012")
    for text in ("https://id.ocop.example/01/08935001700012/10/L-01", other.lot.code):
        noted(own, made, Step.RECEIVE, at, name=f"Chè {text[:5]}", partner="HTX", source=text)
        assert Material.objects.latest("pk").lot == other.lot
    answer = own.post(
        reverse("producer_note", args=(made.producer.code, "receive")),
        {"done_at": moment(at), "site": made.site.code, "quantity": "7", "measure": "KGM",
         "name": "Chè", "partner": "HTX", "source": "(01)08935001700013(10)1"},
    )  # fmt: skip
    assert "chữ số kiểm tra không khớp" in answer.content.decode()


def test_code_of_another_system_is_kept_and_shown(own: Client, made: Maker, at: datetime) -> None:
    code = "https://id.gs1.org/01/09520000000028/10/260101"
    row = noted(own, made, Step.RECEIVE, at, name="Đường", partner="Nhà máy", source=code)
    assert Material.objects.get().source_code == code
    page = own.get(reverse("producer_event", args=(row.pk,))).content.decode()
    assert code in page
    assert "giữ nguyên văn" in page


def test_more_than_is_left_is_asked_about_once(own: Client, made: Maker, at: datetime) -> None:
    noted(own, made, Step.RECEIVE, at, name="Chè tươi", partner="Hộ bà Thử")
    field = f"m_{Material.objects.get().code}"
    address = reverse("producer_note", args=(made.producer.code, "process"))
    sent = {"done_at": moment(at), "site": made.site.code, "quantity": "7", "measure": "KGM",
            "lot": made.lot.code, field: "50"}  # fmt: skip
    assert 'name="sure"' not in own.get(address).content.decode()
    page = own.post(address, sent).content.decode()
    assert "còn 12,5 kg, đang ghi 50 kg" in page
    assert 'name="sure"' in page
    assert own.post(address, sent | {"sure": "on"}).status_code == 302
    page = own.get(reverse("producer_event", args=(TraceEvent.objects.latest("pk").pk,)))
    assert "Không khớp sổ" in page.content.decode()


def test_everything_that_was_taken_in_can_be_named(own: Client, made: Maker, at: datetime) -> None:
    rows = [material(made, at, name=f"Chè {n}") for n in range(14)]
    made_of(made, made.lot, rows[0], now=at)  # half of it
    note(made, Step.PROCESS, at, used=[Used(material=rows[1], quantity=Decimal(10),
                                            measure="KGM")])  # fmt: skip
    page = own.get(reverse("producer_note", args=(made.producer.code, "process"))).content.decode()
    open_part, folded = page.split("<details>")
    names = {row.name: f'name="m_{row.code}"' for row in rows}
    assert all(field in page for field in names.values())
    assert names["Chè 1"] in folded  # used up
    assert names["Chè 13"] in open_part
    assert "còn 5 kg" in page
    other = lot_of(made, "N2", at)
    noted(own, made, Step.PROCESS, at, lot=other.code, **{f"m_{rows[1].code}": "1", "sure": "on"})
    assert TraceEvent.objects.latest("pk").things.get(role="input_class").quantity == 1


def test_unknown_step_is_not_there(own: Client, made: Maker) -> None:
    for step in ("inspect", "dance"):
        assert own.get(reverse("producer_note", args=(made.producer.code, step))).status_code == 404


def test_wrong_entry_stays_marked(own: Client, made: Maker, at: datetime) -> None:
    row = note(made, Step.SHIP, at)
    own.post(
        reverse("producer_event_wrong", args=(row.pk,)), {"kind": "never", "reason": "Hủy đơn"}
    )
    row.refresh_from_db()
    assert row.declared_wrong_at is not None
    assert "đã được báo sai" in own.get(reverse("producer_event", args=(row.pk,))).content.decode()
    assert "Báo ghi sai" not in own.get(reverse("producer_event", args=(row.pk,))).content.decode()


def test_producer_without_a_place_is_told_to_enter_one(
    client: Client, made: Maker, at: datetime
) -> None:
    made.site.delete()
    client.force_login(member(at, made.producer))
    page = client.get(reverse("producer_diary")).content.decode()
    assert reverse("producer_site_new", args=(made.producer.code,)) in page


def test_recall_shows_first_what_turns_and_whom_to_tell(
    own: Client, made: Maker, at: datetime
) -> None:
    a, b = lot_of(made, "A", at), lot_of(made, "B", at)
    made_of(made, b, a, now=at)
    note(made, Step.SHIP, at, lot=b)
    address = reverse("producer_recall", args=(a.code,))
    page = own.get(address).content.decode()
    assert "Cùng thu hồi 1 lô" in page
    assert "Cửa hàng Thử" in page
    assert not Lot.objects.filter(recalled_at__isnull=False).exists()
    own.post(address, {"reason": "Có mảnh thủy tinh"})
    assert set(Lot.objects.filter(recalled_at__isnull=False)) == {a, b}


def test_lots_of_others_are_counted_and_not_named(own: Client, made: Maker, at: datetime) -> None:
    other = maker(at)
    tea = material(other, at, source=made.lot)
    made_of(other, other.lot, tea, now=at)
    page = own.get(reverse("producer_recall", args=(made.lot.code,))).content.decode()
    assert "1 lô của chủ thể khác" in page
    assert other.producer.name not in page


def test_office_lists_events_and_takes_them_along(made: Maker, at: datetime) -> None:
    note(made, Step.SHIP, at)
    office = signed_in(at, Role.PROVINCIAL_OFFICER)
    address = reverse("office:trace_events")
    page = office.get(address).content.decode()
    assert "Cửa hàng Thử" in page
    assert made.producer.name in page
    assert "Cửa hàng Thử" not in office.get(address, {"step": "packing"}).content.decode()
    assert "Cửa hàng Thử" in office.get(address, {"q": "L-01"}).content.decode()
    assert "Cửa hàng Thử" in office.get(address, {"q": "L-"}).content.decode()
    assert "Cửa hàng Thử" in office.get(address, {"q": "cua hang"}).content.decode()
    assert "Cửa hàng Thử" not in office.get(address, {"q": "cua dong"}).content.decode()
    book = office.get(address, {"format": "xlsx"})
    assert book["Content-Type"].endswith("sheet")
    assert b"".join(book).startswith(b"PK")


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_often_for_three_as_for_one(
    made: Maker, at: datetime, rows: int, django_assert_max_num_queries: object
) -> None:
    for number in range(rows):
        note(made, Step.SHIP, at, done_at=at - timedelta(hours=2 + number))
    office = signed_in(at, Role.PROVINCIAL_OFFICER)
    office.get(reverse("office:trace_events"))
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        office.get(reverse("office:trace_events"))


def test_inspector_notes_what_was_found(made: Maker, at: datetime) -> None:
    inspector = signed_in(at, Role.INSPECTOR)
    address = reverse("office:lot_inspect", args=(made.lot.code,))
    told = {"done_at": moment(at), "result": "no", "note": ""}
    assert "lý do" in inspector.post(address, told).content.decode()
    inspector.post(address, told | {"note": "Nhãn không có hạn dùng"})
    row = TraceEvent.objects.get()
    assert row.disposition == "non_conformant"
    page = inspector.get(reverse("office:trace_event", args=(row.pk,))).content.decode()
    assert "Không đạt" in page
    assert "Nhãn không có hạn dùng" in page


def test_office_recalls_and_lifts(made: Maker, at: datetime) -> None:
    office = signed_in(at, Role.OFFICE_HEAD)
    office.post(reverse("office:lot_recall", args=(made.lot.code,)), {"reason": "Kiểm nghiệm"})
    page = office.get(reverse("office:lot_lineage", args=(made.lot.code,))).content.decode()
    assert "Bị thu hồi từ" in page
    office.post(reverse("office:lot_lift", args=(made.lot.code,)), {"reason": "Mẫu lưu đạt"})
    made.lot.refresh_from_db()
    assert made.lot.recalled_at is None


def test_lifting_shows_first_what_turns_back(made: Maker, at: datetime) -> None:
    office, other = signed_in(at, Role.OFFICE_HEAD), maker(at)
    mouldy = lot_of(made, "MOC", at)
    made_of(other, other.lot, material(other, at, source=made.lot), now=at)
    made_of(made, mouldy, made.lot, now=at)
    for lot in (mouldy, made.lot):
        address = reverse("office:lot_recall", args=(lot.code,))
        shown = office.get(address).content.decode()
        answer = office.post(address, {"reason": "Kiểm nghiệm"}, follow=True)
    assert "Cùng thu hồi 1 lô làm từ lô này." in shown  # the other one is recalled already
    assert f"Đã thu hồi lô {made.lot.number} và 1 lô làm từ lô đó." in answer.content.decode()
    address = reverse("office:lot_lift", args=(made.lot.code,))
    page = office.get(address).content.decode()
    assert "Cùng gỡ thu hồi 1 lô làm từ lô này." in page
    assert other.producer.name in page
    assert f", {mouldy.number}" not in page
    answer = office.post(address, {"reason": "Mẫu lưu đạt"}, follow=True)
    assert f"Đã gỡ thu hồi lô {made.lot.number} và 1 lô làm từ lô đó." in answer.content.decode()
    other.lot.refresh_from_db()
    assert other.lot.recalled_at is None


def test_recall_and_lift_that_are_done_say_so(own: Client, made: Maker, at: datetime) -> None:
    office = signed_in(at, Role.OFFICE_HEAD)
    answer = office.get(reverse("office:lot_lift", args=(made.lot.code,)), follow=True)
    assert "Lô này không bị thu hồi." in answer.content.decode()
    address = reverse("producer_recall", args=(made.lot.code,))
    answer = own.post(address, {"reason": "Có mảnh thủy tinh"}, follow=True)
    assert f"Đã thu hồi lô {made.lot.number}." in answer.content.decode()
    for client, where in (
        (own, address),
        (office, reverse("office:lot_recall", args=(made.lot.code,))),
    ):
        page = client.get(where, follow=True).content.decode()
        assert "Lô này đã được thu hồi." in page
        assert "Những gì sẽ thay đổi" not in page


def test_stopped_sales_unit_opens_no_form_of_a_lot(own: Client, made: Maker, at: datetime) -> None:
    TradeItem.objects.filter(pk=made.item.pk).update(stopped_at=at)
    answer = own.get(reverse("producer_lot_new", args=(made.item.code,)), follow=True)
    assert "đã ngừng bán" in answer.content.decode()
    assert answer.redirect_chain


def test_whole_diary_is_read_searched_and_taken_away(
    own: Client, made: Maker, at: datetime
) -> None:
    for n in range(52):
        note(made, Step.SHIP, at, done_at=at - timedelta(hours=2, minutes=n), partner=f"Chợ {n}")
    address = reverse("producer_diary")
    assert "Chợ 51" not in own.get(address).content.decode()
    assert "Chợ 51" in own.get(address, {"page": "2"}).content.decode()
    assert "Chợ 51" not in own.get(address, {"step": "packing"}).content.decode()
    answer = own.get(address, {"format": "xlsx"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer)))
    told = [row for row in book.get_sheet_by_index(0).to_python() if "Chợ 51" in row]
    assert len(told) == 1


def test_lot_offers_what_it_lacks_and_its_recall(own: Client, made: Maker) -> None:
    page = own.get(reverse("producer_lot", args=(made.lot.code,))).content.decode()
    code = made.producer.code
    assert f"{reverse('producer_note', args=(code, 'process'))}?lo={made.lot.code}" in page
    assert reverse("producer_recall", args=(made.lot.code,)) in page


def test_harvest_that_was_used_is_not_declared_wrong_unawares(
    own: Client, made: Maker, at: datetime
) -> None:
    early = at - timedelta(hours=3)
    event = note(made, Step.HARVEST, at, lot=None, name="Chè búp", done_at=early)
    address = reverse("producer_event_wrong", args=(event.pk,))
    assert "làm từ hàng của việc này" not in own.get(address).content.decode()
    made_of(made, made.lot, event.material, now=at)
    assert "Lô L-01 được ghi là làm từ hàng của việc này" in own.get(address).content.decode()


def test_picture_names_lots_by_their_number(own: Client, made: Maker, at: datetime) -> None:
    whole = lot_of(made, "N-2026", at)
    made_of(made, whole, made.lot, now=at)
    page = own.get(reverse("producer_lineage", args=(made.lot.code,))).content.decode()
    drawing = page.split('<figure class="lineage">')[1].split("</svg>")[0]
    assert "lô N-2026" in drawing


@pytest.mark.parametrize("words", ["chè tươi", "CHE", "ba thu"])
def test_diary_is_searched_by_material_and_partner(made: Maker, at: datetime, words: str) -> None:
    material(made, at)
    own = Client()
    own.force_login(member(at, made.producer))
    address = reverse("producer_diary")
    assert "Hộ bà Thử" in own.get(address, {"q": words}).content.decode()
    assert "Hộ bà Thử" not in own.get(address, {"q": "gạo"}).content.decode()


def test_filter_calls_the_steps_as_the_list_does() -> None:
    """What one sees in a list is what one looks for in its filter."""
    filters = TraceEventFilter(QueryDict(), queryset=TraceEvent.objects.all())
    choices = {str(words) for _value, words in filters.form.fields["step"].choices}
    named = {diary.words(step) for step in diary.Step} - {"Thu hồi lô", "Gỡ thu hồi lô"}
    assert named <= choices
    assert not {"inspecting", "destroying"} & choices
