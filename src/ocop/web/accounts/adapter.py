"""How the login library finds and stores our people."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from ocop.people.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator or an invitation; a phone number is a login."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified) if user.phone else None

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone).first()

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        self.set_phone(user, phone, True)
