"""A new product whose name is like others: a warning with those names, and the question."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.core.actor import Actor
from ocop.producers.models import Producer
from ocop.products import alike
from ocop.products.likeness import Entry, reason_words
from ocop.products.services import AlikeProducts
from ocop.web.forms import act

T = TypeVar("T")


class AlikeForm(forms.Form):
    """The question about names that are alike; a page asks it only where there are some."""

    confirm_alike = forms.BooleanField(
        label=_("Đây là sản phẩm khác với các sản phẩm tên gần giống"), required=False
    )
    reason = forms.CharField(label=_("Khác ở điểm nào"), max_length=500, required=False)
    alike: Sequence[str] = ()

    def ask(self, actor: Actor, maker: Producer) -> None:
        """Name what is alike and ask for a word on it, or take the question off the page. What was
        named stays on the page until the product is entered."""
        name = self.cleaned_data.get("name", "") if self.is_bound else ""
        asked = Entry(None, name, maker.pk, maker.commune_id)
        found = alike.alike(actor, asked) if name else []
        self.alike = [
            f"{like.entry.name}: {', '.join(reason_words(why) for why in like.reasons)}"
            for like in found
        ]
        for field in ("confirm_alike", "reason"):
            if found:
                self.fields[field].required = True  # as the label says from now on
            else:
                del self.fields[field]


def enter(form: AlikeForm, service: Callable[..., T], **arguments: Any) -> T | None:
    """Call a service that enters a product: that a name is like others is no error of the form."""

    def asking(**told: Any) -> T | None:
        try:
            return service(**told)
        except AlikeProducts:
            return None

    return act(form, asking, **arguments)
