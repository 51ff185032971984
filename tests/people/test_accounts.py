"""Accounts, roles and tokens."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.core.events import activity
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries, rules, services
from ocop.people.models import Membership, User
from ocop.people.phones import normalise, readable
from ocop.people.roles import SENTENCES, Role
from ocop.people.scopes import READ_REGISTER
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def _account(now: datetime, **given: str) -> User:
    values = {"name": "Cán bộ một", "email": "mot@donvi.example", **given}
    return services.create_account(actor=SYSTEM, at=now, **values)


def _grant(user: User, role: Role, now: datetime, **more: object) -> Membership:
    more = {"starts_on": date(2026, 1, 1), **more}
    return services.grant_role(actor=SYSTEM, user=user, role=role, at=now, **more)


def test_account_by_email_or_phone_is_cleaned(now: datetime) -> None:
    user = _account(now, name="  Cán   bộ ", email=" MOT@donvi.example ", phone="0912 345 678")
    assert (user.name, user.email, user.phone) == (
        "Cán bộ",
        "mot@donvi.example",
        "+84912345678",
    )
    assert not user.has_usable_password()
    assert [e.name for e in activity(user)] == ["people.account_created"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": " "}, "name_needed"),
        ({"email": "", "phone": ""}, "account_email"),
        ({"email": "khong-phai"}, "account_email"),
        ({"phone": "123"}, "account_phone"),
        ({"language": "fr"}, "language"),
    ],
)
def test_account_with_bad_input_is_refused(now: datetime, given: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        _account(now, **given)
    assert refusal.value.code == code
    assert not User.objects.exists()


def test_account_whose_login_is_taken_is_refused(now: datetime) -> None:
    _account(now, phone="0912345678")
    for given in (
        {"email": "MOT@donvi.example"},
        {"email": "hai@x.example", "phone": "+84912345678"},
    ):
        with pytest.raises(Refused):
            _account(now, **given)


def test_roles_hold_from_their_first_day_to_the_day_before_their_end(now: datetime) -> None:
    user, unit = _account(now), UnitFactory()
    _grant(user, Role.COMMUNE_OFFICER, now, unit=unit, ends_on=date(2026, 2, 1))
    held = [
        queries.actor_for(user, on=day).unit_ids(Role.COMMUNE_OFFICER)
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1))
    ]
    assert held == [frozenset(), {unit.pk}, {unit.pk}, frozenset()]


def test_role_twice_at_the_same_time_is_refused(now: datetime) -> None:
    user = _account(now)
    _grant(user, Role.AUDITOR, now, ends_on=date(2026, 6, 1))
    with pytest.raises(Refused, match="đã có vai trò"):
        _grant(user, Role.AUDITOR, now, starts_on=date(2026, 5, 31))
    _grant(user, Role.AUDITOR, now, starts_on=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("role", "more", "code"),
    [
        (Role.COMMUNE_OFFICER, {}, "unit_needed"),
        (Role.PRODUCER, {}, "role_of_producer"),
        (Role.AUDITOR, {"ends_on": date(2026, 1, 1)}, "period_empty"),
    ],
)
def test_role_against_the_rules_is_refused(
    now: datetime, role: Role, more: dict[str, date], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        _grant(_account(now), role, now, **more)
    assert refusal.value.code == code


def test_ended_role_is_gone_at_once_and_needs_a_reason(now: datetime) -> None:
    user = _account(now)
    membership = _grant(user, Role.AUDITOR, now)
    with pytest.raises(Refused):
        services.end_role(actor=SYSTEM, membership=membership, reason=" ", at=now)
    services.end_role(actor=SYSTEM, membership=membership, reason="chuyển công tác", at=now)
    assert not queries.actor_for(user, on=TODAY).has(Role.AUDITOR)
    assert queries.actor_for(user, on=TODAY - timedelta(days=1)).has(Role.AUDITOR)
    with pytest.raises(Refused):
        services.end_role(actor=SYSTEM, membership=membership, reason="lần nữa", at=now)


def test_last_administrator_stays(now: datetime) -> None:
    first, second = _account(now), _account(now, email="hai@donvi.example")
    membership = _grant(first, Role.ADMINISTRATOR, now)
    with pytest.raises(Refused, match="cuối cùng"):
        services.end_role(actor=SYSTEM, membership=membership, reason="nghỉ", at=now)
    _grant(second, Role.ADMINISTRATOR, now)
    services.end_role(actor=SYSTEM, membership=membership, reason="nghỉ", at=now)


def test_closed_account_is_nobody_and_its_tokens_stop(now: datetime) -> None:
    user = _account(now)
    _grant(user, Role.AUDITOR, now)
    own = queries.actor_for(user, on=TODAY)
    issued = services.issue_token(
        actor=own, user=user, name="sổ", scopes=frozenset({READ_REGISTER}), at=now
    )
    services.close_account(actor=SYSTEM, user=user, reason="nghỉ việc", at=now)
    assert queries.actor_for(user, on=TODAY) == ANONYMOUS
    assert queries.actor_for_token(issued.secret, at=now, on=TODAY) is None
    services.reopen_account(actor=SYSTEM, user=user, reason="trở lại", at=now)
    assert queries.actor_for(user, on=TODAY).has(Role.AUDITOR)
    assert queries.actor_for_token(issued.secret, at=now, on=TODAY) is None


def test_token_reaches_what_its_owner_reaches_within_its_scopes(now: datetime) -> None:
    user = _account(now)
    _grant(user, Role.AUDITOR, now)
    own = queries.actor_for(user, on=TODAY)
    issued = services.issue_token(
        actor=own,
        user=user,
        name="sổ",
        scopes=frozenset({READ_REGISTER}),
        expires_at=now + timedelta(days=1),
        at=now,
    )
    assert issued.secret not in issued.token.digest
    found = queries.actor_for_token(issued.secret, at=now, on=TODAY)
    assert found == replace(own, scopes=frozenset({READ_REGISTER}))
    late = now + timedelta(days=1)
    assert queries.actor_for_token(issued.secret, at=late, on=TODAY) is None
    with pytest.raises(Refused):
        services.revoke_token(actor=own, token=issued.token, reason=" ", at=now)
    services.revoke_token(actor=own, token=issued.token, reason="đổi máy", at=now)
    assert queries.actor_for_token(issued.secret, at=now, on=TODAY) is None
    with pytest.raises(Refused):
        services.revoke_token(actor=own, token=issued.token, reason="đổi máy", at=now)


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [(" ", {READ_REGISTER}, 1), ("sổ", set(), 1), ("sổ", {"all"}, 1), ("sổ", {READ_REGISTER}, 0)],
)
def test_token_with_bad_input_is_refused(
    now: datetime, name: str, scopes: set[str], days: int
) -> None:
    user = _account(now)
    own = queries.actor_for(user, on=TODAY)
    with pytest.raises(Refused):
        services.issue_token(
            actor=own,
            user=user,
            name=name,
            scopes=frozenset(scopes),
            expires_at=now + timedelta(days=days),
            at=now,
        )


def test_others_see_and_change_only_themselves(now: datetime) -> None:
    one, two = _account(now), _account(now, email="hai@donvi.example")
    _grant(one, Role.PROVINCIAL_OFFICER, now)
    actor = queries.actor_for(one, on=TODAY)
    assert list(queries.visible_to(actor)) == [one]
    assert not queries.tokens_of(actor, two).exists()
    with pytest.raises(NotAllowed):
        services.change_account(actor=actor, user=two, name="Khác", email="x@y.example", at=now)
    with pytest.raises(NotAllowed):
        services.choose_language(actor=actor, user=two, language="en", at=now)
    services.choose_language(actor=actor, user=one, language="en", at=now)
    assert User.objects.get(pk=one.pk).language == "en"


def test_auditor_reads_accounts_and_changes_none(now: datetime) -> None:
    one, two = _account(now), _account(now, email="hai@donvi.example")
    _grant(one, Role.AUDITOR, now)
    actor = queries.actor_for(one, on=TODAY)
    assert set(queries.accounts(actor, on=TODAY)) == {one, two}
    with pytest.raises(NotAllowed):
        services.close_account(actor=actor, user=two, reason="thử", at=now)


def test_changed_phone_must_be_verified_again(now: datetime) -> None:
    user = _account(now, phone="0912345678")
    User.objects.update(phone_verified=True)
    user.refresh_from_db()
    services.change_account(
        actor=SYSTEM, user=user, name="Mới", email="moi@x.example", phone="0912345679", at=now
    )
    user.refresh_from_db()
    assert (user.name, user.phone_verified) == ("Mới", False)


def test_own_account_cannot_be_closed(now: datetime) -> None:
    user = _account(now)
    _grant(user, Role.ADMINISTRATOR, now)
    with pytest.raises(Refused, match="chính mình"):
        services.close_account(
            actor=queries.actor_for(user, on=TODAY), user=user, reason="thử", at=now
        )


def test_search_needs_no_marks(now: datetime) -> None:
    _account(now, name="Đỗ Thị Hạnh (mẫu)", phone="0912345678")
    people = User.objects.all()
    assert [len(queries.search(people, t)) for t in ("do hanh", "HẠNH", "5678 do", "khac")] == [
        1,
        1,
        1,
        0,
    ]


def test_office_council_and_administrator_need_a_second_factor(now: datetime) -> None:
    needing = set()
    for number, role in enumerate(Role):
        if role == Role.PRODUCER:
            continue
        user = _account(now, email=f"{number}@x.example")
        _grant(user, role, now, unit=UnitFactory())
        if queries.needs_second_factor(queries.actor_for(user, on=TODAY)):
            needing.add(role)
    assert needing == {
        Role.PROVINCIAL_OFFICER,
        Role.OFFICE_HEAD,
        Role.COUNCIL_MEMBER,
        Role.COUNCIL_SECRETARY,
        Role.COUNCIL_CHAIR,
        Role.ADMINISTRATOR,
    }


def test_every_role_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Role)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0912 345 678", "+84912345678"),
        ("+84 912.345.678", "+84912345678"),
        ("024 3822 5511", "+842438225511"),
        ("12", None),
        ("điện thoại", None),
    ],
)
def test_phone_is_kept_in_one_form(text: str, number: str | None) -> None:
    assert normalise(text) == number


def test_phone_is_shown_as_at_home() -> None:
    assert readable("+84912345678") == "0912 345 678"
    assert readable("+4915123456789").startswith("+49")


def test_account_is_closed_and_opened_once_with_a_reason(now: datetime) -> None:
    user = _account(now)
    for service, reason, code in (
        (services.reopen_account, "lần nữa", "account_open"),
        (services.close_account, " ", "reason_needed"),
        (services.close_account, "nghỉ", None),
        (services.close_account, "nghỉ", "account_closed"),
        (services.reopen_account, "trở lại", None),
    ):
        if code is None:
            service(actor=SYSTEM, user=user, reason=reason, at=now)
            continue
        with pytest.raises(Refused) as refusal:
            service(actor=SYSTEM, user=user, reason=reason, at=now)
        assert refusal.value.code == code
    assert User.objects.get().is_active


def test_tokens_are_listed_for_their_owner_the_administrator_and_the_auditor(
    now: datetime,
) -> None:
    owner, other, auditor = (_account(now, email=f"{n}@donvi.example") for n in "abc")
    _grant(auditor, Role.AUDITOR, now)
    acting = {user: queries.actor_for(user, on=TODAY) for user in (owner, other, auditor)}
    services.issue_token(
        actor=acting[owner], user=owner, name="sổ", scopes=frozenset({READ_REGISTER}), at=now
    )
    assert queries.tokens_of(acting[owner], owner).count() == 1
    assert queries.tokens_of(acting[auditor], owner).count() == 1
    assert not queries.tokens_of(acting[other], owner).exists()
    assert not queries.tokens_of(ANONYMOUS, owner).exists()


def test_office_and_officers_of_communes_enter_data(now: datetime) -> None:
    unit = UnitFactory()
    for role, enters in (
        (Role.PROVINCIAL_OFFICER, True),
        (Role.OFFICE_HEAD, True),
        (Role.COMMUNE_OFFICER, True),
        (Role.AUDITOR, False),
        (Role.COUNCIL_MEMBER, False),
    ):
        user = _account(now, email=f"{role}@donvi.example")
        _grant(user, role, now, unit=unit if role is Role.COMMUNE_OFFICER else None)
        assert rules.may_enter(queries.actor_for(user, on=TODAY)) is enters


def test_role_that_ended_does_not_end_again(now: datetime) -> None:
    held = _grant(_account(now), Role.AUDITOR, now, ends_on=TODAY)
    with pytest.raises(Refused) as refusal:
        services.end_role(actor=SYSTEM, membership=held, reason="xem lại", at=now)
    assert refusal.value.code == "role_ended"


def test_role_that_begins_today_or_later_is_gone_without_a_trace_of_days(now: datetime) -> None:
    for starts_on in (TODAY, TODAY + timedelta(days=1)):
        user = _account(now, email=f"{starts_on}@a.example")
        held = _grant(user, Role.AUDITOR, now, starts_on=starts_on)
        services.end_role(actor=SYSTEM, membership=held, reason="nhầm", at=now)
    assert not Membership.objects.exists()
