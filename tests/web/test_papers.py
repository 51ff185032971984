"""Papers: what they say, who may read them, and the office's own frames."""

import csv
import io
import zipfile
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from docx.oxml.ns import qn

from ocop.core.official import services as frames
from ocop.core.official import word
from ocop.councils.models import Seat, SittingKind
from ocop.councils.services import concluding, obstacles, sittings
from ocop.criteria.sets import load_set
from ocop.dossiers.models import CommuneReport, Dossier
from ocop.dossiers.services import evidence as library
from ocop.people.models import User
from ocop.people.roles import Role
from tests.councils.hall import Hall, marks, open_hall
from tests.dossiers import making
from tests.world import person

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    pages = pypdfium2.PdfDocument(response.content)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


@pytest.fixture
def hall(demonstration: None, now: datetime) -> Hall:
    return open_hall(now, members=3, cases=2)


@pytest.fixture
def demonstration(now: datetime) -> None:
    """A second factor is asked of the office and of councils, but not here."""
    from ocop.core import options
    from ocop.core.actor import SYSTEM

    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)


def concluded(hall: Hall) -> None:
    hall.submit_all(80, 82, 84)
    hall.answer()
    hall.conclude()


def test_minutes_say_who_was_there_who_is_recused_and_what_was_concluded(hall: Hall) -> None:
    second = hall.items[1]
    obstacles.declare_conflict(
        actor=hall.actor(2), case=second.case, reason="người nhà", at=hall.now
    )
    concluded(hall)
    client = signed_in(hall.people[0])
    told = words(client.get(f"/van-ban/phien/{hall.sitting.code}/bien-ban.pdf"))
    assert "BIÊN BẢN" in told
    assert "Có mặt 3 trên 3 thành viên" in told
    assert "Thành viên tự khai" in told
    assert "Điểm trung bình: 82,00" in told
    assert "chưa kết luận" in told.lower()
    assert "Hội đồng đã kết luận 1 trên 2 sản phẩm" in told


def test_minutes_say_which_conditions_decided(hall: Hall) -> None:
    concluded(hall)
    second = hall.items[1]
    hall.submit_all(80, 82, 84, item=second)
    hall.answer(second)
    concluding.answer_gates(
        actor=hall.chair,
        item=second,
        gates={"forged_dossier": True},
        reason="Giấy kiểm nghiệm bị sửa",
        at=hall.now,
    )
    hall.conclude(second)
    client = signed_in(hall.people[0])
    told = words(client.get(f"/van-ban/phien/{hall.sitting.code}/bien-ban.pdf"))
    first, rest = told.split(f"2. {second.case.title}")
    assert "Các điều kiện: đạt." in first
    assert "Điều kiện không đạt: Giả mạo hồ sơ (trả lời: có)." in rest
    assert "Các điều kiện: đạt." not in rest


def test_minutes_of_who_is_recused_leave_the_case_out(hall: Hall) -> None:
    second = hall.items[1]
    obstacles.declare_conflict(
        actor=hall.secretary, case=second.case, reason="người nhà", at=hall.now
    )
    client = signed_in(hall.people[1])
    told = words(client.get(f"/van-ban/phien/{hall.sitting.code}/bien-ban.pdf"))
    assert hall.items[0].case.title in told
    assert second.case.title not in told


@pytest.mark.parametrize("paper", ["bien-ban.pdf", "tong-hop.docx", "phien-hop.zip"])
def test_results_are_not_a_members_to_read(hall: Hall, paper: str) -> None:
    concluded(hall)
    client = signed_in(hall.people[2])
    assert client.get(f"/van-ban/phien/{hall.sitting.code}/{paper}").status_code == 404
    client = signed_in(person(hall.now, Role.COUNCIL_MEMBER))
    assert client.get(f"/van-ban/phien/{hall.sitting.code}/{paper}").status_code == 404


def test_summary_is_a_table_of_products_and_members(demonstration: None, now: datetime) -> None:
    hall = open_hall(now, members=4, cases=2)
    second = hall.items[1]
    obstacles.declare_conflict(actor=hall.actor(2), case=second.case, reason="xem lại", at=hall.now)
    hall.submit_all(80, 82, 84, 84)
    hall.answer()
    hall.conclude()
    for who, total in ((0, 70), (1, 72), (3, 74)):
        hall.submit(who, marks(load_set(second.case.version.number), total), second)
    hall.answer(second)
    hall.conclude(second)
    client = signed_in(hall.people[1])
    address = f"/van-ban/phien/{hall.sitting.code}/tong-hop"
    told = words(client.get(f"{address}.pdf"))
    for total in ("80", "82", "84", "82,50", "72,00"):
        assert total in told
    answer = client.get(f"{address}.docx")
    table = Document(BytesIO(answer.content)).tables[1]
    head, first, last = ([cell.text for cell in row.cells] for row in table.rows)
    members = [person.name for person in hall.people]
    assert head == ["STT", "Sản phẩm", *members, "Trung bình", "Chênh lệch", "Kết quả"]
    assert first[2:8] == ["80", "82", "84", "84", "82,50", "4"]
    assert last[2:8] == ["70", "72", "–", "74", "72,00", "4"]


def test_papers_are_vietnamese_for_who_reads_english(hall: Hall) -> None:
    concluded(hall)
    client = signed_in(hall.people[1])
    client.cookies["ocop_language"] = "en"
    page = client.get(f"/hoi-dong/phien/{hall.sitting.code}/")
    assert page.headers["Content-Language"] == "en"
    told = words(client.get(f"/van-ban/phien/{hall.sitting.code}/tong-hop.pdf"))
    assert "82,00" in told
    assert "82.00" not in told
    assert "DỮ LIỆU MẪU" in told


def written(response: Any) -> str:
    """All that a document says, its header and tables too."""
    assert response.status_code == 200, response.status_code
    document = Document(BytesIO(response.content))
    parts = (document.element.body, document.sections[0].header._element)
    return " ".join(" ".join(t.text or "" for t in part.iter(qn("w:t"))) for part in parts)


@pytest.mark.parametrize(
    ("address", "title", "signer"),
    [
        ("/van-ban/phien/{}/bien-ban", "BIÊN BẢN", "CHỦ TỊCH HỘI ĐỒNG"),
        ("/van-ban/phien/{}/tong-hop", "BẢNG TỔNG HỢP ĐIỂM", "CHỦ TỊCH HỘI ĐỒNG"),
        ("/van-ban/danh-sach/{}", "DANH SÁCH ĐỀ NGHỊ CÔNG NHẬN", "NGƯỜI LẬP DANH SÁCH"),
    ],
)
def test_papers_of_a_sitting_are_drafts_until_it_is_closed(
    hall: Hall, address: str, title: str, signer: str
) -> None:
    concluded(hall)
    client = signed_in(person(hall.now, Role.PROVINCIAL_OFFICER))
    ways = ((".pdf", words), (".docx", written))
    for ending, read in ways:
        told = read(client.get(address.format(hall.sitting.code) + ending))
        assert f"DỰ THẢO {title}" in told
        assert "DỰ THẢO: phiên họp chưa kết thúc" in told
        assert "không dùng để ký" in told
        assert signer not in told
        assert "đọc lại" not in told
    sittings.take_off(actor=hall.chair, item=hall.items[1], reason="Hoãn", at=hall.now)
    sittings.close_sitting(
        actor=hall.chair, sitting=hall.sitting, minutes_number="01/BB-HĐ", at=hall.now
    )
    for ending, read in ways:
        told = read(client.get(address.format(hall.sitting.code) + ending))
        assert title in told
        assert signer in told
        assert "DỰ THẢO" not in told.upper()
        assert ("đọc lại" in told) == (title == "BIÊN BẢN")


def test_own_sheet_is_printed_and_anothers_is_not(hall: Hall) -> None:
    hall.submit_all(80, 82, 84)
    item, other = hall.item, hall.seat(0)
    client = signed_in(hall.people[2])
    told = words(client.get(f"/van-ban/phieu/{item.code}/cua-toi.pdf"))
    assert "PHIẾU CHẤM ĐIỂM" in told
    assert hall.people[2].name in told
    assert "84" in told
    answer = client.get(f"/van-ban/phieu/{item.code}/cua-toi.docx")
    table = Document(BytesIO(answer.content)).tables[1]
    rows = [[cell.text for cell in row.cells][:4] for row in table.rows]
    sections = {row[0]: int(row[3]) for row in rows if row[0] in ("A", "B", "C")}
    assert sorted(sections) == ["A", "B", "C"]
    assert sum(sections.values()) == int(rows[-1][3]) == 84
    section, summed = "", dict.fromkeys(sections, 0)
    for code, _name, _most, points in rows[1:-1]:
        section = code if code in sections else section
        summed[section] += 0 if code in sections else int(points)
    assert summed == sections
    theirs = Seat.objects.get(pk=other.pk).sheets.get()
    assert client.get(f"/van-ban/phieu/{item.code}/{theirs.pk}.pdf").status_code == 404


def test_blank_sheets_are_one_for_every_judge_and_case(hall: Hall) -> None:
    second = hall.items[1]
    obstacles.declare_conflict(actor=hall.actor(2), case=second.case, reason="xem lại", at=hall.now)
    client = signed_in(hall.people[1])
    answer = client.get(f"/van-ban/phien/{hall.sitting.code}/phieu-trang.zip")
    names = zipfile.ZipFile(BytesIO(answer.content)).namelist()
    assert len([name for name in names if name.endswith(".pdf")]) == 3 + 2


def test_a_sitting_as_one_file_has_an_index_of_all_its_papers(hall: Hall) -> None:
    concluded(hall)
    client = signed_in(hall.people[0])
    answer = client.get(f"/van-ban/phien/{hall.sitting.code}/phien-hop.zip")
    packed = zipfile.ZipFile(BytesIO(answer.content))
    rows = list(csv.DictReader(io.StringIO(packed.read("index.csv").decode("utf-8-sig"))))
    assert [row["tep"] for row in rows] == [n for n in packed.namelist() if n.endswith(".pdf")]
    assert len(rows) == 4 + 3
    assert rows[3]["tai_lieu"] == "Danh sách đề nghị công nhận hạng sao"
    assert rows[0]["tep"] in packed.read("index.html").decode()


def dossier_of(now: datetime) -> tuple[Dossier, User]:
    found = making.filled(now, set_number=making.SET)
    piece = making.paper(now, found.product.producer)
    code = found.version.content and next(iter(found.marks))
    library.use_evidence(
        actor=making.SYSTEM, dossier=found, evidence=piece, criterion=code, note="trang 2", at=now
    )
    from ocop.dossiers.services import drafting

    filed = drafting.submit_dossier(actor=making.SYSTEM, dossier=found, at=now)
    return filed, person(now, Role.PROVINCIAL_OFFICER)


def test_forms_print_what_was_filed_with_its_hash(demonstration: None, now: datetime) -> None:
    dossier, officer = dossier_of(now)
    client = signed_in(officer)
    slip = words(client.get(f"/van-ban/ho-so/{dossier.code}/mau-1.pdf"))
    assert "PHIẾU ĐĂNG KÝ" in slip
    assert dossier.slip_number in slip
    assert dossier.snapshots.get().sha256[:20] in slip.replace(" ", "")
    own = words(client.get(f"/van-ban/ho-so/{dossier.code}/mau-2.pdf"))
    assert "TỰ ĐÁNH GIÁ" in own
    assert "[1] (trang 2)" in own
    assert "Phiếu kiểm nghiệm white" in own


def test_a_draft_says_that_it_is_one(demonstration: None, now: datetime) -> None:
    dossier = making.draft(now)
    client = signed_in(person(now, Role.PROVINCIAL_OFFICER))
    assert "BẢN NHÁP" in words(client.get(f"/van-ban/ho-so/{dossier.code}/mau-1.pdf"))


def test_form_03_is_for_the_commune_and_those_who_judge(demonstration: None, now: datetime) -> None:
    dossier, officer = dossier_of(now)
    topics = {"material": {"holds": True, "text": "Lúa trồng tại xã"}}
    CommuneReport.objects.create(dossier=dossier, topics=topics, updated_at=now)
    path = f"/van-ban/ho-so/{dossier.code}/mau-3.pdf"
    assert "Lúa trồng tại xã" in words(signed_in(officer).get(path))
    assert signed_in(person(now, Role.COUNCIL_MEMBER)).get(path).status_code == 404


@pytest.mark.parametrize(
    ("signer", "above", "name"),
    [
        ("Trần Văn An", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "Trần Văn An"),
        ("Chủ tịch Trần Văn An", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "Trần Văn An"),
        (
            "phó chủ tịch: Lê Thị Bình",
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
            "Lê Thị Bình",
        ),
    ],
)
def test_form_03_is_signed_for_the_peoples_committee(
    demonstration: None, now: datetime, signer: str, above: list[str], name: str
) -> None:
    dossier, officer = dossier_of(now)
    CommuneReport.objects.create(dossier=dossier, topics={}, signer=signer, updated_at=now)
    path = f"/van-ban/ho-so/{dossier.code}/mau-3"
    assert " ".join([*above, "(Ký, ghi rõ họ tên, đóng dấu)", name]) in words(
        signed_in(officer).get(f"{path}.pdf")
    )
    answer = signed_in(officer).get(f"{path}.docx")
    cell = Document(BytesIO(answer.content)).tables[-1].cell(0, 1)
    said = [p.text for p in cell.paragraphs if p.text]
    assert said == [*above, "(Ký, ghi rõ họ tên, đóng dấu)", name]


def test_a_dossier_as_one_file_holds_forms_and_evidence(demonstration: None, now: datetime) -> None:
    dossier, officer = dossier_of(now)
    answer = signed_in(officer).get(f"/van-ban/ho-so/{dossier.code}/ho-so.zip")
    names = zipfile.ZipFile(BytesIO(answer.content)).namelist()
    assert [n.split("/")[0] for n in names] == [
        *("bieu-mau", "bieu-mau", "minh-chung", "ban-nop", "tham-dinh"), "index.html", "index.csv",
    ]  # fmt: skip


def test_a_notice_waits_for_the_decision(demonstration: None, now: datetime) -> None:
    dossier, officer = dossier_of(now)
    path = f"/van-ban/ho-so/{dossier.code}/thong-bao-xa.pdf"
    assert signed_in(officer).get(path).status_code == 404
    Dossier.objects.filter(pk=dossier.pk).update(state="refused")
    assert "không được công nhận" in words(signed_in(officer).get(path))


def test_the_offices_frame_is_used_until_it_is_dropped(hall: Hall) -> None:
    own = Document(BytesIO(word.default_frame()))
    own.add_paragraph("Lời của văn phòng")
    into = BytesIO()
    own.save(into)
    head = signed_in(person(hall.now, Role.OFFICE_HEAD))
    file = SimpleUploadedFile("mau.docx", into.getvalue())
    assert head.post("/dieu-hanh/mau-van-ban/minutes/", {"file": file}).status_code == 302
    client = signed_in(hall.people[0])
    path = f"/van-ban/phien/{hall.sitting.code}/bien-ban.docx"

    def said() -> list[str]:
        return [p.text for p in Document(BytesIO(client.get(path).content)).paragraphs]

    assert "Lời của văn phòng" in said()
    head.post("/dieu-hanh/mau-van-ban/minutes/", {"drop": "1"})
    assert "Lời của văn phòng" not in said()
    assert frames.own_frames() == set()


def test_a_frame_that_is_none_is_refused_on_the_page(hall: Hall) -> None:
    head = signed_in(person(hall.now, Role.OFFICE_HEAD))
    file = SimpleUploadedFile("mau.docx", b"khong phai")
    answer = head.post("/dieu-hanh/mau-van-ban/minutes/", {"file": file})
    assert answer.status_code == 200
    assert "Loại tệp này không nhận được" in answer.content.decode()
    assert head.get("/dieu-hanh/mau-van-ban/").status_code == 200
    assert head.get("/dieu-hanh/mau-van-ban/minutes.docx").status_code == 200


def test_minutes_and_summary_tell_why_it_was_scored_again_and_the_totals_before(hall: Hall) -> None:
    """Issue: minutes with reasons; a spread beyond the limit stops until rescoring with reason."""
    hall.submit_all(60, 82, 84)
    concluding.ask_rescoring(
        actor=hall.chair, item=hall.item, reason="Chênh 24 điểm ở phần B.", at=hall.now
    )
    client = signed_in(hall.people[0])
    address = f"/van-ban/phien/{hall.sitting.code}"
    hall.submit(0, marks(load_set(hall.item.case.version.number), 76))
    running = words(client.get(f"{address}/bien-ban.pdf"))
    assert "Lần 1" in running
    assert "60" in running
    assert "Lần 2 " not in running  # who has not marked again must not read it
    assert "Sau thảo luận" not in running
    for who, total in ((1, 80), (2, 84)):
        hall.submit(who, marks(load_set(hall.item.case.version.number), total))
    hall.answer()
    hall.conclude()
    told = words(client.get(f"{address}/bien-ban.pdf"))
    assert "Hội đồng chấm lại (lần 2). Lý do: Chênh 24 điểm ở phần B." in told
    name = hall.people[0].name
    assert f"{name} 60 76 Lần 2: Sau thảo luận" in told
    assert "Lần 1: điểm trung bình 75,33; chênh lệch 24." in told
    summary = words(client.get(f"{address}/tong-hop.pdf"))
    assert "Chấm lại (lần 2). Lý do: Chênh 24 điểm ở phần B." in summary
    assert f"Tổng điểm lần 1: {name} 60; " in summary


def test_minutes_tell_the_reason_of_every_rescoring(hall: Hall) -> None:
    for reason in ("Chênh lệch lần đầu", "Chênh lệch lần sau"):
        hall.submit_all(60, 82, 84)
        concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason=reason, at=hall.now)
    concluded(hall)
    client = signed_in(hall.people[0])
    told = words(client.get(f"/van-ban/phien/{hall.sitting.code}/bien-ban.pdf"))
    assert "(lần 2). Lý do: Chênh lệch lần đầu." in told
    assert "(lần 3). Lý do: Chênh lệch lần sau." in told


def test_minutes_tell_the_reason_of_a_recusal(hall: Hall) -> None:
    obstacles.declare_conflict(
        actor=hall.actor(2), case=hall.items[1].case, reason="Em ruột của chủ thể", at=hall.now
    )
    client = signed_in(hall.people[0])
    told = words(client.get(f"/van-ban/phien/{hall.sitting.code}/bien-ban.pdf"))
    assert "Thành viên tự khai: Em ruột của chủ thể" in told


def test_minutes_of_written_opinions_tell_what_differed_and_who_called_the_meeting(
    demonstration: None, now: datetime
) -> None:
    """Art. 6: written opinions first; the council meets when they differ or it is complex."""
    hall = open_hall(now, members=3, kind=SittingKind.WRITTEN)
    hall.submit_all(80, 82, 65)
    meeting = concluding.call_meeting(
        actor=hall.chair,
        sitting=hall.sitting,
        starts_at=now + timedelta(days=1),
        place="Hội trường",
        items=[hall.item],
        at=now,
    )
    sittings.close_sitting(actor=hall.chair, sitting=hall.sitting, at=now)
    client = signed_in(hall.people[0])
    told = words(client.get(f"/van-ban/phien/{hall.sitting.code}/bien-ban.pdf"))
    chair = hall.people[0].name
    received = f"Đã nhận 3 trên 3 ý kiến bằng văn bản. Tổng điểm: {chair} 80; "
    assert received in told
    assert "chênh lệch 17" in told
    assert "Ý kiến chưa thống nhất: " in told
    assert "tổng điểm chênh nhau quá giới hạn" in told
    assert f"“{meeting.title}”" in told
    assert f"Người quyết định họp: {chair} (Chủ tịch)." in told
    assert "Đã gửi ý kiến: 3 trên 3 thành viên." in told
    assert "cùng nghe" not in told  # nobody met, nothing was read out
    assert "Đưa ra khỏi phiên họp" not in told
    told = words(client.get(f"/van-ban/phien/{meeting.code}/bien-ban.pdf"))
    assert received in told
    assert "tổng điểm chênh nhau quá giới hạn" in told


def test_minutes_of_a_written_procedure_keep_opinions_blind_while_one_is_missing(
    demonstration: None, now: datetime
) -> None:
    hall = open_hall(now, members=4, kind=SittingKind.WRITTEN)
    hall.submit_all(80, 82, 65)
    concluding.call_meeting(
        actor=hall.planner,
        sitting=hall.sitting,
        starts_at=now + timedelta(days=1),
        place="Hội trường",
        items=[hall.item],
        at=now,
    )
    client = signed_in(hall.people[0])
    told = words(client.get(f"/van-ban/phien/{hall.sitting.code}/bien-ban.pdf"))
    assert "Đã nhận 3 trên 4 ý kiến bằng văn bản." in told
    assert "Tổng điểm:" not in told
    assert f"Người quyết định họp: {hall.office.name}." in told
    assert f"{hall.people[3].name} Ủy viên Chưa gửi ý kiến" in told
