"""Addresses: one include per face."""

from django.urls import include, path

urlpatterns = [
    path("", include("ocop.web.public.urls")),
    path("tai-khoan/", include("ocop.web.accounts.urls")),
    path("cua-toi/", include("ocop.web.producer.urls")),
    path("dieu-hanh/", include("ocop.web.office.urls")),
    path("hoi-dong/", include("ocop.web.council.urls")),
    path("quan-tri/", include("ocop.web.admin.urls")),
    path("api/", include("ocop.api.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler400 = "ocop.web.errors.bad_request"
handler403 = "ocop.web.errors.forbidden"
handler404 = "ocop.web.errors.not_found"
handler500 = "ocop.web.errors.server_error"
