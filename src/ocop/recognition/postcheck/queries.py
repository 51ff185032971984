"""Reads of post-checks, complaints and revocation cases."""

import hmac
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet

from ocop.core import options
from ocop.core.actor import ANONYMOUS, Actor
from ocop.core.language import noop
from ocop.core.models import EventObject
from ocop.criteria.models import CriteriaSetVersion
from ocop.people import rules as people_rules
from ocop.people.models import User
from ocop.people.queries import memberships_on
from ocop.people.roles import Role
from ocop.people.tokens import digest_of
from ocop.producers import queries as producers
from ocop.recognition.models import Recognition, Revocation
from ocop.recognition.postcheck import lifecycle, rules
from ocop.recognition.postcheck.models import (
    CheckState,
    Complaint,
    ComplaintPhoto,
    PostCheck,
    PostCheckPlan,
    RevocationCase,
)
from ocop.recognition.visibility import visible_to as recognitions

#: The law names no number here, so the interface says that it is the office's own.
ANSWER_DAYS = options.declare(
    "recognition.complaint_days",
    15,
    noop("Số ngày làm việc để trả lời phản ánh về sản phẩm (pháp luật OCOP không ấn định)"),
    lambda v: isinstance(v, int) and not isinstance(v, bool) and 1 <= v <= 60,
)
#: States in which the producer reads what was found.
TOLD = (CheckState.CORRECTING, CheckState.CLOSED)


def visible_to(actor: Actor) -> QuerySet[PostCheck]:
    """Post-checks an actor may see: the office and its auditors all, an inspector the own, a
    producer those of the own products once they are concluded."""
    if people_rules.may_see_everything(actor):
        return PostCheck.objects.all()
    seen = Q(pk__in=())
    if rules.is_inspector(actor):
        seen |= Q(inspector=actor.user_id)
    if actor.user_id is not None:
        own = producers.own(actor).values("pk")
        seen |= Q(recognition__product__producer__in=own, state__in=TOLD)
    return PostCheck.objects.filter(seen)


def of_own_products(actor: Actor, on: date) -> QuerySet[PostCheck]:
    """The concluded post-checks of products the actor makes, newest first."""
    own = producers.own(actor, on=on).values("pk")
    rows = for_lists(PostCheck.objects.filter(recognition__product__producer__in=own))
    return rows.filter(state__in=TOLD).order_by("-concluded_on", "-pk")


def for_lists(rows: QuerySet[PostCheck]) -> QuerySet[PostCheck]:
    """With what a row of a list shows."""
    return rows.select_related(
        "recognition__product__producer",
        "recognition__product__commune",
        "recognition__decision",
        "inspector",
        "plan",
        "version__legal_version",
    )


def plans(actor: Actor) -> QuerySet[PostCheckPlan]:
    """Plans with how many of their visits there are and how many are done: for who sees all."""
    if not people_rules.may_see_everything(actor):
        return PostCheckPlan.objects.none()
    live = ~Q(checks__state=CheckState.CANCELLED)
    done = live & ~Q(checks__state=CheckState.PLANNED)
    return PostCheckPlan.objects.annotate(
        planned=Count("checks", filter=live), done=Count("checks", filter=done)
    )


def inspectors(on: date) -> QuerySet[User]:
    """Whom a visit can be given to on a day."""
    held = memberships_on(on).filter(role=Role.INSPECTOR)
    return User.objects.filter(pk__in=held.values("user")).order_by("name", "pk")


def version_of(recognition: Recognition) -> CriteriaSetVersion | None:
    """The set a star was given under, as far as decision and product tell it."""
    law = recognition.decision.legal_version if recognition.decision else None
    number = recognition.product.set_number
    if law is None or number is None:
        return None
    return law.sets.filter(number=number).exclude(published_at=None).first()


def complaints_visible_to(actor: Actor) -> QuerySet[Complaint]:
    """The office and its auditors see all, an inspector those tied to an own visit. Who reported
    leaves the rows of everybody but the office."""
    rows = Complaint.objects.select_related("product__producer", "postcheck")
    if rules.may_see_contact(actor) or actor.is_system:
        return rows
    rows = rows.defer("contact_name", "contact")
    if people_rules.may_see_everything(actor):
        return rows
    if rules.is_inspector(actor):
        return rows.filter(postcheck__inspector=actor.user_id)
    return rows.none()


def complaint_photos(actor: Actor) -> QuerySet[ComplaintPhoto]:
    """The photographs of the complaints that an actor may see; who holds a receipt sees none."""
    seen = complaints_visible_to(actor).order_by().values("pk")
    return ComplaintPhoto.objects.filter(complaint__in=seen).select_related("attachment")


def by_receipt(number: str, secret: str) -> Complaint | None:
    """The complaint of a receipt, for whoever holds its number and its secret."""
    found = Complaint.objects.filter(number=number.strip().lower()).first()
    told = digest_of(secret.strip().lower())
    # Compared also where there is none: how long it takes tells nothing.
    same = hmac.compare_digest(found.secret_digest if found else digest_of(""), told)
    return found if same else None


def cases_visible_to(actor: Actor) -> QuerySet[RevocationCase]:
    """The office and its auditors see all cases, a producer those about own products."""
    rows = RevocationCase.objects.select_related(
        "recognition__product__producer",
        "recognition__decision",
        "postcheck",
        "complaint",
        "revocation",
    )
    if people_rules.may_see_everything(actor):
        return rows
    if actor.user_id is None:
        return rows.none()
    own = producers.own(actor).values("pk")
    return rows.filter(recognition__product__producer__in=own)


def cases_of_own_products(actor: Actor, on: date) -> QuerySet[RevocationCase]:
    """Cases about products the actor makes."""
    own = producers.own(actor, on=on).values("pk")
    rows = RevocationCase.objects.select_related("recognition__product__producer")
    return rows.filter(recognition__product__producer__in=own).order_by("-opened_at", "-pk")


def revoked(on: date) -> QuerySet[Revocation]:
    """Revocations that the public sees, newest first, whoever entered them. What was told stays
    told: each of a star that was revoked again, those that were set aside or entered wrongly, those
    of a result that was annulled or of a wrong record; each says what became of it."""
    return (
        Revocation.objects.filter(
            recognition__in=recognitions(ANONYMOUS).values("pk"), revoked_on__lte=on
        )
        .select_related(
            "recognition__product__producer",
            "recognition__commune",
            "case",
            "carried_from__case",
            "carried_from__recognition",
        )
        .prefetch_related(
            "carried__recognition__decision",
            "recognition__revocations",
            "recognition__revocation_cases",
        )
        .order_by("-revoked_on", "-pk")
    )


#: What changes what the public reads of a revocation.
_CHANGES = (
    "recognition.revoked",
    "recognition.restored",
    "recognition.revocation_withdrawn",
    "recognition.restoration_withdrawn",
    "recognition.annulled",
    "recognition.record_corrected",
)


def changed_at(keys: Collection[int]) -> Mapping[int, datetime]:
    """When something was last entered of the revocations of these stars: an act, or the notice of a
    case."""
    named = EventObject.objects.filter(
        event__name__in=_CHANGES, kind="recognition", object_id__in=keys
    )
    rows = named.order_by().values_list("object_id").annotate(last=Max("event__at"))
    found = dict(rows)
    published = RevocationCase.objects.exclude(published_at=None).filter(recognition__in=keys)
    for key, at in published.values_list("recognition", "published_at"):
        if at is not None:
            found[key] = max(found.get(key, at), at)
    return found


def notices() -> QuerySet[RevocationCase]:
    """The notices of revocation that were published, newest first."""
    shown = recognitions(ANONYMOUS).values("pk")
    return (
        RevocationCase.objects.exclude(published_at=None)
        .filter(recognition__in=shown)
        .select_related("recognition__product__producer")
        .order_by("-published_at", "-pk")
    )


# --- What is due.

_BEHIND = timedelta(days=30)


def checks_due(actor: Actor) -> QuerySet[PostCheck]:
    """What waits for the actor: an inspector's visits; the office's conclusions and corrections;
    a producer's corrections."""
    mine = Q(pk__in=())
    if rules.is_inspector(actor):
        mine |= Q(state=CheckState.PLANNED, inspector=actor.user_id)
    if rules.may_plan(actor):
        mine |= Q(state=CheckState.CORRECTING)
    if actor.user_id is not None:
        own = producers.own(actor).values("pk")
        mine |= Q(state=CheckState.CORRECTING, recognition__product__producer__in=own)
    return for_lists(PostCheck.objects.filter(mine)).order_by("planned_on", "pk")


def complaints_due(actor: Actor) -> QuerySet[Complaint]:
    """Complaints that the actor has to answer, nearest first."""
    rows = complaints_visible_to(actor).filter(state__in=lifecycle.open_states(lifecycle.COMPLAINT))
    return rows.order_by("due_on", "pk") if rules.may_handle_complaints(actor) else rows.none()


def running(rows: QuerySet[RevocationCase]) -> QuerySet[RevocationCase]:
    """Cases whose 15 days run."""
    return rows.filter(state__in=("opened", "heard", "proposed")).order_by("due_on", "pk")


def in_work(stars: Collection[int]) -> tuple[set[str], set[str]]:
    """The post-checks and the cases about these stars in which somebody has to act, by code."""
    checks = PostCheck.objects.filter(
        recognition__in=stars, state__in=lifecycle.open_states(lifecycle.CHECK)
    )
    cases = RevocationCase.objects.filter(
        recognition__in=stars, state__in=lifecycle.open_states(lifecycle.CASE)
    )
    return set(checks.values_list("code", flat=True)), set(cases.values_list("code", flat=True))


def checks_between(start: date, end: date) -> QuerySet[PostCheck]:
    """Visits to make or corrections that end on one of these days; for reminders."""
    ends = Q(state=CheckState.PLANNED, planned_on__range=(start, end))
    ends |= Q(state=CheckState.CORRECTING, correct_until__range=(start, end))
    return for_lists(PostCheck.objects.filter(ends))


def complaints_between(start: date, end: date) -> QuerySet[Complaint]:
    """Complaints whose answer is due on one of these days, or was due lately; for reminders."""
    return Complaint.objects.filter(
        state__in=lifecycle.open_states(lifecycle.COMPLAINT), due_on__range=(start - _BEHIND, end)
    ).select_related("product")


def cases_between(start: date, end: date) -> QuerySet[RevocationCase]:
    """Cases whose decision is due on one of these days, or was due lately; for reminders."""
    rows = RevocationCase.objects.filter(due_on__range=(start - _BEHIND, end))
    return running(rows).select_related("recognition__product__producer")
