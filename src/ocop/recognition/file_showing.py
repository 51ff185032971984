"""Whether the signed file of a decision may stand before the public, by its digital signatures."""

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.recognition.signatures import Signatures


def warning_of(signed: Signatures | None) -> str:
    """What is wrong with a file's signatures, in a sentence; empty where all is good."""
    if signed is not None and signed.good:
        return ""
    if signed is not None and signed.changed:
        return _(
            "Tệp đã bị sửa sau khi ký: không đưa lên trang công khai và không công bố cùng tệp này "
            "được. Hãy gửi đúng tệp đã ký."
        )
    if signed is not None and signed.found:
        return _("Người ký tệp chưa có trong danh sách tin cậy.")
    return _("Tệp không có chữ ký số.")


def expect_unchanged(signed: Signatures | None, field: str = "file_public") -> None:
    """Refuse a file that is not as it was signed."""
    if signed is not None and signed.changed:
        words = warning_of(signed)
        raise Refused("file_changed", words, fields={field: [words]})


def expect_showable(signed: Signatures | None, *, confirmed: bool) -> None:
    """Refuse what is not as it was signed, and what nobody trusted signed while it is not
    `confirmed`: an officer has held it against the original."""
    expect_unchanged(signed)
    if (signed is None or not signed.good) and not confirmed:
        words = warning_of(signed) + " " + _("Hãy đối chiếu với bản gốc rồi xác nhận.")
        raise Refused("file_unconfirmed", words, fields={"file_confirmed": [words]})
