"""Phone numbers as logins, kept in E.164."""

import phonenumbers

REGION = "VN"


def normalise(text: str) -> str | None:
    """`0912 345 678` becomes `+84912345678`; None for what is no number."""
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def readable(number: str) -> str:
    """`+84912345678` as it is written at home: `0912 345 678`."""
    parsed = phonenumbers.parse(number, REGION)
    national = parsed.country_code == phonenumbers.country_code_for_region(REGION)
    form = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if national
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, form)
