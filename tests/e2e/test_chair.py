"""The chair of a small sitting in a browser: reopening, rescoring, agreeing, closing, figures.

The figures are worked out here, by hand from the members' totals, not by the programme.
"""

import json
import statistics
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from ocop.criteria.sets import load_set
from tests.councils.books import harmless
from tests.councils.hall import marks
from tests.e2e.chair_seed import FIRST, SECOND
from tests.e2e.conftest import Seed, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.whole]
#: Totals of chair, secretary, member: those that count in the end.
TOTALS = {FIRST: (64, 70, 74), SECOND: (58, 55, 62)}
BEFORE = {FIRST: (64, 70, 73), SECOND: (60, 52, 74)}
#: Conditions that speak for a product when they are answered yes.
IN_FAVOUR = [gate.note for gate in load_set(13).gates if harmless(load_set(13))[gate.id]]
SETTLED = 30_000  # ms that the last page may take


@dataclass(frozen=True)
class Hall:
    """What the seed told."""

    council: str
    past: str
    sitting: str
    items: dict[str, str]
    people: list[str]
    names: list[str]

    def item(self, title: str) -> str:
        return f"/hoi-dong/ho-so/{self.items[title]}/"


@pytest.fixture(scope="module")
def hall(seed: Seed) -> Hall:
    return Hall(**json.loads(seed("chair_seed", "open")))


def given_in(seed: Seed, hall: Hall, title: str, *totals: tuple[int, int]) -> None:
    """Sheets of (member, total), given in elsewhere."""
    pairs = (str(each) for pair in totals for each in pair)
    seed("chair_seed", "submit", hall.items[title], *pairs)


def written(value: float, *, sign: bool = False) -> str:
    """A figure as the pages write it."""
    text = f"{value:.2f}".replace(".", ",").replace("-", "−")
    return f"+{text}" if sign and value > 0 else text


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def row(section: Locator, name: str) -> list[str]:
    """The cells of the row of this name."""
    found = section.locator("tbody tr", has_text=name)
    return [text.split("\n")[0].strip() for text in found.locator("td").all_inner_texts()]


def agree_and_conclude(page: Page, hall: Hall, title: str) -> None:
    """Every condition answered for the product, every minimum agreed at its highest level."""
    main = page.locator("main")
    page.goto(hall.item(title) + "dieu-kien/")
    for question in main.locator("form fieldset").all():
        words = question.locator("legend").inner_text()
        answer = "Có" if any(note in words for note in IN_FAVOUR) else "Không"
        question.get_by_role("radio", name=answer, exact=True).check()
    press(page, "Ghi câu trả lời")
    page.goto(hall.item(title) + "muc-thong-nhat/")
    main.locator("summary").first.click()
    for question in main.locator("form fieldset").all():
        question.get_by_role("radio").first.check()
    for reason in main.get_by_label("Lý do").all():
        reason.fill("Đã xem lại minh chứng")
    press(page, "Ghi mức thống nhất")
    expect(main).to_contain_text("Đã ghi mức thống nhất")
    page.get_by_role("link", name="Kết luận", exact=True).click()
    press(page, "Kết luận")
    expect(main).to_contain_text("Hội đồng đã kết luận")


def reopens_a_sheet_only_with_a_reason(page: Page, hall: Hall, seed: Seed) -> None:
    given_in(seed, hall, FIRST, *enumerate(BEFORE[FIRST]))
    page.goto(hall.item(FIRST))
    line = page.locator("#phieu + .table tbody tr", has_text=hall.names[2])
    expect(line).to_contain_text("73")
    line.get_by_role("link", name="Mở lại").click()
    press(page, "Mở lại phiếu")
    expect(page.locator("main")).to_contain_text("Hãy điền mục này")
    page.goto(hall.item(FIRST))
    expect(line).to_contain_text("đã nộp")
    line.get_by_role("link", name="Mở lại").click()
    page.get_by_label("Lý do").fill("Nhập nhầm tiêu chí 7")
    press(page, "Mở lại phiếu")
    expect(page.locator("main")).to_contain_text("Đã mở lại phiếu")
    expect(page.locator("main")).to_contain_text("Điểm chỉ hiện khi mọi phiếu đã nộp")
    given_in(seed, hall, FIRST, (2, TOTALS[FIRST][2]))
    page.reload()
    expect(line).to_contain_text("74")
    agree_and_conclude(page, hall, FIRST)
    expect(page.locator("main")).to_contain_text(written(sum(TOTALS[FIRST]) / 3))


def has_a_spread_scored_again_with_a_reason(page: Page, hall: Hall, seed: Seed) -> None:
    given_in(seed, hall, SECOND, *enumerate(BEFORE[SECOND]))
    page.goto(hall.item(SECOND))
    main = page.locator("main")
    expect(main).to_contain_text("Tổng điểm chênh nhau quá mức")
    expect(page.get_by_role("link", name="Kết luận", exact=True)).to_have_count(0)
    page.locator("#buoc-tiep").click()
    press(page, "Yêu cầu chấm lại")
    expect(main).to_contain_text("Hãy điền mục này")
    page.get_by_label("Lý do").fill("Chênh lệch 22 điểm ở phần chất lượng")
    press(page, "Yêu cầu chấm lại")
    expect(main).to_contain_text("Đã mở chấm lại")
    given_in(seed, hall, SECOND, *enumerate(TOTALS[SECOND]))
    page.goto(hall.item(SECOND))
    expect(main).to_contain_text("Chênh lệch 22 điểm ở phần chất lượng")
    for total in BEFORE[SECOND]:
        expect(page.locator("section[aria-labelledby=lan-truoc]")).to_contain_text(str(total))
    agree_and_conclude(page, hall, SECOND)
    expect(main).to_contain_text(written(sum(TOTALS[SECOND]) / 3))


def icc(table: list[tuple[int, ...]]) -> tuple[float, float]:
    """ICC(2,1) and ICC(2,k) as the textbook works them out: mean squares of a two-way table."""
    n, k = len(table), len(table[0])
    grand = sum(map(sum, table)) / (n * k)
    rows = [sum(line) / k for line in table]
    columns = [sum(column) / n for column in zip(*table, strict=True)]
    msr = k * sum((mean - grand) ** 2 for mean in rows) / (n - 1)
    msc = n * sum((mean - grand) ** 2 for mean in columns) / (k - 1)
    residual = sum(
        (value - rows[i] - columns[j] + grand) ** 2
        for i, line in enumerate(table)
        for j, value in enumerate(line)
    )
    mse = residual / ((n - 1) * (k - 1))
    single = (msr - mse) / (msr + (k - 1) * mse + k * (msc - mse) / n)
    return single, (msr - mse) / (msr + (msc - mse) / n)


def reads_figures_that_equal_a_table_worked_out_by_hand(page: Page, hall: Hall) -> None:
    page.goto(f"/hoi-dong/phien/{hall.sitting}/thong-ke/")
    table = list(TOTALS.values())
    single, average = icc(table)
    assert (round(single, 2), round(average, 2)) == (0.75, 0.9)  # and so by pencil
    agreement = page.locator("section[aria-labelledby=thong-nhat]")
    expect(agreement).to_contain_text(f"ICC(2,1): {written(single)}")
    expect(agreement).to_contain_text(f"ICC(2,k): {written(average)}")

    distances = [[total - sum(line) / 3 for total in line] for line in table]
    members = page.locator("section[aria-labelledby=tung-nguoi]")
    for who, name in enumerate(hall.names):
        own = [line[who] for line in distances]
        assert row(members.locator(".table"), name) == [
            "2",
            written(sum(own) / 2, sign=True),
            written(sum(map(abs, own)) / 2),
            str(sum(line[who] == max(line) for line in table)),
            str(sum(line[who] == min(line) for line in table)),
        ]

    without = page.locator("section[aria-labelledby=vang-mot]")
    expect(without.locator("li")).to_have_count(1)  # 72 without the chair, else 67 and 69
    expect(without.locator("li")).to_contain_text(f"không có {hall.names[0]} thì 4 sao")

    cases = page.locator("section[aria-labelledby=tung-ho-so]")
    sections = sorted({criterion.section for criterion in load_set(13).criteria})
    for place, (title, totals) in enumerate(TOTALS.items()):
        sheets = [marks(load_set(13), total) for total in totals]
        cells = row(cases, title)
        assert cells[:2] == [written(sum(totals) / 3), str(max(totals) - min(totals))]
        for at, section in enumerate(sections, start=2):
            codes = [c.code for c in load_set(13).criteria if c.section == section]
            sums = [sum(sheet[code] for code in codes) for sheet in sheets]
            assert cells[at] == written(sum(sums) / 3)
            shown = cases.locator("tbody tr", has_text=title).locator("td").nth(at)
            expect(shown).to_contain_text(f"± {written(statistics.stdev(sums))}")
        assert cells[5] == "3 sao"
        assert cells[7:9] == (
            ["80", written(sum(totals) / 3 - 80)] if title == FIRST else ["–", "–"]
        )
        assert cells[9:] == [written(distance, sign=True) for distance in distances[place]]


def reads_figures_over_the_sittings(page: Page, hall: Hall) -> None:
    page.goto(f"/hoi-dong/danh-sach/{hall.council}/thong-ke/")
    past = (5, -5, 0)  # 80, 70, 75 about their mean of 75
    now = [[total - sum(line) / 3 for total in line] for line in TOTALS.values()]
    members = page.locator("section[aria-labelledby=tung-nguoi]")
    members.locator("summary").click()
    for who, name in enumerate(hall.names):
        own = [line[who] for line in now]
        of_sittings = [written(past[who], sign=True), written(sum(own) / 2, sign=True)]
        assert sorted(row(members.locator(".table"), name)) == sorted(of_sittings)
        overall = (past[who] + sum(own)) / 3
        assert row(members.locator("details"), name) == [written(overall, sign=True)]


def closes_the_sitting_with_its_minutes(page: Page, hall: Hall) -> None:
    page.goto(f"/hoi-dong/phien/{hall.sitting}/")
    page.get_by_role("link", name="Kết thúc phiên họp").first.click()
    page.get_by_label("Số biên bản").fill("02/BB-HĐ")
    press(page, "Kết thúc phiên họp")
    expect(page.locator("main")).to_contain_text("Phiên họp đã kết thúc", timeout=SETTLED)
    minutes = page.locator("main li", has_text="Biên bản").get_by_role("link", name="PDF").first
    answer = page.request.get(minutes.get_attribute("href") or "")
    assert answer.body().startswith(b"%PDF-")
    page.goto(hall.item(FIRST))
    expect(page.get_by_role("link", name="Mở lại")).to_have_count(0)
    assert page.request.get(hall.item(FIRST) + "cham-lai/").status == 404


def test_the_chair_leads_a_small_sitting(page: Page, hall: Hall, seed: Seed) -> None:
    sign_in(page, hall.people[0])
    reopens_a_sheet_only_with_a_reason(page, hall, seed)
    has_a_spread_scored_again_with_a_reason(page, hall, seed)
    reads_figures_that_equal_a_table_worked_out_by_hand(page, hall)
    reads_figures_over_the_sittings(page, hall)
    closes_the_sitting_with_its_minutes(page, hall)
