"""Official and entered Vietnamese text on pages of another language: never translated, but marked,
so that it is read aloud as what it is (WCAG 3.1.2)."""

from django.utils.html import format_html
from django.utils.translation import get_language


def vietnamese(text: object) -> str:
    """The text; on a page of another language within an element that says it is Vietnamese."""
    if not text or (get_language() or "vi").startswith("vi"):
        return str(text)
    return format_html('<span lang="vi">{}</span>', text)


def choice(before: object, text: object, after: object = "") -> str:
    """What may be ticked: Vietnamese text with words of the page around it, in one element, since
    a label sets its parts apart."""
    return format_html("<span>{}{}{}</span>", before, vietnamese(text), after)
