"""What is drawn without a template for every piece reads as the templates would write it."""

import re
from typing import Any

import django_tables2 as tables
from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.template import Context
from django.test import RequestFactory
from django_tables2 import RequestConfig

from ocop.web.templatetags.ocop import draw_table


class Chosen(forms.Form):
    """Every kind of choice: groups, signs of markup, numbers, nothing, one that is chosen."""

    where = forms.ChoiceField(
        choices=[
            ("", "Tất cả"),
            ("Nay <&>", [("a", "Xã A & B"), ('"b"', "Xã <b>")]),
            (7, "Bảy"),
        ],
        initial='"b"',
    )
    several = forms.MultipleChoiceField(choices=[("1", "Một"), ("2", "Hai")], initial=["1", "2"])


def _plain(page: str) -> str:
    return re.sub(r">\s+<", "><", page).strip()


def test_choices_are_those_of_the_framework() -> None:
    ours, theirs = (
        _plain("".join(str(field) for field in Chosen(renderer=renderer)))
        for renderer in (TemplatesSetting(), DjangoTemplates())
    )
    assert ours == theirs
    assert '<option value="&quot;b&quot;" selected>Xã &lt;b&gt;</option>' in ours


class Small(tables.Table):
    name = tables.Column(verbose_name="Tên <1>", attrs={"td": {"class": "code"}})
    number = tables.Column(verbose_name="")

    class Meta:
        template_name = "django_tables2/table.html"


def _drawn(rows: list[dict[str, Any]]) -> str:
    request = RequestFactory().get("/")
    table = Small(rows)
    RequestConfig(request, paginate=False).configure(table)
    return draw_table(Context({"request": request}), table)


def test_cells_are_escaped_and_labelled() -> None:
    drawn = _drawn([{"name": "<b>", "number": 3}, {"name": "b", "number": None}])
    assert '<td class="code" data-label="Tên &lt;1&gt;">&lt;b&gt;</td><td >3</td>' in drawn
    assert drawn.count("<tr ") == 2
    assert "<td >—</td>" in drawn


def test_a_table_without_rows_says_so() -> None:
    assert "Không có dòng nào." in _drawn([])
