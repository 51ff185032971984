"""Official and entered Vietnamese text on pages of another language: never translated, but marked,
so that it is read aloud as what it is (WCAG 3.1.2)."""

from django.utils.html import format_html
from django.utils.translation import get_language


def vietnamese(text: object) -> str:
    """The text; on a page of another language within an element that says it is Vietnamese."""
    if not text or (get_language() or "vi").startswith("vi"):
        return str(text)
    return format_html('<span lang="vi">{}</span>', text)
