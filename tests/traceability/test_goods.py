"""Whatever name goods go by, they are the same goods: for capture and its guard, recalls, lineage
and queries (GS1 Digital Link 1.3; EPCIS 2.0, 6.4; the addresses printed on labels and stamps)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.actor import SYSTEM, Actor
from ocop.people import queries as people
from ocop.traceability import genealogy, goods, goods_names, naming, queries
from ocop.traceability.epcis import documents, questions
from ocop.traceability.epcis import queries as asked
from ocop.traceability.goods_names import Name
from ocop.traceability.models import EventThing, Lot, TraceEvent
from ocop.traceability.services import ranges
from ocop.traceability.services.capturing import Captured, NotCaptured, capture
from ocop.traceability.services.recalling import recall_lot
from ocop.traceability.stamp_queries import span_of
from tests.traceability import stamping, stamps_making
from tests.traceability.epcis.examples import document, transformation
from tests.traceability.making import Maker, lot_of, maker
from tests.world import member

GTIN = "08935001700012"
SERIAL = "ABCDEFGHJKMNPQRSTVWX"
NUMBERS = st.text("ABCabc019-_.:/()%&'+ "[:-1], min_size=1, max_size=20)
HOSTS = st.sampled_from(["https://id.gs1.org", "HTTPS://ID.OCOP.EXAMPLE", "http://localhost:8000"])


@st.composite
def spelled(draw: Callable[..., Any], lot: str, serial: str = "") -> str:
    """A Digital Link of a lot, or of a piece of it: any host, any order, a slash at the end or not,
    data behind it or not."""
    pairs = [f"10/{quote(lot, safe='')}", f"21/{quote(serial, safe='')}" if serial else ""]
    some = draw(st.permutations([each for each in pairs if each]))
    tail = draw(st.sampled_from(["", "/", "?17=271231", "/?linkType=all#x"]))
    before = draw(st.sampled_from(["", "/shop/vi"]))
    return f"{draw(HOSTS)}{before}/01/{GTIN}/{'/'.join(some)}{tail}"


@given(st.data(), NUMBERS)
def test_every_spelling_of_a_lot_says_the_same(data: Any, number: str) -> None:
    name = goods_names.read(data.draw(spelled(number)))
    assert name == Name(gtin=GTIN, numbers=(number,))
    piece = goods_names.read(data.draw(spelled(number, SERIAL)))
    assert piece == Name(gtin=GTIN, numbers=(number,), serial=SERIAL)


@given(HOSTS, st.sampled_from(["S", "s", "T", "t"]), st.sampled_from(["", "/", "?a=1"]),
       st.booleans())  # fmt: skip
def test_every_spelling_of_a_stamp_says_the_same(
    host: str, letter: str, tail: str, small: bool
) -> None:
    serial = SERIAL.lower() if small else SERIAL
    assert goods_names.read(f"{host}/{letter}/{serial}{tail}") == Name(serial=SERIAL)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("L/B5CK9VH7", Name(lot="b5ck9vh7")),
        ("l/b5ck9vh7/", Name(lot="b5ck9vh7")),
        ("T/L/B5CK9VH7?x=1", Name(lot="b5ck9vh7")),
        ("P/NR6F2CB5", Name(unit="nr6f2cb5")),
        ("P/NR6F2CB5/R5C%2F1", Name(unit="nr6f2cb5", numbers=("R5C/1",))),
        ("P/NR6F2CB5/R5C/1", Name(unit="nr6f2cb5", numbers=("R5C/1",))),
        ("P/NR6F2CB5/10/R5C%2F1", Name(unit="nr6f2cb5", numbers=("10/R5C/1", "R5C/1"))),
        ("P/NR6F2CB5/21/" + SERIAL + "/10/A", Name(unit="nr6f2cb5", serial=SERIAL,
                                                   numbers=("A",))),
    ],
)  # fmt: skip
def test_short_addresses_are_read(path: str, name: Name) -> None:
    assert goods_names.read(f"http://localhost:8000/{path}") == name


@given(st.text(max_size=80) | st.text("/:%?#LSPT0123456789ABC[]@.htps", max_size=60))
def test_nothing_that_is_written_breaks_it(text: str) -> None:
    goods_names.read(text)
    goods_names.read(f"https://id.ocop.example/{text}")


# --- What names mean ----------------------------------------------------------------------------


@pytest.fixture
def made(now: datetime, request: pytest.FixtureRequest) -> Maker:
    return maker(now, gtin=getattr(request, "param", ""))


@pytest.fixture
def stamp(made: Maker, now: datetime) -> str:
    """The serial of an active stamp of the lot."""
    order = stamping.make_order(made.item, now)
    stamping.activate(order, made.lot, now)
    return stamping.serial(order)


def names_of(lot: Lot, serial: str) -> list[str]:
    """What people and machines call a lot and a pack of it."""
    item, code, number = lot.item, lot.code.upper(), quote(lot.number, safe="")
    unit = item.code.upper()
    found = [
        naming.lot_uri(lot),
        f"urn:ocop:lot:class:{code}",
        f"http://localhost:8000/L/{code}",
        f"HTTP://LOCALHOST:8000/T/L/{code}",
        f"http://localhost:8000/P/{unit}/10/{number}",
        f"http://localhost:8000/P/{unit}/{lot.number}",
        f"http://localhost:8000/P/{unit}/21/{serial}",
        f"HTTPS://LOCALHOST:8000/S/{serial}",
        f"http://localhost:8000/s/{serial.lower()}",
        f"http://localhost:8000/T/{serial}?v=1",
    ]
    if item.gtin:
        found += [
            f"https://id.gs1.org/01/{item.gtin}/21/{serial}",
            f"https://id.gs1.org/01/{item.gtin}/21/{serial}/10/{number}",
            f"HTTPS://LOCALHOST:8000/01/{item.gtin}/10/{number}/21/{serial}",
            f"http://localhost:8000/01/{item.gtin}/22/A/10/{number}",
            f"urn:epc:class:lgtin:8935001.070001.{lot.number}",
            f"urn:epc:id:sgtin:8935001.070001.{serial}",
        ]
    return found


def take(now: datetime, *events: Any, actor: Actor = SYSTEM) -> Captured:
    return capture(actor=actor, raws=documents.events_of(document(*events)), at=now)


def turned(source: str, target: Lot, made: Maker, *, piece: bool) -> dict[str, Any]:
    """What a lot was made of, whatever that is called."""
    goods_of = {"inputEPCList": [source]} if piece else {
        "inputQuantityList": [{"epcClass": source, "quantity": 1}]}  # fmt: skip
    told = {"inputEPCList": [], "inputQuantityList": [], "outputEPCList": []} | goods_of
    out = [{"epcClass": naming.lot_uri(target), "quantity": 2}]
    event = transformation(**told, outputQuantityList=out)
    event["readPoint"] = {"id": naming.site_uri(made.site)}
    return {key: value for key, value in event.items() if value != []}


def is_piece(name: str) -> bool:
    read = goods_names.read(name)
    return read is not None and bool(read.serial)


@pytest.mark.django_db
@pytest.mark.parametrize("made", ["", GTIN], indirect=True)
def test_every_name_of_a_lot_is_followed_by_its_recall(
    made: Maker, stamp: str, now: datetime
) -> None:
    children = []
    for number, name in enumerate(names_of(made.lot, stamp)):
        child = lot_of(made, f"C-{number}", now)
        take(now, turned(name, child, made, piece=is_piece(name)))
        children.append((name, child.pk))
    reached = genealogy.made_of([made.lot]).lots
    assert [name for name, key in children if key not in reached] == []
    assert all(made.lot.pk in genealogy.made_from([Lot.objects.get(pk=k)]).lots
               for _n, k in children)  # fmt: skip
    recall_lot(actor=SYSTEM, lot=made.lot, reason="Có mốc", at=now)
    kept = Lot.objects.filter(pk__in=[key for _n, key in children], recalled_at=None)
    assert list(kept) == []


@pytest.mark.django_db
@pytest.mark.parametrize("made", ["", GTIN], indirect=True)
def test_every_name_of_anothers_lot_is_refused_as_what_was_made(
    made: Maker, stamp: str, now: datetime
) -> None:
    other = maker(now)
    thief = people.actor_for(member(now, other.producer), on=now.date())
    for name in names_of(made.lot, stamp):
        event = turned(naming.lot_uri(other.lot), other.lot, other, piece=False)
        event["outputEPCList" if is_piece(name) else "outputQuantityList"] = (
            [name] if is_piece(name) else [{"epcClass": name, "quantity": 1}]
        )
        with pytest.raises(NotCaptured):
            take(now, event, actor=thief)
    assert not TraceEvent.objects.filter(producer=other.producer).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("made", ["", GTIN], indirect=True)
def test_event_is_found_by_any_other_name_of_its_goods(
    made: Maker, stamp: str, now: datetime
) -> None:
    names = names_of(made.lot, stamp)
    for piece in (True, False):
        some = [name for name in names if is_piece(name) is piece]
        child = lot_of(made, f"C-{piece}", now)
        (key,) = take(now, turned(some[-1], child, made, piece=piece)).new
        told = "MATCH_anyEPC" if piece else "MATCH_anyEPCClass"
        for name in some:
            question = questions.read({told: [name]})
            assert [row.pk for row in asked.matching(TraceEvent.objects.all(), question)] == [key]
            assert asked.with_value(TraceEvent.objects.all(), "epcs", name).get().pk == key
        assert EventThing.objects.get(event=key, role__startswith="input").lot == made.lot
        assert [s.trace_code for s in queries.stages_of(child)][-1] == queries.trace_code(child)


@pytest.mark.django_db
@pytest.mark.parametrize("made", [GTIN], indirect=True)
@pytest.mark.parametrize(
    "name",
    [
        "http://localhost:8000/L/00000000",
        "http://localhost:8000/P/{unit}/10/KHONGCO",
        "http://localhost:8000/S/" + SERIAL,
        "https://id.gs1.org/01/09520000003029/21/{stamp}",
        "https://id.gs1.org/01/{gtin}/10/FAKE/21/{stamp}",
    ],
)
def test_name_that_only_we_can_have_given_and_have_not_is_refused(
    made: Maker, stamp: str, now: datetime, name: str
) -> None:
    text = name.format(unit=made.item.code, stamp=stamp, gtin=GTIN)
    child = lot_of(made, "C", now)
    with pytest.raises(NotCaptured):
        take(now, turned(text, child, made, piece=is_piece(text)))


@pytest.mark.django_db
def test_goods_of_somebody_outside_keep_their_name(now: datetime) -> None:
    for text in ("https://shop.example/L/00000000", "urn:ocop:lot:class:00000000",
                 f"https://id.gs1.org/01/09520000003029/21/{SERIAL}",
                 "https://id.gs1.org/01/09520000003029/10/A"):  # fmt: skip
        assert goods.goods_named([text])[text] == goods.Goods(text)


@pytest.mark.django_db
@pytest.mark.parametrize("gtin", ["", GTIN])
def test_stamp_that_is_activated_later_is_followed_as_well(gtin: str, now: datetime) -> None:
    order = stamps_making.delivered(now, stamps_making.sold(now, gtin=gtin))
    lot = stamps_making.traced(order.item, now)
    target = maker(now)
    name = f"http://localhost:8000/S/{stamping.serial(order, 40)}"
    take(now, turned(name, target.lot, target, piece=True))
    assert target.lot.pk not in genealogy.made_of([lot]).lots
    spans = [span_of(order)]
    ranges.activate_stamps(actor=SYSTEM, order=order, spans=spans, lot=lot, at=now)
    assert target.lot.pk in genealogy.made_of([lot]).lots
