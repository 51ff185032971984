"""The papers of a sitting: invitation, summary of scores, minutes (biên bản)."""

from collections.abc import Iterator, Sequence

from ocop.core.language import using
from ocop.core.numbers import together, write_date, write_number, write_percent
from ocop.core.official import services as frames
from ocop.core.official.paper import Block, Facts, Grid, Official, Signature, Text, dated
from ocop.councils import summary
from ocop.councils.matrix import matrix
from ocop.councils.models import (
    Attendance,
    Item,
    ItemState,
    Obstacle,
    ObstacleState,
    Position,
    Seat,
    Sheet,
    SheetState,
    Sitting,
    SittingKind,
    SittingState,
)
from ocop.councils.outcome import ProductOutcome, from_json
from ocop.councils.papers import history, opinions
from ocop.councils.papers.head import (
    EMPTY,
    KINDS,
    POSITIONS,
    UNFINISHED,
    bare,
    drafted,
    holder,
    left_out,
    marks,
    moment,
    seats_of,
    titled,
)
from ocop.councils.queries import councils
from ocop.councils.queries.hall import Hall, hall_of
from ocop.councils.queries.passes import found_in
from ocop.councils.queries.sittings import minutes_from
from ocop.councils.rules import day_of
from ocop.councils.working import CouncilRules
from ocop.criteria import queries as criteria
from ocop.criteria import scoring
from ocop.criteria.sets import SENSORY
from ocop.places.letterhead import committee, letterhead

INVITATION = frames.declare("invitation", "Giấy mời họp hội đồng")
SUMMARY = frames.declare("summary", "Bảng tổng hợp điểm của hội đồng")
MINUTES = frames.declare("minutes", "Biên bản họp hội đồng")


def invitation(sitting: Sitting, items: Sequence[Item]) -> Official:
    """The invitation to a sitting, with its agenda. `items`: those the reader may see."""
    head = letterhead()
    agenda = [(str(n), row.case.title, _maker(row)) for n, row in enumerate(items, start=1)]
    facts = [("Hình thức", KINDS[sitting.kind]), ("Thời gian", moment(sitting.starts_at))]
    if sitting.place:
        facts.append(("Địa điểm", sitting.place))
    if sitting.until:
        facts.append(("Gửi ý kiến chậm nhất", f"hết ngày {write_date(sitting.until)}"))
    written = sitting.kind == SittingKind.WRITTEN
    asked = "cho ý kiến bằng văn bản" if written else "dự phiên họp"
    begun = "cho ý kiến" if written else "phiên họp bắt đầu"
    return Official(
        parent=head.parent,
        issuer=head.office,
        number=f"Số:        /GM-{head.symbol}",
        dated=dated(head.place, None),
        title="GIẤY MỜI",
        subtitle=sitting.title,
        to=f"Các thành viên {sitting.council.name}",
        blocks=[
            Text(f"{head.office} trân trọng kính mời các thành viên hội đồng {asked}:"),
            Facts(facts),
            Text("Nội dung", "heading"),
            Grid(("STT", "Sản phẩm", "Chủ thể"), agenda, (12, 76, 77), centred=(0,)),
            *left_out(sitting.items.exclude(state=ItemState.TAKEN_OFF), items),
            Text(f"Thành viên có xung đột lợi ích đề nghị khai trước khi {begun}."),
        ],
        signatures=(Signature(head.signer, "", ""),),
        recipients=("- Như trên;", f"- Lưu: VT, {head.symbol}."),
        marks=marks(sitting.council),
    )


def score_summary(sitting: Sitting, items: Sequence[Item]) -> Official:
    """The summary of scores: by case every member's total, mean, spread and star; then remarks,
    and for what was scored again why and the totals before."""
    rules = councils.rules_of(sitting.council)
    closed = sitting.state == SittingState.CLOSED
    found = list(_concluded(items))
    with using("vi"):
        told = matrix([outcome for _item, outcome in found], rules, passing=sitting.passing)
    hall = hall_of(sitting)
    again = [
        f"{number}. {item.case.title}: {words}"
        for number, (item, _outcome) in enumerate(found, start=1)
        if (words := history.remark(item, hall))
    ]
    remarks = [*told.remarks, *again]
    seats = seats_of(sitting)
    return Official(
        parent=committee(),
        issuer=sitting.council.name,
        dated=dated(letterhead().place, day_of(sitting)),
        title=titled("BẢNG TỔNG HỢP ĐIỂM", final=closed),
        subtitle=sitting.title,
        blocks=[
            Text(_rule(rules)),
            Grid(told.headings, told.rows, told.widths, centred=told.centred, turned=told.turned),
            *([Text("Ghi chú", "heading")] if remarks else []),
            *(Text(remark, "plain") for remark in remarks),
            *left_out(sitting.items.all(), items),
            *([] if closed else [Text(UNFINISHED, "note")]),
        ],
        signatures=_signers(seats) if closed else (),
        marks=(*marks(sitting.council), *drafted(final=closed)),
        landscape=told.landscape,
    )


def minutes(sitting: Sitting, items: Sequence[Item]) -> Official:
    """The minutes: who was there and who not and why, recusals, each case with its marks, what was
    discussed, scored again and concluded. `items`: those the reader may see.

    Before the sitting is closed it is a draft: nobody has heard it read, nobody signs it.
    """
    closed = sitting.state == SittingState.CLOSED
    seats = seats_of(sitting)
    hall = hall_of(sitting)
    blocks: list[Block] = [
        Text("I. Thời gian, địa điểm, thành phần", "heading"),
        Facts(
            [
                ("Hình thức", KINDS[sitting.kind]),
                ("Bắt đầu", moment(sitting.opened_at or sitting.starts_at)),
                ("Kết thúc", moment(sitting.closed_at)),
                ("Địa điểm", sitting.place or EMPTY),
                (
                    "Căn cứ",
                    f"Quyết định số {sitting.council.decision_number} ngày "
                    f"{write_date(sitting.council.decided_on)}",
                ),
                ("Chủ trì", holder(seats, Position.CHAIR) or EMPTY),
                ("Thư ký", holder(seats, Position.SECRETARY) or EMPTY),
            ]
        ),
        *_attendance(sitting, seats),
        Text(_rule(hall.rules)),
        *_recusals(items, hall),
        Text("II. Nội dung và kết luận", "heading"),
    ]
    for number, item in enumerate(items, start=1):
        blocks += _case(number, item, hall)
    blocks += left_out(sitting.items.all(), items)
    blocks += [
        Text("III. Kết luận chung", "heading"),
        Text(_counted(items)),
        Text(_END[SittingKind(sitting.kind)]) if closed else Text(UNFINISHED, "note"),
    ]
    return Official(
        parent=committee(),
        issuer=sitting.council.name,
        number=f"Số: {sitting.minutes_number or '……/BB-HĐ'}",
        dated=dated(letterhead().place, sitting.minutes_on or minutes_from(sitting)),
        title=titled("BIÊN BẢN", final=closed),
        subtitle=sitting.title,
        blocks=blocks,
        signatures=_signers(seats) if closed else (),
        recipients=(
            "- Các thành viên hội đồng;",
            f"- {letterhead().office};",
            "- Lưu: hồ sơ hội đồng.",
        )
        if closed
        else (),
        marks=(*marks(sitting.council), *drafted(final=closed)),
    )


_END = {
    SittingKind.MEETING: (
        "Biên bản được đọc lại cho các thành viên cùng nghe và thống nhất ký tên./."
    ),
    SittingKind.WRITTEN: "Biên bản được lập từ các ý kiến bằng văn bản đã nhận./.",  # nobody met
}


def _attendance(sitting: Sitting, seats: Sequence[Seat]) -> Iterator[Block]:
    noted = {row.seat_id: row for row in Attendance.objects.filter(sitting=sitting)}
    gave = set(
        Sheet.objects.filter(item__sitting=sitting, state=SheetState.SUBMITTED).values_list(
            "seat", flat=True
        )
    )
    present = 0
    rows = []
    for number, seat in enumerate(seats, start=1):
        row = noted.get(seat.pk)
        if sitting.kind == "written":
            there, note = ("Đã gửi ý kiến" if seat.pk in gave else "Chưa gửi ý kiến"), ""
        elif row is None:
            there, note = "Chưa ghi", ""
        elif row.present or seat.pk in gave:
            there, note = ("Có mặt" if row.present else "Có mặt, về sớm"), row.note
            present += 1
        else:
            there, note = "Vắng mặt", row.note
        rows.append((str(number), seat.user.name, POSITIONS[Position(seat.position)], there, note))
    if sitting.kind == "written":
        sent = sum(seat.pk in gave for seat in seats)
        yield Text(f"Đã gửi ý kiến: {sent} trên {len(seats)} thành viên.", "plain")
    else:
        yield Text(f"Có mặt {present} trên {len(seats)} thành viên.", "plain")
    heading = "Ý kiến" if sitting.kind == "written" else "Dự họp"
    yield Grid(
        ("STT", "Họ và tên", "Chức danh", heading, "Lý do"),
        rows,
        (12, 53, 38, 30, 32),
        centred=(0,),
    )


def _recusals(items: Sequence[Item], hall: Hall) -> Iterator[Block]:
    """Members of this council who are out of a case, in whatever council that was said."""
    found = Obstacle.objects.filter(
        case__in=[item.case_id for item in items],
        state=ObstacleState.RECUSED,
        seat__user__in=[seat.user_id for seat in hall.seats],
    ).select_related("seat__user", "case")
    told = [(row.case.title, row.seat.user.name, _ground(row)) for row in found.order_by("pk")]
    rows = list(dict.fromkeys(told))
    if rows:
        yield Text("Thành viên không tham gia đánh giá do xung đột lợi ích:", "plain")
        yield Grid(("Sản phẩm", "Thành viên", "Lý do"), rows, (6, 6, 6))


def _ground(row: Obstacle) -> str:
    """The kind of a conflict, with the reason that was written for it."""
    words = _GROUNDS[row.ground]
    return f"{words}: {bare(row.reason)}" if row.reason.strip() else words


_GROUNDS = {
    "declared": "Thành viên tự khai",
    "leader": "Đứng đầu hoặc làm việc cho chủ thể",
    "organisation": "Cùng tổ chức với chủ thể",
    "household": "Trùng tên hộ hoặc địa chỉ với chủ thể",
}


def _case(number: int, item: Item, hall: Hall) -> Iterator[Block]:
    yield Text(f"{number}. {item.case.title}", "heading")
    facts = [("Chủ thể", _maker(item))]
    if item.case.reference:
        facts.append(("Số phiếu đăng ký", item.case.reference))
    if item.case.self_total is not None:
        facts.append(("Điểm tự đánh giá", write_number(item.case.self_total)))
    yield Facts(facts)
    if item.discussion:
        yield Text(f"Thảo luận: {item.discussion}")
    if item.sitting.follows_id is not None:
        yield from opinions.before(item)
    yield from history.rescored(item, hall)
    if levels := history.levels(item, hall):
        yield Text(f"Mức thống nhất theo tiêu chí: {levels}.")
    if item.state == ItemState.TAKEN_OFF and item.sitting.kind == SittingKind.WRITTEN:
        yield from opinions.turned(item)
        return
    if item.state == ItemState.TAKEN_OFF:
        yield Text(f"Đưa ra khỏi phiên họp. Lý do: {bare(item.off_reason)}.")
        return
    if item.outcome is None:
        yield Text("Chưa kết luận.")
        return
    told = from_json(item.outcome)
    yield _totals(told)
    with using("vi"):
        line = summary.line_of(told, hall.rules, passing=item.sitting.passing)
    if item.sitting.passing == 1:
        found = found_in(item)
        noted = "không ghi" if found.nothing else "ghi nhận"
        yield Text(f"Lượt thứ nhất: {noted} nội dung cần hoàn thiện, chưa xếp hạng.")
        for name, opinion in found.opinions:
            yield Text(f"Ý kiến của {name}: {bare(opinion)}.", "plain")
    yield Text(
        f"Điểm trung bình: {line.mean}; chênh lệch: {line.spread}. Kết luận: {line.star}.", "plain"
    )
    yield from history.reopened(item)
    yield from history.on_paper(item)
    if told.gates:
        yield Text(_conditions(item, told), "plain")
    yield from history.overruled(item, hall)
    for remark in line.remarks:
        yield Text(remark, "plain")


def _totals(told: ProductOutcome) -> Grid:
    """Members with their totals, in two columns beside each other."""
    pairs = [(member, write_number(total)) for member, total in told.totals.items()]
    half = (len(pairs) + 1) // 2
    right = [*pairs[half:], ("", "")][:half]
    return Grid(
        ("Thành viên", "Tổng điểm") * 2,
        [(*one, *other) for one, other in zip(pairs[:half], right, strict=True)],
        (60, 22, 60, 22),
        centred=(1, 3),
    )


def _conditions(item: Item, told: ProductOutcome) -> str:
    """The council's answers to conditions that cost the case its star or points; else that all
    are met."""
    criteria_set = criteria.set_of(item.case.version)
    harmed = set(told.stopped)
    for marks_given in told.marks.values():
        found = scoring.score(criteria_set, marks_given, gates=told.gates, dependent=True)
        # One member's zero is no answer of the council: the sensory rule stops or does nothing.
        harmed |= {gate.id for gate in found.effects if gate.id != SENSORY}
    lines = [
        f"{gate.criterion} {gate.note}{_ANSWERS.get(told.gates.get(gate.id), '')}".strip()
        for gate in criteria_set.all_gates
        if gate.id in harmed
    ]
    if lines:
        return f"Điều kiện không đạt: {'; '.join(lines)}."
    return "Các điều kiện: chưa trả lời hết." if told.open_gates else "Các điều kiện: đạt."


_ANSWERS: dict[bool | None, str] = {True: " (trả lời: có)", False: " (trả lời: không)"}


_PROPOSED = {
    5: "đề nghị Bộ Nông nghiệp và Môi trường đánh giá 5 sao",
    4: "4 sao",
    3: "3 sao",
}


def _counted(items: Sequence[Item]) -> str:
    concluded = [item for item in items if item.state == ItemState.CONCLUDED]
    results = {item.pk: told.passed for item, told in _concluded(concluded)}
    passed = [each for each in results.values() if each is not None]
    decided = [item for item in concluded if results.get(item.pk) is None]
    stars = [item.star for item in decided]
    parts = [f"{stars.count(s)} sản phẩm {words}" for s, words in _PROPOSED.items() if s in stars]
    if passed:
        parts.append(f"{passed.count(True)} hồ sơ đạt, {passed.count(False)} hồ sơ chưa đạt")
    below = sum(1 for star in stars if star is None or star < 3)
    if below and any(item.sitting.passing == 2 for item in decided):
        parts.append(f"{below} sản phẩm không đủ điều kiện công nhận")
    told = f": {', '.join(parts)}" if parts else ""
    return f"Hội đồng đã kết luận {len(concluded)} trên {len(items)} sản phẩm{told}."


def _concluded(items: Sequence[Item]) -> Iterator[tuple[Item, ProductOutcome]]:
    for item in items:
        if item.outcome is not None:
            yield item, from_json(item.outcome)


def _rule(rules: CouncilRules) -> str:
    return (
        "Kết quả là trung bình cộng tổng điểm của các thành viên, không làm tròn khi xếp hạng. "
        f"Tổng điểm chênh nhau quá {write_number(rules.spread_limit)} điểm thì thảo luận, chấm "
        f"lại; phiên họp cần ít nhất {together(write_percent(rules.quorum_percent))} thành viên."
    )


def _maker(item: Item) -> str:
    return item.case.producer.name if item.case.producer else EMPTY


def _signers(seats: Sequence[Seat]) -> tuple[Signature, ...]:
    found = list(seats)
    return (
        Signature("Thư ký hội đồng", holder(found, Position.SECRETARY)),
        Signature("Chủ tịch hội đồng", holder(found, Position.CHAIR)),
    )
