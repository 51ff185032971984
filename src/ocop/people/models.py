"""Accounts, memberships, API tokens and messages."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.people.roles import Role
from ocop.places.models import Unit


class Digest(models.TextChoices):
    """How a person wants messages by e-mail: each at once, one a day, or none."""

    EACH = "each", _("Từng thông báo")
    DAILY = "daily", _("Gộp một thư mỗi ngày")
    NONE = "none", _("Không gửi thư")


class User(AbstractBaseUser):
    """A person's account. Signs in by e-mail or phone; roles come from memberships."""

    email = models.EmailField(unique=True, null=True)
    phone = models.CharField(max_length=16, unique=True, null=True)  # E.164
    phone_verified = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="vi")
    digest = models.CharField(max_length=5, choices=Digest.choices, default=Digest.EACH)
    channels = models.JSONField(default=list)  # beside the inbox and e-mail: sms, zalo
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    objects: ClassVar[Any] = BaseUserManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(email__isnull=False) | models.Q(phone__isnull=False),
                name="user_email_or_phone",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role held by a person for a time, over one unit and all below it or over everything."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=24, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # half-open: the first day without the role

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
                name="membership_period_not_empty",
            ),
            models.CheckConstraint(
                condition=~models.Q(role=Role.COMMUNE_OFFICER) | models.Q(unit__isnull=False),
                name="membership_commune_officer_has_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class ApiToken(models.Model):
    """A key for programs. Only its hash is kept; it never reaches further than its owner."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """A message in a person's inbox. `key` makes one of the same news told twice."""

    code = models.CharField(max_length=8, unique=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=40)  # room.what
    key = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=200, blank=True)  # path of the page it leads to
    due_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("user", "key"), name="message_once")
        ]
        indexes = (models.Index(fields=("user", "read_at"), name="message_unread"),)

    def __str__(self) -> str:
        return self.subject


class Channel(models.TextChoices):
    """Where a message goes beside the inbox."""

    EMAIL = "email", _("Thư điện tử")
    SMS = "sms", _("Tin nhắn SMS")
    ZALO = "zalo", _("Zalo")


class DeliveryState(models.TextChoices):
    """Where a delivery stands: at least once, never lost."""

    WAITING = "waiting", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    FAILED = "failed", _("Không gửi được")


class Delivery(models.Model):
    """The outbox: one message by one channel. A worker claims it, sends, and notes the end."""

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+"
    )  # none: somebody without an account
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, related_name="deliveries"
    )  # none: a digest, or such a letter
    channel = models.CharField(max_length=8, choices=Channel.choices)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(
        max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("message", "channel"),
                condition=models.Q(message__isnull=False),
                name="delivery_once",
            )
        ]
        indexes = (models.Index(fields=("state", "not_before"), name="delivery_queue"),)

    def __str__(self) -> str:
        return f"{self.channel}: {self.subject}"
