"""What pages of check-in at a gate share: the form, the words of the script, its answers."""

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.checkins import MOST_OF_A_NAME, CheckIn, read_sending, ticket_in
from ocop.core.refusals import NotAllowed, Refused

#: The store of the browser, one for all gates; their pages end in /diem-danh/.
KEPT = "ocop-diem-danh-1"
PAGES = r"\/diem-danh\/$"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a showing came to: its state (entered, repeat, unknown), words for whoever stands at
    the gate, and the entry of its ticket as (gate, time)."""

    record: CheckIn
    state: str
    said: str
    entry: tuple[str, datetime] | None = None


class TicketForm(forms.Form):
    """One ticket at a gate, without a script."""

    gate = forms.CharField(
        label=gettext_lazy("Cửa"),
        max_length=MOST_OF_A_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    ticket = forms.CharField(
        label=gettext_lazy("Mã vé"),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def clean_ticket(self) -> str:
        """The ticket in what was typed or scanned."""
        if ticket := ticket_in(self.cleaned_data["ticket"]):
            return ticket
        raise forms.ValidationError(_("Không nhận ra mã vé này. Mã có 8 ký tự, in dưới mã QR."))

    def record(self, at: datetime) -> CheckIn:
        """The showing, as a device would tell it."""
        told = self.cleaned_data
        return CheckIn(at, uuid.uuid4(), told["ticket"], " ".join(told["gate"].split()), "web")


def context(*, send: str, listed: str, worker: str) -> dict[str, object]:
    """What `components/checkin.html` takes as `checkin`: the three addresses and the words."""
    return {"send": send, "list": listed, "worker": worker, "store": KEPT, "words": _words()}


def received(
    request: HttpRequest, keep: Callable[[list[CheckIn]], Sequence[Answer]], at: datetime
) -> JsonResponse:
    """Answer a device: for each showing what it came to. What is refused stays on the device."""
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):  # not JSON, or not text; nested without end
        told = None
    try:
        answers = keep(read_sending(told, received_at=at))
    except Refused as refusal:
        status = 403 if isinstance(refusal, NotAllowed) else 409
        return JsonResponse({"message": refusal.message}, status=status)
    return JsonResponse({"results": [_told(each) for each in answers]})


def _told(answer: Answer) -> dict[str, object]:
    entry = answer.entry
    return {
        "id": str(answer.record.id),
        "ticket": answer.record.ticket,
        "state": answer.state,
        "said": answer.said,
        "entry": [entry[0], entry[1].isoformat()] if entry else None,
    }


def _words() -> dict[str, str]:
    return {
        "entered": _("Mời vào"),
        "repeat": _("Vé này đã vào rồi"),
        "unlisted": _("Không có trong danh sách của máy này"),
        "unreadable": _("Không nhận ra mã vé này."),
        "sent": _("Đã gửi hết lượt điểm danh."),
        "offline": _("Chưa có mạng: lượt điểm danh nằm trong máy và sẽ tự gửi."),
        "busy": _("Máy chủ chưa nhận được: lượt điểm danh nằm trong máy và sẽ tự gửi lại."),
        "signIn": _("Phiên đăng nhập đã hết. Hãy đăng nhập lại, lượt điểm danh vẫn còn trong máy."),
        "waiting": _("Chờ gửi"),
        "none": _("Không có lượt nào"),
        "made": _("danh sách lấy lúc"),
        "noList": _("Chưa lấy danh sách"),
        "taken": _("Đã lấy danh sách."),
        "noNetwork": _("Không lấy được danh sách. Hãy thử lại khi có mạng."),
        "noCamera": _("Không mở được máy ảnh. Hãy gõ mã."),
    }
