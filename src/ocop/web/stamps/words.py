"""What differs from one stamp to the next, in words, ready as bytes."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape

from ocop.core import language
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.numbers import write_number
from ocop.traceability.seen import Seen

#: Tone, sign, title and what to do, for every word that is to be said of a stamp before all else.
#: Nothing is said of an active one.
_NOT_ACTIVE = (
    "due",
    "clock",
    N_("Tem chưa được kích hoạt"),
    N_(
        "Tem đã được cấp nhưng chưa gắn với lô hàng nào, nên không được có trên hàng đang bán. "
        "Nếu bạn thấy tem này trên gói hàng, đừng dùng hàng và hãy báo cho chúng tôi."
    ),
)
_NOTICES = {
    "ordered": _NOT_ACTIVE,
    "printed": _NOT_ACTIVE,
    "delivered": _NOT_ACTIVE,
    "closed": (
        "due",
        "info",
        N_("Lô hàng của tem này đã kết thúc"),
        N_(
            "Chủ thể đã báo bán hết hoặc rút lô này khỏi lưu thông. Nếu hàng vẫn được bày bán, "
            "hãy xem kỹ hạn dùng và báo cho chúng tôi."
        ),
    ),
    "voided": (
        "bad",
        "ban",
        N_("Tem này đã bị hủy"),
        N_(
            "Tem hỏng hoặc bị hủy thì không được dán lên hàng. Đừng dùng hàng mang tem này và hãy "
            "báo cho chúng tôi nơi bạn thấy."
        ),
    ),
    "lost": (
        "bad",
        "warning",
        N_("Tem này đã được báo mất"),
        N_(
            "Tem bị mất trước khi dán lên hàng. Hàng mang tem này có thể không phải của chủ thể: "
            "đừng dùng và hãy báo cho chúng tôi nơi bạn thấy."
        ),
    ),
    "recalled": (
        "bad",
        "ban",
        N_("Hàng mang tem này đang bị thu hồi"),
        N_("Đừng dùng, đừng bán. Hãy trả lại nơi bán, hoặc báo cho chúng tôi nơi còn bán."),
    ),
    "suspicious": (
        "bad",
        "question",
        N_("Tem này đang bị nghi ngờ"),
        N_(
            "Mã này được tra bất thường, có thể đã bị chép lên hàng khác. Hãy so thật kỹ bao bì "
            "với trang này; nếu có điểm khác, đừng dùng và hãy báo cho chúng tôi."
        ),
    ),
}


_STRANGE = (
    "bad",
    "question",
    N_("Không có lô %s trong sổ"),
    N_(
        "Mã trên bao bì nêu một lô mà chủ thể không khai báo. Hạng sao ở đây là của sản phẩm, "
        "không phải của gói hàng này. Hãy so kỹ bao bì; còn ngờ thì đừng dùng và báo cho chúng tôi."
    ),
)
_LOT = "[lot]"  # where the number stands that was named


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    notices: dict[str, bytes]
    _code: str
    _since: str
    _unseen: str
    _one: str
    _many: str
    _places: str
    _opened: str
    _no_lot: bytes
    _strange: str
    _strange_notice: bytes

    def notice(self, word: str) -> bytes:
        """What is said before all of a stamp in a state; nothing of an active one."""
        return self.notices.get(word, b"")

    def strange(self, lot: str) -> dict[str, bytes]:
        """What the page of a sales unit says where its code named a lot that nobody entered; "": it
        named none."""
        if not lot:
            return {"notice": b"", "said": self._no_lot}
        shown = escape(lot)
        told = self._strange_notice.replace(_LOT.encode(), shown.encode())
        return {"notice": told, "said": self._strange.replace(_LOT, shown).encode()}

    def said(self, serial: str, since: str, seen: Seen) -> bytes:
        """What the code itself says: its signs, since when it is active, how often it was looked at
        before."""
        shown = f"{serial[:5]} {serial[5:10]} {serial[10:15]} {serial[15:]}"
        parts = [self._code % shown]
        if since:
            parts.append(self._since % since)
        if not seen.scans:
            parts.append(self._unseen)
        else:
            form = self._one if seen.scans == 1 else self._many
            told = form % {"day": seen.first, "count": self._number(seen.scans)}
            if seen.places:
                told += self._places % self._number(seen.places)
            parts.append(f"<p>{told}.</p>")
        if seen.opened:
            parts.append(self._opened % seen.opened)
        return "".join(parts).encode()

    def _number(self, value: int) -> str:
        if value < 1000:
            return str(value)
        with language.using(self.language):
            return write_number(value)


def of(said: str) -> Words:
    """The words of a language."""
    with translation.override(said), language.using(said):
        return Words(
            language=said,
            notices={word: _notice(*told) for word, told in _NOTICES.items()},
            _code=_p(_("Mã tem: %s"), '<span class="code">%s</span>'),
            _since=_p(_("Kích hoạt ngày %s."), "<b>%s</b>"),
            _unseen=_p(_("Chưa ghi nhận lần tra nào trước lần này.")),
            _one=escape(_("Đã tra 1 lần, ngày %(day)s")),
            _many=escape(_("Tra lần đầu %(day)s; đã tra %(count)s lần")),
            _places=escape(_(", từ %s tỉnh, thành phố")),
            _opened=_p(_("Lớp phủ đã được cào và nhập đúng số lần đầu ngày %s."), "<b>%s</b>"),
            _no_lot=escape(_("Mã này không nói lô nào, gói nào.")).encode(),
            _strange=escape(_("Mã này nêu lô %s, nhưng lô đó không có trong sổ."))
            % f'<b class="whole">{_LOT}</b>',
            _strange_notice=_notice(*_STRANGE).replace(b"%s", _LOT.encode()),
        )


def _p(text: str, inner: str = "") -> str:
    told = escape(text)
    return f"<p>{told % inner if inner else told}</p>"


def _notice(tone: str, shape: str, title: str, text: str) -> bytes:
    told = {"tone": tone, "shape": shape, "title": _(title), "text": _(text)}
    return render_to_string("stamps/notice.html", told).encode()
