"""The office does what is the producer's: never without a reason, a mark, and word to them."""

from datetime import datetime
from typing import Any

import pytest

from ocop.core.actor import Actor
from ocop.core.events import activity
from ocop.core.refusals import Refused
from ocop.dossiers.models import ChangeState, Dossier
from ocop.dossiers.papers import forms as papers
from ocop.dossiers.services import changes, drafting
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.roles import Role
from ocop.web.happenings import told
from tests import world
from tests.dossiers import making

pytestmark = pytest.mark.django_db
WHY = "Chủ thể nhờ vì không có máy tính"


class Helped:
    """A dossier that nobody filed yet, its owner, its commune and two of the office."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.dossier = making.filled(now)
        self.owner = world.member(now, self.dossier.product.producer)
        self.commune = world.person(now, Role.COMMUNE_OFFICER, self.dossier.commune)
        self.officer = world.person(now, Role.PROVINCIAL_OFFICER)
        self.other = world.person(now, Role.PROVINCIAL_OFFICER)

    def actor(self, user: User) -> Actor:
        return people.actor_for(user, on=self.now.date())

    def file(self, user: User, reason: str = "") -> Dossier:
        return drafting.submit_dossier(
            actor=self.actor(user), dossier=self.dossier, reason=reason, at=self.now
        )

    def change(self, user: User) -> Any:
        return changes.ask_change(
            actor=self.actor(user),
            dossier=Dossier.objects.get(pk=self.dossier.pk),
            base=self.dossier.snapshots.last(),
            proposed={"answers": {"phone": "0912 000 900"}},
            reason="Ghi nhầm số",
            at=self.now,
        )

    def told(self, user: User) -> list[Message]:
        return list(Message.objects.filter(user=user).order_by("pk"))

    def who(self, name: str) -> str:
        return told(activity(self.dossier).filter(name=name)[:1])[0].who


@pytest.fixture
def helped(now: datetime) -> Helped:
    return Helped(now)


def test_the_office_files_for_a_producer_with_a_reason_that_stands_on_the_papers(
    helped: Helped,
) -> None:
    with pytest.raises(Refused) as refused:
        helped.file(helped.officer)
    assert refused.value.code == "reason_needed"
    filed = helped.file(helped.officer, WHY)
    assert filed.snapshots.get().content["behalf"] == WHY
    assert papers.form_01(filed).marks[-1] == f"Văn phòng Điều phối làm thay chủ thể. Lý do: {WHY}"
    [event] = activity(filed).filter(name="dossiers.submitted")
    assert (event.reason, event.change["behalf"]) == (WHY, True)
    assert helped.who("dossiers.submitted") == f"{helped.officer.name} (Văn phòng làm thay)"
    [news] = helped.told(helped.owner)
    assert (news.kind, WHY in news.body) == ("dossiers.helped_submit", True)
    assert "Văn phòng Điều phối nộp thay" in helped.told(helped.commune)[0].body


def test_the_producer_files_without_a_reason_and_nothing_is_noted(helped: Helped) -> None:
    filed = helped.file(helped.owner)
    assert "behalf" not in filed.snapshots.get().content
    [event] = activity(filed).filter(name="dossiers.submitted")
    assert (event.reason, "behalf" in event.change) == ("", False)
    assert helped.who("dossiers.submitted") == helped.owner.name
    assert "đã nộp hồ sơ số" in helped.told(helped.commune)[0].body


def test_what_the_office_writes_is_marked_and_told_once_a_day(helped: Helped) -> None:
    for points in (0, 1):
        row = drafting.save_answers(
            actor=helped.actor(helped.officer),
            dossier=helped.dossier,
            revision=helped.dossier.revision,
            answers={"phone": f"0912 000 90{points}"},
            at=helped.now,
        )
    assert activity(row).filter(name="dossiers.answers_saved", change__behalf=True).count() == 2
    assert [m.kind for m in helped.told(helped.owner)] == ["dossiers.helped"]


def test_a_withdrawal_by_the_office_is_not_said_to_be_the_producers(helped: Helped) -> None:
    filed = helped.file(helped.owner)
    drafting.withdraw_dossier(
        actor=helped.actor(helped.officer), dossier=filed, reason="Chủ thể báo dừng", at=helped.now
    )
    [news] = helped.told(helped.owner)
    assert (news.kind, "Chủ thể báo dừng" in news.body) == ("dossiers.helped_withdraw", True)
    last = helped.told(helped.commune)[-1]
    assert last.subject.startswith("Văn phòng Điều phối rút thay hồ sơ")


def test_nobody_accepts_the_own_request_to_change(helped: Helped) -> None:
    helped.file(helped.owner)
    change = helped.change(helped.officer)
    assert [m.kind for m in helped.told(helped.owner)] == ["dossiers.helped_change"]
    call: dict[str, Any] = {"change": change, "accepted": True, "at": helped.now}
    with pytest.raises(Refused) as refused:
        changes.answer_change(actor=helped.actor(helped.officer), **call)
    assert refused.value.code == "own_change"
    changes.answer_change(actor=helped.actor(helped.other), **call)
    assert change.state == ChangeState.ACCEPTED
    assert helped.dossier.snapshots.last().content["behalf"] == "Ghi nhầm số"


def test_who_asked_may_still_take_the_request_back(helped: Helped) -> None:
    helped.file(helped.owner)
    change = helped.change(helped.officer)
    changes.answer_change(
        actor=helped.actor(helped.officer),
        change=change,
        accepted=False,
        answer="Không cần nữa",
        at=helped.now,
    )
    assert change.state == ChangeState.DECLINED
