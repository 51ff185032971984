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


def _accounts(actor: Actor, today: date) -> Step:
    held = people.office(today).count()
    words = _("%d người của Văn phòng có vai trò.") % held
    if not held:
        words = _("Tạo tài khoản cho Văn phòng, cán bộ xã, hội đồng rồi giao vai trò.")
    may = people_rules.may_manage_accounts(actor)
    address = reverse("administration:accounts") if may else ""
    return Step(_("Tài khoản và vai trò"), bool(held), words, address)


def _checked(check: Callable[[], health.Check]) -> Callable[[Actor, date], Step]:
    def step(actor: Actor, _today: date) -> Step:
        found = check()
        seen = people_rules.may_see_accounts(actor)
        address = f"{reverse('administration:home')}#{found.key}" if seen else ""
        return Step(found.name, found.well, found.words, address)

    return step


def _criteria(actor: Actor, _today: date) -> Step:
    sets = criteria.current(actor)
    every, waiting = sets.count(), sets.filter(signed_off_at=None).count()
    words = _("%(done)d trên %(all)d bộ đã đối chiếu với văn bản ký.") % {
        "done": every - waiting,
        "all": every,
    }
    may = criteria_rules.may_sign_off(actor)
    address = reverse("office:criteria") if may else ""
    return Step(_("Đối chiếu bộ tiêu chí"), every > 0 and not waiting, words, address)


def _import(actor: Actor, _today: date) -> Step:
    done = Recognition.objects.exists()
    words = (
        _("Sổ đã có sản phẩm được công nhận.") if done else _("Nạp sổ đang có từ Excel hoặc CSV.")
    )
    address = reverse("office:import") if register_rules.may_import(actor) else ""
    return Step(_("Nạp sổ đăng ký"), done, words, address)


def _targets(actor: Actor, _today: date) -> Step:
    done = Target.objects.exists()
    words = _("Đã đặt mục tiêu.") if done else _("Số sản phẩm của kỳ, theo tỉnh hoặc từng đơn vị.")
    may = programme_rules.may_set_target(actor)
    address = reverse("office:targets" if done else "office:target_new") if may else ""
    return Step(_("Mục tiêu của kỳ"), done, words, address)


_STEPS = (_accounts, _checked(health.mail), _checked(health.https), _criteria, _import, _targets)
