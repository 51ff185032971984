"""What an address and a password must be, whoever takes them."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.people.models import User


def address_of(email: str) -> str | None:
    """An address as it is stored; None for none. Refused: a malformed one."""
    address = email.strip().casefold()
    if not address:
        return None
    try:
        validate_email(address)
    except ValidationError:
        message = _("Thư điện tử không đúng dạng, ví dụ ten@donvi.vn.")
        raise Refused("account_email", message, fields={"email": [message]}) from None
    return address


def check_password(password: str, user: User) -> None:
    """Refused: a password that is weak, or too much like what is known of its owner."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Refused("password_weak", " ".join(weak.messages)) from weak
