"""Examples of large papers."""

from datetime import datetime, timedelta
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.core.jobs import life
from ocop.core.jobs.files import JobState
from ocop.dossiers.models import MadePaper
from ocop.dossiers.papers import made
from ocop.dossiers.services import making
from ocop.recognition.certificates import issue_certificates
from tests.councils.hall import build_hall
from tests.factories import RecognitionFactory


def ask_paper(now: datetime) -> dict[str, Any]:
    return {"held": build_hall(now).sitting, "key": "minutes", "kind": "docx"}


def _asked(now: datetime, **facts: Any) -> MadePaper:
    asked = making.ask_paper(actor=SYSTEM, at=now, **ask_paper(now))
    MadePaper.objects.filter(pk=asked.pk).update(**{"state": JobState.WORKING, **facts})
    asked.refresh_from_db()
    return asked


def forget_papers(now: datetime) -> dict[str, Any]:
    _asked(now, state=JobState.READY, ended_at=now - made.KEPT - timedelta(days=1))
    return {}


def _numbered(now: datetime) -> dict[str, Any]:
    decision = RecognitionFactory().decision
    issue_certificates(actor=SYSTEM, decision=decision, at=now)
    return {"decision": decision}


EXAMPLES = {
    "dossiers.ask_paper": ask_paper,
    "dossiers.ask_certificates": _numbered,
    "dossiers.make_paper_again": lambda now: {
        "made": _asked(now, seen_at=now - life.SILENT - timedelta(minutes=1))
    },
    "dossiers.keep_paper": lambda now: {
        "made": _asked(now),
        "result": making.Made("made/a.docx", "a.docx", 1, [], []),
    },
    "dossiers.give_up_paper": lambda now: {"made": _asked(now), "failure": "Hãy tạo lại."},
    "dossiers.forget_papers": forget_papers,
}
