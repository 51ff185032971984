"""A revocation decided elsewhere has a way back: an appeal, a decision that sets it aside, or the
word that it was entered wrongly (Art. 8, Decision 26/2026/QĐ-TTg)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.core.credentials import bitstrings
from ocop.core.numbers import write_date
from ocop.core.refusals import NotAllowed, Refused
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.programme.history import history
from ocop.programme.lifeline import Reader
from ocop.recognition import services
from ocop.recognition.authority import Level
from ocop.recognition.certified import certified
from ocop.recognition.credential import statuses
from ocop.recognition.log import auditing
from ocop.recognition.models import Ground, Recognition, Revocation
from ocop.recognition.postcheck import public, queries
from ocop.recognition.services import Paper
from ocop.recognition.validity import State
from tests.factories import RecognitionFactory
from tests.recognition import aftercare
from tests.recognition.log.logged import code, decided, entries, found
from tests.world import annulled_by, person, with_second_factor

pytestmark = pytest.mark.django_db
HANOI = "UBND thành phố Hà Nội"


def day(now: datetime, days: int = 0) -> date:
    return timezone.localdate(now) + timedelta(days=days)


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def paper(now: datetime, days: int, number: str, authority: str = HANOI) -> Paper:
    return Paper(number, day(now, days), authority, Level.PROVINCE)


def revoke(now: datetime, star: Recognition, days: int = -9, number: str = "77/QĐ-UBND") -> None:
    services.revoke(
        actor=SYSTEM,
        recognition=star,
        ground=Ground.STOPPED,
        paper=paper(now, days, number),
        reason="Ngừng sản xuất, đã nghe chủ thể",
        at=now,
    )


def appeal(now: datetime, star: Recognition, days: int = -6, **more: Any) -> Revocation:
    told = {"actor": SYSTEM, "words": "Cơ sở vẫn sản xuất", **more}
    return services.appeal_revocation(recognition=star, appealed_on=day(now, days), at=now, **told)


def restore(
    now: datetime, star: Recognition, days: int = -2, number: str = "81/QĐ-UBND", **more: Any
) -> Recognition:
    told = {"actor": SYSTEM, "paper": paper(now, days, number), "reason": "Chấp nhận khiếu nại"}
    return services.restore_revoked(recognition=star, at=now, **{**told, **more})


def withdraw(now: datetime, star: Recognition, **more: Any) -> Recognition:
    told = {"actor": SYSTEM, "reason": "Nhầm sản phẩm cùng tên", **more}
    return services.withdraw_revocation(recognition=star, at=now, **told)


def states(now: datetime, star: Recognition, *days: int) -> list[bool]:
    """Whether it was revoked on these days."""
    return [certified(star.product, day(now, n)).state is State.REVOKED for n in days]


@pytest.fixture
def star(now: datetime) -> Recognition:
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)
    found = RecognitionFactory()
    decided(found, now=now)
    return found


def test_a_decision_gives_it_back_from_its_day_on(now: datetime, star: Recognition) -> None:
    maker = aftercare.maker(now, star)
    revoke(now, star)
    appeal(now, star)
    assert states(now, star, -10, -9, 0) == [False, True, True]  # an appeal gives nothing back
    restore(now, star)
    star.refresh_from_db()
    assert (star.revoked_on, star.restored_on) == (day(now, -9), day(now, -2))
    assert states(now, star, -10, -9, -3, -2, 0) == [False, True, True, False, False]
    told = public.told_of(star.revocations.get())
    assert told.decision == f"Quyết định 77/QĐ-UBND ngày {write_date(day(now, -9))}, {HANOI}"
    assert f"81/QĐ-UBND ngày {write_date(day(now, -2))}, {HANOI}" in told.restored
    assert code(found(now)) == ""
    assert [entry["on"] for entry in entries("revocation", "restoration")] == [
        str(day(now, -9)), str(day(now, -2)),
    ]  # fmt: skip
    body = Message.objects.get(
        user=maker.user_id, subject=f"Hạng sao được khôi phục: {star.product.name}"
    ).body
    assert "81/QĐ-UBND" in body
    assert "Chấp nhận khiếu nại" in body
    line = [each.title for each in history(SYSTEM, star.product, reader=Reader.OFFICE, on=day(now))]
    assert "Chủ thể khiếu nại quyết định thu hồi" in line


def test_what_gives_it_back_is_a_decision_in_its_order(now: datetime, star: Recognition) -> None:
    assert code_of(lambda: restore(now, star)) == "not_revoked"
    assert code_of(lambda: appeal(now, star)) == "not_revoked"
    revoke(now, star)
    assert code_of(lambda: appeal(now, star, -10)) == "recognition_appealed_on"
    assert code_of(lambda: appeal(now, star, 1)) == "recognition_appealed_on"
    assert code_of(lambda: appeal(now, star, words=" ")) == "reason_needed"
    appeal(now, star)
    assert code_of(lambda: appeal(now, star)) == "appealed_already"
    for refused, call in (
        ("recognition_signed_on", {"days": -7}),  # before the appeal
        ("recognition_signed_on", {"days": 1}),
        ("recognition_number", {"number": "77/QĐ-UBND"}),  # the number of the revocation
        ("recognition_number", {"number": "abc"}),
        ("recognition_restored_on", {"restored_on": day(now, -3)}),
        ("authority_not_competent", {"paper": paper(now, -2, "81/QĐ-UBND", "UBND tỉnh Hà Nam")}),
        ("reason_needed", {"reason": " "}),
    ):
        assert code_of(lambda call=call: restore(now, star, **call)) == refused
    for clerk in (Role.PROVINCIAL_OFFICER, Role.AUDITOR):
        for act in (restore, withdraw):
            with pytest.raises(NotAllowed):
                act(now, star, actor=aftercare.somebody(now, clerk))
    restore(now, star, actor=aftercare.somebody(now, Role.OFFICE_HEAD))


def test_what_a_case_led_to_goes_on_in_the_case(now: datetime) -> None:
    case = aftercare.decided(now)
    for act in (appeal, restore, withdraw):
        assert code_of(lambda act=act: act(now, case.recognition)) == "revoked_in_case"


def test_an_annulled_result_is_not_given_back(now: datetime, star: Recognition) -> None:
    revoke(now, star)
    services.annul(
        actor=SYSTEM, recognition=star, **annulled_by(day(now)), reason="Hội đồng chấm nhầm", at=now
    )
    assert code_of(lambda: restore(now, star)) == "not_revoked"
    assert code_of(lambda: withdraw(now, star)) == "not_revoked"


def test_what_was_entered_wrongly_was_never_so_and_stays_told(
    now: datetime, star: Recognition
) -> None:
    maker = aftercare.maker(now, star)
    revoke(now, star)
    assert code(found(now)) == ""
    withdraw(now, star)
    star.refresh_from_db()
    assert (star.revoked_on, star.revoked_ground, star.restored_on) == (None, "", None)
    assert states(now, star, -10, -9, -1, 0) == [False] * 4
    assert not bitstrings.is_set(statuses.bits_on(day(now)).bits, star.pk)
    assert code(found(now)) == ""
    assert [entry["type"] for entry in entries("revocation", "revocation-withdrawn")] == [
        "revocation", "revocation-withdrawn",
    ]  # fmt: skip
    (listed,) = queries.revoked(day(now))
    assert public.told_of(listed).withdrawn.startswith("Đã đính chính ngày 23/11/2026")
    title = f"Đính chính việc ghi thu hồi: {star.product.name}"
    assert "Nhầm sản phẩm" in Message.objects.get(user=maker.user_id, subject=title).body
    line = [
        each.title for each in history(ANONYMOUS, star.product, reader=Reader.PUBLIC, on=day(now))
    ]
    assert "Đính chính: thu hồi ghi nhầm, hạng sao chưa từng bị thu hồi" in line
    assert "Thu hồi hạng sao" not in line
    # The right star gets the decision, under its own number; and this one may be revoked one day.
    other = RecognitionFactory()
    decided(other, now=now)
    revoke(now, other, -8)
    revoke(now, star, -1, "78/QĐ-UBND")
    assert states(now, star, -9, -2, -1) == [False, False, True]
    assert code(found(now)) == ""


def test_a_mistake_after_a_revocation_leaves_that_one_as_it_was(
    now: datetime, star: Recognition
) -> None:
    revoke(now, star, -20)
    restore(now, star, -15)
    revoke(now, star, -5, "90/QĐ-UBND")
    withdraw(now, star)
    star.refresh_from_db()
    assert (star.revoked_on, star.restored_on) == (day(now, -20), day(now, -15))
    assert star.revoked_ground == Ground.STOPPED
    assert states(now, star, -21, -20, -16, -15, -5, 0) == [False, True, True, False, False, False]
    assert code(found(now)) == ""


def test_nothing_is_taken_back_in_the_table_alone(now: datetime, star: Recognition) -> None:
    revoke(now, star)
    assert code(found(now)) == ""
    Recognition.objects.filter(pk=star.pk).update(revoked_on=None, revoked_ground="")
    Revocation.objects.update(withdrawn_on=day(now))
    assert code(auditing.audit(at=now)) != ""
    Recognition.objects.filter(pk=star.pk).update(
        revoked_on=day(now, -9), revoked_ground=Ground.STOPPED
    )
    Revocation.objects.update(withdrawn_on=None)
    withdraw(now, Recognition.objects.get(pk=star.pk))
    assert code(found(now)) == ""
    # Nor does one that was taken back come again there.
    Recognition.objects.filter(pk=star.pk).update(
        revoked_on=day(now, -9), revoked_ground=Ground.STOPPED
    )
    assert code(auditing.audit(at=now)) != ""


def test_the_page_of_the_product_offers_what_may_be_done(
    client: Client, now: datetime, star: Recognition
) -> None:
    revoke(now, star, number="76/QĐ-UBND")
    page = reverse("office:product", args=[star.product.code])
    steps = {
        name: reverse("office:recognition_step", args=[star.pk, name])
        for name in ("khieu-nai", "khoi-phuc", "dinh-chinh", "thu-hoi")
    }
    client.force_login(with_second_factor(person(now, Role.PROVINCIAL_OFFICER), now))
    shown = client.get(page).content.decode()
    assert [path in shown for path in steps.values()] == [True, False, False, False]
    assert client.get(steps["khoi-phuc"]).status_code == 403
    assert client.get(steps["dinh-chinh"]).status_code == 403
    told = {"appealed_on": "20/11/2026", "words": "Cơ sở vẫn sản xuất"}
    assert client.post(steps["khieu-nai"], told).status_code == 302
    client.force_login(with_second_factor(person(now, Role.OFFICE_HEAD), now))
    shown = client.get(page).content.decode()
    assert [path in shown for path in steps.values()] == [True, True, True, False]
    told = {
        "number": "81/QĐ-UBND", "signed_on": "21/11/2026", "authority": HANOI,
        "level": "province", "reason": "Chấp nhận khiếu nại",
    }  # fmt: skip
    assert client.post(steps["khoi-phuc"], told).status_code == 302
    star.refresh_from_db()
    assert star.restored_on == date(2026, 11, 21)
    shown = client.get(page).content.decode()
    assert [path in shown for path in steps.values()] == [False, False, False, True]
    # One of a case leads to its page.
    case = aftercare.decided(now)
    shown = client.get(reverse("office:product", args=[case.recognition.product.code]))
    assert reverse("office:case", args=[case.code]) in shown.content.decode()
