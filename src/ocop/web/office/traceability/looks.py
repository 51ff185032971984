"""How lots look: a word, a tone and a shape."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.traceability.freshness import Freshness, freshness
from ocop.traceability.models import Lot

_LOOKS: dict[Freshness, tuple[Any, str, str]] = {
    Freshness.FRESH: (_("Còn hạn dùng"), "ok", "check"),
    Freshness.EXPIRED: (_("Hết hạn dùng"), "due", "clock"),
    Freshness.UNDATED: (_("Không ghi hạn dùng"), "flat", "question"),
    Freshness.RECALLED: (_("Lô bị thu hồi"), "bad", "ban"),
}


def lot_tag(lot: Lot, today: date | None = None) -> dict[str, Any]:
    """What a lot is today, for `components/tag.html`."""
    day = today or timezone.localdate()
    state = freshness(lot.expires_on, recalled=lot.recalled_at is not None, on=day)
    words, tone, shape = _LOOKS[state]
    return {"words": words, "tone": tone, "shape": shape}
