"""The products of a decision as lines: written, pasted from Excel, or looked for and marked."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import folding
from ocop.core.actor import Actor
from ocop.core.folding import fold
from ocop.products import queries as products
from ocop.products.models import Product
from ocop.recognition import services
from ocop.recognition.authority import Level
from ocop.recognition.models import Kind

SHOWN = 100  # products to mark at once: a longer answer asks for more words
STARS = ("3", "4", "5")
_NAMED = 4  # products of one name that a refusal tells apart
_STARS = re.compile(r"([345])(?: ?(?:sao|\*))?")
#: What the box for looking products up sends beside the fields of the form.
_FIND, _PICKED, _STAR, _KIND, _SEEK, _ADD = "find", "picked", "star", "picked_kind", "seek", "add"


@dataclass(frozen=True, slots=True)
class _Line:
    """One line as it was read: who it names, and what it says of the star."""

    number: int
    names: tuple[str, ...]  # a code, or name and producer
    stars: int
    kind: str


class LinesInput(forms.Textarea):
    """The lines, and below them a box in which products are looked up and marked."""

    template_name = "django/forms/widgets/decision_lines.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 8, **(attrs or {})})
        self.actor: Actor | None = None
        self.find = ""
        self.taken: frozenset[int] = frozenset()  # products that are in the lines already
        self.star = STARS[0]
        self.kind = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        found = []
        if self.actor:
            rows = _looked_up(self.actor, self.find).exclude(pk__in=self.taken)
            found = list(rows[: SHOWN + 1])
        context["widget"] |= {
            "find": self.find,
            "found": found[:SHOWN],
            "more": SHOWN if len(found) > SHOWN else 0,
            "stars": [(star, star == self.star) for star in STARS],
            "kinds": [("", _("như trên"), not self.kind)]
            + [(kind.value, kind.label, kind.value == self.kind) for kind in Kind],
        }
        return context


class LinesMixin(forms.Form):
    """A line for each product of a decision."""

    lines = forms.CharField(
        label=gettext_lazy("Sản phẩm"),
        widget=LinesInput,
        help_text=gettext_lazy(
            "Mỗi dòng: tên sản phẩm; chủ thể; hạng sao; hình thức nếu khác (lần đầu, nâng hạng, "
            "đánh giá lại). Thay tên và chủ thể bằng mã sản phẩm cũng được. Có thể dán từ Excel, "
            "hoặc tìm rồi đánh dấu ở dưới."
        ),
    )

    def __init__(self, *arguments: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._actor = actor
        self.fields["lines"].widget.actor = actor

    def clean_level(self) -> Level:
        return Level(self.cleaned_data["level"])

    def clean_lines(self) -> list[services.Result]:
        """The lines as the service takes them; what cannot be read is told by its number."""
        read = [self._read(number, cells) for number, cells in _cells(self.data["lines"])]
        lines = [line for line in read if line]
        named = _products_of(self._actor, lines)
        usual = self.cleaned_data.get("kind") or Kind.FIRST
        results = []
        for line in lines:
            meant = named[line.number]
            if len(meant) == 1:
                kind = Kind(line.kind or usual)
                results.append(services.Result(meant[0], line.stars, kind))
            else:
                self.add_error("lines", _unknown(line, meant))
        return results

    def _read(self, number: int, cells: list[str]) -> _Line | None:
        kinds = {fold(str(label)): value for value, label in Kind.choices}
        at, names = _names_in(cells)
        kind, *rest = (*cells[at + 1 :], "") if at else ("", "")
        if not 0 < len(names) < 3 or any(rest) or (kind and fold(kind) not in kinds):
            self.add_error(
                "lines",
                _(
                    "Dòng %d: hãy ghi mã sản phẩm, hoặc tên; chủ thể; rồi hạng 3, 4 hoặc 5; hình "
                    "thức."
                )
                % number,
            )
            return None
        found = _STARS.fullmatch(fold(cells[at]))
        assert found is not None
        return _Line(number, names, int(found[1]), kinds[fold(kind)] if kind else "")


def is_seeking(request: HttpRequest) -> bool:
    """Whether products are looked for or added to the lines: nothing is entered yet. Whoever
    typed into the box and pressed Enter wants that as well."""
    sent = request.POST
    return _SEEK in sent or _ADD in sent or bool(sent.get(_FIND, "").strip())


def seeking(form_class: type[LinesMixin], request: HttpRequest, actor: Actor) -> Any:
    """The form with all that was typed, what was looked for, and with the marked products as
    lines; nothing in it is judged yet."""
    sent = request.POST
    initial = {name: sent.get(name, "") for name in form_class.base_fields}
    if _ADD in sent:
        initial["lines"] = _with_marked(actor, sent)
    form = form_class(actor=actor, initial=initial)
    box: Any = form.fields["lines"].widget
    box.taken = _taken(actor, initial["lines"])
    box.find = sent.get(_FIND, "").strip()
    box.star, box.kind = sent.get(_STAR, STARS[0]), sent.get(_KIND, "")
    return form


def _taken(actor: Actor, text: str) -> frozenset[int]:
    """The products that lines name for certain."""
    read = [_Line(number, _names_in(cells)[1], 3, "") for number, cells in _cells(text)]
    meant = _products_of(actor, [line for line in read if 0 < len(line.names) < 3])
    return frozenset(found[0].pk for found in meant.values() if len(found) == 1)


def _names_in(cells: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Which cell tells the star, 0 for none, and the code or names before it."""
    at = next((n for n, cell in enumerate(cells) if n and _STARS.fullmatch(fold(cell))), 0)
    names = tuple(cell for cell in cells[:at] if cell)
    if len(names) == 3 and names[0].isdigit():  # the number of the row in a table
        names = names[1:]
    return at, names


def _with_marked(actor: Actor, sent: Any) -> str:
    """The lines with those of the marked products behind them."""
    kinds = {kind.value: str(kind.label) for kind in Kind}
    star = sent.get(_STAR) if sent.get(_STAR) in STARS else STARS[0]
    kind = kinds.get(sent.get(_KIND, ""), "")
    before = sent.get("lines", "").strip()
    lines = [before] if before else []
    seen = products.visible_to(actor).filter(code__in=sent.getlist(_PICKED))
    rows = list(seen.select_related("producer").order_by("folded", "pk"))
    beside = [star, kind] if kind else [star]
    lines += ["; ".join([*names, *beside]) for names in _written(actor, rows)]
    return "\n".join(lines)


def _written(actor: Actor, rows: Sequence[Product]) -> list[tuple[str, ...]]:
    """How lines name these products: so that they are read, and by code where names do not tell."""
    asked = [_Line(n, (row.name, row.producer.name), 3, "") for n, row in enumerate(rows)]
    meant = _products_of(actor, asked)
    return [
        line.names if meant[line.number] == [row] and _is_plain(line.names) else (row.code,)
        for line, row in zip(asked, rows, strict=True)
    ]


def _is_plain(names: tuple[str, ...]) -> bool:
    parted = any(mark in name for name in names for mark in ";\t\n\r")
    return not parted and not _STARS.fullmatch(fold(names[1]))


def _cells(text: str) -> list[tuple[int, list[str]]]:
    """The lines that hold something, by their number, each in its cells."""
    rows = [line.replace("\t", ";").split(";") for line in text.splitlines()]
    told = [(n, [cell.strip() for cell in row]) for n, row in enumerate(rows, 1)]
    return [(n, row) for n, row in told if any(row)]


def _products_of(actor: Actor, lines: Sequence[_Line]) -> Mapping[int, list[Product]]:
    """The products that each line may mean, by its number: a code before a name."""
    seen = products.visible_to(actor).select_related("producer")
    codes = {line.names[0] for line in lines if len(line.names) == 1}
    by_code = {product.code: product for product in seen.filter(code__in=codes)}
    by_name: dict[str, list[Product]] = defaultdict(list)
    names = {folding.words(line.names[0]) for line in lines} - {""}
    if names:
        wanted = reduce(or_, (Q(folded__startswith=name) for name in names))
        for product in seen.filter(wanted):
            by_name[folding.words(product.name)].append(product)
    found: dict[int, list[Product]] = {}
    for line in lines:
        if len(line.names) == 1 and line.names[0] in by_code:
            found[line.number] = [by_code[line.names[0]]]
            continue
        called = by_name.get(folding.words(line.names[0]), [])
        if len(line.names) == 2:
            maker = folding.words(line.names[1])
            called = [each for each in called if folding.words(each.producer.name) == maker]
        found[line.number] = called
    return found


def _unknown(line: _Line, meant: Sequence[Product]) -> str:
    facts = {"line": line.number, "name": "; ".join(line.names)}
    if not meant:
        return (
            _(
                "Dòng %(line)d: không có sản phẩm mang mã hoặc tên “%(name)s”. Hãy tìm ở ô “Tìm "
                "sản phẩm”."
            )
            % facts
        )
    told = "; ".join(f"{each.name} ({each.producer.name}): {each.code}" for each in meant[:_NAMED])
    return _("Dòng %(line)d: “%(name)s” có thể là %(found)s. Hãy ghi mã.") % {
        **facts,
        "found": told,
    }


def _looked_up(actor: Actor, text: str) -> QuerySet[Product]:
    """Products whose name, producer or commune has every word of a text."""
    rows = products.visible_to(actor)
    asked = folding.asked(text)
    for word in asked:
        rows = rows.filter(
            Q(folded__startswith=word)
            | Q(folded__contains=f" {word}")
            | Q(commune__folded__contains=f" {word}")
        )
    if not asked:
        return rows.none()
    return rows.select_related("producer", "commune").order_by("folded", "pk")
