"""The one-time link by which the owner of an account sets a password."""

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.people.models import User


def password_link(user: User) -> str:
    """An address that lets its holder set the password once; it dies with the next sign-in."""
    key = PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": key},
    )
    return f"{settings.BASE_URL}{path}"


def send_password_link(user: User, link: str) -> bool:
    """Mail the link to its owner. False when the account has no e-mail address, or when nothing is
    set up that would carry a letter; then it is printed where the server runs."""
    if not user.email:
        return False
    body = _(
        "Kính gửi %(name)s,\n\nTài khoản của bạn trên hệ thống OCOP đã sẵn sàng. Mở liên kết sau "
        "để đặt mật khẩu; liên kết chỉ dùng được một lần:\n\n%(link)s\n"
    ) % {"name": user.name, "link": link}
    send_mail(_("Đặt mật khẩu tài khoản OCOP"), body, None, [user.email])
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")
