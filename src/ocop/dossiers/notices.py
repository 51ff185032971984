"""News of a dossier, to the people it concerns. Called by the services, in their transaction.

The producer's own people, the officers of the commune (the office where a commune has none), the
advisers of the dossier, the office and its heads. A council member who is recused from the case
is told nothing of it in any role but that of the producer itself.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.councils.notices import recused_from
from ocop.dossiers.coming_back import after_refusal
from ocop.dossiers.models import Assignment, ChangeRequest, ChangeState, Dossier, State, Supplement
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.outbox import Words, tell_each
from ocop.people.roles import Role
from ocop.producers import queries as producers

_Say = Callable[[], Words]


# --- Whom ----------------------------------------------------------------------------------------
def producer_people(dossier: Dossier, on: date) -> list[User]:
    """Who acts for the producer of a dossier."""
    return list(producers.people_of(dossier.product.producer, on))


def commune_people(dossier: Dossier, on: date) -> list[User]:
    """The officers of the dossier's commune; where it has no account, the office: nothing waits
    unseen."""
    found = free(dossier, people.officers_of(dossier.commune, on))
    return found or office_people(dossier, on)


def office_people(dossier: Dossier, on: date) -> list[User]:
    """The office's staff who may see the dossier."""
    return free(dossier, people.office(on))


def heads(dossier: Dossier, on: date) -> list[User]:
    """The heads of the office."""
    return free(dossier, people.holders(Role.OFFICE_HEAD, on=on))


def advisers(dossier: Dossier) -> list[User]:
    """The advisers the dossier is given to now."""
    given = dossier.assignments.filter(ended_at=None).select_related("adviser")
    return free(dossier, [assignment.adviser for assignment in given])


def free(dossier: Dossier, users: Iterable[User]) -> list[User]:
    """These people without those who are recused from the case."""
    recused = recused_from(dossier.case_id)
    return [user for user in users if user.pk not in recused]


# --- What ----------------------------------------------------------------------------------------
def submitted(*, dossier: Dossier, behalf: bool = False, at: datetime) -> list[Message]:
    """The commune has a dossier to check; `behalf`: the office filed it for the producer."""

    def words() -> Words:
        said = (
            _("Văn phòng Điều phối nộp thay %(producer)s hồ sơ số %(number)s.%(due)s")
            if behalf
            else _("%(producer)s đã nộp hồ sơ số %(number)s.%(due)s")
        )
        return Words(
            _("Hồ sơ mới cần kiểm tra: %s") % dossier.product.name,
            said
            % {
                "producer": dossier.product.producer.name,
                "number": dossier.slip_number or "–",
                "due": _until(dossier.due_on),
            },
            link_to(dossier),
        )

    to = commune_people(dossier, _today(at))
    return tell(dossier, to, "submitted", words, at, due_on=dossier.due_on)


def returned(*, dossier: Dossier, reason: str, at: datetime) -> list[Message]:
    """The producer mends the dossier and files it again."""

    def words() -> Words:
        return Words(
            _("Hồ sơ được trả lại: %s") % dossier.product.name,
            _("Lý do: %(reason)s\n\nHãy sửa hồ sơ rồi nộp lại.%(due)s")
            % {"reason": reason.strip(), "due": _until(dossier.due_on)},
            link_to(dossier),
        )

    return to_producer(dossier, "returned", words, at, due_on=dossier.due_on)


def asked(*, supplement: Supplement, at: datetime) -> list[Message]:
    """The producer is asked for more."""
    dossier = supplement.dossier

    def words() -> Words:
        return Words(
            _("Cần bổ sung hồ sơ: %s") % dossier.product.name,
            _("Nội dung cần bổ sung: %(wanted)s\n\nHãy trả lời đến hết ngày %(day)s.")
            % {"wanted": supplement.wanted.strip(), "day": write_date(supplement.due_on)},
            link_to(dossier),
        )

    what = f"asked:{supplement.code}"
    return to_producer(dossier, what, words, at, due_on=supplement.due_on)


def answered(*, supplement: Supplement, behalf: bool = False, at: datetime) -> list[Message]:
    """Whoever asked for more can go on."""
    dossier = supplement.dossier
    askers = free(dossier, User.objects.filter(pk=supplement.asked_by))

    def words() -> Words:
        said = (
            _("Văn phòng Điều phối trả lời thay %(producer)s yêu cầu bổ sung: %(wanted)s")
            if behalf
            else _("%(producer)s đã trả lời yêu cầu bổ sung: %(wanted)s")
        )
        return Words(
            _("Đã bổ sung hồ sơ: %s") % dossier.product.name,
            said % {"producer": dossier.product.producer.name, "wanted": supplement.wanted.strip()},
            link_to(dossier),
        )

    return tell(dossier, askers, f"answered:{supplement.code}", words, at)


def forwarded(*, dossier: Dossier, at: datetime) -> list[Message]:
    """The producer knows where the dossier is, the office has one to receive."""

    def for_producer() -> Words:
        return Words(
            _("Hồ sơ đã chuyển cấp tỉnh: %s") % dossier.product.name,
            _("Ủy ban nhân dân cấp xã đã kiểm tra và chuyển hồ sơ của bạn lên cấp tỉnh."),
            link_to(dossier),
        )

    def to_office() -> Words:
        return Words(
            _("Hồ sơ chờ tiếp nhận: %s") % dossier.product.name,
            _("Cấp xã đã chuyển hồ sơ số %(number)s kèm Biểu số 03.%(due)s")
            % {"number": dossier.slip_number or "–", "due": _until(dossier.due_on)},
            link_to(dossier),
        )

    office = office_people(dossier, _today(at))
    return [
        *to_producer(dossier, "forwarded", for_producer, at),
        *tell(dossier, office, "to_receive", to_office, at, due_on=dossier.due_on),
    ]


def received(*, dossier: Dossier, at: datetime) -> list[Message]:
    """The producer learns that the province took the dossier in."""

    def words() -> Words:
        return Words(
            _("Cấp tỉnh đã tiếp nhận hồ sơ: %s") % dossier.product.name,
            _("Hồ sơ sẽ được tổ tư vấn xem xét trước khi trình hội đồng."),
            link_to(dossier),
        )

    return to_producer(dossier, "received", words, at)


def assigned(*, assignment: Assignment, at: datetime) -> list[Message]:
    """An adviser has a dossier to examine."""
    dossier = assignment.dossier

    def words() -> Words:
        return Words(
            _("Hồ sơ giao bạn xem xét: %s") % dossier.product.name,
            (
                _("Bạn chủ trì xem xét hồ sơ này.")
                if assignment.lead
                else _("Bạn xem xét hồ sơ này.")
            )
            + _until(dossier.due_on),
            link_to(dossier),
        )

    to = free(dossier, [assignment.adviser])
    return tell(dossier, to, f"assigned:{assignment.pk}", words, at, due_on=dossier.due_on)


def change_asked(*, change: ChangeRequest, at: datetime) -> list[Message]:
    """Who has the dossier, and the office, decide on a change to what was filed."""
    dossier = change.dossier

    def words() -> Words:
        return Words(
            _("Đề nghị sửa hồ sơ đã nộp: %s") % dossier.product.name,
            _("Lý do: %s") % change.reason.strip(),
            link_to(dossier),
        )

    on = _today(at)
    holders = commune_people(dossier, on) if dossier.state == State.AT_COMMUNE else []
    to = [*holders, *advisers(dossier), *office_people(dossier, on)]
    return tell(dossier, to, f"change_asked:{change.code}", words, at)


def change_answered(*, change: ChangeRequest, at: datetime) -> list[Message]:
    """The producer learns what became of the change."""
    dossier = change.dossier

    def words() -> Words:
        accepted = change.state == ChangeState.ACCEPTED
        said = _("Đồng ý sửa hồ sơ: %s") if accepted else _("Không đồng ý sửa hồ sơ: %s")
        return Words(said % dossier.product.name, change.answer.strip() or "–", link_to(dossier))

    return to_producer(dossier, f"change_answered:{change.code}", words, at)


def withdrawn(
    *, dossier: Dossier, reason: str, behalf: bool = False, at: datetime
) -> list[Message]:
    """Whoever works on the dossier learns that it is taken back, and by whom."""

    def words() -> Words:
        said = _("Văn phòng Điều phối rút thay hồ sơ: %s") if behalf else _("Chủ thể rút hồ sơ: %s")
        return Words(
            said % dossier.product.name,
            _("Lý do: %s") % reason.strip(),
            link_to(dossier),
        )

    if dossier.submitted_at is None:
        return []
    on = _today(at)
    busy = [*commune_people(dossier, on), *advisers(dossier)]
    if dossier.forwarded_at is not None:
        busy += office_people(dossier, on)
    return tell(dossier, busy, "withdrawn", words, at)


def decided(*, dossier: Dossier, at: datetime) -> list[Message]:
    """The producer and the commune learn of the star."""
    recognition = dossier.recognition

    def words() -> Words:
        if recognition is None:
            body = _("Đã có quyết định công nhận sản phẩm.")
        else:
            body = _("Sản phẩm được công nhận %s sao") % write_number(recognition.stars)
            if recognition.expires_on:
                body += _(", có giá trị đến hết ngày %s") % write_date(recognition.expires_on)
            body += "."
        return Words(_("Quyết định công nhận: %s") % dossier.product.name, body, link_to(dossier))

    return to_producer_and_commune(dossier, "decided", words, at)


def refused(*, dossier: Dossier, reason: str, at: datetime) -> list[Message]:
    """The producer and the commune learn why the product got no star, what it still has, and until
    when it may come again."""

    def words() -> Words:
        kept = after_refusal(dossier, _today(at))
        again = (
            _("Bạn có thể hoàn thiện sản phẩm và nộp hồ sơ mới.")
            if kept
            else _("Bạn có thể hoàn thiện sản phẩm và nộp hồ sơ mới ở đợt sau.")
        )
        return Words(
            _("Sản phẩm chưa được công nhận: %s") % dossier.product.name,
            "\n\n".join(filter(None, [_("Lý do: %s") % reason.strip(), kept, again])),
            link_to(dossier),
        )

    return to_producer_and_commune(dossier, "refused", words, at)


def escalated(*, dossier: Dossier, at: datetime) -> list[Message]:
    """The heads of the office learn that a step passed its day."""

    def words() -> Words:
        return Words(
            _("Hồ sơ quá hạn: %s") % dossier.product.name,
            _("Bước “%(step)s” đã quá hạn%(day)s. Hãy nhắc người phụ trách.")
            % {
                "step": dossier.get_state_display(),
                "day": f" ({write_date(dossier.due_on)})" if dossier.due_on else "",
            },
            link_to(dossier),
        )

    to = heads(dossier, _today(at)) or office_people(dossier, _today(at))
    what = f"escalated:{dossier.state}:{dossier.due_on}"
    return tell(dossier, to, what, words, at, due_on=dossier.due_on, once=True)


# --- Reminders -----------------------------------------------------------------------------------
def due_soon(*, dossier: Dossier, users: Iterable[User], at: datetime) -> list[Message]:
    """Whoever has the dossier is reminded of the day of this step."""

    def words() -> Words:
        return Words(
            _("Sắp đến hạn: %s") % dossier.product.name,
            _("Bước “%(step)s” đến hạn ngày %(day)s.")
            % {
                "step": dossier.get_state_display(),
                "day": write_date(dossier.due_on) if dossier.due_on else "–",
            },
            link_to(dossier),
        )

    what = f"due:{dossier.state}:{dossier.due_on}"
    return tell(dossier, users, what, words, at, due_on=dossier.due_on, once=True)


def supplement_due(*, supplement: Supplement, at: datetime) -> list[Message]:
    """The producer is reminded of an answer that is due."""
    dossier = supplement.dossier

    def words() -> Words:
        return Words(
            _("Sắp hết hạn bổ sung: %s") % dossier.product.name,
            _("Hãy trả lời đến hết ngày %(day)s: %(wanted)s")
            % {"day": write_date(supplement.due_on), "wanted": supplement.wanted.strip()},
            link_to(dossier),
        )

    return tell(
        dossier,
        producer_people(dossier, _today(at)),
        f"supplement_due:{supplement.code}:{supplement.due_on}",
        words,
        at,
        due_on=supplement.due_on,
        once=True,
    )


def to_producer(
    dossier: Dossier,
    what: str,
    words: _Say,
    at: datetime,
    due_on: date | None = None,
    *,
    once: bool = False,
) -> list[Message]:
    """A message to who acts for the producer."""
    to = producer_people(dossier, _today(at))
    return tell(dossier, to, what, words, at, due_on=due_on, once=once)


def to_producer_and_commune(
    dossier: Dossier, what: str, words: _Say, at: datetime
) -> list[Message]:
    """A message to the parties of the dossier."""
    on = _today(at)
    return tell(
        dossier, [*producer_people(dossier, on), *commune_people(dossier, on)], what, words, at
    )


def tell(
    dossier: Dossier,
    users: Iterable[User],
    what: str,
    words: _Say,
    at: datetime,
    *,
    due_on: date | None = None,
    once: bool = False,
) -> list[Message]:
    """`once`: the key alone names the news; otherwise each act that tells is news of its own."""
    return tell_each(
        users=users,
        kind=f"dossiers.{what.partition(':')[0]}",
        key=f"dossier:{dossier.code}:{what}" + ("" if once else f":{at:%Y%m%d%H%M%S%f}"),
        words=words,
        due_on=due_on,
        at=at,
    )


def link_to(dossier: Dossier) -> str:
    """Where a message leads: to the dossier as its reader may see it."""
    return f"/den/ho-so/{dossier.code}/"


def _until(day: date | None) -> str:
    return " " + _("Hạn: hết ngày %s.") % write_date(day) if day else ""


def _today(at: datetime) -> date:
    return timezone.localdate(at)
