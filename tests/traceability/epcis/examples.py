"""Events as the standards show them: EPCIS 2.0, 9.6, and the worked examples of CBV 2.0, 8.9."""

from typing import Any

Json = dict[str, Any]
CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
EXAMPLE = {"example": "https://ns.example.com/epcis/"}


def document(*events: Json, contexts: tuple[Any, ...] = (EXAMPLE,)) -> Json:
    """A document with these events."""
    return {
        "@context": [CONTEXT, *contexts],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2022-02-17T11:30:47.0Z",
        "epcisBody": {"eventList": list(events)},
    }


def _event(kind: str, **more: Any) -> Json:
    return {
        "type": kind,
        "eventTime": "2013-06-08T14:58:56.591Z",
        "eventTimeZoneOffset": "+02:00",
        **more,
    }


def object_event(**more: Any) -> Json:
    """EPCIS 2.0, 9.6.1: goods leave, on their way."""
    told: Json = {
        "epcList": ["urn:epc:id:sgtin:0614141.107346.2017", "urn:epc:id:sgtin:0614141.107346.2018"],
        "action": "OBSERVE",
        "bizStep": "shipping",
        "disposition": "in_transit",
        "readPoint": {"id": "urn:epc:id:sgln:0614141.07346.1234"},
        "bizTransactionList": [
            {"type": "po", "bizTransaction": "http://transaction.acme.com/po/12345678"}
        ],
    }
    return _event("ObjectEvent", **told | more)


def lot_event(**more: Any) -> Json:
    """EPCIS 2.0, 9.6.2: a lot by quantity."""
    told: Json = {
        "quantityList": [
            {
                "epcClass": "urn:epc:class:lgtin:4012345.012345.998877",
                "quantity": 200.5,
                "uom": "KGM",
            }
        ],
        "action": "OBSERVE",
        "bizStep": "receiving",
        "disposition": "in_progress",
        "readPoint": {"id": "urn:epc:id:sgln:0614141.00777.0"},
        "bizLocation": {"id": "urn:epc:id:sgln:0614141.00888.0"},
        "sourceList": [{"type": "possessing_party", "source": "urn:epc:id:pgln:4012345.00225"}],
        "destinationList": [{"type": "location", "destination": "urn:epc:id:sgln:0614141.00777.0"}],
    }
    return _event("ObjectEvent", **told | more)


def aggregation(**more: Any) -> Json:
    """EPCIS 2.0, 9.6.3: pieces and a lot on a pallet."""
    told: Json = {
        "parentID": "urn:epc:id:sscc:0614141.1234567890",
        "childEPCs": ["urn:epc:id:sgtin:0614141.107346.2017"],
        "childQuantityList": [
            {"epcClass": "urn:epc:idpat:sgtin:4012345.098765.*", "quantity": 10},
        ],
        "action": "ADD",
        "bizStep": "packing",
    }
    return _event("AggregationEvent", **told | more)


def transaction(**more: Any) -> Json:
    """An order that goods belong to."""
    told: Json = {
        "bizTransactionList": [
            {"type": "po", "bizTransaction": "http://transaction.acme.com/po/12345678"}
        ],
        "epcList": ["urn:epc:id:sgtin:0614141.107346.2017"],
        "action": "ADD",
    }
    return _event("TransactionEvent", **told | more)


def transformation(**more: Any) -> Json:
    """EPCIS 2.0, 9.6.4: lots become another one."""
    told: Json = {
        "inputEPCList": ["urn:epc:id:sgtin:4012345.011122.25"],
        "inputQuantityList": [
            {"epcClass": "urn:epc:class:lgtin:4012345.011111.4444", "quantity": 10, "uom": "KGM"},
        ],
        "outputEPCList": ["urn:epc:id:sgtin:4012345.077889.25"],
        "bizStep": "commissioning",
        "disposition": "in_progress",
        "ilmd": {"example:bestBeforeDate": "2014-12-10", "example:batch": "XYZ"},
    }
    return _event("TransformationEvent", **told | more)


def association(**more: Any) -> Json:
    """EPCIS 2.0, 7.4.7: a sensor is fixed to a container that is used again and again."""
    told: Json = {
        "parentID": "urn:epc:id:grai:4012345.55555.987",
        "childEPCs": ["urn:epc:id:giai:4000001.12345"],
        "action": "ADD",
        "bizStep": "assembling",
    }
    return _event("AssociationEvent", **told | more)


EACH = (object_event, lot_event, aggregation, transaction, transformation, association)

#: The worked examples of the hash id: event, the lines of its string, SHA-256 of them.
HASHED: tuple[tuple[Json, str, str], ...] = (
    (
        {
            "type": "ObjectEvent",
            "eventTime": "2020-03-04T11:00:30.000+01:00",
            "eventTimeZoneOffset": "+01:00",
            "recordTime": "2020-03-04T11:00:30.999+01:00",
            "epcList": [
                "urn:epc:id:sscc:4012345.0000000333",
                "urn:epc:id:sscc:4012345.0000000111",
                "urn:epc:id:sscc:4012345.0000000222",
            ],
            "action": "OBSERVE",
            "bizStep": "departing",
            "readPoint": {"id": "urn:epc:id:sgln:4012345.00011.987"},
            "example:myField1": {"example:mySubField1": "2", "example:mySubField2": "5"},
            "example:myField2": "0",
            "example:myField3": {"example:mySubField3": ["3", "1"]},
        },
        """eventType=ObjectEvent
eventTime=2020-03-04T10:00:30.000Z
eventTimeZoneOffset=+01:00
epcList
epc=https://id.gs1.org/00/040123450000001112
epc=https://id.gs1.org/00/040123450000002225
epc=https://id.gs1.org/00/040123450000003338
action=OBSERVE
bizStep=https://ref.gs1.org/cbv/BizStep-departing
readPoint
id=https://id.gs1.org/414/4012345000115/254/987
{https://ns.example.com/epcis/}myField1
{https://ns.example.com/epcis/}mySubField1=2
{https://ns.example.com/epcis/}mySubField2=5
{https://ns.example.com/epcis/}myField2=0
{https://ns.example.com/epcis/}myField3
{https://ns.example.com/epcis/}mySubField3=1
{https://ns.example.com/epcis/}mySubField3=3""",
        "6ae96341e0acc6d7a261364751f60e68278a81cdf51da0abb6b4e617014e39d7",
    ),
    (
        {
            "type": "ObjectEvent",
            "eventTime": "2020-04-01T15:00:00+01:00",
            "eventTimeZoneOffset": "+01:00",
            "epcList": ["urn:epc:id:sgtin:4012345.011111.9876"],
            "action": "OBSERVE",
            "bizStep": "inspecting",
            "readPoint": {"id": "urn:epc:id:sgln:4012345.00005.0"},
            "sensorElementList": [
                {
                    "sensorMetadata": {
                        "deviceID": "urn:epc:id:giai:4000001.111",
                        "deviceMetadata": "https://id.gs1.org/8004/4000001111",
                    },
                    "sensorReport": [
                        {"type": "Temperature", "value": 26, "sDev": 0.1, "uom": "CEL"},
                        {"type": "AbsoluteHumidity", "value": 12.1, "uom": "A93"},
                        {
                            "type": "Dimensionless",
                            "microorganism": "https://www.ncbi.nlm.nih.gov/taxonomy/1126011",
                            "value": 0.05,
                            "uom": "C35",
                        },
                        {
                            "type": "Dimensionless",
                            "chemicalSubstance": "https://identifiers.org/"
                            "inchikey:CZMRCDWAGMRECN-UGDNZRGBSA-N",
                            "value": 0.18,
                            "uom": "C35",
                        },
                    ],
                }
            ],
        },
        """eventType=ObjectEvent
eventTime=2020-04-01T14:00:00.000Z
eventTimeZoneOffset=+01:00
epcList
epc=https://id.gs1.org/01/04012345111118/21/9876
action=OBSERVE
bizStep=https://ref.gs1.org/cbv/BizStep-inspecting
readPoint
id=https://id.gs1.org/414/4012345000054
sensorElement
sensorMetadata
deviceID=https://id.gs1.org/8004/4000001111
deviceMetadata=https://id.gs1.org/8004/4000001111
sensorReport
type=https://ref.gs1.org/voc/AbsoluteHumidity
value=12.1
uom=A93
sensorReport
type=https://ref.gs1.org/voc/Dimensionless
chemicalSubstance=https://identifiers.org/inchikey:CZMRCDWAGMRECN-UGDNZRGBSA-N
value=0.18
uom=C35
sensorReport
type=https://ref.gs1.org/voc/Dimensionless
microorganism=https://www.ncbi.nlm.nih.gov/taxonomy/1126011
value=0.05
uom=C35
sensorReport
type=https://ref.gs1.org/voc/Temperature
value=26
sDev=0.1
uom=CEL""",
        "271565c346ae2fb28c4583c4dca4ab4772d465eb4e0b6e548d77d8b49377d95c",
    ),
    (
        {
            "type": "ObjectEvent",
            "eventTime": "2020-03-04T11:00:30+01:00",
            "eventTimeZoneOffset": "+01:00",
            "epcList": ["urn:epc:id:sgtin:0614141.011111.987"],
            "action": "OBSERVE",
            "bizStep": "departing",
            "disposition": "in_transit",
            "readPoint": {
                "id": "urn:epc:id:sgln:4012345.00011.0",
                "example:myField1": "AB-12",
            },
            "bizTransactionList": [
                {"type": "po", "bizTransaction": "urn:epc:id:gdti:4012345.11111.123"}
            ],
            "sourceList": [{"type": "owning_party", "source": "urn:epc:id:pgln:4012345.00000"}],
            "destinationList": [
                {"type": "owning_party", "destination": "urn:epc:id:pgln:0614141.00000"}
            ],
            "example:userExt": "CD-34",
        },
        """eventType=ObjectEvent
eventTime=2020-03-04T10:00:30.000Z
eventTimeZoneOffset=+01:00
epcList
epc=https://id.gs1.org/01/00614141111114/21/987
action=OBSERVE
bizStep=https://ref.gs1.org/cbv/BizStep-departing
disposition=https://ref.gs1.org/cbv/Disp-in_transit
readPoint
id=https://id.gs1.org/414/4012345000115
bizTransactionList
type=https://ref.gs1.org/cbv/BTT-po
bizTransaction=https://id.gs1.org/253/4012345111118123
sourceList
type=https://ref.gs1.org/cbv/SDT-owning_party
source=https://id.gs1.org/417/4012345000009
destinationList
type=https://ref.gs1.org/cbv/SDT-owning_party
destination=https://id.gs1.org/417/0614141000005
readPoint
{https://ns.example.com/epcis/}myField1=AB-12
{https://ns.example.com/epcis/}userExt=CD-34""",
        "3ae14c02c4bdc220cc31942cf804f6845eb8dec96ba6483391c92a9b165f9329",
    ),
)
