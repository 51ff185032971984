"""What people read first, choosing a password, is in the language of the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils import translation

_CALLS = {"gettext": None, "_": None, "ngettext": (1, 2)}


def test_short_password_is_told_in_vietnamese() -> None:
    with translation.override("vi"), pytest.raises(ValidationError) as refused:
        password_validation.validate_password("ngắn")
    assert refused.value.messages == ["Mật khẩu quá ngắn. Hãy đặt mật khẩu có ít nhất 10 ký tự."]


def said_of_passwords() -> Iterator[str]:
    source = Path(password_validation.__file__)
    with source.open("rb") as file:
        for _line, message, _comments, _context in extract("python", file, _CALLS):
            yield message[1] if isinstance(message, tuple) else message


@pytest.mark.parametrize("sentence", sorted(said_of_passwords()))
def test_every_sentence_about_passwords_has_its_vietnamese(sentence: str) -> None:
    singular = sentence.replace("characters", "character")
    with translation.override("vi"):
        if singular != sentence:
            assert translation.ngettext(singular, sentence, 10) not in (singular, sentence)
        else:
            assert translation.gettext(sentence) != sentence
