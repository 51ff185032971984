"""`ocop check-stamp`: what a stamp is, from its serial or address."""

import argparse
import json
from datetime import date
from typing import Any

from ocop.commands._framework import start_installed
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.numbers import write_date, write_number

SUMMARY = N_("Tra một con tem: do hệ thống này cấp không, đang ở bước nào, của lô nào.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("serial", help=_("số sê-ri hoặc cả địa chỉ trên tem"))
    parser.add_argument("--json", action="store_true", help=_("in JSON"))


def run(options: argparse.Namespace) -> int:
    """Say what is known; 1 where the stamp was never given out."""
    start_installed()
    from ocop.core.actor import SYSTEM
    from ocop.traceability import goods, lifecycle, stamp_keys, stamp_lists, stamp_queries
    from ocop.traceability.scans import queries
    from ocop.traceability.scans.lifecycle import OPEN

    if host := stamp_queries.foreign_host(options.serial):
        return _foreign(host, as_json=options.json)
    if wrong := goods.copied_onto_others(options.serial):
        return _copied(wrong, as_json=options.json)
    serial = stamp_lists.serial_in(options.serial).upper()
    read = stamp_keys.reader().read(serial)
    order = stamp_queries.order_of(read.version, read.number) if read else None
    told: dict[str, Any] = {"serial": serial, "made": read is not None, "issued": False}
    if read is not None and order is not None:
        standing = stamp_queries.standing_in_order(order, read.number)
        fact = standing.range
        lot = order.item.lots.filter(pk=fact.lot).first() if fact and fact.lot else None
        told |= {
            "issued": True,
            "order": order.code,
            "place": read.number - stamp_queries.span_of(order).first + 1,
            "product": order.item.product.name,
            "state": fact.state if fact else "",
            "exceptions": sorted(standing.exceptions),
            "lot": lot.number if lot else "",
            "lot_expires_on": lot.expires_on.isoformat() if lot and lot.expires_on else None,
            "lot_recalled_at": lot.recalled_at.isoformat() if lot and lot.recalled_at else None,
            "lot_recall_reason": lot.recall_reason if lot else "",
        }
        seen = queries.stamp_seen(read.version, read.number)
        signals = queries.signals_of_stamp(SYSTEM, read.version, read.number)
        told |= {
            "scans": seen.scans if seen else 0,
            "last_scanned_at": seen.last_at.isoformat() if seen else None,
            "signals": [each.code for each in signals if each.state in OPEN],
        }
    if options.json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    elif not told["made"]:
        print(_("Không khóa nào của hệ thống này tạo ra số sê-ri này: gõ sai, hoặc tem giả."))
    elif not told["issued"]:
        print(_("Số sê-ri do khóa của hệ thống tạo ra nhưng chưa cấp cho đơn nào."))
    else:
        situation = lifecycle.RANGE.situations[str(told["state"])]
        state = _(situation.staff)
        print(f"{stamp_lists.grouped(serial)}: {told['product']}")
        print(
            _("Đơn %(order)s, tem số %(place)d: %(state)s")
            % {"order": told["order"].upper(), "place": told["place"], "state": state}
        )
        for kind in told["exceptions"]:
            print(_(lifecycle.SAID[kind]))
        if told["lot"]:
            print(_("Lô %s") % told["lot"])
        if told["lot_recalled_at"]:
            print(_("LÔ BỊ THU HỒI: %s") % told["lot_recall_reason"])
        elif told["lot_expires_on"]:
            print(_("Hạn dùng đến hết ngày %s") % _day(told["lot_expires_on"]))
        print(_("Số lượt quét: %s") % write_number(told["scans"]))
        if told["signals"]:
            print(_("NGHI VẤN CHƯA KẾT LUẬN: %s") % ", ".join(told["signals"]))
    return 0 if told["issued"] else 1


def _foreign(host: str, *, as_json: bool) -> int:
    """A code that leads to the website of somebody else."""
    if as_json:
        print(json.dumps({"made": False, "issued": False, "foreign_host": host}, indent=2))
    else:
        print(_("Địa chỉ trên mã (%s) không phải của hệ thống này: nhiều khả năng tem giả.") % host)
    return 1


def _copied(wrong: str, *, as_json: bool) -> int:
    """A true serial behind the number of other goods."""
    if as_json:
        print(json.dumps({"made": True, "issued": False, "wrong": wrong}, ensure_ascii=False))
    else:
        print(wrong)
    return 1


def _day(told: str) -> str:
    return write_date(date.fromisoformat(told))
