"""What an answer of a shop says of the link to it.

A page that is gone ends a link at once. What may be a bad hour of the shop or of the network ends
it when it happens again and again. Shops that turn programs away (403, 429) may well be open to
people: that is said, and the link stays. A new link comes before the public when it is found.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from ocop.core.language import noop as N_

TIMES = 3  # so often in a row nobody answers a link that is then dead
_SOON, _LATER = timedelta(days=1), timedelta(days=7)


class State(StrEnum):
    """What is known of a link."""

    WAITING = "waiting"
    ALIVE = "alive"
    UNSURE = "unsure"
    DEAD = "dead"


#: Links that the public sees. One that was never found stays `waiting`, however often it is asked.
SHOWN = frozenset({State.ALIVE, State.UNSURE})


class Reason(StrEnum):
    """What came of asking."""

    OK = "ok"
    HOME = "home"
    TURNED_AWAY = "turned_away"
    GONE = "gone"
    NO_NAME = "no_name"
    NO_ANSWER = "no_answer"
    NO_CONNECTION = "no_connection"
    SERVER_ERROR = "server_error"
    CERTIFICATE = "certificate"
    NOT_WEB = "not_web"
    INNER = "inner"
    LEADS_ASTRAY = "leads_astray"
    ROUND = "round"


WORDS = {
    Reason.OK: N_("Trang mở được"),
    Reason.HOME: N_("Trang chuyển về trang chủ: sản phẩm có thể đã bị gỡ"),
    Reason.TURNED_AWAY: N_("Gian hàng không trả lời máy kiểm tra; người mua có thể vẫn mở được"),
    Reason.GONE: N_("Trang không còn"),
    Reason.NO_NAME: N_("Không tìm thấy tên miền"),
    Reason.NO_ANSWER: N_("Không trả lời trong thời gian chờ"),
    Reason.NO_CONNECTION: N_("Không kết nối được"),
    Reason.SERVER_ERROR: N_("Máy chủ của gian hàng báo lỗi"),
    Reason.CERTIFICATE: N_("Chứng thư bảo mật của trang không hợp lệ"),
    Reason.NOT_WEB: N_("Nơi này không trả lời như một trang web"),
    Reason.INNER: N_("Địa chỉ dẫn vào mạng riêng, không kiểm tra"),
    Reason.LEADS_ASTRAY: N_("Trang chuyển tới một địa chỉ không được chấp nhận"),
    Reason.ROUND: N_("Trang chuyển tiếp quá nhiều lần"),
}
_FOR_GOOD = frozenset({Reason.GONE, Reason.INNER, Reason.LEADS_ASTRAY})
_OPEN = {Reason.OK: State.ALIVE, Reason.HOME: State.UNSURE, Reason.TURNED_AWAY: State.UNSURE}
_TURNED_AWAY = frozenset({401, 403, 405, 406, 418, 429, 451})
_GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state of a link after a check, how often in a row it failed, and when to look again."""

    state: State
    failures: int
    again: timedelta


def of_status(status: int, *, to_home: bool = False) -> Reason:
    """What the status of the last answer says; `to_home` when a page led to the first of a site."""
    if 200 <= status < 300:
        return Reason.HOME if to_home else Reason.OK
    if status in _GONE:
        return Reason.GONE
    if status in _TURNED_AWAY:
        return Reason.TURNED_AWAY
    return Reason.SERVER_ERROR if status >= 500 else Reason.NOT_WEB


def after(reason: Reason, before: State, failures: int) -> Verdict:
    """The state of a link after a check, by what was known of it and how often it had failed."""
    if reason in _OPEN:
        return Verdict(_OPEN[reason], 0, _LATER)
    failed = failures + 1
    if reason in _FOR_GOOD or failed >= TIMES:
        return Verdict(State.DEAD, failed, _LATER)
    return Verdict(before, failed, _SOON)
