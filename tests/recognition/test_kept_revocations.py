"""What was told of a revocation stays told, and no older star stands up over it.

Art. 8, Decision 26/2026/QĐ-TTg: a revocation is a decision of its own. That the result it names is
annulled (Art. 10.1b), or its record was wrong, sets no decision aside; a decision does, or a new
recognition after it.
"""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.criteria.models import LegalVersion
from ocop.people.roles import Role
from ocop.products.models import Product
from ocop.recognition import certified, foretelling, services
from ocop.recognition.authority import Level
from ocop.recognition.correcting import correct_record
from ocop.recognition.decisions import Paper, Result
from ocop.recognition.models import Decision, Ground, Kind, Recognition
from ocop.recognition.postcheck import public, queries
from ocop.recognition.postcheck.models import CaseState, RevocationCase
from ocop.recognition.postcheck.services import restoring, revoking
from ocop.recognition.taking import Void
from ocop.recognition.validity import State
from tests.factories import ProductFactory, RecognitionFactory
from tests.recognition import aftercare
from tests.recognition.log.logged import code, entries, found
from tests.world import annulled_by, build_places

pytestmark = pytest.mark.django_db
HANOI, PROVINCE = "UBND thành phố Hà Nội", Level.PROVINCE
WHY = "Quyết định 15/QĐ-UBND hủy kết quả"
WRONG = "ghi nhầm ngày ký của quyết định"


@pytest.fixture(autouse=True)
def _office(now: datetime) -> None:
    LegalVersion.objects.create(
        code="QD26-2026", document="26/2026/QĐ-TTg", issued_on=date(2026, 5, 22),
        effective_from=date(2026, 5, 22),
    )  # fmt: skip
    LegalVersion.objects.create(
        code="QD148-2023", document="148/QĐ-TTg", issued_on=date(2023, 2, 24),
        effective_from=date(2023, 2, 24), effective_to=date(2026, 5, 22),
    )  # fmt: skip
    build_places(now)


def day(now: datetime, days: int = 0) -> date:
    return timezone.localdate(now) + timedelta(days=days)


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


_numbers = iter(range(1000, 10**9))


def given(
    now: datetime,
    product: Product,
    days: int,
    stars: int,
    kind: Kind = Kind.FIRST,
    number: str = "",
) -> Recognition:
    """A star that was decided so many days from now, and entered now."""
    paper = Paper(number or f"{next(_numbers)}/QĐ-UBND", day(now, days), HANOI, Level.PROVINCE)
    made = services.record_decision(
        actor=SYSTEM, paper=paper, results=[Result(product, stars, kind)], at=now
    )
    return Recognition.objects.select_related("decision", "product__producer").get(decision=made)


def revoke(now: datetime, star: Recognition, days: int = -9) -> str:
    number = f"{next(_numbers)}/QĐ-UBND"
    services.revoke(
        actor=SYSTEM, recognition=fresh(star), ground=Ground.BREACH,
        paper=Paper(number, day(now, days), HANOI, Level.PROVINCE),
        reason="Vi phạm an toàn thực phẩm", at=now,
    )  # fmt: skip
    return number


def restore(now: datetime, star: Recognition, days: int = -2) -> None:
    services.restore_revoked(
        actor=SYSTEM, recognition=fresh(star),
        paper=Paper(f"{next(_numbers)}/QĐ-UBND", day(now, days), HANOI, Level.PROVINCE),
        reason="Chấp nhận khiếu nại của chủ thể", at=now,
    )  # fmt: skip


def annul(now: datetime, star: Recognition, **more: Any) -> None:
    """By a decision of today, and with the stars that go with this one."""
    row, today = fresh(star), day(now)
    signed_on = more.get("annulled_on", today)
    told = {
        "actor": SYSTEM,
        "reason": WHY,
        "takes": foretelling.taken_by([row], Void.ANNULLED, today),
        "paper": Paper(f"{next(_numbers)}/QĐ-UBND", signed_on, HANOI, PROVINCE),
        **more,
    }
    services.annul(recognition=row, at=now, **told)


def correct(now: datetime, *stars: Recognition, **more: Any) -> None:
    rows = [fresh(star) for star in stars]
    takes = foretelling.taken_by(rows, Void.MISTAKEN, day(now))
    told = {"actor": SYSTEM, "reason": WRONG, "takes": takes, **more}
    correct_record(rows=rows, at=now, **told)


def fresh(star: Recognition) -> Recognition:
    return Recognition.objects.select_related("decision", "product__producer").get(pk=star.pk)


def states(now: datetime, product: Product, *days: int) -> list[State | None]:
    held = [certified.certified(product, day(now, n)) for n in days]
    return [each.state if each else None for each in held]


def told(now: datetime) -> list[tuple[int, str, list[str]]]:
    rows = queries.revoked(day(now))
    return [(row.recognition.stars, row.number, public.told_of(row).since) for row in rows]


# --- an older star --------------------------------------------------------------------------------
def test_an_older_star_does_not_stand_up_over_a_revocation(now: datetime) -> None:
    product = ProductFactory()
    older = given(now, product, -600, 3)
    star = given(now, product, -100, 4, Kind.UPGRADE)
    number = revoke(now, star)
    annul(now, star)
    # As if the four stars had never been, the three held until the decision took the right to them.
    assert states(now, product, -10, -1, 0, 1) == [
        State.ANNULLED, State.ANNULLED, State.REVOKED, State.REVOKED,
    ]  # fmt: skip
    held = certified.certified(product, day(now, -50))
    assert held is not None
    assert held.instead is not None
    assert held.instead.recognition == older
    assert held.instead.state is State.VALID
    taken = certified.certified(product, day(now, -1))
    assert taken is not None
    assert taken.instead is not None
    assert (taken.instead.recognition, taken.instead.state) == (older, State.REVOKED)
    # Both are told, each with what became of it.
    (first, second) = sorted(told(now))
    assert (first[:2], second[:2]) == ((3, number), (4, number))
    assert any("4 sao" in words for words in first[2])
    assert any("đã bị hủy ngày 23/11/2026" in words for words in second[2])
    assert any("áp dụng cho lần công nhận 3 sao" in words for words in second[2])
    # And the public log tells all of it by itself.
    assert code(found(now)) == ""
    logged = [(each["on"], each["number"]) for each in entries("revocation")]
    assert logged == [(str(day(now, -9)), number)] * 2


def test_a_decision_that_sets_the_revocation_aside_gives_back_what_stands_there(
    now: datetime,
) -> None:
    product = ProductFactory()
    older = given(now, product, -600, 3)
    star = given(now, product, -100, 4, Kind.UPGRADE)
    revoke(now, star)
    annul(now, star)
    restore(now, older)
    assert fresh(older).restored_on == fresh(star).restored_on == day(now, -2)
    held = certified.certified(product, day(now, 1))
    assert held is not None
    assert (held.recognition, held.state) == (older, State.VALID)
    assert code(found(now)) == ""


def test_a_revocation_entered_wrongly_takes_nothing(now: datetime) -> None:
    product = ProductFactory()
    older = given(now, product, -600, 3)
    star = given(now, product, -100, 4, Kind.UPGRADE)
    revoke(now, star)
    annul(now, star)
    services.withdraw_revocation(
        actor=SYSTEM, recognition=fresh(older), reason="Nhầm sản phẩm cùng tên", at=now
    )
    assert fresh(older).revoked_on is None
    assert states(now, product, 1) == [State.VALID]
    assert code(found(now)) == ""


def test_what_was_decided_after_a_revocation_is_another_matter(now: datetime) -> None:
    product = ProductFactory()
    star = given(now, product, -100, 4)
    revoke(now, star, -50)
    later = given(now, product, -20, 3)
    annul(now, star)
    assert fresh(later).revoked_on is None
    assert states(now, product, 0) == [State.VALID]


def test_a_star_without_a_revocation_leaves_the_older_one(now: datetime) -> None:
    product = ProductFactory()
    given(now, product, -600, 3)
    star = given(now, product, -100, 4, Kind.UPGRADE)
    annul(now, star)
    assert states(now, product, 1) == [State.VALID]
    assert told(now) == []


# --- a wrong record -------------------------------------------------------------------------------
def test_the_true_record_takes_over_what_was_decided_of_the_wrong_one(now: datetime) -> None:
    product = ProductFactory()
    star = given(now, product, -100, 3, number="5120/QĐ-UBND")
    case = aftercare.appealed(now, star)
    correct(now, star)
    case.refresh_from_db()
    assert case.state == CaseState.APPEALED  # it goes on
    assert states(now, product, 0) == [None]
    true = given(now, product, -99, 3, number="5120/QĐ-UBND")
    assert fresh(true).revoked_on == day(now)
    assert states(now, product, -1, 0, 1) == [State.VALID, State.REVOKED, State.REVOKED]
    assert len(told(now)) == 2
    assert any("ghi nhầm, đã đính chính" in words for _s, _n, said in told(now) for words in said)
    # The notice of the case stands beside both; the appeal ends in the case and gives it back.
    assert code_of(lambda: restore(now, true, 0)) == "revoked_in_case"
    case = RevocationCase.objects.select_related("recognition__product").get(pk=case.pk)
    revoking.settle_appeal(
        actor=SYSTEM, case=case, upheld=False, ended_on=day(now), words="Văn bản 9/GQKN", at=now
    )
    restoring.restore_star(
        actor=SYSTEM, case=case, number="8100/QĐ-UBND", signed_on=day(now),
        authority_name=HANOI, at=now,
    )  # fmt: skip
    assert fresh(true).restored_on == day(now)
    assert states(now, product, 0) == [State.VALID]
    assert code(found(now)) == ""


def test_an_older_star_does_not_stand_up_while_the_true_record_is_missing(now: datetime) -> None:
    product = ProductFactory()
    given(now, product, -600, 3)
    star = given(now, product, -100, 4, Kind.UPGRADE, "5120/QĐ-UBND")
    revoke(now, star)
    correct(now, star)
    assert states(now, product, -50, -10, -9, 0) == [
        State.VALID, State.VALID, State.REVOKED, State.REVOKED,
    ]  # fmt: skip
    true = given(now, product, -99, 5 - 1, Kind.UPGRADE, "5120/QĐ-UBND")
    assert fresh(true).revoked_on == day(now, -9)
    assert states(now, product, -50, -10, -9, 0) == [
        State.VALID, State.VALID, State.REVOKED, State.REVOKED,
    ]  # fmt: skip
    assert code(found(now)) == ""


def test_the_true_record_keeps_the_extension_of_the_wrong_one(now: datetime) -> None:
    product = ProductFactory()
    star = given(now, product, -(3 * 365) - 31, 3, number="5120/QĐ-UBND")
    last = day(now, 60)
    services.confirm_extension(
        actor=SYSTEM, recognition=fresh(star), last_day=last, reason="Hồ sơ đang xét", at=now
    )
    correct(now, star)
    true = given(now, product, -(3 * 365) - 30, 3, number="5120/QĐ-UBND")
    assert (fresh(true).extended_until, fresh(true).extension_reason) == (last, "Hồ sơ đang xét")
    assert states(now, product, 0) == [State.EXTENDED]
    assert code(found(now)) == ""


def test_a_decision_is_wrong_when_nothing_of_it_stands(now: datetime) -> None:
    first, second = ProductFactory(), ProductFactory()
    paper = Paper("5120/QĐ-UBND", day(now, -100), HANOI, Level.PROVINCE)
    made = services.record_decision(
        actor=SYSTEM, paper=paper, results=[Result(first, 3), Result(second, 3)], at=now
    )
    one, other = Recognition.objects.filter(decision=made).order_by("pk")
    annul(now, one)
    correct(now, other)
    assert Decision.objects.get(pk=made.pk).mistaken_on == day(now)
    assert [each["decision"] for each in entries_of_corrections(now)] == ["5120/QĐ-UBND"]
    given(now, second, -99, 3, number="5120/QĐ-UBND")  # the number is free


def entries_of_corrections(now: datetime) -> list[dict[str, Any]]:
    assert code(found(now)) == ""
    return entries("decision-correction")


# --- who may, and with which words ----------------------------------------------------------------
def test_the_head_answers_for_the_end_of_a_star_that_others_were_told_of(now: datetime) -> None:
    clerk = aftercare.somebody(now, Role.PROVINCIAL_OFFICER)
    head = aftercare.somebody(now, Role.OFFICE_HEAD)
    plain = given(now, ProductFactory(), -100, 3)
    revoked = given(now, ProductFactory(), -100, 3)
    revoke(now, revoked)
    given_back = given(now, ProductFactory(), -100, 3)
    revoke(now, given_back)
    restore(now, given_back)
    in_case = given(now, ProductFactory(), -100, 3)
    aftercare.opened(now, in_case)
    for star in (plain, revoked, given_back, in_case):
        with pytest.raises(NotAllowed):
            annul(now, star, actor=clerk)
        assert fresh(star).annulled_on is None
        annul(now, star, actor=head)
        assert fresh(star).annulled_on == day(now)


@pytest.mark.parametrize("reason", ["sai", "Nhầm.", "ghi nhầm", "x y z"])
def test_a_reason_says_what_was_wrong(now: datetime, reason: str) -> None:
    star = given(now, ProductFactory(), -100, 3)
    assert code_of(lambda: annul(now, star, reason=reason)) == "reason_short"
    assert code_of(lambda: correct(now, star, reason=reason)) == "reason_short"
    assert fresh(star).annulled_on is None


# --- a restoration entered wrongly ----------------------------------------------------------------
def test_a_restoration_entered_wrongly_is_taken_back_and_stays_told(now: datetime) -> None:
    product = ProductFactory()
    star = given(now, product, -100, 3)
    number = revoke(now, star, -20)
    paper = Paper(number, day(now, -20), HANOI, Level.PROVINCE)
    withdrawn = {"actor": SYSTEM, "reason": "Nhầm sản phẩm cùng tên", "at": now}
    assert (
        code_of(lambda: services.withdraw_restoration(recognition=fresh(star), **withdrawn))
        == "not_restored"
    )
    restore(now, star, -15)
    # One paper takes a star once: the way back is the correction of what gave it back.
    again = {"actor": SYSTEM, "ground": Ground.BREACH, "reason": "Vi phạm an toàn", "at": now}
    assert (
        code_of(
            lambda: services.revoke(
                recognition=fresh(star), paper=paper, revoked_on=day(now, -10), **again
            )
        )
        == "recognition_number"
    )
    with pytest.raises(NotAllowed):
        services.withdraw_restoration(
            recognition=fresh(star),
            **{**withdrawn, "actor": aftercare.somebody(now, Role.PROVINCIAL_OFFICER)},
        )
    services.withdraw_restoration(recognition=fresh(star), **withdrawn)
    assert states(now, product, -21, -20, -15, -10, 0) == [State.VALID, *[State.REVOKED] * 4]
    ((_stars, _number, said),) = told(now)
    (words,) = said
    assert "Việc ghi khôi phục ngày 08/11/2026" in words
    assert "nhầm, đã đính chính ngày 23/11/2026" in words
    assert code(found(now)) == ""
    turns = ["revocation", "restoration", "restoration-undone"]
    assert [each["type"] for each in entries(*turns)] == turns
    restore(now, star, -3)
    assert states(now, product, -4, -3, 0) == [State.REVOKED, State.VALID, State.VALID]
    assert code(found(now)) == ""


# --- whatever is done, in whatever order ----------------------------------------------------------
@pytest.mark.whole
@pytest.mark.parametrize("seed", range(12))
def test_a_product_holds_no_star_while_a_revocation_of_it_is_in_force(
    now: datetime, seed: int
) -> None:
    """The star that counts last holds unless a revocation of its day or later is in force."""
    luck = random.Random(seed)
    product, today = ProductFactory(), -400
    stars: list[Recognition] = []
    taken: dict[str, tuple[int, Recognition]] = {}  # revocations in force, by number
    wrong: Recognition | None = None
    for _step in range(9):
        today += luck.randint(5, 40)
        counting = [s for s in map(fresh, stars) if s.annulled_on is None]
        held = certified.certified(product, day(now))
        holds = held is not None and (held.instead or held).holds
        act = luck.choice(("give", "revoke", "revoke", "restore", "annul", "correct", "true"))
        if act == "give" and not holds:
            stars.append(given(now, product, today, luck.choice((3, 4))))
        elif act == "give" and counting[-1].stars == 3:
            stars.append(given(now, product, today, 4, Kind.UPGRADE))
        elif act == "revoke" and holds:
            number = revoke(now, counting[-1], today)
            taken[number] = (today, counting[-1])
        elif (
            act == "restore"
            and counting
            and counting[-1].revoked_on
            and not counting[-1].restored_on
        ):
            row = counting[-1].revocations.get(restored_on=None, withdrawn_on=None)
            restore(now, counting[-1], today)
            del taken[row.number]
        elif act == "annul" and counting:
            annul(now, counting[-1])
        elif act == "correct" and counting and wrong is None:
            wrong = counting[-1]
            correct(now, wrong)
        elif act == "true" and wrong is not None and not [s for s in counting if s.pk > wrong.pk]:
            at = (wrong.valid_from - day(now)).days + 1
            kind = Kind.FIRST
            before = certified.certified(product, day(now, at))
            if before is not None and (before.instead or before).holds:
                kind = Kind.UPGRADE
            if kind is Kind.FIRST or (before and before.recognition.stars == 3):
                true = given(now, product, at, 4, kind)
                stars.append(true)
                wrong = None
        counting = [s for s in map(fresh, stars) if s.annulled_on is None]
        last = max(counting, key=lambda s: (s.valid_from, s.pk), default=None)
        expected = last is not None and not any(
            day(now, on) >= last.valid_from for on, _star in taken.values()
        )
        shown = certified.certified(product, day(now, 1))
        assert (shown is not None and shown.holds) is expected, (seed, _step, act)
        listed = {row.number for row in queries.revoked(day(now))}
        assert listed >= taken.keys()
    assert code(found(now)) == ""
    assert Event.objects.filter(name="recognition.annulled").count() == sum(
        1 for s in map(fresh, stars) if s.annulled_on and not s.mistaken
    )


# --- the decision that annuls ---------------------------------------------------------------------
def test_a_published_star_is_annulled_by_a_decision_and_nothing_else(now: datetime) -> None:
    star = given(now, ProductFactory(), -100, 4)
    assert code_of(lambda: annul(now, star, paper=None)) == "recognition_number"
    assert fresh(star).annulled_on is None
    annul(now, star, paper=Paper("16/QĐ-UBND", day(now, -3), HANOI, PROVINCE))
    row = fresh(star)
    assert (row.annulled_on, row.annulling_number) == (day(now, -3), "16/QĐ-UBND")
    assert (row.annulling_signed_on, row.annulling_authority) == (day(now, -3), HANOI)
    said = public.since(row, State.ANNULLED, day(now))
    assert "Quyết định 16/QĐ-UBND ngày 20/11/2026, UBND thành phố Hà Nội" in said
    # The public log tells it by itself, and a changed row is found.
    assert code(found(now)) == ""
    (entry,) = entries("annulment")
    assert (entry["number"], entry["authority"]) == ("16/QĐ-UBND", HANOI)
    Recognition.objects.filter(pk=row.pk).update(annulling_number="17/QĐ-UBND")
    assert code(found(now)) == "row_changed"


@pytest.mark.parametrize(
    ("stars", "paper", "why"),
    [
        (4, ("16/QĐ-UBND", "UBND tỉnh Lâm Đồng", Level.PROVINCE), "authority_not_competent"),
        (4, ("16/QĐ-SNNMT", HANOI, Level.PROVINCE), "authority_not_competent"),
        (4, ("16/QĐ-BNNMT", "Bộ Nông nghiệp và Môi trường", Level.CENTRE), "recognition_level"),
        (5, ("16/QĐ-UBND", HANOI, Level.PROVINCE), "recognition_level"),
        (5, ("16/QĐ-UBND", HANOI, Level.CENTRE), "authority_contradicts"),
        (5, ("16/QĐ-BCT", "Bộ Công Thương", Level.CENTRE), "authority_not_competent"),
        (4, ("sai", HANOI, Level.PROVINCE), "recognition_number"),
        (4, ("16/QĐ-UBND", "", Level.PROVINCE), "recognition_authority"),
    ],
)
@pytest.mark.parametrize("province", ["01", "68"])
def test_who_decides_on_a_star_annuls_it(
    now: datetime, stars: int, paper: tuple[str, str, Level], why: str, province: str
) -> None:
    """Art. 5, 8 and 10.1b: the chair of the province three and four stars, the minister five, those
    of another province, too."""
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)
    star = RecognitionFactory(
        stars=stars, province=province, product__province=province, on=day(now, -100)
    )
    number, who, level = paper
    if stars == 4 and province != "01":
        why = "authority_not_competent"  # whoever signed
    refused = code_of(lambda: annul(now, star, paper=Paper(number, day(now), who, level)))
    assert refused == why
    assert fresh(star).annulled_on is None


def test_the_minister_annuls_five_stars(now: datetime) -> None:
    star = RecognitionFactory(stars=5, on=day(now, -100))
    annul(now, star, **annulled_by(day(now), 5))
    assert fresh(star).annulling_authority == "Bộ Nông nghiệp và Môi trường"


def test_the_number_and_the_days_of_an_annulment_are_those_of_a_decision(now: datetime) -> None:
    star = given(now, ProductFactory(), -100, 4, number="16/QĐ-UBND")
    paper = Paper("16/QĐ-UBND", day(now), HANOI, PROVINCE)
    assert code_of(lambda: annul(now, star, paper=paper)) == "recognition_number"
    before = Paper("17/QĐ-UBND", day(now, -101), HANOI, PROVINCE)
    assert code_of(lambda: annul(now, star, paper=before)) == "recognition_signed_on"
    late = {"paper": Paper("17/QĐ-UBND", day(now, -3), HANOI, PROVINCE)}
    refused = code_of(lambda: annul(now, star, annulled_on=day(now, -4), **late))
    assert refused == "recognition_annulled_on"
    # One decision may annul several results, and gives no star beside that.
    other = given(now, ProductFactory(), -100, 4)
    annul(now, star, **late)
    annul(now, other, **late)
    again = code_of(lambda: given(now, ProductFactory(), -2, 3, number="17/QĐ-UBND"))
    assert again == "recognition_number"


def test_what_nobody_was_told_of_is_annulled_by_the_office(now: datetime) -> None:
    clerk = aftercare.somebody(now, Role.PROVINCIAL_OFFICER)
    paper = Paper("1600/QĐ-UBND", day(now, -10), HANOI, PROVINCE)
    made = services.record_decision(
        actor=SYSTEM, paper=paper, results=[Result(ProductFactory(), 3)], publish=False, at=now
    )
    row = Recognition.objects.get(decision=made)
    services.annul(actor=clerk, recognition=row, reason="nhầm hàng", at=now)
    assert fresh(row).annulled_on == day(now)


def test_whoever_confirms_names_the_stars_that_go_too(now: datetime) -> None:
    product = ProductFactory()
    older = given(now, product, -600, 3)
    star = given(now, product, -100, 4, Kind.UPGRADE)
    number = revoke(now, star)
    for takes in ([], [star.pk], [older.pk, star.pk]):
        for end in (annul, correct):
            with pytest.raises(Refused) as refused:
                end(now, star, takes=takes)
            assert refused.value.code == "effect_unconfirmed"
            assert number in refused.value.message
    lines = foretelling.lines([fresh(star)], Void.ANNULLED, day(now))
    assert older.decision is not None
    assert number in lines[0]
    assert older.decision.number in lines[0]
    annul(now, star, takes=[older.pk])
    assert fresh(older).revoked_on == day(now, -9)
