"""Forms of the office."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.core.language import gettext
from ocop.core.numbers import write_date
from ocop.filters.inputs import DayInput
from ocop.filters.units import UnitField
from ocop.people.models import User
from ocop.people.queries import by_login
from ocop.producers.models import ProducerKind, Sex
from ocop.producers.queries import RESTRICTED, Restricted
from ocop.producers.services import MOST_PEOPLE
from ocop.products.models import Sector
from ocop.recognition.authority import Level
from ocop.recognition.decisions import Paper
from ocop.recognition.models import Ground
from ocop.web.alike import AlikeForm
from ocop.web.forms import UploadField, WholeField
from ocop.web.office.authorities import AuthorityField

#: Who revokes (Art. 8); a district did before it was gone.
REVOKING = (
    (Level.PROVINCE, _("Chủ tịch Ủy ban nhân dân cấp tỉnh: 3 và 4 sao")),
    (Level.CENTRE, _("Bộ trưởng: 5 sao")),
    (Level.DISTRICT, _("Cấp huyện: 3 sao, chỉ đến hết ngày 30/6/2025")),
)


def _reason(label: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


def _people(label: Any) -> WholeField:
    return WholeField(label=label, min_value=0, max_value=MOST_PEOPLE, required=False)


class TakesField(forms.CharField):
    """The stars that an act takes with it, as the page told them: held against what it would take
    when it is confirmed."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> list[int]:
        """The keys."""
        return [int(key) for key in str(value or "").split(",") if key.isdecimal()][:1000]


def _with_paper(form: forms.Form, told: dict[str, Any]) -> dict[str, Any]:
    """The cleaned values with the decision as services take it."""
    if form.errors:
        return told
    names = ("number", "signed_on", "authority", "level")
    return told | {"paper": Paper(*(told.pop(name) for name in names))}


class ReasonForm(forms.Form):
    """The reason for a step that takes something away."""

    reason = _reason(_("Lý do"))


class MistakenRevocationForm(ReasonForm):
    """A revocation that was entered wrongly; of a star that was taken with another one, whether it
    is the whole decision or only this star."""

    alone = forms.TypedChoiceField(
        label=_("Ghi nhầm điều gì"),
        choices=(
            ("yes", _("Quyết định đúng, nhưng không thu hồi hạng sao này")),
            ("no", _("Không có quyết định nào thu hồi hạng sao của sản phẩm này")),
        ),
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    field_order = ("alone", "reason")

    def tell(self, words: str) -> None:
        """Say with which star this one was taken; where it was by itself, there is no question."""
        if words:
            self.fields["alone"].help_text = words
        else:
            del self.fields["alone"]


class StopForm(forms.Form):
    """A producer that stopped working."""

    stopped_on = forms.DateField(
        label=_("Ngừng từ ngày"), widget=DayInput, initial=timezone.localdate
    )
    reason = _reason(_("Lý do"))


class MemberForm(forms.Form):
    """Who is to act for a producer, and from when."""

    user = forms.CharField(
        label=_("Tài khoản"),
        max_length=254,
        help_text=_("Thư điện tử hoặc số điện thoại mà người này dùng để đăng nhập."),
    )
    starts_on = forms.DateField(label=_("Từ ngày"), widget=DayInput, initial=timezone.localdate)
    ends_on = forms.DateField(
        label=_("Đến trước ngày"),
        widget=DayInput,
        required=False,
        help_text=_("Chính ngày này không còn gắn nữa. Để trống nếu chưa biết."),
    )

    def clean_user(self) -> User:
        """The account behind the login."""
        found = by_login(self.cleaned_data["user"])
        if found is None:
            raise forms.ValidationError(
                _("Không có tài khoản nào đăng nhập như vậy. Hãy nhờ quản trị mở tài khoản trước.")
            )
        return found


class ExtensionForm(forms.Form):
    """Keeping a star past its end (Art. 12.3)."""

    last_day = forms.DateField(label=_("Kéo dài đến hết ngày"), widget=DayInput)
    reason = _reason(_("Lý do, ghi rõ hồ sơ và văn bản"))

    def tell_latest(self, day: date) -> None:
        """Say the last day that is possible before another one is sent."""
        words = gettext("Muộn nhất %s, 180 ngày sau ngày hết hạn.") % write_date(day)
        self.fields["last_day"].help_text = words


class RevocationForm(forms.Form):
    """A decision by which the authority revoked a star (Art. 8)."""

    ground = forms.ChoiceField(label=_("Căn cứ (Điều 8)"), choices=Ground.choices)
    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    signed_on = forms.DateField(label=_("Ngày ký"), widget=DayInput)
    authority = AuthorityField()
    level = forms.ChoiceField(
        label=_("Cấp ký"),
        choices=REVOKING,
        help_text=_("Phải là cấp có thẩm quyền với hạng sao này vào ngày ký."),
    )
    revoked_on = forms.DateField(
        label=_("Thu hồi từ ngày"),
        widget=DayInput,
        required=False,
        help_text=_("Để trống: từ ngày ký."),
    )
    reason = _reason(_("Sự việc, và chủ thể đã được nghe giải trình thế nào"))

    def clean(self) -> dict[str, Any]:
        """The decision as the service takes it."""
        return _with_paper(self, super().clean() or {})


class RestorationForm(forms.Form):
    """A decision that sets a revocation aside."""

    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    signed_on = forms.DateField(label=_("Ngày ký"), widget=DayInput)
    authority = AuthorityField()
    level = forms.ChoiceField(
        label=_("Cấp ký"),
        choices=REVOKING,
        help_text=_("Phải là cấp có thẩm quyền với hạng sao này vào ngày ký."),
    )
    restored_on = forms.DateField(
        label=_("Khôi phục từ ngày"),
        widget=DayInput,
        required=False,
        help_text=_("Để trống: từ ngày ký."),
    )
    reason = _reason(_("Lý do, và khiếu nại (nếu có) được giải quyết thế nào"))

    def clean(self) -> dict[str, Any]:
        """The decision as the service takes it."""
        return _with_paper(self, super().clean() or {})


class RevocationAppealForm(forms.Form):
    """An appeal against a revocation that was decided elsewhere."""

    appealed_on = forms.DateField(label=_("Ngày khiếu nại"), widget=DayInput)
    words = _reason(_("Nội dung khiếu nại"))


class AnnulmentForm(forms.Form):
    """A decision by which a result that was given wrongly was annulled (Art. 10.1b)."""

    number = forms.CharField(label=_("Số quyết định hủy kết quả"), max_length=60)
    signed_on = forms.DateField(label=_("Ngày ký"), widget=DayInput)
    authority = AuthorityField()
    level = forms.ChoiceField(
        label=_("Cấp ký"),
        choices=REVOKING,
        help_text=_("Phải là cấp có thẩm quyền với hạng sao này vào ngày ký."),
    )
    annulled_on = forms.DateField(
        label=_("Hủy kết quả từ ngày"),
        widget=DayInput,
        required=False,
        help_text=_("Để trống: từ ngày ký."),
    )
    reason = _reason(_("Kết quả sai điều gì"))
    takes = TakesField()

    def __init__(self, *args: Any, told: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        if not told:  # the public knows nothing of it: it can be annulled without a decision
            for name in ("number", "signed_on", "authority", "level"):
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """The decision as the service takes it; none where nothing of it is told."""
        told = super().clean() or {}
        if not told.get("number") and not self.fields["number"].required:
            left = ("number", "signed_on", "authority", "level")
            return {key: value for key, value in told.items() if key not in left}
        return _with_paper(self, told)


class ProducerForm(forms.Form):
    """What is known of a producer.

    The facts of `producers.queries.RESTRICTED` come last; the form of those who may not see them
    is without (`only_open`).
    """

    name = forms.CharField(label=_("Tên chủ thể"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại hình"), choices=ProducerKind.choices)
    tax_code = forms.CharField(label=_("Mã số thuế"), max_length=14, required=False)
    address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
    commune = UnitField(label=_("Xã, phường hiện nay"), required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=20, required=False)
    website = forms.CharField(label=_("Trang web"), max_length=200, required=False)
    story = forms.CharField(
        label=_("Giới thiệu"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    leader_name = forms.CharField(
        label=_("Người đại diện"),
        max_length=120,
        required=False,
        help_text=_(
            "Từ đây trở xuống chỉ chủ thể, Văn phòng và kiểm toán, thanh tra xem được; "
            "báo cáo chỉ đếm. Không biết thì để trống."
        ),
    )
    leader_sex = forms.ChoiceField(
        label=_("Giới tính người đại diện"), choices=[("", "—"), *Sex.choices], required=False
    )
    leader_ethnicity = forms.CharField(
        label=_("Dân tộc của người đại diện"), max_length=40, required=False
    )
    members = _people(_("Số thành viên"))
    workers = _people(_("Số lao động"))
    workers_local = _people(_("Trong đó lao động địa phương"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)  # the `editing.mark` of then

    def only_open(self) -> None:
        """Leave out the facts about persons."""
        for name in RESTRICTED:
            del self.fields[name]

    @property
    def open_facts(self) -> dict[str, Any]:
        """What was entered of what everybody may see."""
        return {k: v for k, v in self.cleaned_data.items() if k not in (*RESTRICTED, "seen")}

    @property
    def restricted(self) -> Restricted | None:
        """What was entered about persons; None where the form does not ask."""
        if not set(RESTRICTED) <= self.fields.keys():
            return None
        return Restricted(**{name: self.cleaned_data[name] for name in RESTRICTED})


class ProductForm(forms.Form):
    """What is known of a product."""

    name = forms.CharField(label=_("Tên sản phẩm"), max_length=200)
    sector = forms.ChoiceField(
        label=_("Ngành"), choices=[("", "—"), *Sector.choices], required=False
    )
    set_number = forms.IntegerField(
        label=_("Bộ tiêu chí số"), min_value=1, max_value=26, required=False
    )
    gtin = forms.CharField(label="GTIN", max_length=18, required=False)
    official_code = forms.CharField(
        label=_("Mã sản phẩm"),
        max_length=32,
        required=False,
        help_text=_("Dạng T-X-STT-YYYY, theo Quyết định 19/2025/QĐ-TTg."),
    )
    commune = UnitField(
        label=_("Nơi sản xuất: xã, phường hiện nay"),
        required=False,
        help_text=_("Để trống thì lấy theo chủ thể."),
    )
    in_ocop = forms.BooleanField(
        label=_("Tham gia Chương trình OCOP"), required=False, initial=True
    )
    story = forms.CharField(
        label=_("Câu chuyện sản phẩm"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    revenue = WholeField(label=_("Doanh thu năm (đồng)"), min_value=0, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)  # the `editing.mark` of then


class NewProductForm(ProductForm, AlikeForm):
    """A new product; one with a name like others needs a word why it is another."""

    field_order = (*ProductForm.base_fields, *AlikeForm.base_fields)


class ImageForm(forms.Form):
    """A photograph with what it shows."""

    image = UploadField(label=_("Ảnh (JPEG, PNG hoặc WebP)"))
    caption = forms.CharField(
        label=_("Ảnh chụp gì"),
        max_length=160,
        help_text=_("Câu này được đọc cho người không nhìn thấy ảnh."),
    )
