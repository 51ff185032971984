"""Who may do what with sales units, lots and stamps, and who may see what of them."""

from datetime import date

from ocop.core.actions import who_may
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.producers import queries as producers
from ocop.producers import rules as producer_rules
from ocop.producers.models import Producer
from ocop.traceability import lifecycle


@who_may(N_("Việc này dành cho người của chủ thể, cán bộ xã phụ trách và văn phòng chương trình."))
def may_keep_items(actor: Actor, producer: Producer, on: date) -> bool:
    """Sales units, places, lots and diaries: the producer's own people and its officers."""
    return producer_rules.may_change_producer(actor, producer, on)


@who_may(N_("Việc này dành cho văn phòng chương trình OCOP cấp tỉnh."))
def may_lengthen_use(actor: Actor) -> bool:
    """A later last day of goods whose buyers were told an earlier one is for the office to note."""
    return actor.is_system or people_rules.is_office(actor)


@who_may(N_("Việc này dành cho người của chủ thể, cán bộ xã phụ trách và văn phòng chương trình."))
def may_capture(actor: Actor, on: date) -> bool:
    """Events are told by the people of producers and by their officers; of whose things, is asked
    for each event (`may_keep_items`)."""
    return (
        people_rules.is_office(actor)
        or actor.has(Role.COMMUNE_OFFICER)
        or producers.own(actor, on=on).exists()
    )


@who_may(N_("Việc này dành cho văn phòng chương trình, cán bộ xã, người kiểm tra và thanh tra."))
def may_see_events(actor: Actor, on: date) -> bool:
    """Events are for the people of producers, their officers, inspectors and auditors."""
    return may_open_lists(actor) or producers.own(actor, on=on).exists()


@who_may(N_("Việc này dành cho người kiểm tra và văn phòng chương trình."))
def may_inspect(actor: Actor) -> bool:
    """A lot is looked at by inspectors and by the office."""
    return people_rules.is_office(actor) or actor.everywhere(Role.INSPECTOR)


@who_may(N_("Việc này dành cho người của chủ thể và văn phòng chương trình."))
def may_recall(actor: Actor, producer: Producer, on: date) -> bool:
    """A producer calls its own lots back; the office those of anybody."""
    return people_rules.is_office(actor) or producer_rules.is_member(actor, producer, on)


def may_draw_along(_actor: Actor) -> bool:
    """What goes with a recalled lot follows from what was told: nobody chooses it."""
    return False


def may_read_names_again(_actor: Actor) -> bool:
    """What names in events mean follows from the names: nobody chooses it."""
    return False


@who_may(N_("Việc này dành cho văn phòng chương trình OCOP cấp tỉnh."))
def may_lift_recall(actor: Actor) -> bool:
    """That a lot may be sold again is for the office to say."""
    return people_rules.is_office(actor)


@who_may(N_("Việc này dành cho người của chủ thể và văn phòng chương trình."))
def may_order_stamps(actor: Actor, producer: Producer, on: date) -> bool:
    """Stamps are ordered by the producer's own people, or by the office for it."""
    return people_rules.is_office(actor) or producer_rules.is_member(actor, producer, on)


@who_may(N_("Việc này dành cho văn phòng chương trình OCOP cấp tỉnh."))
def may_manage_stamps(actor: Actor) -> bool:
    """Allowances, approval, printing and delivery are the office's."""
    return people_rules.is_office(actor)


@who_may(N_("Việc này dành cho văn phòng chương trình, cán bộ xã, người kiểm tra và thanh tra."))
def may_open_lists(actor: Actor) -> bool:
    """The office's lists; whose rows stand in them is told by the queries."""
    return may_see_all_stamps(actor) or actor.has(Role.COMMUNE_OFFICER)


def may_see_stamps(actor: Actor, producer: Producer, on: date) -> bool:
    """Orders and scans of a producer: its own people, its officers, inspectors and auditors."""
    return may_see_all_stamps(actor) or producer_rules.may_change_producer(actor, producer, on)


def may_see_all_stamps(actor: Actor) -> bool:
    """Those of every producer."""
    return (
        actor.is_system
        or people_rules.is_office(actor)
        or actor.everywhere(Role.AUDITOR)
        or actor.everywhere(Role.INSPECTOR)
    )


@who_may(N_("Việc này dành cho lãnh đạo văn phòng chương trình."))
def may_rotate_keys(actor: Actor) -> bool:
    """A new key of stamps is decided by the head of the office; who keeps the machine does it by
    a command."""
    return actor.everywhere(Role.OFFICE_HEAD)


def may_see_keys(actor: Actor) -> bool:
    """What is known of the keys, never their secrets."""
    return may_see_all_stamps(actor) or actor.everywhere(Role.ADMINISTRATOR)


def may_see_key_file(actor: Actor) -> bool:
    """Where the file of secrets lies is for who keeps the machine."""
    return actor.is_system or actor.everywhere(Role.ADMINISTRATOR)


@who_may(N_("Việc này dành cho văn phòng chương trình OCOP cấp tỉnh và người kiểm tra."))
def may_doubt_stamps(actor: Actor, kind: str) -> bool:
    """That stamps are recalled or suspicious is not for whoever holds them to say."""
    if actor.is_system or people_rules.is_office(actor):
        return True
    return kind == lifecycle.SUSPICIOUS and actor.everywhere(Role.INSPECTOR)


@who_may(N_("Việc này dành cho người của chủ thể và văn phòng chương trình."))
def may_except_stamps(actor: Actor, producer: Producer, kind: str, on: date) -> bool:
    """Voided and lost is said by whoever holds them, recalled by the office, suspicious by the
    office and its inspectors."""
    if people_rules.is_office(actor):
        return True
    if kind == lifecycle.SUSPICIOUS:
        return actor.everywhere(Role.INSPECTOR)
    return kind in lifecycle.GONE and producer_rules.is_member(actor, producer, on)


@who_may(N_("Việc này dành cho văn phòng chương trình OCOP cấp tỉnh và người kiểm tra."))
def may_lift_exception(actor: Actor, kind: str) -> bool:
    """Who may say that it was not so: the office; of suspicions also its inspectors."""
    if people_rules.is_office(actor):
        return True
    return kind == lifecycle.SUSPICIOUS and actor.everywhere(Role.INSPECTOR)


@who_may(N_("Việc này do hệ thống tự làm."))
def may_keep_prints(actor: Actor) -> bool:
    """Files are kept and removed by the worker."""
    return actor.is_system


@who_may(N_("Việc này chỉ hệ thống làm được, thay cho người cầm gói hàng."))
def may_check_hidden_code(actor: Actor) -> bool:
    """Whoever holds a pack; the page of the stamp acts for them, who have no account."""
    return actor.is_system
