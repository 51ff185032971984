"""Tags and filters of the templates, and the geometry of charts."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.http import HttpRequest, QueryDict
from django.template import engines
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from ocop.core import language
from ocop.recognition.validity import State
from ocop.web.charts import Bar, BarChart, TargetChart
from ocop.web.templatetags import ocop as tags

TODAY = date(2026, 11, 23)


def draw(source: str, request: HttpRequest | None = None, **context: object) -> str:
    if request is not None:
        context["request"] = request
    return engines["django"].from_string(source).render(context)


def request(query: str = "", view_name: str = "") -> HttpRequest:
    made = HttpRequest()
    made.GET = QueryDict(query)
    made.path = made.path_info = "/trang/"
    made.META["QUERY_STRING"] = query
    made.resolver_match = SimpleNamespace(view_name=view_name)
    return made


def test_numbers_are_written_as_vietnam_writes_them() -> None:
    assert draw("{{ n|number }} {{ p|percent }}", n=1657, p=Decimal("82.9")) == "1.657 82,9 %"


def test_numbers_are_written_as_english_writes_them() -> None:
    with language.using("en"):
        assert draw("{{ n|number }} {{ p|percent }}", n=1657, p=Decimal("82.9")) == "1,657 82.9%"


def test_number_with_places_is_rounded_half_up() -> None:
    assert draw("{{ n|number:1 }}", n=Decimal("2.25")) == "2,3"


@pytest.mark.parametrize("name", ["number", "percent", "day", "moment"])
def test_filter_of_nothing_is_a_dash(name: str) -> None:
    assert draw(f"{{{{ nothing|{name} }}}}", nothing=None) == "–"


def test_day_of_a_moment_is_that_of_hanoi() -> None:
    assert tags.day(datetime(2026, 11, 22, 18, 30, tzinfo=UTC)) == "23/11/2026"


def test_moment_is_told_in_the_time_of_hanoi() -> None:
    assert tags.moment(datetime(2026, 11, 22, 18, 30, tzinfo=UTC)) == "23/11/2026 01:30"


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 12, 5), "còn 12 ngày"),
        (date(2026, 11, 23), "hôm nay"),
        (date(2026, 10, 8), "quá 46 ngày"),
        (date(2029, 11, 23), "còn 1.096 ngày"),
        (None, ""),
    ],
)
def test_days_left_are_said_in_words(on: date | None, words: str) -> None:
    assert tags.days_left_words(on, TODAY) == words


@pytest.mark.parametrize(
    ("size", "words"), [(840, "840 B"), (12_400, "12 kB"), (3_440_000, "3,4 MB")]
)
def test_file_sizes_are_said_in_the_unit_people_read(size: int, words: str) -> None:
    assert tags.file_size(size) == words


@pytest.mark.parametrize(("on", "tone"), [(13, ""), (23, "due"), (22, "bad")])
def test_deadline_presses_when_it_is_near(on: int, tone: str) -> None:
    shown = tags.deadline(date(2026, 11 if on > 20 else 12, on), TODAY, soon=10)
    assert shown["tone"] == tone


def test_deadline_without_a_day_says_nothing() -> None:
    assert "–" in draw("{% deadline nothing %}", nothing=None)


@pytest.mark.parametrize("count", [1, 3, 5])
def test_stars_are_drawn_and_said(count: int) -> None:
    drawn = draw("{% stars count %}", count=count)
    assert (drawn.count('class="on"'), drawn.count('class="off"')) == (count, 5 - count)
    assert f"{count} sao" in drawn


def test_stars_without_words_are_still_read_aloud() -> None:
    drawn = draw("{% stars 4 words=False %}")
    assert 'aria-label="4 sao"' in drawn
    assert 'class="words"' not in drawn


def test_product_without_a_star_says_so() -> None:
    assert "Chưa phân hạng" in draw("{% stars None %}{% state None %}")


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_a_word_and_a_shape(state: State) -> None:
    for source in ("{% state state %}", "{% state state public=True %}", "{% band state 4 %}"):
        drawn = draw(source, state=state)
        assert "<svg" in drawn
        assert drawn.partition("</svg>")[2].strip()


def test_states_that_differ_never_look_alike() -> None:
    looks = [(look.tone, look.shape) for look in tags.LOOKS.values()]
    assert len(set(looks)) == len(looks)


def test_the_public_sees_that_a_star_holds_while_the_office_sees_its_window() -> None:
    assert "Còn hiệu lực" in draw("{% state 'window_open' public=True %}")
    assert 'class="tag due"' in draw("{% state 'window_open' %}")


def test_band_of_an_ended_star_does_not_say_that_it_runs_on() -> None:
    drawn = draw("{% band 'expired' 4 until %}", until=TODAY)
    assert "có thời hạn đến hết 23/11/2026" in drawn
    assert 'class="band bad"' in drawn


def test_band_of_a_valid_star_gives_its_last_day() -> None:
    assert ">đến hết 23/11/2026<" in draw("{% band 'valid' 4 until %}", until=TODAY)


def test_evidence_is_a_letter_with_its_word() -> None:
    drawn = draw("{% evidence 'B1' %}")
    assert "<b>B1</b>Tin của cơ quan nhà nước" in drawn


@pytest.mark.parametrize(("sector", "name"), [("IV", "IV"), ("", "none"), ("VII", "none")])
def test_drawing_of_a_sector(sector: str, name: str) -> None:
    assert tags.sector_drawing(sector) == f"img/sector-{name}.svg"


def test_url_with_changes_one_parameter_and_drops_another() -> None:
    drawn = draw("{% url_with page=2 q=None %}", request("q=nhan&page=1&sector=I&sector=II"))
    assert drawn == "?page=2&amp;sector=I&amp;sector=II"


def test_url_or_blank_of_a_page_that_does_not_exist_is_blank() -> None:
    assert draw("[{% url_or_blank 'no:such' 1 %}]") == "[]"


def test_url_or_blank_of_a_page_is_its_address() -> None:
    assert draw("{% url_or_blank 'design' %}") == "/thiet-ke/"


@pytest.mark.parametrize(("name", "expected"), [("office:home", 'aria-current="page"'), ("x", "")])
def test_active_marks_the_page_one_is_on(name: str, expected: str) -> None:
    assert draw("{% active 'office:home' 'b' %}", request(view_name=name)) == expected


def test_here_is_this_page_with_its_query() -> None:
    assert draw("{% here %}", request("a=1")) == "/trang/?a=1"
    assert draw("{% here %}") == "/"


def test_fragment_hands_markup_to_a_component() -> None:
    drawn = draw(
        "{% fragment actions %}<a href='#'>Thêm</a>{% endfragment %}"
        "{% include 'components/page_header.html' %}",
        title="<Sổ>",
    )
    assert "<a href='#'>Thêm</a>" in drawn
    assert "&lt;Sổ&gt;" in drawn


def test_crumbs_link_all_but_the_page() -> None:
    drawn = draw("{% crumbs 'Sổ' '/so/' name %}", name="Mật <ong>")
    assert '<a href="/so/">Sổ</a>' in drawn
    assert '<li aria-current="page">Mật &lt;ong&gt;</li>' in drawn


def test_crumbs_may_end_with_a_link() -> None:
    assert "aria-current" not in draw("{% crumbs 'Sổ' '/so/' %}")


class _Form(forms.Form):
    name = forms.CharField(label="Tên")
    kind = forms.ChoiceField(
        label="Loại", choices=[("a", "A")], widget=forms.RadioSelect, required=False
    )
    agreed = forms.BooleanField(label="Đồng ý")
    token = forms.CharField(widget=forms.HiddenInput)


def test_error_summary_links_to_every_wrong_field() -> None:
    drawn = str(_Form({"kind": "b"}))
    assert 'href="#id_name"' in drawn
    assert 'href="#id_kind_0"' in drawn
    assert 'href="#id_agreed"' in drawn
    assert drawn.index('class="summary"') < drawn.index('id="id_name"')


def test_error_summary_tells_what_is_wrong_with_hidden_fields() -> None:
    assert len(tags.hidden_errors(_Form({"name": "x", "agreed": "on"}))) == 1


def test_form_without_errors_has_no_summary() -> None:
    assert "summary" not in str(_Form())


def test_wrong_field_points_to_its_message() -> None:
    drawn = str(_Form({}))
    assert 'aria-describedby="id_name_error"' in drawn
    assert 'id="id_name_error"' in drawn


def test_optional_fields_are_marked_where_others_are_not() -> None:
    assert str(_Form()).count("(không bắt buộc)") == 1


def test_form_of_optional_fields_only_marks_none() -> None:
    class Filters(forms.Form):
        q = forms.CharField(required=False)

    assert "không bắt buộc" not in str(Filters())


def test_checkbox_stands_before_its_label() -> None:
    drawn = str(_Form())
    assert drawn.index('id="id_agreed"') < drawn.index("Đồng ý")


COUNTS = st.lists(st.integers(0, 100_000), min_size=1, max_size=20)


@given(COUNTS, st.booleans())
def test_bars_stay_inside_their_drawing(counts: list[int], lying: bool) -> None:
    chart = BarChart("T", "", [Bar(str(n), n) for n in counts], "", "", lying=lying)
    for drawn in chart.drawn():
        assert drawn.x >= 0
        assert drawn.x + drawn.width <= 100
        assert drawn.y >= 0
        assert drawn.y + drawn.height <= chart.height


@given(COUNTS)
def test_larger_figures_never_have_smaller_columns(counts: list[int]) -> None:
    chart = BarChart("T", "", [Bar(str(n), n) for n in counts[:8]], "", "")
    heights = [d.height for d in sorted(chart.drawn(), key=lambda d: d.bar.value)]
    assert heights == sorted(heights)


def test_lying_bar_of_one_is_still_seen() -> None:
    chart = BarChart("T", "", [Bar("a", 1), Bar("b", 100_000), Bar("c", 0)], "", "", lying=True)
    small, _large, none = chart.drawn()
    assert small.width > 0
    assert none.width == 0


def test_more_than_eight_columns_lie_down() -> None:
    assert BarChart("T", "", [Bar(str(n), n) for n in range(9)], "", "").is_lying


@pytest.mark.parametrize("lying", [True, False])
def test_limit_stands_where_a_bar_of_its_size_would_end(lying: bool) -> None:
    bars = [Bar("a", 10), Bar("b", 20), Bar("c", 5)]
    chart = BarChart("T", "", bars, "", "", lying=lying, limit=20)
    of_its_size = chart.drawn()[1]
    assert (chart.limit_x == of_its_size.width) if lying else (chart.limit_y == of_its_size.y)
    higher = BarChart("T", "", bars, "", "", lying=lying, limit=40)
    assert higher.drawn()[1].width < of_its_size.width or not lying
    assert 'class="goal"' in render_to_string(chart.template, {"chart": chart})
    without = BarChart("T", "", bars, "", "", lying=lying)
    assert 'class="goal"' not in render_to_string(without.template, {"chart": without})


def test_chart_shows_title_description_values_and_their_lists() -> None:
    chart = BarChart("Theo năm", "Mô tả", [Bar("2023", 1544, address="/ds/")], "Năm", "Số")
    drawn = draw("{% chart chart %}", chart=chart)
    for part in ("Theo năm", "<desc", "Mô tả", "1.544", '<a href="/ds/">', "bieu-do-theo-nam"):
        assert part in drawn
    assert "style=" not in drawn


def test_target_chart_of_the_term() -> None:
    chart = TargetChart("Tiến độ", "", reached=1657, target=2000, expected=2167)
    assert chart.missing == 343
    assert chart.reached_width == Decimal("76.47")
    assert chart.target_at == Decimal("92.29")
    assert chart.reached_width + chart.expected_width == 100
    assert "343" in draw("{% chart chart %}", chart=chart)


@pytest.mark.parametrize(
    ("expected", "at", "anchor"),
    [
        (2167, "100.00", "end"),  # beyond the target: at the end of the drawing
        (240, "60.00", "end"),  # short of it: under the end of the dashed bar
        (100, "25.00", "start"),  # to the right, where there is room
        (40, "10.00", "start"),  # less than reached: no dashed bar, its own place
    ],
)
def test_words_of_the_expected_stand_under_its_end(expected: int, at: str, anchor: str) -> None:
    target = 2000 if expected > 400 else 400
    chart = TargetChart("Tiến độ", "", reached=80, target=target, expected=expected)
    drawn = draw("{% chart chart %}", chart=chart)
    words = drawn.split(">dự kiến")[0].rpartition("<text")[2]
    assert Decimal(chart.expected_at) == Decimal(at)
    assert f'x="{chart.expected_at}%"' in words
    assert f'text-anchor="{anchor}"' in words


def test_target_that_is_passed_lacks_nothing() -> None:
    chart = TargetChart("Tiến độ", "", reached=2711, target=2000)
    assert (chart.missing, chart.reached_width, chart.expected_width) == (0, 100, 0)


def test_target_chart_of_nothing_is_empty() -> None:
    chart = TargetChart("Tiến độ", "", reached=0, target=0)
    assert (chart.reached_width, chart.target_at) == (0, 0)


@pytest.mark.parametrize(
    ("state", "day", "named"),
    [
        (State.REVOKED, date(2026, 5, 21), False),  # before Decision 26/2026 was in force
        (State.REVOKED, date(2026, 5, 22), True),
        (State.ANNULLED, date(2026, 5, 21), False),
        (State.ANNULLED, date(2026, 5, 22), True),
        (State.EXTENDED, date(2026, 5, 21), True),  # its revocation was set aside
    ],
)
def test_star_that_ended_before_the_decision_did_not_end_by_it(
    state: State, day: date, named: bool
) -> None:
    drawn = draw("{% load ocop %}{% band state void_on=day %}", state=state, day=day)
    assert ("26/2026" in drawn) == named
