"""Addresses of the API."""

from django.urls import path
from ninja import NinjaAPI

from ocop.api import problems
from ocop.api.callers import Caller
from ocop.api.v1 import criteria, me, places, programme, register

v1 = NinjaAPI(
    title="OCOP",
    version="1",
    description="Sổ đăng ký, bộ tiêu chí, đơn vị hành chính và số liệu của Chương trình OCOP.",
    urls_namespace="api-v1",
    auth=Caller(),
    docs_url=None,
)
problems.install(v1)
for room in (me, places, register, criteria, programme):
    v1.add_router("", room.router)

urlpatterns = [path("v1/", v1.urls)]
