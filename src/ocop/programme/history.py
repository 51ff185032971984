"""Composing the life of a product from what the rooms below keep, each through its own filter.

Every part is read by the query that decides what the actor may see of it at all; what the reader's
line leaves out besides is said by the audience of an entry.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.core.models import Event
from ocop.core.numbers import write_date
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import dossiers, registrations, rounds
from ocop.people import rules as people_rules
from ocop.producers import queries as producers
from ocop.producers import rules as producer_rules
from ocop.products.models import Product
from ocop.programme.lifeline import (
    DOSSIERS,
    FIRST_PASS,
    OF_PRODUCER,
    OF_PRODUCT,
    STARS,
    TOLD_COLUMNS,
    About,
    Entry,
    Reader,
    Stage,
    Told,
    in_order,
)
from ocop.recognition import correcting, deciding
from ocop.recognition.life import Step, life_line
from ocop.recognition.postcheck import queries as aftercare
from ocop.recognition.postcheck.models import CaseState, CheckState
from ocop.recognition.postcheck.public import told_of
from ocop.recognition.validity import holds_star

_FIRST = 1  # a first pass of the council only finds gaps


def reader_of(actor: Actor, product: Product, on: date) -> Reader:
    """Whose line of a product an actor reads: staff's of the own area, the own producer's, or
    everybody's."""
    if actor.is_system or people_rules.may_see_everything(actor):
        return Reader.OFFICE
    area = producers.in_area(actor) | producers.in_area(actor, "producer__")
    if Product.objects.filter(area, pk=product.pk).exists():
        return Reader.OFFICE
    if producer_rules.is_member(actor, product.producer, on):
        return Reader.PRODUCER
    return Reader.PUBLIC


def history(actor: Actor, product: Product, *, reader: Reader, on: date) -> list[Entry]:
    """The life of a product up to a day, the oldest first, as far as the actor may see each part
    and as the `reader` is told."""
    steps = life_line(actor, product, on)
    found = [*_recognitions(steps, on, _recorded([step.recognition.pk for step in steps]))]
    found += _extensions(steps)
    if reader is not Reader.PUBLIC:
        own = list(dossiers.visible_to(actor, on).filter(product=product).select_related("case"))
        found += [
            *_ideas(actor, product),
            *_registrations(actor, product, own),
            *_events(actor, product, own, [step.recognition.pk for step in steps]),
            *_certificates(actor, product),
            *_checks(actor, product),
            *_complaints(actor, product),
            *_cases(actor, product),
        ]
    return in_order(entry for entry in found if reader.reads(entry.audience) and entry.on <= on)


#: What the events of a recognition's own turns are called here.
_TURNS = (
    "recognition.revoked",
    "recognition.restored",
    "recognition.revocation_withdrawn",
    "recognition.annulled",
    correcting.CORRECTED,
)
#: Those that are no end: a star that comes back, and a record that was wrong from its first day.
_NO_END = {
    "recognition.restored": Stage.RECOGNITION,
    "recognition.revocation_withdrawn": Stage.CHANGE,
    correcting.CORRECTED: Stage.CHANGE,
}


def _recorded(keys: list[int]) -> dict[tuple[int, str], list[datetime]]:
    """When the turns of recognitions were entered, by the recognition and the event's name."""
    rows = Event.objects.filter(
        name__in=_TURNS, objects_named__kind="recognition", objects_named__object_id__in=keys
    ).order_by("id")
    found: dict[tuple[int, str], list[datetime]] = defaultdict(list)
    for name, key, at in rows.values_list("name", "objects_named__object_id", "at"):
        found[key, name].append(at)
    return found


def _hour(day: date, *moments: datetime | None) -> datetime | None:
    """The moment of a day at which something was entered, if it was on that day itself."""
    return next((at for at in moments if at is not None and _day(at) == day), None)


def _recognitions(
    steps: list[Step], on: date, recorded: dict[tuple[int, str], list[datetime]]
) -> Iterator[Entry]:
    wrong = [step.recognition.pk for step in steps if step.recognition.mistaken]
    corrections = correcting.corrections_of(wrong) if wrong else {}
    for step in steps:
        row = step.recognition
        waits = row.decision is not None and row.decision.awaits_publication
        audience = Reader.OFFICE if waits else Reader.PUBLIC
        about = About("decision", str(row.decision_id)) if row.decision_id else None
        day = row.valid_from or (row.decision.signed_on if row.decision else row.evaluated_on)
        if day is None and row.year:
            day = date(row.year, 1, 1)
        if day is not None:
            at = _hour(day, row.created_at)
            yield Entry(Stage.RECOGNITION, day, _star(row), _decided(row), audience, about, at)
        for name, day, title, words in _turns(step, steps, corrections):
            if day is not None:
                at = _hour(day, *reversed(recorded.get((row.pk, name), [])))
                stage = _NO_END.get(name, Stage.END)
                yield Entry(stage, day, title, words, audience, about, at)
        last = max(filter(None, (row.expires_on, row.extended_until)), default=None)
        revoked = None if row.restored_on else row.revoked_on
        gone = min(filter(None, (revoked, row.annulled_on, step.replaced_on)), default=None)
        if row.mistaken:
            continue
        if last is not None and last < on and (gone is None or gone > last):
            title = _("Hết hiệu lực %d sao") % row.stars
            words = _("có hiệu lực đến hết ngày %s") % write_date(last)
            yield Entry(Stage.END, last, title, words, audience, about)


def _turns(
    step: Step, steps: list[Step], corrections: Mapping[int, correcting.Correction]
) -> Iterator[tuple[str, date | None, str, str]]:
    """How a star ended before its last day, or came back, or that its record was wrong."""
    row = step.recognition
    until = write_date(row.expires_on) if row.expires_on else ""
    for each in row.revocations.all():
        known = told_of(each)
        if each.withdrawn_on is not None:
            title = _("Đính chính: thu hồi ghi nhầm, hạng sao chưa từng bị thu hồi")
            yield "recognition.revocation_withdrawn", each.withdrawn_on, title, known.decision
            continue
        why = ", ".join(filter(None, (str(each.get_ground_display()), known.decision)))
        yield "recognition.revoked", each.revoked_on, _("Thu hồi hạng sao"), why
        said = (known.restoring, until and _("có hiệu lực đến hết ngày %s") % until)
        words = ", ".join(filter(None, said))
        yield "recognition.restored", each.restored_on, _("Khôi phục hạng sao"), words
    if row.mistaken:
        told = corrections.get(row.pk)
        what = _("%(stars)d sao, %(decision)s: không được tính") % {
            "stars": row.stars,
            "decision": _paper(row),
        }
        words = ". ".join(filter(None, (what, told.reason if told else "")))
        yield correcting.CORRECTED, row.annulled_on, _("Đính chính bản ghi nhầm"), words
    elif row.annulled_on:
        title, words = _("Hủy kết quả công nhận"), _("coi như chưa từng có")
        before = next((each for each in steps if each.rules), None)
        if before is not None and _since(before) < _since(step) and holds_star(before.state):
            words += "; " + _("%d sao trước đó lại có giá trị") % before.recognition.stars
        yield "recognition.annulled", row.annulled_on, title, words


def _extensions(steps: list[Step]) -> Iterator[Entry]:
    """Extensions that were confirmed (Art. 12.3), for everybody: on the day of the confirmation.
    Of one that came with the row no such day is known; it stands on the last day of the 36 months,
    from which on it counts. The days are those of the row, whatever an event says."""
    extended = {
        step.recognition.pk: step.recognition
        for step in steps
        if step.recognition.extended_until is not None
    }
    named = Event.objects.filter(
        name="recognition.extension_confirmed",
        objects_named__kind="recognition",
        objects_named__object_id__in=list(extended),
    ).order_by("id")
    confirmed = dict(named.values_list("objects_named__object_id", "at"))
    for row in extended.values():
        last, at = row.extended_until, confirmed.get(row.pk)
        if last is None or row.expires_on is None or last <= row.expires_on:
            continue
        title = _("Kéo dài hạng %d sao (Điều 12.3)") % row.stars
        words = _("đến khi có kết quả đánh giá lại, muộn nhất đến hết ngày %s") % write_date(last)
        about = About("decision", str(row.decision_id)) if row.decision_id else None
        day = _day(at) if at else row.expires_on
        yield Entry(Stage.RECOGNITION, day, title, words, Reader.PUBLIC, about, at)


def _since(step: Step) -> date:
    row = step.recognition
    return row.valid_from or row.evaluated_on or date.min


def _star(row: Any) -> str:
    told = {"kind": row.get_kind_display(), "stars": row.stars}
    if row.potential_five:
        return _("Công nhận %(stars)d sao, tiềm năng 5 sao (%(kind)s)") % told
    return _("Công nhận %(stars)d sao (%(kind)s)") % told


def _decided(row: Any) -> str:
    number = row.decision.number if row.decision else row.decision_number
    said = [_("Quyết định %s") % number] if number else []
    said.append(row.authority)
    if row.mistaken:
        said.append(_("ghi nhầm, đã đính chính"))
    elif row.expires_on:
        said.append(_("có hiệu lực đến hết ngày %s") % write_date(row.expires_on))
    return ", ".join(part for part in said if part)


def _paper(row: Any) -> str:
    """The decision of a record, by number and day as far as they are known."""
    if row.decision is None:
        return str(row.decision_number or row.authority)
    told = {"number": row.decision.number, "day": write_date(row.decision.signed_on)}
    return _("Quyết định %(number)s ngày %(day)s") % told


def _ideas(actor: Actor, product: Product) -> Iterator[Entry]:
    for row in rounds.potentials_visible_to(actor).filter(product=product):
        title = _("Vào danh sách sản phẩm tiềm năng")
        aim = _("mục tiêu %(stars)d sao, năm %(year)d") % {"stars": row.aim, "year": row.year}
        words = aim if row.aim else _("dự kiến năm %d") % row.year
        about = About("potential", row.code)
        yield Entry(
            Stage.IDEA, _day(row.created_at), title, words, Reader.OFFICE, about, row.created_at
        )
        if row.ended_on:
            title = _("Ra khỏi danh sách tiềm năng")
            yield Entry(Stage.IDEA, row.ended_on, title, row.ended_reason, Reader.OFFICE, about)


def _registrations(actor: Actor, product: Product, own: list[Dossier]) -> Iterator[Entry]:
    answered = [row.registration_id for row in own if row.registration_id]
    rows = registrations.visible_to(actor).filter(Q(product=product) | Q(pk__in=answered))
    for row in rows.select_related("unit"):
        title = _("Đăng ký đánh giá năm %d") % row.year
        words = f"{row.get_kind_display()}, {row.unit.name}"
        yield Entry(Stage.REGISTRATION, row.registered_on, title, words, Reader.OFFICE)
        if row.withdrawn_on:
            title = _("Rút đăng ký năm %d") % row.year
            yield Entry(Stage.REGISTRATION, row.withdrawn_on, title, "", Reader.OFFICE)


def _events(
    actor: Actor, product: Product, own: list[Dossier], stars: list[int]
) -> Iterator[Entry]:
    """What has no day of its own in a row: the events that name these objects."""
    of = {row.pk: row for row in own}
    objects = (
        _naming("dossier", of, DOSSIERS)
        | _naming("product", [product.pk], OF_PRODUCT)
        | _naming("producer", [product.producer_id], OF_PRODUCER)
        | _naming("recognition", stars, STARS)
    )
    known = {**DOSSIERS, **OF_PRODUCT, **OF_PRODUCER, **STARS}
    rows = Event.objects.filter(objects).order_by("id")
    named = rows.values_list("pk", "objects_named__kind", "objects_named__object_id")
    about: dict[int, int] = {pk: key for pk, kind, key in named if kind == "dossier"}
    every = people_rules.may_see_everything(actor) or actor.is_system
    for event in rows.distinct():
        told = known[event.name]
        if event.name in DOSSIERS:
            if event.pk in about:
                yield from _of_dossier(event, told, of[about[event.pk]], every=every)
        elif (words := _changed(event)) is not None:
            yield _entry(event, told, words, None)


def _naming(kind: str, keys: Iterable[int], names: Iterable[str]) -> Q:
    """Events of these names about these rows: what was done to another product of the producer
    names the producer, too, and is not of this line."""
    return Q(
        objects_named__kind=kind, objects_named__object_id__in=list(keys), name__in=list(names)
    )


def _of_dossier(event: Event, told: Told, dossier: Dossier, *, every: bool) -> Iterator[Entry]:
    about = About("dossier", dossier.code)
    if event.name == "dossiers.proposed" and not every:
        return  # what the advisory team found is not for communes
    said = [dossier.get_kind_display()]
    if event.name == "dossiers.submitted" and dossier.slip_number:
        said.append(_("số phiếu %s") % dossier.slip_number)
    if event.name == "dossiers.conclusion_noted":
        if event.change.get("passing") == _FIRST:
            told = FIRST_PASS
        elif every and event.change.get("star"):
            said.append(_("kết luận %d sao") % event.change["star"])
    if told.reason and event.reason:
        said.append(event.reason)
    yield _entry(event, told, ", ".join(said), about)


def _changed(event: Event) -> str | None:
    """A change in words; None where nothing of it belongs into the line."""
    if event.name == "recognition.appeal_recorded":
        return _("ngày %s") % write_date(date.fromisoformat(event.change["on"]))
    if event.name.endswith("_changed"):
        if not TOLD_COLUMNS & set(event.change.get("fields", ())):
            return None
        name = event.change.get("values", {}).get("name")
        told = {"before": name[0], "after": name[1]} if name else {}
        return _("đổi tên từ “%(before)s” thành “%(after)s”") % told if name else ""
    known = OF_PRODUCT.get(event.name) or OF_PRODUCER[event.name]
    return event.reason if known.reason else ""


def _entry(event: Event, told: Told, words: str, about: About | None) -> Entry:
    day = _day(event.at)
    return Entry(told.stage, day, _(told.words), words, told.audience, about, event.at)


def _certificates(actor: Actor, product: Product) -> Iterator[Entry]:
    rows = deciding.certificates_visible_to(actor).filter(recognition__product=product)
    for row in rows:
        title = _("Cấp giấy chứng nhận số %s") % row.number
        about = About("certificate", str(row.pk))
        yield Entry(Stage.CERTIFICATE, row.issued_on, title, "", Reader.PRODUCER, about)


def _checks(actor: Actor, product: Product) -> Iterator[Entry]:
    for row in aftercare.visible_to(actor).filter(recognition__product=product):
        told = row.state in aftercare.TOLD
        audience = Reader.PRODUCER if told else Reader.OFFICE
        day = row.concluded_on or (_day(row.visited_at) if row.visited_at else row.planned_on)
        title = _("Kiểm tra sau công nhận: %s") % row.get_kind_display()
        words = row.get_result_display() if told else row.get_state_display()
        about = About("postcheck", row.code)
        yield Entry(Stage.POSTCHECK, day, title, str(words), audience, about, row.visited_at)
        if row.corrected_on and row.state == CheckState.CLOSED:
            title = _("Ghi kết quả khắc phục")
            yield Entry(Stage.POSTCHECK, row.corrected_on, title, "", audience, about)


def _complaints(actor: Actor, product: Product) -> Iterator[Entry]:
    for row in aftercare.complaints_visible_to(actor).filter(product=product):
        title = _("Phản ánh của người dân: %s") % row.get_topic_display()
        about = About("complaint", row.number)
        yield Entry(
            Stage.COMPLAINT, _day(row.received_at), title, str(row.get_state_display()),
            Reader.OFFICE, about, row.received_at,
        )  # fmt: skip


def _cases(actor: Actor, product: Product) -> Iterator[Entry]:
    rows = list(aftercare.cases_visible_to(actor).filter(recognition__product=product))
    entered = {
        (key, name): at
        for name, key, at in Event.objects.filter(
            objects_named__kind="revocationcase", objects_named__object_id__in=[r.pk for r in rows]
        )
        .order_by("id")
        .values_list("name", "objects_named__object_id", "at")
    }
    for row in rows:
        about, ground = About("case", row.code), str(row.get_ground_display())
        paper = ", ".join(filter(None, (row.decision_number, row.decision_authority)))
        back = ", ".join(filter(None, (row.restoring_number, row.restoring_authority)))
        held = row.state == CaseState.UPHELD
        outcome = _("Giữ nguyên quyết định thu hồi") if held else _("Khiếu nại được chấp nhận")
        steps = (
            ("case_opened", _day(row.opened_at), _("Mở vụ việc xem xét thu hồi"), ground),
            ("case_heard", row.heard_on, _("Nghe chủ thể giải trình"), ""),
            ("revocation_proposed", row.proposed_on, _("Đề nghị thu hồi hạng sao"), ""),
            ("revoked", row.decision_on, _("Ký quyết định thu hồi"), paper),
            ("case_closed", row.closed_on, _("Kết thúc vụ việc"), ""),
            ("appeal_recorded", row.appealed_on, _("Chủ thể khiếu nại quyết định thu hồi"), ""),
            ("appeal_settled", row.appeal_ended_on, _("Có kết quả khiếu nại"), outcome),
            ("restored", row.restoring_on, _("Ký quyết định khôi phục hạng sao"), back),
        )
        for name, day, title, words in steps:
            if day is not None:
                at = _hour(day, entered.get((row.pk, f"recognition.{name}")))
                yield Entry(Stage.CASE, day, title, words, Reader.PRODUCER, about, at)


def _day(at: datetime) -> date:
    return timezone.localdate(at)
