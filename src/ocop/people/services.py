"""Writes of accounts, roles and API tokens."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.people import channels, credentials, phones, rules, tokens
from ocop.people.models import ApiToken, Digest, Membership, Message, User
from ocop.people.roles import Role
from ocop.people.scopes import SCOPES
from ocop.places.models import Unit

LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token and its secret, which is shown once and never stored."""

    token: ApiToken
    secret: str


@action("people.create_account")
def create_account(
    *,
    actor: Actor,
    name: str,
    email: str = "",
    phone: str = "",
    language: str = "vi",
    at: datetime,
) -> User:
    """Make an account without a password; its owner sets one by the link the face sends.

    Refused: no name, neither e-mail nor phone, a malformed or already used one.
    """
    require(actor, rules.may_manage_accounts)
    user = User(name=_name(name), language=_language(language), created_at=at)
    user.email, user.phone = _logins(email, phone, other_than=None)
    user.set_unusable_password()
    user.save()
    record(actor, "people.account_created", user, at=at)
    return user


@action("people.create_first_administrator")
def create_first_administrator(
    *, actor: Actor, name: str, email: str, password: str, at: datetime
) -> User:
    """Make, at the terminal, the account from which all others get their roles.

    Refused: an installation that has an administrator, a malformed address, a weak password.
    """
    require(actor, rules.may_create_first_administrator)
    if Membership.objects.filter(role=Role.ADMINISTRATOR).exists():
        raise Refused(
            "administrator_exists",
            _("Đã có người quản trị. Hãy nhờ người đó cấp tài khoản ở trang Quản trị."),
        )
    user = User(name=_name(name), created_at=at)
    user.email, user.phone = _logins(email, "", other_than=None)
    credentials.check_password(password, user)
    user.set_password(password)
    user.save()
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR, starts_on=timezone.localdate(at))
    record(actor, "people.first_administrator_created", user, at=at)
    return user


@action("people.change_account")
def change_account(
    *, actor: Actor, user: User, name: str, email: str = "", phone: str = "", at: datetime
) -> User:
    """Change the name and the logins of an account. A changed phone must be verified again."""
    require(actor, rules.may_manage_accounts)
    user.name = _name(name)
    before = (user.email, user.phone)
    user.email, user.phone = _logins(email, phone, other_than=user)
    if before[1] != user.phone:
        user.phone_verified = False
    user.save(update_fields=["name", "email", "phone", "phone_verified"])
    record(
        actor,
        "people.account_changed",
        user,
        at=at,
        change={"email": before[0] != user.email, "phone": before[1] != user.phone},
    )
    return user


@action("people.choose_language")
def choose_language(*, actor: Actor, user: User, language: str, at: datetime) -> User:
    """Keep the language a person reads, for letters and the next sign-in."""
    require(actor, rules.is_self, user)
    user.language = _language(language)
    user.save(update_fields=["language"])
    record(actor, "people.language_chosen", user, at=at, change={"language": language})
    return user


@action("people.choose_messages")
def choose_messages(
    *, actor: Actor, user: User, digest: str, ways: Collection[str], at: datetime
) -> User:
    """Keep how a person wants messages: each by e-mail, one letter a day or none, and whether by
    SMS and Zalo (`ways`) too. The inbox always has them.

    Refused: an unknown choice, a channel this installation does not offer, no telephone number.
    """
    require(actor, rules.is_self, user)
    if digest not in Digest.values:
        raise Refused("digest", _("Hãy chọn một cách nhận thư có trong danh sách."))
    if not set(ways) <= set(channels.by_phone()):
        raise Refused("channel", _("Hệ thống này chưa gửi tin qua kênh đó. Hãy bỏ chọn."))
    if ways and not user.phone:
        raise Refused(
            "phone_needed",
            _("Tài khoản chưa có số điện thoại. Hãy nhờ người quản trị thêm số rồi chọn lại."),
        )
    user.digest, user.channels = digest, sorted(ways)
    user.save(update_fields=["digest", "channels"])
    change = {"digest": digest, "ways": user.channels}
    record(actor, "people.messages_chosen", user, at=at, change=change)
    return user


@action("people.read_messages")
def read_messages(
    *, actor: Actor, user: User, messages: Collection[Message] | None = None, at: datetime
) -> int:
    """Mark these messages of a person as read, or all; gives back how many were not yet."""
    require(actor, rules.is_self, user)
    unread = Message.objects.filter(user=user, read_at=None)
    if messages is not None:
        unread = unread.filter(pk__in=[message.pk for message in messages])
    count = unread.update(read_at=at)
    record(actor, "people.messages_read", user, at=at, change={"count": count})
    return count


@action("people.close_account")
def close_account(*, actor: Actor, user: User, reason: str, at: datetime) -> User:
    """Close an account: it cannot sign in, its tokens stop, what it did stays on record."""
    require(actor, rules.may_manage_accounts)
    if user.pk == actor.user_id:
        raise Refused("own_account", _("Không thể khóa tài khoản của chính mình."))
    needs_reason(reason)
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        raise Refused("account_closed", _("Tài khoản này đã bị khóa trước đó."))
    user.is_active = False
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    record(actor, "people.account_closed", user, at=at, reason=reason.strip())
    return user


@action("people.reopen_account")
def reopen_account(*, actor: Actor, user: User, reason: str, at: datetime) -> User:
    """Let a closed account sign in again. Its tokens stay revoked."""
    require(actor, rules.may_manage_accounts)
    needs_reason(reason)
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise Refused("account_open", _("Tài khoản này đang hoạt động."))
    user.is_active = True
    record(actor, "people.account_reopened", user, at=at, reason=reason.strip())
    return user


@action("people.grant_role")
def grant_role(
    *,
    actor: Actor,
    user: User,
    role: Role,
    unit: Unit | None = None,
    starts_on: date,
    ends_on: date | None = None,
    at: datetime,
) -> Membership:
    """Give a role from a day on, over one unit or over everything; `ends_on` is half-open.

    A producer's role is bound to a producer, not to a unit: see `producers.services`.
    """
    require(actor, rules.may_manage_accounts)
    if role == Role.PRODUCER:
        raise Refused("role_of_producer", _("Hãy gắn tài khoản với chủ thể ở trang của chủ thể."))
    if role == Role.COMMUNE_OFFICER and unit is None:
        raise Refused("unit_needed", _("Hãy chọn xã, phường mà cán bộ này phụ trách."))
    if ends_on is not None and ends_on <= starts_on:
        raise Refused("period_empty", _("Ngày thôi phải sau ngày bắt đầu."))
    overlapping = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=starts_on), user=user, role=role, unit=unit
    )
    if ends_on is not None:
        overlapping = overlapping.filter(starts_on__lt=ends_on)
    if overlapping.exists():
        raise Refused("role_held", _("Tài khoản đã có vai trò này trong thời gian đó."))
    membership = Membership.objects.create(
        user=user, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on
    )
    record(
        actor,
        "people.role_granted",
        user,
        membership,
        at=at,
        change={"role": role, "unit": unit.pk if unit else None, "from": str(starts_on)},
    )
    return membership


@action("people.end_role")
def end_role(*, actor: Actor, membership: Membership, reason: str, at: datetime) -> Membership:
    """End a role today: tomorrow it is gone; one that began today or later is gone at once."""
    require(actor, rules.may_manage_accounts)
    needs_reason(reason)
    today = timezone.localdate(at)
    if membership.ends_on is not None and membership.ends_on <= today:
        raise Refused("role_ended", _("Vai trò này đã kết thúc trước đó."))
    if _last_administrator(membership, today):
        raise Refused(
            "last_administrator",
            _("Đây là người quản trị cuối cùng. Hãy giao vai trò cho người khác trước."),
        )
    user, change = membership.user, {"role": membership.role}
    if membership.starts_on >= today:
        membership.delete()
    else:
        membership.ends_on = today
        membership.save(update_fields=["ends_on"])
    record(actor, "people.role_ended", user, at=at, reason=reason.strip(), change=change)
    return membership


@action("people.issue_token")
def issue_token(
    *,
    actor: Actor,
    user: User,
    name: str,
    scopes: frozenset[str],
    expires_at: datetime | None = None,
    at: datetime,
) -> IssuedToken:
    """Make an API token for oneself. It reaches what its owner reaches, within the scopes."""
    require(actor, rules.is_self, user)
    if not name.strip():
        raise Refused("token_name", _("Hãy đặt tên cho khóa, ví dụ tên phần mềm sẽ dùng."))
    if not scopes or not scopes <= SCOPES.keys():
        raise Refused("token_scopes", _("Hãy chọn ít nhất một phạm vi có trong danh sách."))
    if expires_at is not None and expires_at <= at:
        raise Refused("token_expiry", _("Hạn dùng của khóa phải sau hôm nay."))
    secret = tokens.new_secret()
    token = ApiToken.objects.create(
        user=user,
        name=folding.clean(name),
        digest=tokens.digest_of(secret),
        scopes=sorted(scopes),
        created_at=at,
        expires_at=expires_at,
    )
    record(actor, "people.token_issued", user, token, at=at, change={"scopes": sorted(scopes)})
    return IssuedToken(token, secret)


@action("people.revoke_token")
def revoke_token(*, actor: Actor, token: ApiToken, reason: str, at: datetime) -> ApiToken:
    """Stop a token at once. Refused: one that was stopped before, no reason."""
    require(actor, rules.may_revoke_token, token)
    needs_reason(reason)
    if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        raise Refused("token_revoked", _("Khóa này đã bị hủy trước đó."))
    token.revoked_at = at
    record(actor, "people.token_revoked", token.user, token, at=at, reason=reason.strip())
    return token


def _name(name: str) -> str:
    cleaned = folding.clean(name)
    if not cleaned:
        raise Refused("name_needed", _("Hãy ghi họ tên."), fields={"name": [_("Hãy ghi họ tên.")]})
    return cleaned


def _language(language: str) -> str:
    if language not in LANGUAGES:
        raise Refused("language", _("Chỉ có tiếng Việt (vi) và tiếng Anh (en)."))
    return language


def _logins(email: str, phone: str, *, other_than: User | None) -> tuple[str | None, str | None]:
    """The cleaned logins, or a refusal that names the field."""
    address, number = credentials.address_of(email), None
    if phone.strip():
        number = phones.normalise(phone)
        if number is None:
            raise _refuse("phone", _("Số điện thoại không đúng, ví dụ 0912 345 678."))
    if not address and not number:
        raise _refuse("email", _("Hãy ghi thư điện tử hoặc số điện thoại để đăng nhập."))
    others = User.objects.exclude(pk=other_than.pk) if other_than else User.objects.all()
    if address and others.filter(email__iexact=address).exists():
        raise _refuse("email", _("Thư điện tử này đã có tài khoản."))
    if number and others.filter(phone=number).exists():
        raise _refuse("phone", _("Số điện thoại này đã có tài khoản."))
    return address, number


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"account_{field}", message, fields={field: [message]})


def _last_administrator(membership: Membership, today: date) -> bool:
    if membership.role != Role.ADMINISTRATOR:
        return False
    others = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=today),
        role=Role.ADMINISTRATOR,
        starts_on__lte=today,
        user__is_active=True,
    ).exclude(pk=membership.pk)
    return not others.exists()
