"""The hash id of CBV 2.0, 8.9: its worked examples, and other ways to write the same event."""

from typing import Any

import pytest

from ocop.traceability.epcis import documents, hashing
from tests.traceability.epcis import examples
from tests.traceability.epcis.examples import EACH, HASHED, document, lot_event, object_event

Json = dict[str, Any]


def read(event: Json, *contexts: Any) -> documents.Raw:
    (found,) = documents.events_of(document(event, contexts=contexts or (examples.EXAMPLE,)))
    return found


def digest(event: Json, *contexts: Any) -> str:
    raw = read(event, *contexts)
    return hashing.digest(raw.body, raw.context)


@pytest.mark.parametrize(("event", "lines", "sha"), HASHED)
def test_worked_examples_of_the_standard(event: Json, lines: str, sha: str) -> None:
    raw = read(event)
    assert hashing.prehash(raw.body, raw.context) == lines.replace("\n", "")
    assert hashing.hash_id(raw.body, raw.context) == f"ni:///sha-256;{sha}?ver=CBV2.0"


@pytest.mark.parametrize("event", [HASHED[2][0]])
@pytest.mark.parametrize(
    "otherwise",
    [
        {"bizStep": "urn:epcglobal:cbv:bizstep:departing"},
        {"bizStep": "https://ref.gs1.org/cbv/BizStep-departing"},
        {"bizStep": "cbv:BizStep-departing"},
        {"disposition": "urn:epcglobal:cbv:disp:in_transit"},
        {"eventTime": "2020-03-04T10:00:30Z"},
        {"eventTime": "2020-03-04T17:00:30.000+07:00"},
        {"epcList": ["https://id.gs1.org/01/00614141111114/21/987"]},
        {"epcList": ["https://example.com/any/01/00614141111114/10/L1/21/987?17=271231"]},
        {"recordTime": "2020-03-05T00:00:00Z"},
        {"eventID": "urn:uuid:7f1f2d0e-2f8b-4a55-9a6e-1a2b3c4d5e6f"},
        {"errorDeclaration": {"declarationTime": "2020-03-05T00:00:00Z"}},
        {"certificationInfo": "https://accreditation.example.com/1"},
        {"sourceList": [{"type": "urn:epcglobal:cbv:sdt:owning_party",
                         "source": "https://id.gs1.org/417/4012345000009"}]},
    ],
    ids=str,
)  # fmt: skip
def test_another_way_to_write_it_has_the_same_hash(event: Json, otherwise: Json) -> None:
    assert digest(event | otherwise) == HASHED[2][2]


@pytest.mark.parametrize(
    "changed",
    [
        {"bizStep": "arriving"},
        {"disposition": "in_progress"},
        {"eventTime": "2020-03-04T11:00:31+01:00"},
        {"eventTimeZoneOffset": "+02:00"},
        {"action": "ADD"},
        {"epcList": ["urn:epc:id:sgtin:0614141.011111.988"]},
        {"bizLocation": {"id": "urn:epc:id:sgln:4012345.00011.0"}},
        {"example:userExt": "CD-35"},
        {"example:more": True},
        {"ilmd": {"example:batch": "1"}},
    ],
    ids=str,
)
def test_any_change_that_matters_changes_the_hash(changed: Json) -> None:
    assert digest(HASHED[2][0] | changed) != HASHED[2][2]


def test_quantities_have_no_zeros_at_the_end_and_no_exponent() -> None:
    def written(quantity: float) -> str:
        one = {"epcClass": "urn:epc:class:lgtin:4012345.012345.998877", "quantity": quantity,
               "uom": "KGM"}  # fmt: skip
        raw = read(lot_event(quantityList=[one]))
        return hashing.prehash(raw.body, raw.context)

    for quantity, told in ((200, "200"), (200.0, "200"), (0.3434, "0.3434"), (1e-7, "0.0000001"),
                           (1e11, "100000000000")):  # fmt: skip
        assert f"quantity={told}uom=KGM" in written(quantity)


def test_the_order_of_lists_and_keys_does_not_matter() -> None:
    event = object_event()
    turned = dict(reversed(event.items())) | {"epcList": event["epcList"][::-1]}
    assert digest(event) == digest(turned)


def test_a_prefix_of_another_name_does_not_matter() -> None:
    other = {"ex": "https://ns.example.com/epcis/"}
    assert digest(object_event(**{"example:a": 1})) == digest(object_event(**{"ex:a": 1}), other)


def test_master_data_stand_before_extensions_each_by_its_namespace() -> None:
    raw = read(lot_event(action="ADD", ilmd={"cbvmda:lotNumber": "L1", "cbvmda:bestBeforeDate":
                         "2019-10-21"}, **{"example:a": "x"}))  # fmt: skip
    assert hashing.prehash(raw.body, raw.context).endswith(
        "ilmd{urn:epcglobal:cbv:mda}bestBeforeDate=2019-10-21"
        "{urn:epcglobal:cbv:mda}lotNumber=L1{https://ns.example.com/epcis/}a=x"
    )


def test_every_kind_of_event_has_its_own_hash() -> None:
    assert len({digest(make()) for make in EACH}) == len(EACH)
