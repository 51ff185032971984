"""Is a credential to be believed now? Signature, days and status, without a network.

Given are the credential, the document of its issuer and the issuer's status list; where they come
from is the caller's. Everything that stands against it is told, not only the first.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ocop.core.credentials import bitstrings
from ocop.core.credentials.envelopes import Refused, id_of, listed, unseal
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_

#: What may stand against a credential, in words.
WORDS = {
    "malformed": N_("Không đọc được: đây không phải chứng chỉ vc+jwt nguyên vẹn."),
    "algorithm": N_("Thuật toán ký không được chấp nhận; chỉ nhận Ed25519."),
    "unknown_key": N_("Ký bằng khóa không có trong hồ sơ khóa của cơ quan cấp."),
    "signature": N_("Chữ ký không đúng: nội dung đã bị sửa, hoặc do người khác ký."),
    "issuer": N_("Cơ quan cấp ghi trong chứng chỉ không phải chủ của khóa đã ký."),
    "not_yet": N_("Chưa đến ngày có hiệu lực."),
    "expired": N_("Đã hết hạn."),
    "revoked": N_("Đã bị thu hồi hoặc hủy: danh sách trạng thái ghi như vậy."),
    "suspended": N_("Đang bị tạm đình chỉ: danh sách trạng thái ghi như vậy."),
    "status_none": N_(
        "Không có danh sách trạng thái: tài liệu này không nêu nơi ghi thu hồi nên chưa biết có bị "
        "thu hồi không."
    ),
    "status_unknown": N_("Chưa kiểm được thu hồi: thiếu danh sách trạng thái."),
    "status_unusable": N_(
        "Chưa kiểm được thu hồi: danh sách trạng thái không đúng chữ ký, không phải danh sách mà "
        "chứng chỉ nêu, hoặc không có số thứ tự này."
    ),
    "status_old": N_("Chưa kiểm được thu hồi: danh sách trạng thái quá cũ. Hãy tải lại."),
}
_SAID = {"revocation": "revoked", "suspension": "suspended"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a check. `credential`: what it says, None where the signature is not good;
    `problems`: codes of `WORDS`."""

    credential: Mapping[str, Any] | None
    problems: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Signed by its issuer, in its days, and not revoked."""
        return not self.problems

    @property
    def words(self) -> list[str]:
        """The problems as sentences, in the active language."""
        return [_(WORDS[problem]) for problem in self.problems]


def verify(
    token: str, *, document: Mapping[str, Any], status_list: str | None, at: datetime
) -> Verdict:
    """Check a credential at a moment. `status_list`: that of the issuer, in its envelope."""
    try:
        credential = unseal(token, document)
        problems = [*_times(credential, at)]
        if "VerifiableCredential" not in listed(credential.get("type")):
            raise Refused("malformed")
        problems += _statuses(credential, document, status_list, at)
    except Refused as refused:
        return Verdict(None, (refused.code,))
    return Verdict(credential, tuple(dict.fromkeys(problems)))


def _times(credential: Mapping[str, Any], at: datetime) -> Iterator[str]:
    """Both ends of its days belong to it; the claims of a JWT (RFC 7519) narrow them further."""
    starts = [_moment(credential.get("validFrom")), _instant(credential.get("nbf"))]
    ends = [_moment(credential.get("validUntil")), _instant(credential.get("exp"))]
    if any(start is not None and at < start for start in starts):
        yield "not_yet"
    if any(end is not None and end < at for end in ends):
        yield "expired"


def _moment(text: object) -> datetime | None:
    """A moment with its zone, as the data model asks for (xsd:dateTimeStamp)."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise Refused("malformed") from error
    if found.tzinfo is None:
        raise Refused("malformed")
    return found


def _instant(value: object) -> datetime | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("malformed")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise Refused("malformed") from error


# --- Status ---------------------------------------------------------------------------------------


def _statuses(
    credential: Mapping[str, Any],
    document: Mapping[str, Any],
    status_list: str | None,
    at: datetime,
) -> Iterator[str]:
    told = False
    for entry in listed(credential.get("credentialStatus")):
        if not isinstance(entry, dict) or entry.get("type") != "BitstringStatusListEntry":
            told = True
            yield "status_unknown"  # of a kind we cannot read
        elif entry.get("statusPurpose") in _SAID:
            told = True
            yield from _status(entry, document, status_list, at)
    if not told:
        yield "status_none"


def _status(
    entry: Mapping[str, Any], document: Mapping[str, Any], status_list: str | None, at: datetime
) -> Iterator[str]:
    if status_list is None:
        yield "status_unknown"
        return
    try:
        found = unseal(status_list, document)
        old = "expired" in _times(found, at)  # one from the future: a clock that is slow
        bits = bitstrings.decoded(_encoded(found, entry))
        if bitstrings.is_set(bits, _index(entry.get("statusListIndex"))):
            yield _SAID[entry["statusPurpose"]]
        elif old:
            yield "status_old"
    except (Refused, bitstrings.Unreadable):
        yield "status_unusable"


def _encoded(found: Mapping[str, Any], entry: Mapping[str, Any]) -> str:
    """The bits of the list that an entry names, for the purpose it names."""
    subject = found.get("credentialSubject")
    if (
        not isinstance(subject, dict)
        or "BitstringStatusListCredential" not in listed(found.get("type"))
        or "BitstringStatusList" not in listed(subject.get("type"))
        or entry["statusPurpose"] not in listed(subject.get("statusPurpose"))
        or found.get("id") != id_of(entry.get("statusListCredential"))
    ):
        raise Refused("status_unusable")
    return str(subject.get("encodedList"))


def _index(value: object) -> int:
    """UNTP writes a number, the W3C its digits."""
    if isinstance(value, str) and re.fullmatch("[0-9]{1,18}", value):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused("status_unusable")
    return value
