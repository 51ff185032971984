"""Signed paper sheets: one person types them, a second types them again and so confirms them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.core.checking import LONGEST_REASON
from ocop.councils import rules
from ocop.councils.models import Item, SittingKind
from ocop.councils.queries import councils as council_queries
from ocop.councils.queries import sheets as sheet_queries
from ocop.councils.queries import sittings as queries
from ocop.councils.services import paper_sheets as services
from ocop.councils.services.sheets import LONGEST_OPINION
from ocop.criteria import queries as criteria
from ocop.criteria.queries import Worded
from ocop.criteria.sets import Criterion
from ocop.web.council.board import RUNNING
from ocop.web.council.desk import desk, only_if, posted
from ocop.web.files import send
from ocop.web.forms import UploadField, act
from ocop.web.requests import SignedInRequest
from ocop.web.vietnamese import vietnamese

_WORDS = ("opinion", "rescoring_reason")  # of a paper, as the service names them


class MarksForm(forms.Form):
    """What is typed twice of a paper sheet: a number for each criterion in the order of the paper,
    and the answers to conditions."""

    def __init__(self, worded: Worded, *arguments: Any, written: bool = False, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.worded = worded
        for criterion in worded.criteria_set.criteria:
            self.fields[_name(criterion)] = forms.TypedChoiceField(
                label=format_html("{} {}", criterion.code, vietnamese(self._words(criterion))),
                choices=[(points, str(points)) for points in criterion.levels],
                coerce=int,
                widget=forms.NumberInput(
                    attrs={
                        "min": 0,
                        "max": criterion.max,
                        "inputmode": "numeric",
                        "autocomplete": "off",
                    }
                ),
                help_text=_("Mức: %s") % ", ".join(map(str, criterion.levels)),
                error_messages={
                    "required": _("Chưa ghi điểm."),
                    "invalid_choice": _("Không có mức điểm này."),
                },
            )
        for gate in {gate.id: gate for gate in worded.criteria_set.gates}.values():
            field = forms.ChoiceField(
                label=format_html("{} {}", gate.criterion, vietnamese(gate.note)),
                choices=(("", _("không ghi")), ("yes", _("Có")), ("no", _("Không"))),
                widget=forms.RadioSelect,
                required=False,
            )
            field.widget.attrs["class"] = "inline"
            self.fields[f"g{gate.id}"] = field
        if written:
            self.fields["wants_meeting"] = forms.BooleanField(
                label=_("Việc phức tạp, đề nghị họp hội đồng"), required=False
            )

    @property
    def marks(self) -> dict[str, int]:
        """The points by criterion."""
        return {
            criterion.code: self.cleaned_data[_name(criterion)]
            for criterion in self.worded.criteria_set.criteria
        }

    @property
    def gates(self) -> Mapping[str, bool]:
        """The conditions answered on the paper."""
        told = self.cleaned_data.items()
        return {name[1:]: value == "yes" for name, value in told if name.startswith("g") and value}

    @property
    def wants_meeting(self) -> bool:
        """Whether the paper asks for a meeting, where opinions are given in writing."""
        return bool(self.cleaned_data.get("wants_meeting"))

    def sections(self) -> list[tuple[str, str, list[Any]]]:
        """The fields by section: code, name, bound fields."""
        criteria_set = self.worded.criteria_set
        return [
            (
                section.code,
                section.name,
                [self[_name(c)] for c in criteria_set.criteria if c.section == section.code],
            )
            for section in criteria_set.sections
        ]

    def others(self) -> list[Any]:
        """The fields after the marks."""
        return [field for field in self.visible_fields() if not field.name.startswith("m")]

    def _words(self, criterion: Criterion) -> str:
        return self.worded.words.get((criterion.code, None), criterion.name)


class PaperForm(MarksForm):
    """A whole paper sheet, with the opinion and the scan."""

    def __init__(
        self,
        worded: Worded,
        *arguments: Any,
        again: bool = False,
        on_screen: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(worded, *arguments, **more)
        self.fields["opinion"] = forms.CharField(
            label=_("Ý kiến ghi trên phiếu"),
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=LONGEST_OPINION,
            required=False,
        )
        if again:
            self.fields["rescoring_reason"] = forms.CharField(
                label=_("Lý do chấm lại ghi trên phiếu"), max_length=1000, required=False
            )
        if on_screen:
            self.fields["reason"] = forms.CharField(
                label=_("Lý do nhập phiếu giấy thay phiếu đang chấm trên máy"),
                help_text=_(
                    "Người này đã chấm trên máy nhưng chưa nộp. Nếu được, hãy để người đó nộp; "
                    "nội dung đã ghi trên máy được giữ lại để đối chiếu."
                ),
                max_length=LONGEST_REASON,
            )
        self.fields["scan"] = UploadField(
            label=_("Bản quét phiếu đã ký (PDF, JPEG, PNG)"),
            widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
            help_text=_("Phiếu đã ký được giữ cùng điểm; người xác nhận xem bản quét này."),
            error_messages={
                "required": _("Hãy quét hoặc chụp phiếu đã ký rồi gửi kèm; thiếu thì không nhập."),
            },
        )

    @property
    def scan(self) -> services.Scan:
        """The scan as the service takes it."""
        file = self.cleaned_data["scan"]
        return services.Scan(file.read(), file.name)


class AgainForm(MarksForm):
    """A paper sheet typed again. Its words are shown when all else agrees, and come back as they
    were shown: if they are typed anew meanwhile, nobody has confirmed them."""

    read = forms.BooleanField(required=False, widget=forms.HiddenInput)
    opinion = forms.CharField(required=False, widget=forms.HiddenInput)
    rescoring_reason = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def words(self) -> dict[str, str | None]:
        """The words as read by who confirms; None before."""
        told = self.cleaned_data
        return {name: told[name] if told["read"] else None for name in _WORDS}


@desk
def enter(request: SignedInRequest, code: str, seat: int) -> HttpResponse:
    """Type a member's signed sheet."""
    item = _item(request, code)
    seats = council_queries.seats_on(item.sitting.council, rules.day_of(item.sitting))
    found = next((one for one in seats if one.pk == seat), None)
    only_if(found is not None and item.state in RUNNING)
    worded = criteria.worded(item.case.version)
    form = PaperForm(
        worded,
        posted(request),
        request.FILES or None,
        written=item.sitting.kind == SittingKind.WRITTEN,
        again=item.attempt > 1,
        on_screen=found is not None and sheet_queries.begun_on_screen(item, found),
    )
    if request.method == "POST" and form.is_valid():
        act(
            form,
            services.enter_paper_sheet,
            actor=request.actor,
            item=item,
            seat=found,
            marks=form.marks,
            gates=form.gates,
            opinion=form.cleaned_data["opinion"],
            rescoring_reason=form.cleaned_data.get("rescoring_reason", ""),
            reason=form.cleaned_data.get("reason", ""),
            wants_meeting=form.wants_meeting,
            scan=form.scan,
            at=timezone.now(),
        )
        if not form.errors:
            messages.success(request, _("Đã nhập phiếu. Người thứ hai cần xác nhận."))
            return redirect("council:item", item.code)
    name = found.user.name if found else ""
    context = {
        "item": item,
        "form": form,
        "title": _("Nhập phiếu giấy: %s") % name,
        "lead": _("Ghi đúng như trên phiếu đã ký. Phiếu chỉ tính sau khi người thứ hai nhập lại."),
        "action": _("Lưu phiếu"),
        "back": reverse("council:item", args=[item.code]),
    }
    return render(request, "council/paper_sheet.html", context)


@desk
def confirm(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Type marks and answers of a paper sheet again; when they are the same, its words are shown,
    and when those are confirmed the sheet is in."""
    item = _item(request, code)
    found = get_object_or_404(sheet_queries.paper_waiting(request.actor, item), pk=pk)
    written = item.sitting.kind == SittingKind.WRITTEN
    form = AgainForm(criteria.worded(item.case.version), posted(request), written=written)
    words: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        act(
            form,
            services.confirm_paper_sheet,
            actor=request.actor,
            sheet=found,
            marks=form.marks,
            gates=form.gates,
            wants_meeting=form.wants_meeting,
            **form.words,
            at=timezone.now(),
        )
        if not form.errors:
            messages.success(request, _("Hai lần nhập khớp nhau. Phiếu đã nộp."))
            return redirect("council:item", item.code)
        if any(form.has_error(name) for name in _WORDS):  # all else agrees
            words = list(services.words_of(found).items())
            for name in _WORDS:  # the step that is left, not an error without a field
                form.errors.pop(name, None)
    context = {
        "item": item,
        "form": form,
        "title": _("Xác nhận phiếu giấy: %s") % found.seat.user.name,
        "lead": _(
            "Nhập lại điểm và điều kiện từ phiếu giấy. Chỗ nào khác lần nhập trước sẽ được chỉ ra."
        ),
        "words": words,
        "scanned": sheet_queries.scanned(request.actor, item).filter(pk=found.pk).first(),
        "action": _("Xác nhận"),
        "back": reverse("council:item", args=[item.code]),
    }
    return render(request, "council/paper_sheet.html", context)


@desk
def scan(request: SignedInRequest, code: str, pk: int) -> FileResponse:
    """The signed paper of a sheet, for whoever may read the sheet or confirms it."""
    item = get_object_or_404(queries.items_visible_to(request.actor), code=code)
    found = get_object_or_404(sheet_queries.scanned(request.actor, item), pk=pk)
    assert found.scan is not None
    return send(found.scan, _("phiếu giấy %d") % found.pk)


def _item(request: SignedInRequest, code: str) -> Item:
    item = get_object_or_404(queries.items_visible_to(request.actor), code=code)
    require(request.actor, rules.may_handle_paper, item)
    return item


def _name(criterion: Criterion) -> str:
    return f"m{criterion.code}"
