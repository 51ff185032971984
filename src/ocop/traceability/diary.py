"""A producer's diary: what was done, as a person says it and as EPCIS 2.0 writes it.

Pure. Each step of the diary is one event. Its words of CBV 2.0 say to the world what it was; a
field of our own says which step it was here, for steps that CBV does not tell apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.traceability.epcis.documents import CONTEXT, Json

#: Our own fields stand under this prefix. It is a name, not an address.
PREFIX, NAMESPACE = "ocop", "urn:ocop:"
ACT, NOTE, PARTNER, MATERIAL, PACKAGES, SOURCE, BEYOND = (
    f"{PREFIX}:{name}"
    for name in (
        "act", "note", "partnerName", "materialName", "packages", "sourceCode", "beyondBalance",
    )
)  # fmt: skip


class Step(StrEnum):
    """What is noted in a diary."""

    HARVEST = "harvest"
    RECEIVE = "receive"
    PROCESS = "process"
    PACK = "pack"
    SHIP = "ship"
    DESTROY = "destroy"
    INSPECT = "inspect"  # by an inspector
    ACTIVATE = "activate"  # stamps, by whoever activates them
    RECALL = "recall"  # by the producer, its officers or with what went into it
    LIFT = "lift_recall"  # by the office


#: Those that a producer notes.
OWN = (Step.HARVEST, Step.RECEIVE, Step.PROCESS, Step.PACK, Step.SHIP, Step.DESTROY)
#: Those that whoever made them takes back otherwise than by declaring an event wrong.
OF_OTHERS = (Step.INSPECT, Step.ACTIVATE, Step.RECALL, Step.LIFT)
#: Those that tell how a lot stands, not what was done with it.
STANDINGS = (Step.RECALL, Step.LIFT)
_WORDS: Mapping[str, str] = {
    Step.HARVEST: N_("Thu hoạch"),
    Step.RECEIVE: N_("Nhận nguyên liệu"),
    Step.PROCESS: N_("Chế biến"),
    Step.PACK: N_("Đóng gói"),
    Step.SHIP: N_("Xuất hàng"),
    Step.DESTROY: N_("Tiêu hủy"),
    Step.INSPECT: N_("Kiểm tra"),
    Step.ACTIVATE: N_("Kích hoạt tem"),
    Step.RECALL: N_("Thu hồi lô"),
    Step.LIFT: N_("Gỡ thu hồi lô"),
    # Words of CBV 2.0 that come by EPCIS and are no step of the diary.
    "accepting": N_("Chấp nhận hàng"),
    "arriving": N_("Hàng đến"),
    "collecting": N_("Thu gom"),
    "commissioning": N_("Gán mã"),
    "consigning": N_("Ký gửi"),
    "creating_class_instance": N_("Sản xuất lô"),
    "decommissioning": N_("Ngừng dùng mã"),
    "departing": N_("Hàng rời đi"),
    "dispensing": N_("Cấp phát"),
    "encoding": N_("Ghi mã"),
    "holding": N_("Tạm giữ"),
    "loading": N_("Bốc hàng lên xe"),
    "packing": N_("Đóng gói"),
    "picking": N_("Soạn hàng"),
    "receiving": N_("Nhận hàng"),
    "repackaging": N_("Đóng gói lại"),
    "reserving": N_("Giữ chỗ"),
    "retail_selling": N_("Bán lẻ"),
    "sampling": N_("Lấy mẫu"),
    "sensor_reporting": N_("Đo bằng cảm biến"),
    "shipping": N_("Xuất hàng"),
    "staging_outbound": N_("Chờ xuất"),
    "stock_taking": N_("Kiểm kê"),
    "stocking": N_("Xếp lên quầy"),
    "storing": N_("Lưu kho"),
    "transporting": N_("Vận chuyển"),
    "unloading": N_("Dỡ hàng"),
    "unpacking": N_("Mở gói"),
    "void_shipping": N_("Hủy xuất hàng"),
}
#: Units of a diary, by UN/CEFACT Recommendation 20. None: pieces.
MEASURES: Mapping[str, str] = {
    "": N_("cái, hộp, gói"),
    "KGM": N_("kg"),
    "GRM": N_("g"),
    "TNE": N_("tấn"),
    "LTR": N_("lít"),
    "MLT": N_("ml"),
}
#: What others tell of in EPCIS, by the same recommendation, beside these.
_MORE_MEASURES: Mapping[str, str] = {
    "DTN": N_("tạ"),
    "PR": N_("đôi"),
    "SET": N_("bộ"),
    "DZN": N_("tá"),
    "MIL": N_("nghìn"),
}
_SIGNS = {"MGM": "mg", "CLT": "cl", "DLT": "dl", "HLT": "hl", "MTQ": "m³", "CMT": "cm", "MTR": "m",
          "CMK": "cm²", "MTK": "m²", "HAR": "ha"}  # fmt: skip
#: Codes of pieces: one, piece, each, article. What they are says the lot.
_PIECES = frozenset(["C62", "H87", "EA", "NAR"])
NAMED = frozenset(_WORDS)
_BY_WORDS = {
    "inspecting": Step.INSPECT,
    "destroying": Step.DESTROY,
    "shipping": Step.SHIP,
    "packing": Step.PACK,
}


def step_of(kind: str, biz_step: str, body: Json) -> str:
    """Which step of the diary an event is; else the word of CBV that it has."""
    told = body.get(ACT)
    if told in list(Step):
        return str(told)
    if kind == "TransformationEvent":
        return Step.PROCESS
    master: Any = body.get("ilmd", {})
    if biz_step == "commissioning" and any("harvest" in key for key in master):
        return Step.HARVEST
    return _BY_WORDS.get(biz_step, biz_step)


def folded(body: Json) -> str:
    """The names that an event of a diary holds, folded for search."""
    told = [body.get(name) for name in (MATERIAL, PARTNER)]
    return folding.words(*(text for text in told if isinstance(text, str)))[:400]


def words(step: str) -> str:
    """A step in the language of who reads; another's word as it is."""
    return _(_WORDS[step]) if step in _WORDS else step


def measure_words(measure: str, count: str = "") -> str:
    """A unit in words, its code where it is none that is known; where pieces are counted, what they
    are, as the lot says it."""
    if not measure or measure in _PIECES:
        return count or (_("cái") if measure else "")
    known = MEASURES.get(measure) or _MORE_MEASURES.get(measure)
    return _(known) if known else _SIGNS.get(measure, measure)


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a class of goods; without a quantity: some of it."""

    uri: str
    quantity: Decimal | None = None
    measure: str = ""

    def told(self) -> Json:
        """As an event has it."""
        found: Json = {"epcClass": self.uri}
        if self.quantity is not None:
            whole = self.quantity == self.quantity.to_integral_value()
            found["quantity"] = int(self.quantity) if whole else float(self.quantity)
            if self.measure:
                found["uom"] = self.measure
        return found


@dataclass(frozen=True, slots=True)
class Note:
    """What every step has: when, where, and a word about it. No place: nobody told one. `beyond`:
    more is told than was left of it, and the producer says that it is so."""

    at: datetime
    place: str
    note: str = ""
    beyond: bool = False


def harvest(note: Note, goods: Amount, *, name: str = "") -> Json:
    """Goods come from field, pond or stable."""
    return _event(
        note,
        "ObjectEvent",
        Step.HARVEST,
        action="ADD",
        bizStep="commissioning",
        disposition="active",
        quantityList=[goods.told()],
        ilmd={"cbvmda:harvestEndDate": note.at.date().isoformat()},
        **({MATERIAL: name} if name else {}),
    )


def receive(
    note: Note, goods: Amount, *, name: str, supplier: str, party: str = "", source: str = ""
) -> Json:
    """Material comes from somebody: one step back. `source`: a code on its pack that is no name of
    goods by itself."""
    return _event(
        note,
        "ObjectEvent",
        Step.RECEIVE,
        action="OBSERVE",
        bizStep="receiving",
        disposition="in_progress",
        quantityList=[goods.told()],
        **_party("source", party),
        **{MATERIAL: name, PARTNER: supplier},
        **({SOURCE: source} if source else {}),
    )


def process(note: Note, used: Sequence[Amount], made: Amount) -> Json:
    """Materials and lots become a lot."""
    return _event(
        note,
        "TransformationEvent",
        Step.PROCESS,
        bizStep="creating_class_instance",
        disposition="active",
        inputQuantityList=[each.told() for each in used],
        outputQuantityList=[made.told()],
    )


def pack(note: Note, goods: Amount, *, package: str, packages: int = 1) -> Json:
    """Goods of a lot go into a package, or into so many that travel as one."""
    return _event(
        note,
        "AggregationEvent",
        Step.PACK,
        action="ADD",
        bizStep="packing",
        disposition="in_progress",
        parentID=package,
        childQuantityList=[goods.told()],
        **({PACKAGES: packages} if packages > 1 else {}),
    )


def ship(note: Note, goods: Amount, *, buyer: str, party: str = "", document: str = "") -> Json:
    """Goods leave for somebody: one step forward."""
    papers = [{"type": "desadv", "bizTransaction": document}] if document else []
    return _event(
        note,
        "ObjectEvent",
        Step.SHIP,
        action="OBSERVE",
        bizStep="shipping",
        disposition="in_transit",
        quantityList=[goods.told()],
        **({"bizTransactionList": papers} if papers else {}),
        **_party("destination", party),
        **{PARTNER: buyer},
    )


def destroy(note: Note, goods: Amount) -> Json:
    """Goods are no more."""
    return _event(
        note,
        "ObjectEvent",
        Step.DESTROY,
        action="DELETE",
        bizStep="destroying",
        disposition="destroyed",
        quantityList=[goods.told()],
    )


def inspect(note: Note, goods: Amount, *, conforms: bool) -> Json:
    """Somebody looked at goods of a lot."""
    return _event(
        note,
        "ObjectEvent",
        Step.INSPECT,
        action="OBSERVE",
        bizStep="inspecting",
        disposition="conformant" if conforms else "non_conformant",
        quantityList=[goods.told()],
    )


def activate(note: Note, goods: Amount) -> Json:
    """Stamps are put on goods of a lot: so many of them."""
    return _event(
        note,
        "ObjectEvent",
        Step.ACTIVATE,
        action="OBSERVE",
        bizStep="encoding",
        disposition="encoded",
        quantityList=[goods.told()],
    )


def recall(note: Note, goods: Sequence[Amount], *, lifted: bool = False) -> Json:
    """Lots are called back, or no longer so, wherever they are."""
    return _event(
        note,
        "ObjectEvent",
        Step.LIFT if lifted else Step.RECALL,
        action="OBSERVE",
        disposition="available" if lifted else "recalled",
        persistentDisposition={"unset" if lifted else "set": ["recalled"]},
        quantityList=[each.told() for each in goods],
    )


def _event(note: Note, kind: str, step: Step, **more: Any) -> Json:
    where = ["readPoint", "bizLocation"] if note.place else []
    if step is Step.SHIP:  # they are not there any more
        where.remove("bizLocation")
    return {
        "@context": [CONTEXT, {PREFIX: NAMESPACE}],
        "type": kind,
        "eventTime": note.at.isoformat(),
        "eventTimeZoneOffset": _offset(note.at),
        **{name: {"id": note.place} for name in where},
        **more,
        ACT: str(step),
        **({NOTE: note.note} if note.note else {}),
        **({BEYOND: True} if note.beyond else {}),
    }


def _party(side: str, party: str) -> Json:
    if not party:
        return {}
    return {f"{side}List": [{"type": "possessing_party", side: party}]}


def _offset(at: datetime) -> str:
    text = at.strftime("%z")
    return f"{text[:3]}:{text[3:5]}"
