"""What is copied or scanned from somebody else's pack: a lot of this register, a lot of the world
that GS1's numbers name, or a text that is kept as it stands."""

import re
from dataclasses import dataclass

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.traceability import goods, goods_names
from ocop.traceability.by_code import by_code
from ocop.traceability.epcis import identifiers
from ocop.traceability.models import Lot
from ocop.traceability.serials import LENGTH

LONGEST = 400
_SERIAL = re.compile(r"[0-9A-Z]{20}", re.IGNORECASE)
_ON_NO_LOT = N_("Tem này chưa kích hoạt cho lô nào. Hãy chép mã khác trên bao bì.")
_IN_BRACKETS = re.compile(r"\((\d{2,4})\)([^()]+)")  # GS1 element strings as they are printed
_LIKE_GS1 = re.compile(r"(?:/01/|\(01\)\s*)[0-9]{8,14}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Copied:
    """What a code names. `code` is kept where it is no lot of ours: the class of a lot in the one
    form that such names have, else what was copied."""

    lot: Lot | None = None
    code: str = ""


def read(text: str) -> Copied:
    """Refused: a number that GS1's check digit says to be copied wrongly; a stamp of ours that is
    on no goods yet."""
    typed = " ".join(text.split())
    if not typed:
        return Copied()
    if _SERIAL.fullmatch(typed):
        stamped = _stamped(typed)
        if stamped is not None:
            return Copied(lot=stamped)
    address = goods_names.as_address(typed)
    meant = goods.goods_named([address]).get(address)
    if meant is not None and meant.wrong:
        raise _refuse(meant.wrong)
    name = goods_names.read(address)
    if meant is not None and meant.lot is None and name and goods.stamps_of([name.serial]):
        raise _refuse(_(_ON_NO_LOT))
    if meant is not None and meant.lot is not None:
        return Copied(lot=meant.lot)
    found = goods.lot_of_text(typed)
    if found is not None:
        return Copied(lot=found)
    uri = _class_of(typed)
    if not uri:
        return Copied(code=typed[:LONGEST])
    return Copied(lot=goods.lots_named([uri]).get(uri), code=uri)


def _stamped(serial: str) -> Lot | None:
    stamp = by_code(serial.upper()) if len(serial) == LENGTH else None
    if stamp is not None and stamp.lot is None:
        raise _refuse(_(_ON_NO_LOT))
    return stamp.lot if stamp else None


def _class_of(typed: str) -> str:
    """The class of a lot that GS1's numbers name; "" where they name none."""
    parts = {ai: value.strip() for ai, value in _IN_BRACKETS.findall(typed)}
    if "01" in parts:
        typed = identifiers.trade_item(parts["01"].zfill(14), parts.get("10", ""))
    if _LIKE_GS1.search(typed) and not identifiers.is_gs1(typed):
        raise _refuse(_("Mã GTIN trên bao bì có chữ số kiểm tra không khớp. Hãy chép lại."))
    pair = identifiers.lot_of(typed)
    return identifiers.trade_item(*pair) if pair else ""


def _refuse(message: str) -> Refused:
    return Refused("step_source", message, fields={"source": [message]})
