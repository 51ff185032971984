"""Stars that were revoked, with the notices: a page, and a feed."""

from datetime import datetime, time
from functools import cached_property

import django_tables2 as tables
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from ocop.filters.worded import RevocationFilter
from ocop.recognition.models import Revocation
from ocop.recognition.postcheck import public, queries
from ocop.web.requests import Request
from ocop.web.tables import DayColumn, NumberColumn, chips, export_address, listing

PAGE, FEED = 25, 50


class RevocationTable(tables.Table):
    """The same rows as a workbook."""

    product = tables.Column(
        verbose_name=gettext_lazy("Sản phẩm"), accessor="recognition__product__name"
    )
    code = tables.Column(verbose_name=gettext_lazy("Mã"), accessor="recognition__product__code")
    producer = tables.Column(
        verbose_name=gettext_lazy("Chủ thể"), accessor="recognition__product__producer__name"
    )
    stars = NumberColumn(verbose_name=gettext_lazy("Hạng sao"), accessor="recognition__stars")
    revoked_on = DayColumn(verbose_name=gettext_lazy("Thu hồi từ ngày"))
    ground = tables.Column(verbose_name=gettext_lazy("Căn cứ"))
    decision = tables.Column(verbose_name=gettext_lazy("Quyết định"), empty_values=())
    since = tables.Column(verbose_name=gettext_lazy("Sau đó"), empty_values=())
    notice = tables.Column(verbose_name=pgettext_lazy("thu hồi", "Thông báo"), empty_values=())

    class Meta:
        orderable = False

    def value_decision(self, record: Revocation) -> str:
        return public.told_of(record).decision

    def value_since(self, record: Revocation) -> str:
        return "; ".join(self._teller.told(record).since)

    @cached_property
    def _teller(self) -> public.Teller:
        return public.Teller(self.data.data, timezone.localdate())

    def value_notice(self, record: Revocation) -> str:
        told = public.told_of(record)
        return " ".join(filter(None, (told.notice_number, told.notice)))


def revocations(request: Request) -> HttpResponseBase:
    """Every revocation the public sees, newest first, each with its notice where there is one."""
    filters = RevocationFilter(
        request.GET, queryset=queries.revoked(timezone.localdate()), public=True
    )
    if request.GET.get("format") == "xlsx" and not filters.problems:
        return listing(
            request,
            table=RevocationTable(filters.qs),
            filters=filters,
            title=_("Thu hồi hạng sao"),
            template="public/revocations.html",
        )
    pages = Paginator(filters.qs, PAGE)
    page = pages.get_page(request.GET.get("page"))
    rows = [
        (row, row.recognition, row.get_ground_display(), told)
        for row, told in _told(list(page.object_list))
    ]
    context = {
        "rows": rows,
        "page": page,
        "total": pages.count,
        "filters": filters,
        "chips": chips(request, filters),
        "problems": filters.problem_lines,
        "export_address": export_address(request),
    }
    return render(request, "public/revocations.html", context)


def feed(request: Request) -> HttpResponse:
    """The same as Atom, for shops and papers that want to hear of it."""
    page = request.build_absolute_uri(reverse("revocations"))
    made = Atom1Feed(
        title=_("Thu hồi hạng sao OCOP"),
        link=page,
        description=None,
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    changed = _last_changed()
    moments = {row.pk: at for row, at in changed}
    for row, of_it in _told([row for row, _at in changed]):
        star = row.recognition
        ground = str(row.get_ground_display())
        said = (*of_it.since, of_it.decision, of_it.notice or ground)
        words = (
            _("%(name)s: đính chính việc ghi thu hồi %(stars)d sao")
            if row.withdrawn_on
            else _("%(name)s: khôi phục %(stars)d sao")
            if row.restored_on
            else _("%(name)s: thu hồi %(stars)d sao, nay hạng sao này không được tính")
            if star.annulled_on
            else _("%(name)s: thu hồi %(stars)d sao")
        )
        made.add_item(
            title=words % {"name": star.product.name, "stars": star.stars},
            link=request.build_absolute_uri(reverse("product", args=[star.product.code])),
            description=". ".join(filter(None, said)),
            unique_id=f"{page}#r{row.pk}",
            updateddate=moments[row.pk],
            author_name=_("Văn phòng Điều phối"),
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _told(rows: list[Revocation]) -> list[tuple[Revocation, public.Told]]:
    teller = public.Teller(rows, timezone.localdate())
    return [(row, teller.told(row)) for row in rows]


def _last_changed() -> list[tuple[Revocation, datetime]]:
    """The revocations of which there is something new, the last first: who asks by hours must find
    what was entered since, of whatever day it tells."""
    rows = list(queries.revoked(timezone.localdate()))
    changed = queries.changed_at({row.recognition_id for row in rows})
    dated = [(row, changed.get(row.recognition_id) or _begun(row)) for row in rows]
    return sorted(dated, key=lambda each: (each[1], each[0].pk), reverse=True)[:FEED]


def _begun(row: Revocation) -> datetime:
    """The day of what is told of a revocation that no event tells: the demonstration's."""
    day = row.withdrawn_on or row.restored_on or row.revoked_on
    return timezone.make_aware(datetime.combine(day, time.min))
