"""Examples of what producers do with dossiers and evidence."""

from datetime import datetime
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.dossiers.models import ChangeRequest, Evidence, Supplement
from ocop.dossiers.services import changes
from ocop.dossiers.services import evidence as library
from ocop.dossiers.services.evidence import Particulars
from ocop.recognition.models import Kind
from tests.architecture.examples import Example
from tests.dossiers import making
from tests.factories import ProducerFactory

PARTICULARS = Particulars("test_report", "Phiếu kiểm nghiệm")


def _paper(now: datetime) -> Evidence:
    return making.paper(now, ProducerFactory())


def _use(now: datetime) -> dict[str, Any]:
    dossier = making.draft(now)
    paper = making.paper(now, dossier.product.producer)
    return {"dossier": dossier, "evidence": paper, "criterion": "1.1"}


def _used(now: datetime) -> dict[str, Any]:
    arguments = _use(now)
    library.use_evidence(actor=SYSTEM, at=now, **arguments)
    return arguments


def _supplement(now: datetime) -> Supplement:
    dossier = making.filed(now)
    return Supplement.objects.create(
        code="supp0001",
        dossier=dossier,
        step=dossier.state,
        wanted="Phiếu kiểm nghiệm",
        due_on=now.date(),
        asked_at=now,
    )


def _change(now: datetime) -> dict[str, Any]:
    dossier = making.filed(now)
    return {
        "dossier": dossier,
        "base": dossier.snapshots.get(),
        "proposed": {"answers": {"phone": "0912345678"}},
        "reason": "đổi số điện thoại",
    }


def _asked(now: datetime) -> ChangeRequest:
    return changes.ask_change(actor=SYSTEM, at=now, **_change(now))


def _saving(now: datetime) -> dict[str, Any]:
    return {"dossier": making.draft(now), "revision": 0, "answers": {"phone": "0912345678"}}


EXAMPLES: dict[str, Example] = {
    "dossiers.begin": lambda _now: {"product": making.product(), "kind": Kind.FIRST},
    "dossiers.save_answers": _saving,
    "dossiers.submit": lambda now: {"dossier": making.filled(now)},
    "dossiers.withdraw": lambda now: {"dossier": making.draft(now), "reason": "nghỉ làm"},
    "dossiers.answer_supplement": lambda now: {
        "supplement": _supplement(now),
        "answer": "Đã gửi kèm",
    },
    "dossiers.ask_change": _change,
    "dossiers.answer_change": lambda now: {"change": _asked(now), "accepted": True},
    "dossiers.add_evidence": lambda _now: {
        "producer": ProducerFactory(),
        "particulars": PARTICULARS,
        "content": making.picture(),
        "filename": "phieu.png",
    },
    "dossiers.change_evidence": lambda now: {
        "evidence": _paper(now),
        "particulars": PARTICULARS,
    },
    "dossiers.replace_evidence": lambda now: {
        "evidence": _paper(now),
        "particulars": PARTICULARS,
        "content": making.picture("black"),
        "filename": "moi.png",
    },
    "dossiers.withdraw_evidence": lambda now: {"evidence": _paper(now), "reason": "sai"},
    "dossiers.use_evidence": _use,
    "dossiers.unuse_evidence": _used,
}
