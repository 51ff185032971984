"""Which address may stand as a link to a shop.

Only addresses of the web that show where they lead: a name that everybody can look up, no login in
it, no port of its own, no short form that hides the shop. What is kept is one form of each, so that
the same page is not linked twice.
"""

import re
from enum import StrEnum
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from ocop.core.language import noop as N_

LONGEST = 500
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_TOP = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]")  # never a number: those are addresses of machines
_PORTS = {"http": 80, "https": 443}
#: Names that lead nowhere, or into somebody's own network (RFC 2606, 6761, 6762, 8375).
_INNER = frozenset({"localhost", "local", "internal", "lan", "home", "corp", "onion", "arpa"})
#: Names for examples; links of the demonstration bear them and are never asked.
_EXAMPLES = frozenset({"example", "test", "invalid"})
#: Services that shorten addresses.
_SHORT = frozenset({"bit.ly", "tinyurl.com", "t.co", "goo.gl", "cutt.ly", "is.gd", "ow.ly"})
#: Words of an address that follow the visitor and change nothing of the page.
_FOLLOWING = re.compile(r"utm_\w+|fbclid|gclid|ttclid|zarsrc|spm")
_LOOPBACK = frozenset({"127.0.0.1", "localhost"})


class Wrong(StrEnum):
    """Why an address is no link to a shop."""

    NO_ADDRESS = "no_address"
    TOO_LONG = "too_long"
    SCHEME = "scheme"
    LOGIN = "login"
    PORT = "port"
    MACHINE = "machine"
    INNER = "inner"
    SHORT = "short"


#: What is said of each.
WORDS = {
    Wrong.NO_ADDRESS: N_(
        "Đây không phải địa chỉ một trang web. Hãy chép cả địa chỉ từ trình duyệt."
    ),
    Wrong.TOO_LONG: N_("Địa chỉ quá dài. Hãy bỏ phần sau dấu hỏi chấm nếu trang vẫn mở được."),
    Wrong.SCHEME: N_("Địa chỉ phải bắt đầu bằng https:// hoặc http://."),
    Wrong.LOGIN: N_("Địa chỉ không được chứa tên đăng nhập hay mật khẩu."),
    Wrong.PORT: N_("Địa chỉ không được có số cổng. Hãy dùng địa chỉ mà khách mua mở được."),
    Wrong.MACHINE: N_("Hãy dùng tên miền của gian hàng, không dùng địa chỉ số của máy."),
    Wrong.INNER: N_("Tên này chỉ có trong mạng riêng hoặc không có thật, khách mua không mở được."),
    Wrong.SHORT: N_("Địa chỉ rút gọn giấu nơi dẫn tới. Hãy mở ra rồi chép địa chỉ đầy đủ."),
}


class WrongAddress(ValueError):
    """An address that is no link to a shop."""

    def __init__(self, why: Wrong) -> None:
        super().__init__(why.value)
        self.why = why


def read(text: str, *, loopback: bool = False, examples: bool = False) -> str:
    """The one form of an address, `Shop.VN/a?utm_source=x#y` becomes `https://shop.vn/a`.

    Raises `WrongAddress`. `examples` lets names for examples pass, `loopback` this very machine
    with any port, for tests.
    """
    address = text.strip()
    if len(address) > LONGEST:
        raise WrongAddress(Wrong.TOO_LONG)
    if "://" not in address:
        address = f"https://{address}"
    parts = _split(address)
    if parts.scheme not in _PORTS:
        raise WrongAddress(Wrong.SCHEME)
    if parts.username is not None or parts.password is not None:
        raise WrongAddress(Wrong.LOGIN)
    host, port = _host(parts), _port(parts)
    if not (loopback and host in _LOOPBACK):
        _check_host(host, examples=examples)
        if port not in (None, _PORTS[parts.scheme]):
            raise WrongAddress(Wrong.PORT)
    ending = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    kept = urlunsplit((parts.scheme, host + ending, _path(parts.path), _query(parts.query), ""))
    if len(kept) > LONGEST:
        raise WrongAddress(Wrong.TOO_LONG)
    return kept


def host_of(address: str) -> str:
    """The host of an address that was read, without the `www` before it."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def is_bare(address: str) -> bool:
    """Whether an address that was read leads to the first page of its site."""
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query


def is_example(host: str) -> bool:
    """Whether a host bears a name for examples, which nobody can ask."""
    return host.rpartition(".")[2] in _EXAMPLES


def _split(address: str) -> SplitResult:
    if any(sign.isspace() or not sign.isprintable() for sign in address.rstrip()):
        raise WrongAddress(Wrong.NO_ADDRESS)
    if "\\" in address:  # browsers read it as a slash, programs do not
        raise WrongAddress(Wrong.NO_ADDRESS)
    try:
        return urlsplit(address)
    except ValueError as error:
        raise WrongAddress(Wrong.NO_ADDRESS) from error


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise WrongAddress(Wrong.PORT) from error


def _host(parts: SplitResult) -> str:
    """The host in the form in which it is looked up: lower case, marks as `xn--`."""
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise WrongAddress(Wrong.NO_ADDRESS)
    if ":" in host:  # IPv6
        raise WrongAddress(Wrong.MACHINE)
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise WrongAddress(Wrong.NO_ADDRESS) from error


def _check_host(host: str, *, examples: bool) -> None:
    labels = host.split(".")
    top = labels[-1]
    if top.isdigit() or top.startswith("0x"):
        raise WrongAddress(Wrong.MACHINE)
    if top in _INNER or (top in _EXAMPLES and not examples):
        raise WrongAddress(Wrong.INNER)
    whole = len(host) <= 253 and all(_LABEL.fullmatch(label) for label in labels)
    if len(labels) < 2 or not whole or not _TOP.fullmatch(top):
        raise WrongAddress(Wrong.NO_ADDRESS)
    if host.removeprefix("www.") in _SHORT:
        raise WrongAddress(Wrong.SHORT)


def _path(path: str) -> str:
    return _ascii(path) or "/"


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    if not any(_FOLLOWING.fullmatch(name) for name, _value in pairs):
        return _ascii(query)
    return urlencode([pair for pair in pairs if not _FOLLOWING.fullmatch(pair[0])])


def _ascii(text: str) -> str:
    """Signs outside ASCII as `%xx`; what is written so already stays."""
    return "".join(
        sign if sign.isascii() else "".join(f"%{byte:02X}" for byte in sign.encode())
        for sign in text
    )
