"""The end of a star by revocation, and its return: called inside actions, records no event.

The register is the one place where a star ends, whether a decision that was taken elsewhere is
entered by itself or a revocation case comes to its decision.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Model, Q

from ocop.core.checking import fits
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.recognition import authority
from ocop.recognition.authority import Level
from ocop.recognition.book import Use, expect_free
from ocop.recognition.competence import expect_competent
from ocop.recognition.decisions import Paper
from ocop.recognition.life import facts_of
from ocop.recognition.log.forms import decided
from ocop.recognition.models import Ground, Recognition, Revocation
from ocop.recognition.order import counting_on
from ocop.recognition.paper_names import signer_of, single_number
from ocop.recognition.standing import first_day
from ocop.recognition.states import EXTENSION_COVERS_LATER
from ocop.recognition.validity import State, holds_star, state_on

_MINISTERS = 5


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed decision on a star that was given: number, day, who signed."""

    number: str
    signed_on: date
    authority: str


def level_of(recognition: Recognition) -> Level:
    """Who revokes a star: the minister five stars, the chair of the province others (Art. 8)."""
    return Level.CENTRE if recognition.stars == _MINISTERS else Level.PROVINCE


def checked(
    paper: Paper, recognition: Recognition, today: date, use: Use = Use.REVOCATION
) -> Paper:
    """A decision that was taken elsewhere to revoke a star or to give it back, its words in order.

    Refused: no number or one that is none of a decision, no authority, a day in the future or
    before the star began, a level that does not decide on this star on that day, a name or number
    that contradicts the level, another province or another ministry, a number that another
    decision bears.
    """
    try:
        number = single_number(paper.number)
    except Refused as refused:
        raise _refuse("number", refused.message) from refused
    signer = signer_of(paper.authority)
    if not signer:
        raise _refuse("authority", _("Hãy ghi cơ quan ký quyết định."))
    check_day(recognition, paper.signed_on, today, "signed_on")
    levels = authority.may_give(recognition.stars, paper.signed_on)
    if paper.level not in levels:
        raise _refuse("level", authority.not_theirs(recognition.stars, *levels, act=use))
    authority.agree(Level(paper.level), signer, number)
    expect_competent(
        recognition.stars,
        signer,
        number,
        paper.signed_on,
        field="authority",
        of=recognition,
    )
    expect_free(number, paper.signed_on, signer, use)
    return replace(paper, number=number, authority=signer, level=Level(paper.level))


#: States of a case in which its 15 days run.
_RUNNING = ("opened", "heard", "proposed")


def end_by_revocation(
    recognition: Recognition, ground: Ground, revoked_on: date, signed: Signed, *, today: date
) -> Revocation:
    """Revoke a star from a day on (Art. 8). One that was given back may be revoked anew: each
    revocation stays, with its decision.

    Refused: a day in the future, before the star began or before it was given back, a star that
    does not hold on that day or in whose place another one counts on it.
    """
    check_day(recognition, revoked_on, today, "revoked_on")
    back = recognition.restored_on
    if back is not None and revoked_on < back:
        raise _refuse(
            "revoked_on", _("Ngày không được trước ngày khôi phục %s.") % write_date(back)
        )
    _expect_told(recognition)
    expect_holding(recognition, revoked_on)
    expect_counting(recognition, revoked_on, today)
    _expect_new(recognition, signed)
    made = Revocation(
        recognition=recognition,
        ground=Ground(ground),
        revoked_on=revoked_on,
        number=signed.number,
        signed_on=signed.signed_on,
        authority=signed.authority,
    )
    return end_with(made)


def end_with(made: Revocation) -> Revocation:
    """Let a star end with this revocation, which is written down with it."""
    star = made.recognition
    changed = Recognition.objects.filter(
        Q(revoked_on=None) | Q(restored_on__isnull=False), pk=star.pk, annulled_on=None
    ).update(revoked_on=made.revoked_on, revoked_ground=made.ground, restored_on=made.restored_on)
    if not changed:
        raise Refused("already_ended", _("Hạng sao này đã bị thu hồi hoặc kết quả đã bị hủy."))
    star.revoked_on, star.revoked_ground = made.revoked_on, made.ground
    star.restored_on = made.restored_on
    fits(made)
    made.save()
    return made


def set_aside(
    recognition: Recognition, restored_on: date, signed: Signed, *, today: date
) -> Revocation:
    """Give a star back from a day on, to its own last day: the revocation was set aside, whichever
    stars of the product it took (`family`).

    Refused: a day in the future or before the revocation, a star that is not revoked, a result that
    was annulled and in whose place no star stands.
    """
    check_day(recognition, restored_on, today, "restored_on")
    stood = standing_of(recognition)
    _expect_someones(stood)
    taken = [each for each in family(stood) if each.restored_on is None]
    for each in taken:
        if restored_on < each.revoked_on:
            raise _refuse(
                "restored_on",
                _("Ngày không được trước ngày thu hồi %s.") % write_date(each.revoked_on),
            )
    for each in taken:
        changed = Recognition.objects.filter(
            pk=each.recognition_id, revoked_on=each.revoked_on, restored_on=None
        ).update(restored_on=restored_on)
        if not changed:
            raise _not_revoked()
        each.restored_on = restored_on
        each.restoring_number = signed.number
        each.restoring_signed_on = signed.signed_on
        each.restoring_authority = signed.authority
        fits(each)
        each.save()
    recognition.restored_on = restored_on
    stood.refresh_from_db()
    stood.recognition.restored_on = restored_on
    return stood


def take_back(
    recognition: Recognition, wrong: Revocation, today: date, *, alone: bool = False
) -> Revocation:
    """Take an entry of a revocation for what it is, a mistake: it counts for no day, and each star
    that it took (`family`) stands as it did before the entry. `alone`: the decision is right, and
    it does not take this one of them.

    Refused: a star that is not revoked any more, a result that was annulled and in whose place no
    star stands.
    """
    if not alone:
        _expect_someones(wrong)
    for each in [wrong] if alone else family(wrong):
        star = each.recognition
        changed = _settle(star, each)
        if not changed:
            raise _not_revoked()
        each.withdrawn_on = today
        each.save(update_fields=["withdrawn_on"])
        if star.pk == recognition.pk:
            recognition.revoked_on, recognition.restored_on = star.revoked_on, star.restored_on
            recognition.revoked_ground = star.revoked_ground
    wrong.refresh_from_db()
    return wrong


def take_restoration_back(
    recognition: Recognition, today: date, *, case: Model | None = None
) -> Revocation:
    """Take the entry of a restoration for what it is, a mistake: the star is revoked as it was
    before. What was entered stays told. `case`: the one in which it was entered.

    Refused: a star that was not given back, or ended again since.
    """
    last = recognition.revocations.filter(withdrawn_on=None).order_by("pk").last()
    if last is None or last.restored_on is None:
        raise Refused(
            "not_restored", _("Hạng sao này chưa được khôi phục, hoặc đã bị thu hồi lại sau đó.")
        )
    _expect_someones(last)
    found = getattr(last.carried_from or last, "case", None)
    if case is not None and found != case:
        raise Refused(
            "revoked_again",
            _("Hạng sao này đã bị thu hồi lại sau khi khôi phục. Hãy đính chính lần đó trước."),
        )
    if found is not None and case is None:
        raise Refused(
            "restored_in_case",
            _("Việc khôi phục này là kết quả của vụ việc %s. Hãy đính chính ở vụ việc đó.")
            % found.code,
        )
    for each in family(last):
        if each.restored_on is None:
            continue
        changed = Recognition.objects.filter(
            pk=each.recognition_id, revoked_on=each.revoked_on, restored_on=each.restored_on
        ).update(restored_on=None)
        if not changed:
            raise Refused(
                "revoked_again",
                _("Hạng sao này đã bị thu hồi lại sau khi khôi phục. Hãy đính chính lần đó trước."),
            )
        each.wrong_restorations = [
            *each.wrong_restorations,
            {
                "on": str(each.restored_on),
                "number": each.restoring_number,
                "signed_on": str(each.restoring_signed_on or ""),
                "authority": each.restoring_authority,
                "withdrawn_on": str(today),
            },
        ]
        each.restored_on = each.restoring_signed_on = None
        each.restoring_number = each.restoring_authority = ""
        each.save()
    recognition.restored_on = None
    last.refresh_from_db()
    return last


def family(revocation: Revocation) -> list[Revocation]:
    """All that one decision took: the star that it names and, where that turned out void, those
    that stood in its place (`carrying`)."""
    root = revocation.carried_from_id or revocation.pk
    rows = Revocation.objects.filter(Q(pk=root) | Q(carried_from=root), withdrawn_on=None)
    return list(rows.select_related("recognition__product", "case").order_by("pk"))


def others(revocation: Revocation) -> list[tuple[str, int]]:
    """The other stars of the family, as events name them."""
    return [
        ("recognition", each.recognition_id)
        for each in family(revocation)
        if each.recognition_id != revocation.recognition_id
    ]


def is_someones(revocation: Revocation) -> bool:
    """Whether a revocation takes a star that counts, or one whose true record is still to come."""
    stars = [each.recognition for each in family(revocation)]
    return any(star.annulled_on is None or star.mistaken for star in stars)


def _expect_someones(revocation: Revocation) -> None:
    if not is_someones(revocation):
        raise _not_revoked()


def _settle(star: Recognition, wrong: Revocation) -> int:
    """Let the columns of a star say what its other revocations do; 0: it is revoked no more."""
    counting = star.revocations.filter(withdrawn_on=None).exclude(pk=wrong.pk)
    before = counting.order_by("pk").last()
    day, ground = (before.revoked_on, before.ground) if before else (None, "")
    back = before.restored_on if before else None
    star.revoked_on, star.revoked_ground, star.restored_on = day, ground, back
    return Recognition.objects.filter(
        pk=star.pk, revoked_on=wrong.revoked_on, restored_on=None
    ).update(revoked_on=day, revoked_ground=ground, restored_on=back)


def standing_of(recognition: Recognition) -> Revocation:
    """The revocation that stands against a star. Refused: none does."""
    rows = Revocation.objects.filter(recognition=recognition, restored_on=None, withdrawn_on=None)
    found = rows.select_related("recognition__product", "case").first()
    if found is None:
        raise _not_revoked()
    return found


def _expect_new(recognition: Recognition, signed: Signed) -> None:
    """Refuse a decision that revoked this star before: one paper takes it once."""
    rows = recognition.revocations.filter(withdrawn_on=None, number=signed.number)
    if signed.number and rows.filter(signed_on=signed.signed_on).exists():
        raise _refuse(
            "number",
            _(
                "Quyết định này đã thu hồi hạng sao này một lần. Nếu việc khôi phục sau đó ghi "
                "nhầm, hãy đính chính việc khôi phục."
            ),
        )


def _expect_told(recognition: Recognition) -> None:
    """Refuse a star that nobody has been told of. What an import brought may have been revoked
    before it is published, once: the public log tells of each revocation by itself only from then
    on."""
    waits = recognition.decision is not None and recognition.decision.awaits_publication
    again = recognition.restored_on is not None
    if waits or (again and not Recognition.objects.filter(decided(), pk=recognition.pk).exists()):
        raise Refused(
            "decision_not_published",
            _(
                "Quyết định công nhận chưa được công bố nên chưa có gì để thu hồi. Hãy công bố "
                "quyết định trước, hoặc hủy kết quả nếu đã ghi nhầm."
            ),
        )


def expect_no_case(recognition: Recognition) -> None:
    """Refuse a star about which a revocation case runs: it is decided there, once the producer was
    heard."""
    if found := recognition.revocation_cases.filter(state__in=_RUNNING).first():
        raise Refused(
            "case_runs",
            _(
                "Hạng sao này đang có vụ việc thu hồi %s chưa kết thúc. Hãy ghi quyết định trong "
                "vụ việc đó, hoặc kết thúc vụ việc trước."
            )
            % found.code,
        )


def expect_holding(recognition: Recognition, on: date) -> None:
    """Refuse a star that does not hold on a day: there is nothing to revoke."""
    state = state_of(recognition, on)
    if not holds_star(state) and state is not State.UNKNOWN:
        raise Refused(
            "not_holding",
            _("Hạng sao không còn hiệu lực vào ngày %s nên không thu hồi được.") % write_date(on),
        )


def expect_counting(recognition: Recognition, on: date, today: date) -> None:
    """Refuse a star in whose place another one counts on a day: it gives the product no right that
    could be taken, and who read of its revocation would take the other one for revoked (`taking`).
    """
    found = counting_on(recognition.product_id, on, today)
    if found is None or found.pk == recognition.pk:
        return
    number = found.decision.number if found.decision else found.decision_number
    raise Refused(
        "star_replaced",
        _(
            "Ngày %(day)s hạng sao của sản phẩm không theo lần công nhận này mà theo lần công nhận "
            "%(stars)d sao (%(decision)s). Thu hồi hạng sao nào thì ghi ở lần công nhận đó."
        )
        % {
            "day": write_date(on),
            "stars": found.stars,
            "decision": number or found.authority,
        },
    )


def state_of(recognition: Recognition, on: date) -> State:
    """The state of a recognition by its own dates."""
    return state_on(facts_of(recognition), on, later_too=EXTENSION_COVERS_LATER.get())


def check_day(recognition: Recognition, day: date, today: date, field: str) -> None:
    """Refuse a day in the future or before the star began, naming its field."""
    if day > today:
        raise _refuse(field, _("Ngày không được sau hôm nay."))
    began = first_day(recognition)
    if began is not None and day < began:
        raise _refuse(field, _("Ngày không được trước ngày có hiệu lực %s.") % write_date(began))


def _not_revoked() -> Refused:
    return Refused("not_revoked", _("Hạng sao này không ở tình trạng bị thu hồi."))


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"recognition_{field}", message, fields={field: [message]})
