"""Inviting to an open class those who still lack one."""

from datetime import datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.training import lifecycle, notices, rules
from ocop.training.models import TrainingClass


@action("training.invite")
def invite(*, actor: Actor, training_class: TrainingClass, at: datetime) -> int:
    """Tell of an open class: the producers of whom nobody has completed one or is enrolled, and
    the communes' officers; of a class for officials the officers alone. Gives back how many were
    told. Whoever was told of this class before is not told again.

    Refused: a class that is not open or has begun.
    """
    require(actor, rules.may_manage)
    if training_class.state != lifecycle.OPEN or training_class.starts_at <= at:
        raise Refused("class_not_open", _("Chỉ mời được vào lớp đang nhận đăng ký và chưa học."))
    told = notices.invited(training_class=training_class, on=timezone.localdate(at), at=at)
    record(actor, "training.invited", training_class, at=at, change={"told": len(told)})
    return len(told)
