"""Examples of accounts, units, producers, products, the register and the programme."""

import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from PIL import Image

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.attachments import store
from ocop.criteria import files
from ocop.criteria import services as criteria
from ocop.criteria.models import CriteriaSetVersion
from ocop.criteria.sets import load_set
from ocop.dossiers.services.registering import Entry
from ocop.people import queries
from ocop.people import services as people
from ocop.people.models import ApiToken, Membership, User
from ocop.people.roles import Role
from ocop.people.scopes import READ_REGISTER
from ocop.places.models import Level as Level_
from ocop.places.models import Unit
from ocop.places.services import load_units
from ocop.producers import services as producers
from ocop.producers.models import Producer, ProducerMembership
from ocop.products import services as products
from ocop.products.models import ProductState
from ocop.programme.terms import Term
from ocop.recognition import importing
from ocop.recognition.authority import Level
from ocop.recognition.models import Decision, Evidence, Ground, ImportBatch, Recognition
from ocop.recognition.registry_import import Wishes
from ocop.recognition.services import Paper, Result
from tests.councils.books import filled, template
from tests.factories import (
    DecisionFactory,
    OldUnitFactory,
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    RegistrationFactory,
    UnitFactory,
)
from tests.world import annulled_by, revoked_by


def _user(now: datetime, email: str = "mot@donvi.example") -> User:
    return people.create_account(actor=SYSTEM, name="Cán bộ", email=email, at=now)


def _membership(now: datetime) -> Membership:
    return people.grant_role(
        actor=SYSTEM, user=_user(now), role=Role.AUDITOR, starts_on=date(2026, 1, 1), at=now
    )


def _token(now: datetime) -> ApiToken:
    user = _user(now)
    return people.issue_token(
        actor=queries.actor_for(user, on=now.date()),
        user=user,
        name="sổ",
        scopes=frozenset({READ_REGISTER}),
        at=now,
    ).token


def _closed(now: datetime) -> User:
    return people.close_account(actor=SYSTEM, user=_user(now), reason="nghỉ", at=now)


def _units(now: datetime) -> dict[str, Any]:
    load_units(actor=SYSTEM, at=now)
    return {}


def _member(now: datetime) -> ProducerMembership:
    return producers.add_member(
        actor=SYSTEM,
        producer=ProducerFactory(),
        user=_user(now),
        starts_on=date(2026, 1, 1),
        at=now,
    )


def _stopped_producer(now: datetime) -> Producer:
    producer = ProducerFactory()
    return producers.stop_producer(
        actor=SYSTEM, producer=producer, stopped_on=date(2026, 1, 1), reason="giải thể", at=now
    )


def _version(now: datetime) -> CriteriaSetVersion:
    criteria.load_decree(actor=SYSTEM, at=now)
    return CriteriaSetVersion.objects.get(number=1)


def _changed_set() -> bytes:
    return files.write(load_set(1), "").replace(load_set(1).name.encode(), b"Other", 1)


def _draft(now: datetime) -> CriteriaSetVersion:
    return criteria.draft_set(actor=SYSTEM, since=_version(now), content=_changed_set(), at=now)


def _missed_window() -> Recognition:
    """Its end is 60 days away, and it was given before the decision of 2026."""
    return RecognitionFactory(on=date(2024, 1, 22))


def _province() -> Unit:
    return UnitFactory(level=Level_.PROVINCE)


def _decision(now: datetime) -> dict[str, Any]:
    criteria.load_decree(actor=SYSTEM, at=now)
    paper = Paper("12/QĐ-UBND", date(2026, 6, 30), "UBND thành phố Hà Nội", Level.PROVINCE)
    return {"paper": paper, "results": [Result(ProductFactory(), 4)]}


def _workbook() -> bytes:
    best = {c.code: c.max for c in load_set(13).criteria}
    return filled(template(("Cà phê", 13)), lambda row: best[str(row["Mã tiêu chí"])])


def _picture() -> bytes:
    into = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(into, "PNG")
    return into.getvalue()


REGISTRY_FILE = "Tên sản phẩm,Chủ thể,Hạng sao\nMắm nêm,HTX Biển Xanh,4\n".encode()


def _received(now: datetime) -> dict[str, Any]:
    batch = importing.receive_import(actor=SYSTEM, content=REGISTRY_FILE, filename="so.csv", at=now)
    return {"batch": batch, "result": importing.read_batch(batch, at=now)}


def _loaded(now: datetime) -> ImportBatch:
    return importing.load_import(actor=SYSTEM, at=now, **_received(now))


def _awaiting() -> Decision:
    row = RecognitionFactory(decision__awaits_publication=True)
    assert row.decision is not None
    return row.decision


def _known_from_news(now: datetime) -> dict[str, Any]:
    row = RecognitionFactory(evidence=Evidence.B1)
    assert row.decision is not None
    row.decision.attachment = store(_picture(), filename="3981.png", at=now)
    row.decision.save()
    return {"decision": row.decision, "recognitions": [row]}


EXAMPLES: dict[str, Callable[[datetime], dict[str, Any]]] = {
    "councils.store_workbook": lambda _now: {
        "title": "Phiên 1",
        "content": _workbook(),
        "filename": "phieu.xlsx",
    },
    "criteria.load_decree": lambda _now: {},
    "criteria.draft_set": lambda now: {"since": _version(now), "content": _changed_set()},
    "criteria.publish_set": lambda now: {"version": _draft(now)},
    "criteria.discard_draft": lambda now: {"version": _draft(now)},
    "criteria.sign_off_set": lambda now: {"version": _version(now), "note": "bản PDF"},
    "criteria.load_wording": lambda now: {
        "version": _version(now),
        "content": b"a,b,c,d,e\n1.1,,,,Nguon goc\n",
    },
    "places.load_units": lambda _now: {},
    "places.load_changes": lambda _now: {
        "content": (
            "old_code,new_code,new_name,new_parent,extent,basis\n"
            f"{UnitFactory(parent=UnitFactory()).code},90001,Xã Mới,{_province().code},whole,NQ\n"
        ).encode(),
        "effective_on": date(2026, 10, 1),
    },
    "producers.create_producer": lambda _now: {
        "particulars": producers.Particulars(name="Hợp tác xã mới")
    },
    "producers.change_producer": lambda _now: {
        "producer": ProducerFactory(),
        "particulars": producers.Particulars(name="Tên mới"),
    },
    "producers.stop_producer": lambda _now: {
        "producer": ProducerFactory(),
        "stopped_on": date(2026, 1, 1),
        "reason": "giải thể",
    },
    "producers.resume_producer": lambda now: {
        "producer": _stopped_producer(now),
        "reason": "hoạt động lại",
    },
    "producers.add_member": lambda now: {
        "producer": ProducerFactory(),
        "user": _user(now),
        "starts_on": date(2026, 1, 1),
    },
    "producers.end_membership": lambda now: {"membership": _member(now), "reason": "nghỉ"},
    "products.create_product": lambda _now: {
        "producer": ProducerFactory(),
        "particulars": products.Particulars(name="Trà sen"),
    },
    "products.change_product": lambda _now: {
        "product": ProductFactory(),
        "particulars": products.Particulars(name="Trà sen"),
    },
    "products.stop_product": lambda _now: {"product": ProductFactory(), "reason": "hết mùa"},
    "products.resume_product": lambda _now: {
        "product": ProductFactory(state=ProductState.STOPPED),
        "reason": "vào mùa",
    },
    "products.list_product": lambda _now: {"product": ProductFactory(listed=False)},
    "products.unlist_product": lambda _now: {
        "product": ProductFactory(listed=True),
        "reason": "chờ kiểm tra",
    },
    "products.add_image": lambda _now: {
        "product": ProductFactory(),
        "content": _picture(),
        "filename": "anh.png",
        "caption": "Hộp trà",
    },
    "recognition.record_decision": _decision,
    "recognition.attach_decision": lambda _now: {
        "decision": DecisionFactory(),
        "content": _picture(),
        "filename": "3981.png",
        "reason": "",
    },
    "recognition.withdraw_decision": lambda _now: {
        "decision": _awaiting(),
        "reason": "nhập sai ngày ký",
    },
    "recognition.publish_decision": lambda _now: {
        "decision": _awaiting(),
        "published_on": date(2026, 11, 20),
    },
    "recognition.show_decision_file": lambda now: {
        "decision": _known_from_news(now)["decision"],
        "public": True,
        "file_confirmed": True,
    },
    "recognition.lift_evidence": _known_from_news,
    "recognition.complete_decision": lambda _now: {
        "decision": DecisionFactory(number="3981/QĐ-UBND"),
        "level": Level.PROVINCE,
        "results": [Result(ProductFactory(), 4)],
        "reason": "nhập thiếu một dòng",
    },
    "recognition.issue_certificates": lambda _now: {"decision": RecognitionFactory().decision},
    "recognition.confirm_extension": lambda _now: {
        "recognition": _missed_window(),
        "last_day": date(2027, 3, 1),
        "reason": "hồ sơ nộp muộn",
    },
    "recognition.revoke": lambda _now: {
        "recognition": RecognitionFactory(),
        "ground": Ground.BREACH,
        **revoked_by(date(2026, 5, 1)),
        "reason": "kết luận thanh tra, đã nghe chủ thể ngày 20/4/2026",
    },
    "recognition.annul": lambda _now: {
        "recognition": RecognitionFactory(),
        **annulled_by(date(2026, 5, 1)),
        "reason": "kết luận thanh tra 15/KL-TTr, chấm sai bộ",
    },
    "recognition.correct_record": lambda _now: {
        "rows": [RecognitionFactory()],
        "reason": "ghi nhầm cơ quan ký",
    },
    "core.set_option": lambda _now: {"option": options.PROVINCE, "value": "01"},
    "people.create_account": lambda _now: {"name": "Cán bộ", "email": "mot@donvi.example"},
    "people.create_first_administrator": lambda _now: {
        "name": "Quản trị",
        "email": "mot@donvi.example",
        "password": "mot-mat-khau-dai",
    },
    "people.change_account": lambda now: {
        "user": _user(now),
        "name": "Cán bộ khác",
        "email": "hai@donvi.example",
    },
    "people.choose_language": lambda now: {"user": _user(now), "language": "en"},
    "people.close_account": lambda now: {"user": _user(now), "reason": "nghỉ"},
    "people.reopen_account": lambda now: {"user": _closed(now), "reason": "trở lại"},
    "people.grant_role": lambda now: {
        "user": _user(now),
        "role": Role.AUDITOR,
        "starts_on": date(2026, 1, 1),
    },
    "people.end_role": lambda now: {"membership": _membership(now), "reason": "chuyển"},
    "people.issue_token": lambda now: {
        "user": _user(now),
        "name": "sổ",
        "scopes": frozenset({READ_REGISTER}),
    },
    "people.revoke_token": lambda now: {"token": _token(now), "reason": "đổi máy"},
    "demonstration.load": _units,
    "dossiers.register_product": lambda _now: {
        "unit": UnitFactory(),
        "year": 2026,
        "entry": Entry("Trà"),
        "registered_on": date(2026, 1, 15),
    },
    "dossiers.register_list": lambda _now: {
        "unit": UnitFactory(),
        "year": 2026,
        "entries": [Entry("Trà"), Entry("Mật ong")],
        "registered_on": date(2026, 1, 15),
    },
    "dossiers.withdraw_registration": lambda _now: {
        "registration": RegistrationFactory(),
        "reason": "đổi kế hoạch",
    },
    "recognition.receive_import": lambda _now: {"content": REGISTRY_FILE, "filename": "so.csv"},
    "recognition.note_reading": lambda now: _received(now),
    "recognition.change_wishes": lambda now: {
        "batch": _received(now)["batch"],
        "wishes": Wishes(evidence="B1"),
    },
    "recognition.load_import": lambda now: _received(now),
    "recognition.publish_import": lambda now: {"batch": _loaded(now)},
    "recognition.undo_import": lambda now: {"batch": _loaded(now), "reason": "nhầm tệp"},
    "programme.set_target": lambda _now: {
        "indicator": "evaluated_in_term",
        "unit": OldUnitFactory(),
        "term": Term(2021, 2025),
        "low": Decimal(2000),
        "source": "04-CTr/TU",
    },
    "programme.report_figure": lambda _now: {
        "indicator": "sales_points",
        "unit": OldUnitFactory(),
        "as_of": date(2024, 3, 31),
        "value": Decimal(105),
        "source": "Báo cáo của Văn phòng Điều phối",
    },
}
