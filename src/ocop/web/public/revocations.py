"""Stars that were revoked, with the notices: a page, and a feed."""

from datetime import datetime, time

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop.recognition.postcheck import public, queries
from ocop.web.requests import Request

PAGE, FEED = 25, 50


def revocations(request: Request) -> HttpResponse:
    """Every revocation the public sees, newest first, each with its notice where there is one."""
    pages = Paginator(queries.revoked(timezone.localdate()), PAGE)
    page = pages.get_page(request.GET.get("page"))
    rows = [
        (row, row.recognition, row.get_ground_display(), public.told_of(row))
        for row in page.object_list
    ]
    context = {"rows": rows, "page": page, "total": pages.count}
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
    for row in queries.revoked(timezone.localdate())[:FEED]:
        of_it, star = public.told_of(row), row.recognition
        ground = str(row.get_ground_display())
        said = (of_it.withdrawn, of_it.restored, of_it.decision, of_it.notice or ground)
        day = row.withdrawn_on or row.restored_on or row.revoked_on
        begun = timezone.make_aware(datetime.combine(day, time.min))
        words = (
            _("%(name)s: đính chính việc ghi thu hồi %(stars)d sao")
            if row.withdrawn_on
            else _("%(name)s: khôi phục %(stars)d sao")
            if row.restored_on
            else _("%(name)s: thu hồi %(stars)d sao")
        )
        made.add_item(
            title=words % {"name": star.product.name, "stars": star.stars},
            link=request.build_absolute_uri(reverse("product", args=[star.product.code])),
            description=". ".join(filter(None, said)),
            unique_id=f"{page}#r{row.pk}",
            updateddate=max(begun, of_it.published_at or begun),
            author_name=_("Văn phòng Điều phối"),
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
