"""Forms of signals."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.traceability.models.signals import Finding
from ocop.traceability.scans.services import LONGEST, LONGEST_CONCLUSION
from ocop.web.office.dossiers.forms import text_field


class NoteForm(forms.Form):
    """What was done or seen."""

    reason = text_field(
        _("Nội dung"),
        max_length=LONGEST,
        help_text=_("Việc đã làm, điều đã thấy. Không ghi tên, số điện thoại của người dân."),
    )


class SuspectForm(forms.Form):
    """Why a stamp is suspicious."""

    reason = text_field(
        _("Căn cứ"), max_length=LONGEST, help_text=_("Ghi lại trong hoạt động của đơn tem.")
    )


class ConclusionForm(forms.Form):
    """What came of a signal."""

    finding = forms.ChoiceField(
        label=_("Kết luận"), choices=(("", _("chưa chọn")), *Finding.choices)
    )
    conclusion = text_field(_("Căn cứ của kết luận"), 5, max_length=LONGEST_CONCLUSION)


class AgainForm(forms.Form):
    """Why a signal is looked into again."""

    reason = text_field(_("Lý do xem xét lại"), max_length=LONGEST)
