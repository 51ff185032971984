"""Addresses: one include per face."""

from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from ocop.web import design, files, languages

urlpatterns = [
    path("", include("ocop.web.public.urls")),
    path("tai-khoan/", include("ocop.web.accounts.urls")),
    path("cua-toi/", include("ocop.web.producer.urls")),
    path("tep/<str:dossier>/<str:code>/", files.evidence, name="evidence_file"),
    path("dieu-hanh/", include("ocop.web.office.urls")),
    path("hoi-dong/", include("ocop.web.council.urls")),
    path("quan-tri/", include("ocop.web.admin.urls")),
    path("van-ban/", include("ocop.web.papers.urls")),
    path("", include("ocop.web.inbox.urls")),
    path("api/", include("ocop.api.urls")),
    # The language of one's own pages: without a token, so that public pages need no cookie.
    path("ngon-ngu/", csrf_exempt(languages.choose), name="set_language"),
    path("thiet-ke/", design.page, name="design"),
]

handler400 = "ocop.web.errors.bad_request"
handler403 = "ocop.web.errors.forbidden"
handler404 = "ocop.web.errors.not_found"
handler429 = "ocop.web.errors.too_many"  # asked for by the login library
handler500 = "ocop.web.errors.server_error"
