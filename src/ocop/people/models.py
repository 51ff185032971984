"""Accounts, memberships and API tokens."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from ocop.people.roles import Role
from ocop.places.models import Unit


class User(AbstractBaseUser):
    """A person's account. Signs in by e-mail or phone; roles come from memberships."""

    email = models.EmailField(unique=True, null=True)
    phone = models.CharField(max_length=16, unique=True, null=True)  # E.164
    phone_verified = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="vi")
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
