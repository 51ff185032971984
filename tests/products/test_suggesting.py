"""What is proposed when a search finds nothing, on both databases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core import folding
from ocop.products.models import Product
from ocop.products.queries import search, suggestions
from ocop.recognition.models import Recognition
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory

database = pytest.mark.django_db


def grow(*names: str, producer: str = "HTX Ong Vàng") -> None:
    maker = ProducerFactory(name=producer)
    for name in names:
        ProductFactory(name=name, producer=maker)


@database
@pytest.mark.parametrize(
    ("asked", "proposed"),
    [
        ("mặt omg", "Mật ong"),  # one letter wrong
        ("Mtt ong", "Mật ong"),
        ("mat ogn", "Mật ong"),  # letters swapped
        ("duong phenn", "Đường phèn"),
        ("ĐƯỜNG PHENN", "Đường phèn"),
        ("vanng", "Vàng"),  # of the producer's name
    ],
)
def test_nearest_words_are_proposed_as_their_names_write_them(asked: str, proposed: str) -> None:
    grow("Mật ong hoa nhãn", "Đường phèn")
    assert not search(Product.objects.all(), asked).exists()
    assert suggestions(Product.objects.all(), asked)[0] == proposed


@database
@pytest.mark.parametrize("asked", ["ca phe", "CÀ PHÊ", "cà phe", "ca phê\u0301", "ca  phe!"])
def test_search_that_found_nothing_elsewhere_is_proposed_with_its_marks(asked: str) -> None:
    grow("Cà phê Cầu Đất", "Cá phèn", "Cà pháo")
    assert suggestions(Product.objects.all(), asked)[0] == "Cà phê"
    assert suggestions(Product.objects.exclude(name="Cà phê Cầu Đất"), asked)[0] == "Cá phè"


@database
@pytest.mark.parametrize("asked", ["ca phee", "cà phêê", "caa phe", "CÀ PHÊÊ"])
def test_marks_of_a_search_make_no_word_nearer_or_farther(asked: str) -> None:
    grow("Cà phê Cầu Đất", "Mật ong")
    assert suggestions(Product.objects.all(), asked)[0] == "Cà phê"


@database
def test_word_that_is_only_begun_is_cut_where_it_ends() -> None:
    grow("Bánh chưng gấc")
    assert suggestions(Product.objects.all(), "banh chu gap") == ["Bánh chư gấc"]


@database
def test_spelling_is_the_most_frequent_one_among_what_is_found() -> None:
    grow("Mầm đậu", "Mắm nêm", "Mắm tép", "Mấm lạ")
    assert suggestions(Product.objects.all(), "mamm") == ["Mắm"]
    grow("Mầm cải", "Mầm lúa", producer="HTX Núi")
    assert suggestions(Product.objects.all(), "mamm") == ["Mầm"]


@database
def test_words_that_never_stand_together_have_one_replaced() -> None:
    grow("Mật ong", "Mứt gừng")
    assert suggestions(Product.objects.all(), "mật gừng") == ["Mứt gừng"]


@database
def test_nothing_hidden_is_proposed_or_spells_a_word() -> None:
    grow("Mầm đậu")
    shown = ProductFactory(name="Mắm tép")
    rows = Product.objects.filter(pk=shown.pk)
    assert suggestions(rows, "mamm") == ["Mắm"]
    assert suggestions(rows, "dauu") == []
    assert suggestions(Product.objects.none(), "mamm") == []


@database
def test_proposals_for_rows_of_the_register() -> None:
    RecognitionFactory(product=ProductFactory(name="Trà sen"))
    rows = Recognition.objects.all()
    assert suggestions(rows, "tra senn", path="product__") == ["Trà sen"]


@database
@pytest.mark.parametrize("asked", ["", "  ", "!?", "xyzxyzxyz"])
def test_nothing_near_proposes_nothing(asked: str) -> None:
    grow("Mật ong")
    assert suggestions(Product.objects.all(), asked) == []


@database
def test_few_proposals_and_each_finds_something() -> None:
    grow(*(f"Chè {name}" for name in ("lam", "lan", "lạp", "lát", "làu")))
    found = suggestions(Product.objects.all(), "che lax", limit=3)
    assert len(found) == 3
    for text in found:
        assert search(Product.objects.all(), text).exists()


@given(st.text(max_size=30))
def test_spelled_words_are_words_of_the_text(text: str) -> None:
    known = folding.tokens(text)
    for folded, written in folding.spelled(text):
        assert folded in known
        assert folding.fold(written) == folded


def test_spelled_keeps_marks_and_drops_signs() -> None:
    assert folding.spelled("Trà  sen, Tây-Hồ_2 m²") == [
        ("tra", "Trà"),
        ("sen", "sen"),
        ("tay", "Tây"),
        ("ho", "Hồ"),
        ("2", "2"),
        ("m", "m"),
    ]


@database
@pytest.mark.parametrize("asked", ["mat gung xyz", "xyzxyz mứt gừng", "mut gung q"])
def test_word_that_is_near_none_does_not_stop_the_help(asked: str) -> None:
    grow("Mứt gừng", "Mật gừng")
    assert set(suggestions(Product.objects.all(), asked)) & {"Mứt gừng", "Mật gừng"}


@database
def test_near_word_that_finds_nothing_beside_the_others_is_left_out() -> None:
    grow("Mứt gừng", "Xya lạc")
    assert suggestions(Product.objects.all(), "mut gung xyz") == ["Mứt gừng"]


@database
def test_nothing_known_proposes_nothing() -> None:
    grow("Mứt gừng")
    assert suggestions(Product.objects.all(), "qqqq xyzxyz") == []
