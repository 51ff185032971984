"""`ocop progress`: how far the programme is, from the register of this installation."""

import argparse
import json
from collections.abc import Iterator
from typing import Any

from ocop.commands._framework import read_day, start_installed
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused

SUMMARY = N_("Tiến độ của chương trình so với mục tiêu")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Term, day and province."""
    parser.add_argument("--term", default="", help=_("kỳ, như 2021-2025"))
    parser.add_argument("--as-of", default="", help=_("ngày báo cáo: 2024-03-31 hoặc 31/03/2024"))
    parser.add_argument("--province", default="", help=_("mã tỉnh, mặc định là tỉnh của hệ thống"))
    parser.add_argument("--json", action="store_true", help=_("in JSON"))


def run(arguments: argparse.Namespace) -> int:
    """Print the progress."""
    day = read_day(arguments.as_of)
    start_installed()
    from ocop.core.actor import SYSTEM
    from ocop.places import queries as places
    from ocop.programme import queries, sentences, terms

    if arguments.province and places.province(arguments.province) is None:
        raise Refused(
            "province",
            _("Không có tỉnh, thành phố nào mang mã “%s”. Ví dụ: 01 là Hà Nội.")
            % arguments.province,
        )
    term = terms.parse(arguments.term) if arguments.term else None
    scope = queries.scope(SYSTEM, as_of=day, term=term, province=arguments.province)
    progress = queries.progress(scope)
    if arguments.json:
        print(json.dumps(_told(progress), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(sentences.on_progress(scope, progress))))
    return 0


def _told(progress: Any) -> dict[str, Any]:
    share = progress.share_percent
    return {
        "evaluated_total": progress.evaluated_total,
        "evaluated_in_term": progress.evaluated_in_term,
        "target": progress.target,
        "share_percent": None if share is None else float(share),
        "missing": progress.missing,
        "registered_this_year": progress.registered_this_year,
        "expected_by_year_end": progress.expected_by_year_end,
        "target_reached_in": progress.target_reached_in,
    }


def _lines(sentences: list[Any]) -> Iterator[str]:
    return (sentence.text for sentence in sentences)
