"""What may be done to a star that was given: kept longer, revoked, given back, annulled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.dossiers.services import reopening
from ocop.recognition import competence, services, touching
from ocop.recognition import queries as register
from ocop.recognition import rules as register_rules
from ocop.recognition.models import Recognition, Revocation
from ocop.recognition.revoking import level_of
from ocop.recognition.standing import ruling_of
from ocop.recognition.taking import Void
from ocop.recognition.validity import last_extension_day
from ocop.web.forms import act
from ocop.web.office import correcting
from ocop.web.office import forms as office_forms
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest


def tell_cases(stars: Sequence[Any]) -> None:
    """Tell each star what revocation stands against it (`stands`): the code of its case, empty
    where it was entered without one; None where none does."""
    rows = Revocation.objects.filter(
        recognition__in=[star.pk for star in stars], restored_on=None, withdrawn_on=None
    )
    told = rows.values_list("recognition", "case__code", "carried_from__case__code")
    found = {key: code or root or "" for key, code, root in told}
    for star in stars:
        star.stands = found.get(star.pk)
        star.given_back = is_given_back(star)


def is_given_back(star: Recognition) -> bool:
    """Whether its last revocation was set aside by a decision that was entered without a case."""
    counting = [each for each in star.revocations.all() if each.withdrawn_on is None]
    if not counting or counting[-1].restored_on is None:
        return False
    return getattr(counting[-1].carried_from or counting[-1], "case", None) is None


@dataclass(frozen=True, slots=True)
class Step:
    """What may be done to a recognition: its form, its service, its words."""

    form: type[forms.Form]
    service: Callable[..., object]
    words: str
    text: str
    may: Callable[[Actor, Recognition], bool] = register_rules.may_end_recognition
    tone: str = "danger"


def _steps() -> dict[str, Step]:
    return {
        "keo-dai": Step(
            office_forms.ExtensionForm,
            services.confirm_extension,
            _("Xác nhận kéo dài"),
            _(
                "Hạng sao được tính là còn hiệu lực đến hết ngày ghi dưới đây. Chủ thể vẫn chịu "
                "trách nhiệm về sản phẩm (khoản 3 Điều 12)."
            ),
        ),
        "thu-hoi": Step(
            office_forms.RevocationForm,
            services.revoke,
            _("Ghi quyết định thu hồi"),
            _(
                "Chỉ ghi quyết định mà Chủ tịch Ủy ban nhân dân cấp tỉnh (3 và 4 sao) hoặc Bộ "
                "trưởng (5 sao) đã ký ngoài hệ thống này. Việc thu hồi mới thì mở vụ việc. Từ ngày "
                "thu hồi, sản phẩm không còn hạng sao này (Điều 8)."
            ),
            register_rules.may_enter_revocation,
        ),
        "khieu-nai": Step(
            office_forms.RevocationAppealForm,
            services.appeal_revocation,
            _("Ghi khiếu nại"),
            _("Quyết định thu hồi vẫn có hiệu lực trong khi giải quyết."),
            tone="primary",
        ),
        "khoi-phuc": Step(
            office_forms.RestorationForm,
            services.restore_revoked,
            _("Ghi quyết định khôi phục"),
            _(
                "Chỉ ghi quyết định mà cơ quan có thẩm quyền đã ký. Từ ngày khôi phục, hạng sao "
                "lại có giá trị đến ngày hết hạn ban đầu; trước đó vẫn ghi là bị thu hồi."
            ),
            register_rules.may_enter_revocation,
            "primary",
        ),
        "dinh-chinh": Step(
            office_forms.MistakenRevocationForm,
            services.withdraw_revocation,
            _("Đính chính: thu hồi ghi nhầm"),
            _(
                "Chỉ dùng khi không có quyết định nào thu hồi hạng sao này (nhầm sản phẩm, nhầm "
                "ngày). Hạng sao được coi là chưa từng bị thu hồi; trang Thu hồi hạng sao và nhật "
                "ký công khai ghi rõ việc đính chính. Có quyết định thì ghi lại cho đúng."
            ),
            register_rules.may_enter_revocation,
        ),
        "huy": Step(
            office_forms.AnnulmentForm,
            reopening.annul,
            _("Ghi quyết định hủy kết quả"),
            _(
                "Chỉ ghi quyết định hủy kết quả mà Chủ tịch Ủy ban nhân dân cấp tỉnh (3 và 4 sao) "
                "hoặc Bộ trưởng (5 sao) đã ký. Kết quả coi như chưa từng có; hồ sơ, nếu có, trở về "
                "“Chờ quyết định”. Văn phòng ghi nhầm thì đính chính, không ghi hủy."
            ),
            touching.may_annul,
        ),
        "dinh-chinh-khoi-phuc": Step(
            office_forms.ReasonForm,
            services.withdraw_restoration,
            _("Đính chính: khôi phục ghi nhầm"),
            _(
                "Chỉ dùng khi không có quyết định nào khôi phục hạng sao này (nhầm sản phẩm, nhầm "
                "ngày). Hạng sao được coi là bị thu hồi suốt từ ngày thu hồi; trang Thu hồi hạng "
                "sao và nhật ký công khai ghi rõ việc đính chính."
            ),
            register_rules.may_enter_revocation,
        ),
    }


@office
def recognition_step(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """Extend, revoke, give back or annul: says what will change, asks why, does it."""
    rows: Any = register.visible_to(request.actor).select_related("product__producer", "decision")
    found: Recognition = get_object_or_404(rows, pk=pk)
    chosen = _steps().get(step)
    if chosen is None:
        return redirect("office:product", found.product.code)
    require(request.actor, chosen.may, found)
    form = _form(chosen, request, found)
    if isinstance(form, office_forms.ExtensionForm) and found.expires_on:
        form.tell_latest(last_extension_day(found.expires_on))
    if request.method == "POST" and form.is_valid():
        done = act(
            form,
            chosen.service,
            actor=request.actor,
            recognition=found,
            at=timezone.now(),
            **form.cleaned_data,
        )
        if done is not None:
            messages.success(request, _("Đã làm xong: %s.") % chosen.words)
            return redirect("office:product", found.product.code)
    if step == "huy":
        correcting.tell_anew(form, [found], Void.ANNULLED)
    context = {
        "form": form,
        "recognition": found,
        "step": chosen,
        "touched": correcting.told_of([found], Void.ANNULLED) if step == "huy" else None,
        "aside": _aside(found, step),
    }
    return render(request, "office/recognition_step.html", context)


def _form(chosen: Step, request: SignedInRequest, found: Recognition) -> forms.Form:
    told = request.POST or None
    if chosen.form is office_forms.AnnulmentForm:
        return correcting.telling(
            office_forms.AnnulmentForm(told, initial=_usual(found), told=touching.is_told(found)),
            [found],
            Void.ANNULLED,
        )
    form = chosen.form(told, initial=_usual(found))
    if isinstance(form, office_forms.MistakenRevocationForm):
        form.tell(correcting.carried_words(found))
    return form


def _aside(found: Recognition, step: str) -> str:
    """That another star counts today, which a revocation of this one leaves as it is."""
    ruling = ruling_of(found.product_id, timezone.localdate())
    if step != "thu-hoi" or ruling is None or ruling.pk == found.pk:
        return ""
    return _(
        "Hạng sao của sản phẩm hiện theo lần công nhận %(stars)d sao (%(decision)s) và không bị "
        "thu hồi theo. Ở lần công nhận này chỉ ghi được quyết định thu hồi có hiệu lực trước khi "
        "nó được thay."
    ) % {"stars": ruling.stars, "decision": _number(ruling)}


def _number(row: Recognition) -> str:
    return (row.decision.number if row.decision else row.decision_number) or row.authority


def _usual(found: Recognition) -> dict[str, str]:
    """Who decides on this star, to begin from."""
    name = competence.usual(found.stars, timezone.localdate())
    return {"authority": name, "level": level_of(found)}
