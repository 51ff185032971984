"""News of post-checks, complaints and revocation cases. Called by the services and by the reminders
of the day. Nothing here says who reported something."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.outbox import Words, tell_each
from ocop.people.roles import Role
from ocop.producers.queries import people_of
from ocop.recognition.models import Ground
from ocop.recognition.postcheck import lifecycle
from ocop.recognition.postcheck.models import CheckState, Complaint, PostCheck, RevocationCase

_OFFICE, _OWN = "/dieu-hanh/hau-kiem/", "/cua-toi/hau-kiem/"


def check_link(check: PostCheck) -> str:
    """Where the office and the inspector open a visit."""
    return f"{_OFFICE}lan/{check.code}/"


def complaint_link(complaint: Complaint) -> str:
    """Where the office opens a complaint."""
    return f"{_OFFICE}phan-anh/{complaint.number}/"


def case_link(case: RevocationCase) -> str:
    """Where the office opens a case."""
    return f"{_OFFICE}thu-hoi/{case.code}/"


def own_link(row: PostCheck | RevocationCase) -> str:
    """Where the producer opens what concerns it."""
    return f"{_OWN}{'lan' if isinstance(row, PostCheck) else 'thu-hoi'}/{row.code}/"


def checks_given(*, checks: Sequence[PostCheck], at: datetime) -> list[Message]:
    """The inspector has visits to make: one message for all of them."""
    first = checks[0]

    def words() -> Words:
        names = ", ".join(row.recognition.product.name for row in checks[:5])
        return Words(
            _("Bạn được giao kiểm tra %(count)d sản phẩm, ngày %(day)s")
            % {"count": len(checks), "day": write_date(first.planned_on)},
            names + ("…" if len(checks) > 5 else ""),
            check_link(first) if len(checks) == 1 else _OFFICE,
        )

    key = f"postcheck:{first.code}:given:{first.inspector_id}:{first.planned_on}"
    return _tell([first.inspector], "given", key, words, at, first.planned_on)


def check_recorded(*, check: PostCheck, at: datetime) -> list[Message]:
    """The office has minutes to conclude upon."""

    def words() -> Words:
        return Words(
            _("Có biên bản kiểm tra: %s") % check.recognition.product.name,
            _("Hãy đọc biên bản và kết luận."),
            check_link(check),
        )

    return _tell(_office(at), "recorded", f"postcheck:{check.code}:recorded", words, at)


def check_concluded(*, check: PostCheck, at: datetime) -> list[Message]:
    """The producer reads what was found, and until when something is to be corrected."""

    def words() -> Words:
        until = check.correct_until if check.state == CheckState.CORRECTING else None
        body = check.correction or check.conclusion
        if until:
            body += "\n\n" + _("Hãy khắc phục đến hết ngày %s.") % write_date(until)
        subject = _("Kết quả kiểm tra %(name)s: %(result)s") % {
            "name": check.recognition.product.name,
            "result": check.get_result_display(),
        }
        return Words(subject, body, own_link(check))

    key = f"postcheck:{check.code}:{check.state}"
    until = check.correct_until if check.state == CheckState.CORRECTING else None
    return _tell(_makers(check, at), "concluded", key, words, at, until)


def complaint_received(*, complaint: Complaint, at: datetime) -> list[Message]:
    """The office has something to answer; the message leaves the house, so it says little."""

    def words() -> Words:
        return Words(
            _("Phản ánh mới về %s") % complaint.subject,
            _("%(topic)s. Trả lời đến hết ngày %(day)s.")
            % {"topic": complaint.get_topic_display(), "day": write_date(complaint.due_on)},
            complaint_link(complaint),
        )

    key = f"complaint:{complaint.number}:received"
    return _tell(_office(at), "complaint", key, words, at, complaint.due_on)


def case_opened(*, case: RevocationCase, at: datetime) -> list[Message]:
    """The producer may speak before anything is proposed."""

    def words() -> Words:
        return Words(
            _("Xem xét thu hồi hạng sao: %s") % case.recognition.product.name,
            _("Căn cứ: %(ground)s.\n\n%(facts)s\n\nBạn có thể gửi ý kiến giải trình ở trang này.")
            % {"ground": case.get_ground_display(), "facts": case.facts},
            own_link(case),
        )

    return _tell(_makers(case, at), "case", f"case:{case.code}:opened", words, at, case.due_on)


def case_stated(*, case: RevocationCase, at: datetime) -> list[Message]:
    """The office has the producer's word."""

    def words() -> Words:
        return Words(
            _("Chủ thể giải trình: %s") % case.recognition.product.name,
            _("Hãy đọc trước khi nghe chủ thể và đề nghị."),
            case_link(case),
        )

    return _tell(_office(at), "case", f"case:{case.code}:stated:{at.isoformat()}", words, at)


def case_proposed(*, case: RevocationCase, at: datetime) -> list[Message]:
    """The head of the office has a proposal before the authority."""

    def words() -> Words:
        return Words(
            _("Chờ quyết định thu hồi: %s") % case.recognition.product.name,
            _("Hạn quyết định: hết ngày %s (15 ngày, Điều 8).") % write_date(case.due_on),
            case_link(case),
        )

    key = f"case:{case.code}:proposed:{case.proposed_on}"
    return _tell(_heads(at), "case", key, words, at, case.due_on)


def case_closed(*, case: RevocationCase, at: datetime) -> list[Message]:
    """The producer hears that the star stays."""

    def words() -> Words:
        return Words(
            _("Không thu hồi hạng sao: %s") % case.recognition.product.name,
            case.closed_reason,
            own_link(case),
        )

    return _tell(_makers(case, at), "case", f"case:{case.code}:closed", words, at)


def appeal_settled(*, case: RevocationCase, at: datetime) -> list[Message]:
    """The producer hears how the appeal ended."""

    def words() -> Words:
        return Words(
            _("Kết quả khiếu nại: %s") % case.recognition.product.name,
            case.appeal_outcome,
            own_link(case),
        )

    return _tell(_makers(case, at), "case", f"case:{case.code}:appeal", words, at)


def usual_notice(case: RevocationCase) -> str:
    """What a public notice says, to begin from: official words, Vietnamese on every screen."""
    product = case.recognition.product
    day = case.revocation.revoked_on if case.revocation else None
    return (
        f"Thu hồi hạng {case.recognition.stars} sao của sản phẩm {product.name}, chủ thể "
        f"{product.producer.name}, theo Quyết định số {case.decision_number} ngày "
        f"{write_date(case.decision_on) if case.decision_on else '…'} của "
        f"{case.decision_authority}, từ ngày {write_date(day) if day else ''}. Lý do: "
        f"{Ground(case.ground).label}. Từ ngày này sản phẩm không được dùng hạng sao OCOP trên "
        "nhãn, biển hiệu và quảng cáo."
    )


# --- Reminders of a day.


def check_due(*, check: PostCheck, at: datetime) -> list[Message]:
    """A visit is near for its inspector, or the end of a correction for its producer."""
    correcting = check.state == CheckState.CORRECTING
    day = check.correct_until if correcting else check.planned_on
    if day is None:
        return []

    def words() -> Words:
        subject = _("Sắp hết hạn khắc phục: %s") if correcting else _("Sắp đến ngày kiểm tra: %s")
        return Words(
            subject % check.recognition.product.name,
            _("Ngày: %s.") % write_date(day),
            own_link(check) if correcting else check_link(check),
        )

    users = _makers(check, at) if correcting else [check.inspector]
    key = f"postcheck:{check.code}:due:{check.state}:{day}"
    return _tell(users, "due", key, words, at, day)


def complaint_due(*, complaint: Complaint, on: date, at: datetime) -> list[Message]:
    """An answer is due: before its day to the office, after it to the heads as well."""
    late = complaint.due_on < on

    def words() -> Words:
        subject = _("Quá hạn trả lời phản ánh: %s") if late else _("Sắp hết hạn trả lời: %s")
        return Words(
            subject % complaint.subject,
            _("Hạn: hết ngày %s.") % write_date(complaint.due_on),
            complaint_link(complaint),
        )

    key = f"complaint:{complaint.number}:{'late' if late else 'due'}"
    return _tell(_heads(at) if late else _office(at), "complaint", key, words, at, complaint.due_on)


def case_due(*, case: RevocationCase, on: date, at: datetime) -> list[Message]:
    """The 15 days of a case end soon, or have ended: then the heads hear it."""
    late = case.due_on < on

    def words() -> Words:
        subject = _("Quá 15 ngày, chưa quyết định: %s") if late else _("Sắp hết 15 ngày: %s")
        return Words(
            subject % case.recognition.product.name,
            _("Bước hiện tại: %(state)s. Hạn: hết ngày %(day)s.")
            % {
                "state": _(lifecycle.CASE.situations[case.state].staff),
                "day": write_date(case.due_on),
            },
            case_link(case),
        )

    key = f"case:{case.code}:{'late' if late else 'due'}"
    return _tell(_heads(at) if late else _office(at), "case", key, words, at, case.due_on)


def _office(at: datetime) -> Iterable[User]:
    return people.office(timezone.localdate(at))


def _heads(at: datetime) -> Iterable[User]:
    return people.holders(Role.OFFICE_HEAD, on=timezone.localdate(at))


def _makers(row: PostCheck | RevocationCase, at: datetime) -> Iterable[User]:
    return people_of(row.recognition.product.producer, timezone.localdate(at))


def _tell(
    users: Iterable[User],
    kind: str,
    key: str,
    words: Callable[[], Words],
    at: datetime,
    due_on: date | None = None,
) -> list[Message]:
    return tell_each(
        users=users, kind=f"recognition.{kind}", key=key, words=words, due_on=due_on, at=at
    )
