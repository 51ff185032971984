"""A step of a dossier is offered where it can be taken; elsewhere its address gives the reason.

Every step in every state of a dossier, for everybody who works on it: what the page offers opens
as a form, and all else leads back to the page with the words of the service.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.councils.models import Sitting, SittingState
from ocop.dossiers.models import ChangeRequest, Dossier, Potential, Round, Snapshot, State
from ocop.dossiers.services import advising, commune, ministry, potential, rounds, visiting
from ocop.dossiers.services.potential import Prospect
from ocop.people.models import User
from ocop.web.office.dossiers.steps import STEPS
from tests.dossiers.office import TODAY, World, build_world, concluded, stored_report

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
#: Of a step that is somebody else's, or on a dossier that this person does not see.
NOT_YOURS = (403, 404)


@pytest.fixture(autouse=True)
def _then(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def world(now: datetime) -> World:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return build_world(now)


def in_state(world: World, state: State) -> Dossier:
    """A dossier in a state as it gets there: examined by an adviser, concluded by a council."""
    if state in (State.CONCLUDED, State.AT_MINISTRY):
        found = concluded(world.dossier(), "92", 5)
        if state == State.AT_MINISTRY:
            ministry.send_to_ministry(
                actor=SYSTEM, dossier=found, document="5/TTr", sent_on=TODAY, at=world.now
            )
    else:
        found = world.dossier(state)
    found.assignments.create(adviser=world.adviser, lead=True, assigned_at=world.now)
    return found


def look(client: Client, user: User, found: Dossier, tab: str = "") -> str:
    client.force_login(user)
    answer = client.get(reverse("office:dossier", args=[found.code]), {"tab": tab} if tab else {})
    assert answer.status_code in (200, *NOT_YOURS)
    return answer.content.decode() if answer.status_code == 200 else ""


def opened(client: Client, user: User, name: str, *arguments: object) -> tuple[bool, str]:
    """Whether the address opens a form, and what is read there or where it leads."""
    client.force_login(user)
    answer = client.get(reverse(f"office:{name}", args=arguments), follow=True)
    if answer.status_code in NOT_YOURS:
        return False, ""
    body = answer.content.decode()
    assert answer.status_code == 200
    if answer.redirect_chain:
        assert 'class="alert due"' in body, "led back without a reason"
    return not answer.redirect_chain, body


def offered(client: Client, user: User, found: Dossier) -> set[str]:
    """The steps that a dossier's page leads to; each opens, and no other does."""
    body = look(client, user, found)
    steps = {
        key
        for key in STEPS
        if f'href="{reverse("office:dossier_step", args=[found.code, key])}"' in body
    }
    opening = {key for key in STEPS if opened(client, user, "dossier_step", found.code, key)[0]}
    assert opening == steps, (found.state, user)
    return steps


@pytest.mark.parametrize("state", [s for s in State if s != State.DRAFT])
def test_what_is_offered_opens_and_all_else_gives_its_reason(
    client: Client, world: World, state: State
) -> None:
    found = in_state(world, state)
    stored_report(found, world.now)
    for user in (world.commune, world.adviser, world.officer, world.auditor):
        steps = offered(client, user, found)
        if state in (State.RETURNED, State.ON_AGENDA, State.DECIDED, State.REFUSED):
            assert not steps
    assert not offered(client, world.auditor, found)


@pytest.mark.parametrize("state", [State.AT_COMMUNE, State.FORWARDED, State.EXAMINING, State.READY])
def test_an_answer_that_is_owed_holds_steps_up(client: Client, world: World, state: State) -> None:
    found = in_state(world, state)
    stored_report(found, world.now)
    user = world.commune if state == State.AT_COMMUNE else world.officer
    before = offered(client, user, found)
    commune.ask_supplement(
        actor=world.actor(user), dossier=found, wanted="Giấy", days=5, at=world.now
    )
    after = offered(client, user, found)
    waiting = {State.AT_COMMUNE: {"chuyen"}, State.FORWARDED: set()}
    assert before - after == {"bo-sung"} | waiting.get(state, set())
    body = look(client, user, found)
    assert "Chưa làm được “Yêu cầu bổ sung”: Chủ thể chưa trả lời" in body
    _open, told = opened(client, user, "dossier_step", found.code, "bo-sung")
    assert "Chủ thể chưa trả lời yêu cầu bổ sung trước" in told


def test_a_dossier_goes_up_with_form_03_alone(client: Client, world: World) -> None:
    found = in_state(world, State.AT_COMMUNE)
    assert "chuyen" not in offered(client, world.commune, found)
    assert "Mẫu số 03 chưa có ý kiến" in look(client, world.commune, found)
    stored_report(found, world.now)
    assert "chuyen" in offered(client, world.commune, found)


def test_a_dossier_is_called_ready_when_nothing_is_awaited(client: Client, world: World) -> None:
    found = in_state(world, State.EXAMINING)
    _open, body = opened(client, world.adviser, "dossier_step", found.code, "de-nghi")
    assert 'value="yes"' in body
    visiting.order_test(
        actor=world.actor(world.adviser), dossier=found, laboratory="Trung tâm", parameters="Chì",
        ordered_on=TODAY, at=world.now,
    )  # fmt: skip
    _open, body = opened(client, world.adviser, "dossier_step", found.code, "de-nghi")
    assert 'value="yes"' not in body
    assert "Còn phiếu kiểm nghiệm chưa có kết quả" in body


def test_the_ministry_is_offered_in_its_turn(client: Client, world: World) -> None:
    found = in_state(world, State.CONCLUDED)
    assert offered(client, world.officer, found) == {"trinh-bo"}
    assert (
        "Bộ đánh giá trước"
        in opened(client, world.officer, "dossier_step", found.code, "khong-cong-nhan")[1]
    )
    Sitting.objects.update(state=SittingState.CLOSED, minutes_number="")
    assert not offered(client, world.officer, found)
    assert "Chưa làm được “Không công nhận”" in look(client, world.officer, found)
    assert "Chưa làm được “Trình Bộ”" in look(client, world.officer, found)
    Sitting.objects.update(minutes_number="1/BB")
    ministry.send_to_ministry(
        actor=SYSTEM, dossier=found, document="5/TTr", sent_on=TODAY, at=world.now
    )
    assert offered(client, world.officer, found) == {"ket-qua-bo", "bo-tra-ho-so"}
    ministry.record_central_result(
        actor=SYSTEM, dossier=found, total=Decimal(85), star=4, document="9/TB", told_on=TODAY,
        at=world.now,
    )  # fmt: skip
    assert offered(client, world.officer, found) == {"danh-gia-lai", "khong-cong-nhan"}
    low = concluded(world.dossier(), "75", 4)
    assert offered(client, world.officer, low) == {"khong-cong-nhan"}
    assert "Chưa làm được" not in look(client, world.officer, low)


def test_the_decision_lists_nothing_that_the_ministry_finds_first(
    client: Client, world: World
) -> None:
    high = concluded(world.dossier(), "92", 4)
    low = concluded(world.dossier(), "75", 4)
    _open, body = opened(client, world.officer, "decide")
    assert low.code in body
    assert high.code not in body


def test_advisers_are_given_and_taken_in_their_states(client: Client, world: World) -> None:
    for state in (State.FORWARDED, State.RECEIVED, State.EXAMINING, State.READY, State.CONCLUDED):
        found = in_state(world, state)
        row = found.assignments.get()
        body = look(client, world.officer, found, "tham-dinh")
        for name, arguments, states in (
            ("assign", [found.code], advising.ASSIGNABLE),
            ("unassign", [found.code, row.pk], advising.ENDABLE),
        ):
            link = f'href="{reverse(f"office:{name}", args=arguments)}"'
            assert (link in body) == (state in states), (name, state)
            assert opened(client, world.officer, name, *arguments)[0] == (state in states)


def test_a_visit_that_nobody_takes_any_more_says_so_and_keeps_what_the_phone_holds(
    client: Client, world: World
) -> None:
    found = in_state(world, State.EXAMINING)
    assert "data-visit-waiting" in opened(client, world.adviser, "visit", found.code)[1]
    late = in_state(world, State.CONCLUDED)
    _open, body = opened(client, world.adviser, "visit", late.code)
    assert "Không ghi thẩm tra được nữa" in body
    assert "data-visit-waiting" in body
    assert 'class="visit" hidden' in body


def test_what_was_answered_opens_no_form(client: Client, world: World) -> None:
    found = in_state(world, State.EXAMINING)
    order = visiting.order_test(
        actor=world.actor(world.adviser), dossier=found, laboratory="Trung tâm", parameters="Chì",
        ordered_on=TODAY, at=world.now,
    )  # fmt: skip
    assert opened(client, world.adviser, "test_result", found.code, order.code)[0]
    visiting.record_test_result(
        actor=world.actor(world.adviser), order=order, passed=True, result="Đạt", result_on=TODAY,
        at=world.now,
    )  # fmt: skip
    opens, body = opened(client, world.adviser, "test_result", found.code, order.code)
    assert (opens, "đã được ghi" in body) == (False, True)
    parts = {"answers": {}, "marks": found.marks, "gates": {}, "claims": {}}
    base = Snapshot.objects.create(
        dossier=found, number=1, content={**parts, "evidence": []}, sha256="0" * 64,
        why="submitted", made_at=world.now,
    )  # fmt: skip
    change = ChangeRequest.objects.create(
        code="abcdefgh", dossier=found, base=base, proposed={"answers": {"address": "Thôn 2"}},
        reason="Chuyển xưởng", asked_at=world.now,
    )  # fmt: skip
    assert opened(client, world.officer, "change_answer", found.code, change.code)[0]
    Dossier.objects.filter(pk=found.pk).update(state=State.CONCLUDED)
    assert "Xem chỗ thay đổi" not in look(client, world.officer, found)
    opens, body = opened(client, world.officer, "change_answer", found.code, change.code)
    assert (opens, "không thay đổi được nữa" in body) == (False, True)


def test_what_is_over_in_the_plan_opens_no_form(client: Client, world: World) -> None:
    told = {"actor": world.actor(world.officer), "at": world.now}
    rounds.plan_year(year=2027, **told)
    row = Round.objects.get(kind="first")
    opens, body = opened(client, world.officer, "round_close", row.code)
    assert (opens, "chưa kết thúc được" in body) == (False, True)
    Round.objects.filter(pk=row.pk).update(opens_on=world.now.date())
    row.refresh_from_db()
    assert opened(client, world.officer, "round_change", row.code)[0]
    rounds.close_round(round=row, reason="xong", **told)
    for name in ("round_change", "round_close"):
        opens, body = opened(client, world.officer, name, row.code)
        assert (opens, "Đợt này đã kết thúc" in body) == (False, True)
    prospect = Prospect(product_name="Mật ong", year=2027)
    potential.add_potential(unit=world.places.here, prospect=prospect, **told)
    product = Potential.objects.get()
    assert opened(client, world.officer, "potential_end", product.code)[0]
    potential.end_potential(potential=product, reason="thôi", **told)
    for name in ("potential_change", "potential_end"):
        opens, body = opened(client, world.officer, name, product.code)
        assert (opens, "đã được đưa ra khỏi danh sách" in body) == (False, True)


def test_form_03_is_read_where_it_is_no_longer_written(client: Client, world: World) -> None:
    found = in_state(world, State.FORWARDED)
    opens, body = opened(client, world.commune, "report", found.code)
    assert (opens, "Chờ cấp tỉnh tiếp nhận" in body) == (False, True)
