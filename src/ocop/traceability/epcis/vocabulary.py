"""Words of CBV 2.0 (chapter 7), written short: `shipping` for urn:epcglobal:cbv:bizstep:shipping
and for https://ref.gs1.org/cbv/BizStep-shipping."""

from enum import StrEnum

CBV = "https://ref.gs1.org/cbv/"
GS1 = "https://ref.gs1.org/voc/"


class Kind(StrEnum):
    """A list of words, by the name that stands before them in a web address."""

    STEP = "BizStep"
    DISPOSITION = "Disp"
    TRANSACTION = "BTT"
    PARTY = "SDT"
    ERROR = "ER"
    COMPONENT = "Comp"
    EXCEPTION = "Alert"  # of a sensor: from GS1's web vocabulary


_URNS = {
    Kind.STEP: "bizstep",
    Kind.DISPOSITION: "disp",
    Kind.TRANSACTION: "btt",
    Kind.PARTY: "sdt",
    Kind.ERROR: "er",
    Kind.COMPONENT: "comp",
}

STEPS = frozenset(
    [
        "accepting",
        "arriving",
        "assembling",
        "collecting",
        "commissioning",
        "consigning",
        "creating_class_instance",
        "cycle_counting",
        "decommissioning",
        "departing",
        "destroying",
        "disassembling",
        "dispensing",
        "encoding",
        "entering_exiting",
        "holding",
        "inspecting",
        "installing",
        "killing",
        "loading",
        "other",
        "packing",
        "picking",
        "receiving",
        "removing",
        "repackaging",
        "repairing",
        "replacing",
        "reserving",
        "retail_selling",
        "sampling",
        "sensor_reporting",
        "shipping",
        "staging_outbound",
        "stock_taking",
        "stocking",
        "storing",
        "transporting",
        "unloading",
        "unpacking",
        "void_shipping",
    ]
)
DISPOSITIONS = frozenset(
    [
        "active",
        "available",
        "completeness_inferred",
        "completeness_verified",
        "conformant",
        "container_closed",
        "container_open",
        "damaged",
        "destroyed",
        "dispensed",
        "disposed",
        "encoded",
        "expired",
        "in_progress",
        "in_transit",
        "inactive",
        "mismatch_class",
        "mismatch_instance",
        "mismatch_quantity",
        "needs_replacement",
        "no_pedigree_match",
        "non_conformant",
        "non_sellable_other",
        "partially_dispensed",
        "recalled",
        "reserved",
        "retail_sold",
        "returned",
        "sellable_accessible",
        "sellable_not_accessible",
        "stolen",
        "unavailable",
        "unknown",
    ]
)
TRANSACTIONS = frozenset(
    [
        "bol",
        "cert",
        "desadv",
        "inv",
        "pedigree",
        "po",
        "poc",
        "prodorder",
        "recadv",
        "rma",
        "testprd",
        "testres",
        "upevt",
    ]
)
PARTIES = frozenset(("owning_party", "possessing_party", "location"))
ERRORS = frozenset(("did_not_occur", "incorrect_data"))
COMPONENTS = frozenset(
    [
        "altitude",
        "axial_distance",
        "azimuth",
        "easting",
        "elevation_angle",
        "height",
        "ip_address",
        "latitude",
        "longitude",
        "northing",
        "polar_angle",
        "spherical_radius",
        "x",
        "y",
        "z",
    ]
)
ALERTS = frozenset(("ALARM_CONDITION", "ERROR_CONDITION"))
WORDS: dict[Kind, frozenset[str]] = {
    Kind.STEP: STEPS,
    Kind.DISPOSITION: DISPOSITIONS,
    Kind.TRANSACTION: TRANSACTIONS,
    Kind.PARTY: PARTIES,
    Kind.ERROR: ERRORS,
    Kind.COMPONENT: COMPONENTS,
    Kind.EXCEPTION: ALERTS,
}


def short(kind: Kind, text: str) -> str:
    """The short form of a word, however it was written; another's word stays as it is."""
    for start in _starts(kind):
        if text.startswith(start):
            return text.removeprefix(start)
    return text


def long(kind: Kind, text: str) -> str:
    """The web address of a word, however it was written; another's word stays as it is."""
    word = short(kind, text)
    if word not in WORDS[kind]:
        return word
    return f"{GS1}{word}" if kind is Kind.EXCEPTION else f"{CBV}{kind}-{word}"


def is_known(kind: Kind, text: str) -> bool:
    """Whether a word is one of CBV's, or another's: a URI that does not pretend to be CBV's."""
    word = short(kind, text)
    if word in WORDS[kind]:
        return True
    ours = text.startswith((CBV, "urn:epcglobal:cbv:", "cbv:")) or word != text
    return not ours and ":" in text


def _starts(kind: Kind) -> list[str]:
    found = [f"{CBV}{kind}-", f"cbv:{kind}-"]
    if kind in _URNS:
        found.append(f"urn:epcglobal:cbv:{_URNS[kind]}:")
    if kind is Kind.EXCEPTION:
        found += [GS1, "gs1:"]
    return found
