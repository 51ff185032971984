"""`ocop verify-credential`: is a star credential good? Needs no network and, with the issuer's
files, no installation."""

import argparse
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ocop.commands._framework import read_lines, standard_input, start_installed
from ocop.core import zone
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused

SUMMARY = N_("Kiểm một chứng chỉ điện tử của giấy chứng nhận: chữ ký, thời hạn, thu hồi.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help=_("tệp vc+jwt; - là đầu vào chuẩn"))
    parser.add_argument("--did", help=_("tệp did.json của cơ quan cấp"))
    parser.add_argument("--status-list", help=_("tệp danh sách trạng thái của cơ quan cấp"))
    parser.add_argument("--json", action="store_true", help=_("in JSON"))


def run(options: argparse.Namespace) -> int:
    """Check it now; 1 when anything stands against it."""
    token = _text(options.file)
    now = datetime.now(zone.ZONE)
    document, status_list = _issuer(options, now)
    from ocop.core.credentials.verifying import verify

    verdict = verify(token, document=document, status_list=status_list, at=now)
    if options.json:
        told = {
            "good": verdict.good,
            "problems": list(verdict.problems),
            "words": verdict.words,
            "credential": verdict.credential,
        }
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0 if verdict.good else 1
    if verdict.credential is not None:
        _tell(verdict.credential)
    if verdict.good:
        print(_("ĐÚNG: chữ ký đúng, trong thời hạn, không bị thu hồi."))
        return 0
    if elsewhere := _elsewhere(token, document) if not options.did else "":
        print(elsewhere)
        return 1
    for line in verdict.words:
        print(_("KHÔNG DÙNG ĐƯỢC: %s") % line)
    return 1


def _issuer(options: argparse.Namespace, now: datetime) -> tuple[Mapping[str, Any], str]:
    """Keys and list: those of the files, else this installation's own."""
    if bool(options.did) != bool(options.status_list):
        raise Refused(
            "issuer_files",
            _("Hãy cho cả hai tệp --did và --status-list của cơ quan cấp, hoặc không tệp nào."),
        )
    if options.did:
        return _document(options.did), _text(options.status_list)
    start_installed()
    from ocop.recognition.credential import issuing, statuses

    return issuing.document(at=now), statuses.status_list(at=now)


def _elsewhere(token: str, document: Mapping[str, Any]) -> str:
    """That a credential was issued under another address than this installation's, in words."""
    from ocop.core.credentials import envelopes

    try:
        issuer = str(envelopes.header_of(token).get("kid", "")).partition("#")[0]
    except envelopes.Refused:
        return ""
    if not issuer.startswith("did:") or issuer == document["id"]:
        return ""
    return _(
        "CHƯA KIỂM ĐƯỢC: chứng chỉ do %(issuer)s cấp, còn bản cài đặt này là %(here)s. Hãy cho hai "
        "tệp --did và --status-list của nơi cấp, hoặc đặt OCOP_BASE_URL đúng địa chỉ của bản cài."
    ) % {"issuer": issuer, "here": document["id"]}


def _document(name: str) -> Mapping[str, Any]:
    try:
        found = json.loads("".join(read_lines(name)))
    except ValueError as error:
        raise _no_document(name) from error
    if not isinstance(found, dict):
        raise _no_document(name)
    return found


def _no_document(name: str) -> Refused:
    return Refused("did_document", _("Tệp %s không phải did.json.") % name)


def _text(name: str) -> str:
    """A credential, however its lines were broken on the way."""
    lines = standard_input(errors="replace") if name == "-" else read_lines(name)
    return "".join("".join(lines).split())


def _tell(credential: Mapping[str, Any]) -> None:
    issuer = credential["issuer"]
    named = issuer if isinstance(issuer, str) else issuer.get("name") or issuer["id"]
    print(credential.get("name") or credential.get("id") or "–")
    print(_("Cơ quan cấp: %s") % named)
    first, last = (_day(credential.get(name)) for name in ("validFrom", "validUntil"))
    print(_("Hiệu lực: từ %(first)s đến hết %(last)s") % {"first": first, "last": last})


def _day(moment: object) -> str:
    if not moment:
        return "–"
    return write_date(datetime.fromisoformat(str(moment)).astimezone(zone.ZONE).date())
