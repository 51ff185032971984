"""How the login library finds and stores our people."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from ocop.people import phones
from ocop.people.models import User
from ocop.web import kept


class PhoneField(forms.CharField):
    """A telephone number as people write it, cleaned to the form that is stored."""

    def clean(self, value: Any) -> str:
        number = phones.normalise(super().clean(value))
        if number is None:
            raise ValidationError(_("Số điện thoại không đúng, ví dụ 0912 345 678."))
        return number


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator; a telephone number is a login."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **told: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **told)
        kept.remember(response, user)
        return response

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whether a sensitive step asks for the password once more. Who has just signed in with it
        has confirmed who it is: a first sign-in leads straight to the one-time code."""
        if not super().is_reauthentication_required(app=app, **more):
            return False
        request = context.request
        records = get_authentication_records(request, request.user)
        since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(told["method"] == "password" and told["at"] > since for told in records)

    def phone_form_field(self, **options: Any) -> PhoneField:
        return PhoneField(**options)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified) if user.phone else None

    def get_user_by_phone(self, phone: str) -> User | None:
        number = phones.normalise(phone)
        return User.objects.filter(phone=number).first() if number else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        self.set_phone(user, phone, True)
