"""Tasks to units, without tables: what a list is made of, and the words a row is answered by."""

from enum import StrEnum

from ocop.core.language import noop as N_


class RowWord(StrEnum):
    """What a unit says of a product whose star ended or ends."""

    FILES = "files"
    FILED = "filed"
    STOPPED = "stopped"
    DECLINES = "declines"
    OTHER = "other"


ROW_WORDS: dict[str, str] = {
    RowWord.FILES: N_("Sẽ nộp hồ sơ đánh giá lại"),
    RowWord.FILED: N_("Đã nộp hồ sơ"),
    RowWord.STOPPED: N_("Ngừng sản xuất"),
    RowWord.DECLINES: N_("Không đánh giá lại"),
    RowWord.OTHER: N_("Khác, ghi ở phần trả lời"),
}
