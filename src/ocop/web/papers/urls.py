"""Addresses of papers."""

from functools import partial
from typing import Any

from django.urls import URLPattern, path

from ocop.web.papers import councils, dossiers, made, postcheck, support

app_name = "papers"


def _of_sitting(address: str, key: str, name: str, **more: Any) -> URLPattern:
    view = partial(councils.of_sitting, key=key, **more)
    return path(address, view, name=name)


urlpatterns = [
    path("ho-so/<code>/mau-<int:form>.<kind>", dossiers.form, name="form"),
    path("ho-so/<code>/thong-bao-<to>.<kind>", dossiers.notice, name="notice"),
    path("ho-so/<code>/tham-dinh.<kind>", dossiers.examination, name="examination"),
    path("ho-so/<code>/ho-so.zip", dossiers.whole, name="dossier_zip"),
    _of_sitting("danh-sach/<code>.<kind>", "decision-list", "decision_list"),
    _of_sitting("du-thao/<code>.<kind>", "decree", "decree"),
    _of_sitting("phien/<code>/giay-moi.<kind>", "invitation", "invitation"),
    _of_sitting("phien/<code>/tong-hop.<kind>", "summary", "summary"),
    _of_sitting("phien/<code>/bien-ban.<kind>", "minutes", "minutes"),
    _of_sitting("phien/<code>/phien-hop.zip", "whole", "sitting_zip", kind="zip"),
    _of_sitting("phien/<code>/phieu-trang.zip", "blank-sheets", "blank_sheets", kind="zip"),
    path("phien/<code>/tao/<slug:key>.<slug:kind>", made.make, name="make"),
    path("quyet-dinh/<int:pk>/giay-chung-nhan/", made.make_certificates, name="make_certificates"),
    path("tep/<code>/", made.page, name="made"),
    path("tep/<code>/tien-do/", made.progress, name="made_progress"),
    path("tep/<code>/tai/", made.file, name="made_file"),
    path("kiem-tra/<code>/bien-ban.<kind>", postcheck.minutes, name="postcheck_minutes"),
    path("thu-hoi/<code>/thong-bao.<kind>", postcheck.notice, name="revocation_notice"),
    path("phan-anh/<code>/tra-loi.<kind>", postcheck.reply, name="complaint_answer"),
    path("ho-tro/<code>/<slug:key>.<slug:kind>", support.of_request, name="support"),
    path("phieu/<code>/cua-toi.<kind>", councils.own_sheet, name="sheet"),
    path("phieu/<code>/<int:key>.<kind>", councils.sheet, name="member_sheet"),
]
