"""Settings of training that each province has its own of."""

from ocop.core import options
from ocop.core.language import noop


def _is_form(value: object) -> bool:
    """A text in which numbers of two certificates differ."""
    if not isinstance(value, str) or not 0 < len(value) <= 40:
        return False
    try:
        told = [value.format(serial=s, year=y) for s, y in ((1, 2026), (2, 2026), (1, 2027))]
    except (KeyError, IndexError, ValueError, AttributeError):
        return False
    return len(set(told)) == 3 and all(len(text) <= 50 for text in told)


NUMBER = options.declare(
    "training.certificate_number",
    "{serial:04d}/{year}/GCN-TH",
    noop("Mẫu số giấy chứng nhận tập huấn, dùng {serial:04d} và {year}"),
    _is_form,
)
