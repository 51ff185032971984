"""What the forms of every face share."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from ocop.core.refusals import NotAllowed, Refused

T = TypeVar("T")


def act(form: forms.Form, service: Callable[..., T], **arguments: Any) -> T | None:
    """Call a service for a cleaned form. A refusal becomes errors of the form, and None.

    Messages for fields that the form has go to those fields, all others to the top of the form.
    Lacking the right is no mistake in a form and goes on up.
    """
    try:
        return service(**arguments)
    except NotAllowed:
        raise
    except Refused as refusal:
        known = {name: words for name, words in refusal.fields.items() if name in form.fields}
        for name, words in known.items():
            form.add_error(name, words)
        if not known:
            form.add_error(None, refusal.message)
        return None
