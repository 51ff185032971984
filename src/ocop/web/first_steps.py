"""What a new installation needs before it serves: each step, whether it is done, and where."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import options
from ocop.core.actor import Actor
from ocop.criteria import queries as criteria
from ocop.criteria import rules as criteria_rules
from ocop.people import queries as people
from ocop.people import rules as people_rules
from ocop.programme import rules as programme_rules
from ocop.programme.models import Target
from ocop.recognition import rules as register_rules
from ocop.recognition.models import Recognition
from ocop.web.admin import health


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, whether it is done, a remark, and where who looks may do it."""

    name: str
    done: bool
    words: str
    address: str = ""


def first_steps(actor: Actor) -> list[Step]:
    """The steps, for the administrator and the office; none where all are done, nor in a
    demonstration, which has everything."""
    concerned = people_rules.may_manage_accounts(actor) or people_rules.is_office(actor)
    if options.DEMONSTRATION.get() or not concerned:
        return []
    today = timezone.localdate()
    found = [step(actor, today) for step in _STEPS]
    return [] if all(step.done for step in found) else found


def _of_whom(words: str, whose: str, *, may: bool) -> str:
    """The remark and, to who may not do the step, who does it."""
    return words if may else f"{words} {whose}"


def _accounts(actor: Actor, today: date) -> Step:
    held = people.office(today).count()
    words = _("%d người của Văn phòng có vai trò.") % held
    if not held:
        words = _("Tạo tài khoản cho Văn phòng, cán bộ xã, hội đồng rồi giao vai trò.")
    may = people_rules.may_manage_accounts(actor)
    address = reverse("administration:accounts") if may else ""
    told = _of_whom(words, _("Người quản trị làm."), may=may)
    return Step(_("Tài khoản và vai trò"), bool(held), told, address)


def _checked(check: Callable[[], health.Check]) -> Callable[[Actor, date], Step]:
    def step(actor: Actor, _today: date) -> Step:
        found = check()
        seen = people_rules.may_see_accounts(actor)
        address = f"{reverse('administration:home')}#{found.key}" if seen else ""
        told = _of_whom(found.words, _("Người quản trị làm."), may=seen or found.well)
        return Step(found.name, found.well, told, address)

    return step


def _criteria(actor: Actor, _today: date) -> Step:
    sets = criteria.current(actor)
    every, waiting = sets.count(), sets.filter(signed_off_at=None).count()
    words = _("%(done)d trên %(all)d bộ đã đối chiếu với văn bản ký.") % {
        "done": every - waiting,
        "all": every,
    }
    told = _of_whom(words, _("Văn phòng làm."), may=criteria_rules.may_sign_off(actor))
    done = every > 0 and not waiting
    return Step(_("Đối chiếu bộ tiêu chí"), done, told, reverse("office:criteria"))


def _import(actor: Actor, _today: date) -> Step:
    done = Recognition.objects.exists()
    words = _("Sổ đã có sản phẩm.") if done else _("Nạp sổ đang có từ Excel hoặc CSV.")
    told = _of_whom(words, _("Văn phòng làm."), may=register_rules.may_import(actor))
    return Step(_("Nạp sổ đăng ký"), done, told, reverse("office:import"))


def _targets(actor: Actor, _today: date) -> Step:
    done = Target.objects.exists()
    words = _("Đã đặt mục tiêu.") if done else _("Số sản phẩm của kỳ, theo tỉnh hoặc từng đơn vị.")
    may = programme_rules.may_set_target(actor)
    address = reverse("office:target_new" if may and not done else "office:targets")
    told = _of_whom(words, _("Văn phòng làm."), may=may)
    return Step(_("Mục tiêu của kỳ"), done, told, address)


_STEPS = (_accounts, _checked(health.mail), _checked(health.https), _criteria, _import, _targets)
