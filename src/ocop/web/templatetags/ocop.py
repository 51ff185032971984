"""Tags and filters of our templates. They are builtins: no template loads them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField, Form
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.template.engine import Engine
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tables2 import Table

from ocop.core import numbers
from ocop.criteria import scoring
from ocop.products.models import Sector
from ocop.recognition.models import Evidence
from ocop.recognition.validity import IN_FORCE, State, holds_star, state_words
from ocop.traceability.step_words import step_words
from ocop.web import drawing
from ocop.web.drawing import chip
from ocop.web.icons import ICONS
from ocop.web.office import sections
from ocop.web.producer.traceability import menu as trace_menu
from ocop.web.vietnamese import vietnamese

register = template.Library()
register.filter("vietnamese", vietnamese)


# --- Numbers and dates -------------------------------------------------------------------------
@register.filter
def number(value: Any, places: int | None = None) -> str:
    """A number in the form of the language; a dash for none."""
    return "–" if value is None or value == "" else numbers.write_number(value, places)


@register.filter
def points(value: Any) -> str:
    """A total of points with two decimals, never in another band; a dash for none."""
    return "–" if value is None or value == "" else numbers.write_number(scoring.shown(value), 2)


@register.filter
def percent(value: Any) -> str:
    """A percentage in the form of the language; a dash for none."""
    return "–" if value is None or value == "" else numbers.write_percent(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """A day, dd/mm/yyyy; a moment's day is that of Hà Nội; a dash for none."""
    if value is None or value == "":
        return "–"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return numbers.write_date(value)


@register.filter
def moment(value: datetime | None) -> str:
    """A moment, dd/mm/yyyy hh:mm in the time of Hà Nội; a dash for none."""
    if value is None or value == "":
        return "–"
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{numbers.write_date(local.date())} {local:%H:%M}"


@register.filter
def days_left(value: date | None, today: date | None = None) -> int | None:
    """Days from today to that day: 0 on the day itself, negative after it."""
    return None if value is None else (value - (today or timezone.localdate())).days


@register.filter
def days_left_words(value: date | None, today: date | None = None) -> str:
    """The same in words: `còn 12 ngày`, `hôm nay`, `quá 3 ngày`."""
    left = days_left(value, today)
    if left is None:
        return ""
    if left == 0:
        return _("hôm nay")
    count = numbers.write_number(abs(left))
    if left > 0:
        return ngettext("còn %(count)s ngày", "còn %(count)s ngày", left) % {"count": count}
    return ngettext("quá %(count)s ngày", "quá %(count)s ngày", -left) % {"count": count}


@register.filter
def file_size(value: int) -> str:
    """Bytes in the unit a person reads: `840 B`, `12 kB`, `3,4 MB`."""
    if value < 1000:
        return f"{numbers.write_number(value)} B"
    if value < 1_000_000:
        return f"{numbers.write_number(Decimal(value) / 1000, 0)} kB"
    return f"{numbers.write_number(Decimal(value) / 1_000_000, 1)} MB"


# --- Drawn things ------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str) -> SafeString:
    """A small drawn sign, hidden from screen readers: the word beside it speaks."""
    return format_html(
        '<svg class="icon" viewBox="0 0 12 12" aria-hidden="true"><path d="{}"/></svg>', ICONS[name]
    )


@register.inclusion_tag("components/stars.html")
def stars(count: int | None, potential: bool = False, words: bool = True) -> dict[str, Any]:
    """Stars drawn and in words; `potential` marks a four-star that awaits the Ministry."""
    return {
        "count": count,
        "drawn": [(place * 20, place < (count or 0)) for place in range(5)],
        "potential": potential,
        "words": words,
    }


@dataclass(frozen=True, slots=True)
class Look:
    """How a state looks: tone (ok, due, bad, flat) and shape."""

    tone: str
    shape: str


LOOKS = {
    State.NOT_YET: Look("flat", "clock"),
    State.VALID: Look("ok", "check"),
    State.WINDOW_OPEN: Look("due", "clock"),
    State.WINDOW_MISSED: Look("due", "warning"),
    State.EXTENDED: Look("due", "forward"),
    State.EXTENSION_UNCONFIRMED: Look("bad", "question"),
    State.REPLACED: Look("flat", "forward"),
    State.EXPIRED: Look("bad", "cross"),
    State.REVOKED: Look("bad", "ban"),
    State.ANNULLED: Look("bad", "minus"),
    State.MISTAKEN: Look("bad", "warning"),
    State.UNKNOWN: Look("flat", "question"),
}


def _look(state: State, public: bool) -> tuple[str, Look]:
    """Word and look of a state. The public sees whether a star holds, not the office's calendar."""
    words = state_words(state)
    if not public:
        return words.staff, LOOKS[state]
    return words.public, LOOKS[State.VALID] if words.public == _still() else LOOKS[state]


def _still() -> str:
    return state_words(State.VALID).public


@register.simple_tag
def state(state: State | str | None, public: bool = False) -> SafeString:
    """The chip of a state of validity, in the words of the office or of the public."""
    if not state:
        return chip(_("Chưa phân hạng"), "flat", "minus")
    words, look = _look(State(state), public)
    return chip(words, look.tone, look.shape)


@register.inclusion_tag("components/band.html")
def band(
    state: State | str,
    count: int | None = None,
    until: date | None = None,
    potential: bool = False,
    extended: date | None = None,
    since: str = "",
    void_on: date | None = None,
) -> dict[str, Any]:
    """The state of a star today in the public's words, as the first thing of a page; `extended`:
    the last day of its extension; `since`: from when on it is void, by which decision; `void_on`:
    that day."""
    words, look = _look(State(state), public=True)
    # Where everybody reads "valid" alone, the days of filing are no reason for it.
    plainly = State(state) in (State.WINDOW_OPEN, State.WINDOW_MISSED)
    # What ended before today's decision was in force did not end by an article of it.
    void = State(state) in (State.REVOKED, State.ANNULLED, State.MISTAKEN)
    plainly = plainly or (void and void_on is not None and void_on < IN_FORCE)
    return {
        "look": look,
        "words": words,
        "count": count,
        "until": until,
        "extended": extended if until and extended and extended > until else None,
        "ended": not holds_star(State(state)),
        "since": since,
        "potential": potential,
        "article": "" if plainly else state_words(State(state)).article,
    }


@register.simple_tag
def tag(words: str, tone: str = "flat", shape: str = "") -> SafeString:
    """A chip of one's own: tone ok, due, bad or flat, and a shape out of the icons."""
    return chip(words, tone, shape)


@register.inclusion_tag("components/deadline.html")
def deadline(on: date | None, today: date | None = None, soon: int = 30) -> dict[str, Any]:
    """A day and the days left; from `soon` days on it presses."""
    left = days_left(on, today)
    tone = "" if left is None else "bad" if left < 0 else "due" if left <= soon else ""
    return {"on": on, "words": days_left_words(on, today), "tone": tone}


@register.inclusion_tag("components/evidence.html")
def evidence(level: str) -> dict[str, Any]:
    """How well a recognition is documented: A, B1, B2, C or M, with its word."""
    return {"level": level, "words": Evidence(level).label}


@register.simple_tag(takes_context=True)
def draw_table(context: Context, table: Table) -> SafeString:
    """A table by its template, in the context of the page: nothing is computed twice."""
    table.context = context
    table.before_render(context["request"])
    page = Engine.get_default().get_template(table.template_name)
    with context.push(table=table):
        return page.render(context)


@register.simple_tag(takes_context=True)
def table_rows(context: Context, table: Table) -> SafeString:
    """The rows of a table, empty where it has none."""
    return drawing.table_rows(table, context)


@register.simple_tag
def options_of(widget: dict[str, Any]) -> SafeString:
    """The choices of a select."""
    return drawing.options_of(widget)


@register.simple_tag
def chart(chart: Any) -> SafeString:
    """A chart of `ocop.web.charts` with its title, description and table."""
    return render_to_string(chart.template, {"chart": chart})


@register.filter("step_words")
def step_in_words(step: str) -> str:
    """A step of a lot's way in words."""
    return step_words(step)


@register.filter
def sector_drawing(sector: str | None) -> str:
    """The file of the drawing that stands where a product has no photograph."""
    return f"img/sector-{sector if sector in Sector.values else 'none'}.svg"


# --- Addresses ---------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def url_with(context: Context, **changes: Any) -> str:
    """This page's query with some parameters set, or dropped where the value is None or ''."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag
def url_or_blank(name: str, *arguments: Any, **named: Any) -> str:
    """The address of a named page, or nothing while there is no such page."""
    try:
        return reverse(name, args=arguments, kwargs=named)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def active(context: Context, *names: str) -> SafeString | str:
    """`aria-current="page"` when this page bears one of the names."""
    match = getattr(context.get("request"), "resolver_match", None)
    return SafeString('aria-current="page"') if match and match.view_name in names else ""


@register.simple_tag(takes_context=True)
def in_traceability(context: Context) -> SafeString | str:
    """`aria-current="page"` on the producer's pages of traceability."""
    return active(context, *trace_menu.PAGES)


@register.simple_tag(takes_context=True)
def office_sections(context: Context) -> list[sections.Entry]:
    """The sections of the office that the person may open, as `sections.Entry`."""
    match = getattr(context.get("request"), "resolver_match", None)
    return list(sections.entries(context.get("actor"), match.view_name if match else ""))


@register.simple_tag(takes_context=True)
def here(context: Context) -> str:
    """The address of this page with its query, to come back to."""
    request = context.get("request")
    return request.get_full_path() if request else "/"


# --- Forms -------------------------------------------------------------------------------------
@register.filter
def anchor(field: BoundField) -> str:
    """The id of the first control of a field, for links out of the error summary."""
    return f"{field.auto_id}_0" if field.use_fieldset and field.subwidgets else field.auto_id


@register.filter
def wrong_fields(form: Form) -> list[BoundField]:
    """The visible fields that have errors, in their order on the page."""
    return [field for field in form.visible_fields() if field.errors]


@register.filter
def hidden_errors(form: Form) -> list[str]:
    """What is wrong with hidden fields: nobody could see it beside them."""
    return [str(error) for field in form.hidden_fields() for error in field.errors]


@register.filter
def says_optional(field: BoundField) -> bool:
    """True when a field may stay empty in a form that also has fields which may not."""
    if not getattr(field.field, "says_optional", True):
        return False
    return not field.field.required and any(f.field.required for f in field.form)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """True for a single box to tick, whose label stands behind it."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not field.use_fieldset


# --- Composition -------------------------------------------------------------------------------
class _Fragment(template.Node):
    """Renders its body into a variable, to hand markup to a component."""

    def __init__(self, name: str, body: template.NodeList) -> None:
        self.name, self.body = name, body

    def render(self, context: Context) -> str:
        context[self.name] = SafeString(self.body.render(context).strip())
        return ""


@register.tag
def fragment(parser: Parser, token: Token) -> _Fragment:
    """`{% fragment actions %}…{% endfragment %}`, then `{% include … with actions=actions %}`."""
    _tag, name = token.split_contents()
    body = parser.parse(("endfragment",))
    parser.delete_first_token()
    return _Fragment(name, body)


class _Crumbs(template.Node):
    def __init__(self, parts: Iterable[FilterExpression]) -> None:
        self.parts = list(parts)

    def render(self, context: Context) -> str:
        values = [part.resolve(context) for part in self.parts]
        pairs = list(zip(values[::2], values[1::2], strict=False))
        here = values[-1] if len(values) % 2 else ""
        return render_to_string("components/crumbs.html", {"pairs": pairs, "here": here})


@register.tag
def crumbs(parser: Parser, token: Token) -> _Crumbs:
    """`{% crumbs "Sản phẩm" address "Mật ong" %}`: words and address in turn, last the page."""
    return _Crumbs(parser.compile_filter(bit) for bit in token.split_contents()[1:])


# --- Data for programs -------------------------------------------------------------------------
_SCRIPT_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def linked_data_script(data: dict[str, Any]) -> SafeString:
    """JSON-LD for the head of a page; it cannot end its own element."""
    text = json.dumps(data, ensure_ascii=False).translate(_SCRIPT_ESCAPES)
    return SafeString(f'<script type="application/ld+json">{text}</script>')
