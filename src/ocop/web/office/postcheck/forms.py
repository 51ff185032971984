"""Forms of post-checks, complaints and revocation cases."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.core.fieldwork import Position
from ocop.criteria.queries import worded
from ocop.criteria.sets import Criterion
from ocop.people.models import User
from ocop.recognition.models import Ground
from ocop.recognition.postcheck import queries
from ocop.recognition.postcheck.models import CheckResult, Complaint, Held, PostCheck
from ocop.recognition.postcheck.services.checking import Minutes, Seen
from ocop.web.forms import UploadField
from ocop.web.office.authorities import AuthorityField
from ocop.web.office.dossiers.forms import day_field, text_field
from ocop.web.office.dossiers.visit_forms import PhotosField, SeveralFiles
from ocop.web.vietnamese import choice

_BESIDE = ("mark", "advertising")
_HELD = (Held.KEPT, Held.NOT_KEPT, Held.UNSEEN)  # the last one is what nothing chosen means


class PlanForm(forms.Form):
    """A plan of post-checks."""

    title = forms.CharField(label=_("Tên kế hoạch"), max_length=160)
    starts_on = day_field(_("Từ ngày"))
    ends_on = day_field(_("Đến hết ngày"))
    document = forms.CharField(label=_("Số văn bản phê duyệt"), max_length=60, required=False)


class _Person(forms.ModelChoiceField):  # type: ignore[type-arg]  # not at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class GivenForm(forms.Form):
    """Who visits, and when."""

    inspector = _Person(label=_("Người kiểm tra"), queryset=User.objects.none())
    planned_on = day_field(_("Ngày kiểm tra"))

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        found: Any = self.fields["inspector"]
        found.queryset = queries.inspectors(timezone.localdate())


def _stated_ground() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Căn cứ khác của Điều 8"),
        choices=(("", _("không có")), *Ground.choices),
        required=False,
        help_text=_(
            "Chỉ chọn khi có căn cứ thu hồi mà không mục nào ở trên nói, ví dụ cơ sở đã ngừng sản "
            "xuất."
        ),
    )


class RecordForm(forms.Form):
    """What an inspector writes down at a visit; works without a script, and without a network."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    visited_at = forms.DateTimeField(
        label=_("Thời điểm kiểm tra"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    note = text_field(_("Nhận xét tại cơ sở"), 5)
    proposal = forms.ChoiceField(
        label=_("Kết quả, kiến nghị của người kiểm tra"),
        choices=(("", _("chưa chọn")), *CheckResult.choices),
    )
    ground = _stated_ground()
    photos = PhotosField(
        label=_("Ảnh chụp"),
        required=False,
        widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    lat = forms.FloatField(widget=forms.HiddenInput, required=False)
    lon = forms.FloatField(widget=forms.HiddenInput, required=False)
    accuracy = forms.FloatField(widget=forms.HiddenInput, required=False)

    def __init__(self, check: PostCheck, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._sections: list[tuple[str, list[Criterion]]] = []
        self._ask("mark", _("Sử dụng nhãn hiệu OCOP, hạng sao"))
        self._ask("advertising", _("Quảng cáo"))
        if check.version is not None:
            found = worded(check.version).criteria_set
            for part in found.sections:
                rows = [c for c in found.criteria if c.section == part.code]
                self._sections.append((f"{part.code}. {part.name}", rows))
                for criterion in rows:
                    label = choice(f"{criterion.code}. ", criterion.name)
                    self._ask(criterion.code, label)

    def _ask(self, key: str, label: Any) -> None:
        self.fields[f"held_{key}"] = forms.ChoiceField(
            label=label,
            choices=[(held.value, held.label) for held in _HELD],
            initial=Held.UNSEEN,
            required=False,
            widget=forms.RadioSelect(attrs={"class": "inline"}),
        )
        self.fields[f"words_{key}"] = forms.CharField(
            label=_("Điều đã thấy"), max_length=2000, required=False
        )

    def beside(self) -> Iterator[forms.BoundField]:
        """What is asked about the mark and advertising."""
        for key in _BESIDE:
            yield from (self[f"held_{key}"], self[f"words_{key}"])

    def first(self) -> Iterator[forms.BoundField]:
        """What is asked of every visit."""
        yield from (self["visited_at"], self["note"])

    def last(self) -> Iterator[forms.BoundField]:
        """What a visit ends with."""
        yield from (self["proposal"], self["ground"], self["photos"])

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The criteria by section of the set."""
        for title, rows in self._sections:
            yield (
                title,
                [self[f"{name}_{row.code}"] for row in rows for name in ("held", "words")],
            )

    def minutes(self) -> Minutes:
        """The cleaned values as the service takes them."""
        told = self.cleaned_data

        def seen(key: str) -> Seen:
            held = Held(told[f"held_{key}"] or Held.UNSEEN)
            return Seen(held, told[f"words_{key}"])

        position = None
        if told["lat"] is not None and told["lon"] is not None:
            position = Position(told["lat"], told["lon"], told["accuracy"])
        return Minutes(
            visited_at=told["visited_at"],
            note=told["note"],
            proposal=CheckResult(told["proposal"]),
            criteria={row.code: seen(row.code) for _t, rows in self._sections for row in rows},
            mark=seen("mark"),
            advertising=seen("advertising"),
            position=position,
            ground=Ground(told["ground"]) if told["ground"] else None,
        )


class ConclusionForm(forms.Form):
    """What follows from a visit."""

    result = forms.ChoiceField(label=_("Kết luận"), choices=CheckResult.choices)
    words = text_field(_("Nội dung kết luận"), help_text=_("Chủ thể đọc được nội dung này."))
    ground = _stated_ground()
    correct_until = day_field(
        _("Khắc phục đến hết ngày"),
        required=False,
        help_text=_("Chỉ ghi khi kết luận là cần khắc phục."),
    )


class CorrectionForm(forms.Form):
    """What came of a correction."""

    result = forms.ChoiceField(
        label=_("Kết quả"),
        choices=(
            (CheckResult.KEPT, _("Đã khắc phục")),
            (CheckResult.GROUND, _("Không khắc phục: xem xét thu hồi")),
        ),
    )
    words = text_field(_("Nội dung"), help_text=_("Chủ thể đọc được nội dung này."))


class AnswerForm(forms.Form):
    """The answer to a complaint."""

    answer = text_field(
        _("Nội dung trả lời"),
        6,
        max_length=4000,
        help_text=_("Người phản ánh đọc bằng số và mã trên giấy biên nhận."),
    )


class TieForm(forms.Form):
    """The visit that a complaint is tied to."""

    check = forms.ModelChoiceField(label=_("Lần kiểm tra"), queryset=PostCheck.objects.none())

    def __init__(self, complaint: Complaint, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        rows = PostCheck.objects.filter(recognition__product=complaint.product_id)
        found: Any = self.fields["check"]
        found.queryset = rows.exclude(state="cancelled").order_by("-planned_on")
        found.label_from_instance = _check_words


def _check_words(check: PostCheck) -> str:
    return f"{check.planned_on:%d/%m/%Y} · {check.get_kind_display()} · {check.get_state_display()}"


class CaseForm(forms.Form):
    """A revocation case: ground, facts, evidence."""

    ground = forms.ChoiceField(label=_("Căn cứ (Điều 8)"), choices=Ground.choices)
    facts = text_field(_("Sự việc"), 5, help_text=_("Chủ thể đọc được để giải trình."))
    established_on = day_field(
        _("Ngày xác định căn cứ"),
        help_text=_(
            "Ngày của văn bản kết luận hoặc ngày kết luận kiểm tra. Thời hạn 15 ngày tính từ ngày "
            "này, không phải từ ngày nhập."
        ),
    )
    conclusion_of = forms.CharField(
        label=_("Văn bản kết luận của cơ quan có thẩm quyền"),
        max_length=200,
        required=False,
        help_text=_("Số, ngày, cơ quan. Để trống khi căn cứ là lần kiểm tra hoặc phản ánh."),
    )
    file = UploadField(label=_("Bản quét văn bản"), required=False)


class HearingForm(forms.Form):
    """How the producer was heard."""

    heard_on = day_field(_("Ngày nghe chủ thể"), initial=timezone.localdate)
    words = text_field(
        _("Ai dự, chủ thể nói gì"),
        5,
        help_text=_("Chủ thể đã được mời mà không đến thì ghi rõ ngày mời và cách mời."),
    )


class ProposalForm(forms.Form):
    """The proposal to whoever decides."""

    proposed_on = day_field(
        _("Ngày đề nghị"),
        initial=timezone.localdate,
        required=False,
        help_text=_("Ngày của văn bản đề nghị. Để trống: hôm nay."),
    )
    words = text_field(_("Nội dung đề nghị"), 5)


class DecisionForm(forms.Form):
    """The signed decision of whoever revokes the star."""

    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    signed_on = day_field(_("Ngày ký"))
    authority_name = AuthorityField()
    revoked_on = day_field(
        _("Thu hồi từ ngày"), required=False, help_text=_("Để trống: từ ngày ký.")
    )
    file = UploadField(label=_("Bản quét quyết định"), required=False)


class RestoringForm(forms.Form):
    """The signed decision that sets a revocation aside."""

    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    signed_on = day_field(_("Ngày ký"))
    authority_name = AuthorityField()
    restored_on = day_field(
        _("Khôi phục từ ngày"), required=False, help_text=_("Để trống: từ ngày ký.")
    )


class NoticeForm(forms.Form):
    """The public notice of a revocation."""

    number = forms.CharField(label=_("Số thông báo"), max_length=60, required=False)
    notice = text_field(
        _("Nội dung công bố"), 5, help_text=_("Mọi người đọc được ở trang Thu hồi hạng sao.")
    )


class AppealForm(forms.Form):
    """An appeal against the decision."""

    appealed_on = day_field(_("Ngày khiếu nại"))
    words = text_field(_("Nội dung khiếu nại"))


class OutcomeForm(forms.Form):
    """How an appeal ended."""

    upheld = forms.TypedChoiceField(
        label=_("Kết quả"),
        choices=(
            ("yes", _("Giữ nguyên quyết định thu hồi")),
            ("no", _("Chấp nhận khiếu nại")),
        ),
        coerce=lambda value: value == "yes",
        help_text=_(
            "Khi khiếu nại được chấp nhận, bước sau ghi quyết định khôi phục: hạng sao có giá trị "
            "lại đến ngày hết hạn ban đầu."
        ),
    )
    ended_on = day_field(_("Ngày có kết quả"))
    words = text_field(_("Nội dung, số văn bản giải quyết"))
