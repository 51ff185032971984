"""Moving a row by a move of the lifecycle: called inside actions, records no event of its own."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.recognition.paper_names import signer_of, single_number
from ocop.recognition.postcheck import lifecycle
from ocop.recognition.postcheck.models import Complaint, PostCheck, RevocationCase

_MACHINES = {
    PostCheck: lifecycle.CHECK,
    Complaint: lifecycle.COMPLAINT,
    RevocationCase: lifecycle.CASE,
}


def move(row: PostCheck | Complaint | RevocationCase, name: str, **changes: Any) -> None:
    """Take a row by a move to its next state, with what else changes in it.

    Refused: a move that is not possible from here, also when somebody else moved it meanwhile.
    """
    machine = _MACHINES[type(row)]
    state = lifecycle.target(machine, name, row.state)
    model: Any = type(row)
    changed = model.objects.filter(pk=row.pk, state=row.state).update(state=state, **changes)
    if not changed:
        row.refresh_from_db(fields=["state"])
        lifecycle.target(machine, name, row.state)  # says where it stands now
        raise refuse("state", _("Có người vừa sửa. Hãy tải lại trang."))
    row.state = state
    for field, value in changes.items():
        setattr(row, field, value)


def not_after(field: str, day: date, at: datetime) -> None:
    """Refuse a day in the future, naming its field."""
    if day > timezone.localdate(at):
        raise refuse(field, _("Ngày không được sau hôm nay."))


def not_before(field: str, day: date, earlier: date | None, what: str) -> None:
    """Refuse a day before that of the step on which this one rests, naming its field."""
    if earlier is not None and day < earlier:
        words = _("Ngày không được trước %(what)s %(day)s.")
        raise refuse(field, words % {"what": what, "day": write_date(earlier)})


def needs_words(field: str, text: str, message: str) -> str:
    """The text without blanks around it. Refused: nothing written."""
    if not text.strip():
        raise refuse(field, message)
    return text.strip()


def refuse(field: str, message: str) -> Refused:
    """A refusal about a field of a form."""
    return Refused(f"postcheck_{field}", message, fields={field: [message]})


def paper_of(number: str, authority_name: str) -> tuple[str, str]:
    """Number and authority of a decision as they are written; each is refused where it is none."""
    try:
        paper = single_number(number)
    except Refused as refused:
        raise refuse("number", refused.message) from refused
    signer = signer_of(authority_name)
    if not signer:
        raise refuse("authority_name", _("Hãy ghi cơ quan ký quyết định."))
    return paper, signer
