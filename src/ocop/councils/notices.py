"""News of a council, to the people it concerns. Called by the services, in their transaction.

Whoever is recused from a case is told nothing of it, in whatever role. An invitation names no
cases: its text is the same for all members, and the agenda itself shows each what is theirs.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.councils.models import (
    Case,
    Item,
    Obstacle,
    ObstacleState,
    Position,
    Seat,
    Sheet,
    Sitting,
    SittingKind,
)
from ocop.councils.queries import passes
from ocop.councils.summary import passed_words, star_words
from ocop.criteria import scoring
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.outbox import Words, tell_each

_Say = Callable[[], Words]


def seats_on(council_id: int, day: date) -> QuerySet[Seat]:
    """The seats of a council that are held on a day."""
    return Seat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day), council=council_id, starts_on__lte=day
    ).select_related("user")


def recused_from(case: Case | int | None) -> set[int]:
    """The keys of the people who are recused from a case."""
    if case is None:
        return set()
    return set(
        Obstacle.objects.filter(case=case, state=ObstacleState.RECUSED).values_list(
            "seat__user", flat=True
        )
    )


def seated(*, seat: Seat, at: datetime) -> list[Message]:
    """A member learns of the seat."""
    council = seat.council

    def words() -> Words:
        return Words(
            _("Bạn là thành viên của %s") % council.name,
            _(
                "Theo quyết định %(number)s ngày %(day)s, bạn tham gia %(council)s. Lịch họp và "
                "các phiếu cần chấm nằm ở trang hội đồng. Nếu có quan hệ lợi ích với một chủ thể, "
                "hãy khai ngay trên phiếu; bạn sẽ không tham gia đánh giá sản phẩm đó."
            )
            % {
                "number": council.decision_number,
                "day": write_date(council.decided_on),
                "council": council.name,
            },
            "/hoi-dong/",
        )

    return tell_each(
        users=[seat.user],
        kind="councils.seated",
        key=f"council:{council.code}:seated:{seat.pk}",
        words=words,
        at=at,
    )


def invited(*, sitting: Sitting, at: datetime) -> list[Message]:
    """All members are asked to a sitting, or for their written opinions by a day."""
    written = sitting.kind == SittingKind.WRITTEN

    def words() -> Words:
        if written:
            return Words(
                _("Xin ý kiến bằng văn bản: %s") % sitting.title,
                _("%(council)s xin ý kiến của bạn, đến hết ngày %(day)s. Hãy chấm và nộp phiếu.")
                % {
                    "council": sitting.council.name,
                    "day": write_date(sitting.until or _day(sitting)),
                },
                _link(sitting),
            )
        return Words(
            _("Mời họp: %s") % sitting.title,
            _("%(council)s họp lúc %(moment)s%(place)s. Chương trình và phiếu nằm ở trang phiên.")
            % {
                "council": sitting.council.name,
                "moment": _moment(sitting),
                "place": _place(sitting),
            },
            _link(sitting),
        )

    return _to_members(sitting, "invited", words, at, due_on=last_day(sitting))


def moved(*, sitting: Sitting, at: datetime) -> list[Message]:
    """The new time and place of a sitting."""

    def words() -> Words:
        return Words(
            _("Đổi lịch: %s") % sitting.title,
            _("Phiên được chuyển sang %(moment)s%(place)s.")
            % {"moment": _moment(sitting), "place": _place(sitting)},
            _link(sitting),
        )

    return _to_members(sitting, f"moved:{_mark(at)}", words, at, due_on=last_day(sitting))


def cancelled(*, sitting: Sitting, reason: str, at: datetime) -> list[Message]:
    """A sitting will not be held."""

    def words() -> Words:
        return Words(
            _("Hủy phiên: %s") % sitting.title,
            _("Phiên dự kiến lúc %(moment)s không diễn ra. Lý do: %(reason)s")
            % {"moment": _moment(sitting), "reason": reason},
            _link(sitting),
        )

    return _to_members(sitting, "cancelled", words, at)


def meeting_called(*, sitting: Sitting, at: datetime) -> list[Message]:
    """Written opinions differed, so the council meets; `sitting` is the new one."""

    def words() -> Words:
        return Words(
            _("Mời họp vì ý kiến khác nhau: %s") % sitting.title,
            _(
                "Các ý kiến bằng văn bản chưa thống nhất nên %(council)s họp lúc "
                "%(moment)s%(place)s."
            )
            % {
                "council": sitting.council.name,
                "moment": _moment(sitting),
                "place": _place(sitting),
            },
            _link(sitting),
        )

    return _to_members(sitting, "meeting", words, at, due_on=last_day(sitting))


def rescoring(*, item: Item, reason: str, at: datetime) -> list[Message]:
    """Members who judge the case score it again."""
    members = [seat.user for seat in seats_on(item.sitting.council_id, _day(item.sitting))]

    def words() -> Words:
        return Words(
            _("Chấm lại: %s") % item.case.title,
            _("Hội đồng thảo luận và chấm lại. Lý do: %s Hãy ghi lý do khi điểm của bạn thay đổi.")
            % _sentence(reason),
            _sheet_link(item),
        )

    return _of_case(item, members, f"rescoring:{item.attempt}", words, at)


def reopened(*, sheet: Sheet, reason: str, at: datetime) -> list[Message]:
    """The chair gave a sheet back to its member."""
    item = sheet.item

    def words() -> Words:
        return Words(
            _("Phiếu được mở lại: %s") % item.case.title,
            _("Chủ tịch hội đồng mở lại phiếu của bạn. Lý do: %s Hãy sửa và nộp lại.")
            % _sentence(reason),
            _sheet_link(item),
        )

    return _of_case(item, [sheet.seat.user], f"reopened:{sheet.pk}:{_mark(at)}", words, at)


def paper_entered(*, sheet: Sheet, at: datetime) -> list[Message]:
    """A member learns that the signed paper sheet was typed in under the own name."""
    item = sheet.item

    def words() -> Words:
        return Words(
            _("Đã nhập phiếu giấy của bạn: %s") % item.case.title,
            _(
                "Thư ký đã nhập phiếu giấy có chữ ký của bạn; người thứ hai sẽ nhập lại để xác "
                "nhận. Nếu có chỗ sai, hãy báo thư ký hoặc Chủ tịch hội đồng."
            ),
            _sheet_link(item),
        )

    return _of_case(item, [sheet.seat.user], f"paper:{sheet.pk}:{_mark(at)}", words, at)


def conflict_found(*, obstacle: Obstacle, at: datetime) -> list[Message]:
    """The chair and the secretary are to settle a possible conflict of interest."""
    case, seat = obstacle.case, obstacle.seat
    settlers = [
        other.user
        for other in seats_on(seat.council_id, timezone.localdate(at))
        if other.position in (Position.CHAIR, Position.SECRETARY) and other.pk != seat.pk
    ]

    def words() -> Words:
        return Words(
            _("Cần xem xét quan hệ lợi ích: %s") % case.title,
            _("Hệ thống thấy thành viên %(member)s có thể liên quan đến chủ thể (%(ground)s).")
            % {"member": seat.user.name, "ground": obstacle.get_ground_display()}
            + " "
            + _("Hãy quyết định thành viên này có tham gia đánh giá hay không, kèm lý do."),
            "/hoi-dong/",
        )

    free = [user for user in settlers if user.pk not in recused_from(case)]
    return tell_each(
        users=free,
        kind="councils.conflict_found",
        key=f"case:{case.code}:conflict:{seat.pk}:{obstacle.ground}",
        words=words,
        at=at,
    )


def concluded(*, item: Item, at: datetime) -> list[Message]:
    """The office learns that the council concluded a case, and goes on with the proposal."""

    def words() -> Words:
        if item.sitting.passing == 1:
            body = (
                _("Lượt một không ghi nội dung cần hoàn thiện. Hãy đưa hồ sơ vào lượt thứ hai.")
                if passes.found_in(item).nothing
                else _("Lượt một đã ghi các nội dung còn thiếu. Hãy báo chủ thể bổ sung.")
            )
        elif told := passed_words(item):
            body = _("%s. Hãy trình người có thẩm quyền quyết định.") % told
        elif item.star == scoring.CENTRAL:
            body = _("%s. Hãy trình hồ sơ lên Bộ.") % star_words(item.star)
        elif item.star and item.star >= scoring.CERTIFIED:
            body = _("Đề nghị %s sao. Hãy lập tờ trình và theo dõi quyết định công nhận.")
            body %= write_number(item.star)
        else:
            body = _("Không đề nghị hạng sao. Hãy báo kết quả cho chủ thể và cấp xã.")
        return Words(
            _("Hội đồng đã kết luận: %s") % item.case.title,
            body,
            f"/den/muc/{item.code}/",
        )

    office = people.office(timezone.localdate(at))
    return _of_case(item, office, "concluded", words, at)


def sheets_missing(
    *, sitting: Sitting, user: User, count: int, step: int, at: datetime
) -> list[Message]:
    """A member still has sheets to submit. `count` leaves out what the member is recused from;
    `step` makes the reminder new, as another last day does."""

    def words() -> Words:
        return Words(
            _("Còn %(count)s phiếu chưa nộp: %(title)s")
            % {"count": write_number(count), "title": sitting.title},
            _("Hạn nộp phiếu: hết ngày %s.") % write_date(last_day(sitting)),
            _link(sitting),
        )

    return tell_each(
        users=[user],
        kind="councils.sheets_missing",
        key=f"sitting:{sitting.code}:missing:{last_day(sitting)}:{step}",
        words=words,
        due_on=last_day(sitting),
        at=at,
    )


def soon(*, sitting: Sitting, at: datetime) -> list[Message]:
    """All members are reminded of a sitting; its day makes the reminder new when it is moved."""

    def words() -> Words:
        return Words(
            _("Sắp họp: %s") % sitting.title,
            _("Phiên họp lúc %(moment)s%(place)s.")
            % {"moment": _moment(sitting), "place": _place(sitting)},
            _link(sitting),
        )

    return _to_members(sitting, f"soon:{_day(sitting)}", words, at, due_on=_day(sitting))


def _to_members(
    sitting: Sitting, what: str, words: _Say, at: datetime, due_on: date | None = None
) -> list[Message]:
    members = seats_on(sitting.council_id, max(_day(sitting), timezone.localdate(at)))
    return tell_each(
        users=[seat.user for seat in members],
        kind=f"councils.{what.partition(':')[0]}",
        key=f"sitting:{sitting.code}:{what}",
        words=words,
        due_on=due_on,
        at=at,
    )


def _of_case(
    item: Item, users: Iterable[User], what: str, words: _Say, at: datetime
) -> list[Message]:
    recused = recused_from(item.case_id)
    return tell_each(
        users=[user for user in users if user.pk not in recused],
        kind=f"councils.{what.partition(':')[0]}",
        key=f"item:{item.code}:{what}",
        words=words,
        at=at,
    )


def _link(sitting: Sitting) -> str:
    return f"/den/phien/{sitting.code}/"


def _sheet_link(item: Item) -> str:
    return f"/den/phieu/{item.code}/"


def _day(sitting: Sitting) -> date:
    return timezone.localdate(sitting.starts_at)


def last_day(sitting: Sitting) -> date:
    """The last day on which sheets of a sitting are taken."""
    return sitting.until or _day(sitting)


def _moment(sitting: Sitting) -> str:
    local = timezone.localtime(sitting.starts_at)
    return _("%(time)s ngày %(day)s") % {
        "time": f"{local:%H:%M}",
        "day": write_date(local.date()),
    }


def _place(sitting: Sitting) -> str:
    return _(", tại %s") % sitting.place if sitting.place else ""


def _mark(at: datetime) -> str:
    return f"{at:%Y%m%d%H%M%S%f}"


def _sentence(text: str) -> str:
    """A reason as a sentence of its own."""
    said = text.strip()
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."
