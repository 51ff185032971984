"""Addresses of papers."""

from django.urls import path

from ocop.web.papers import councils, dossiers

app_name = "papers"
urlpatterns = [
    path("ho-so/<code>/mau-<int:form>.<kind>", dossiers.form, name="form"),
    path("ho-so/<code>/thong-bao-<to>.<kind>", dossiers.notice, name="notice"),
    path("ho-so/<code>/ho-so.zip", dossiers.whole, name="dossier_zip"),
    path("danh-sach/<code>.<kind>", dossiers.decision_list, name="decision_list"),
    path("phien/<code>/giay-moi.<kind>", councils.invitation, name="invitation"),
    path("phien/<code>/tong-hop.<kind>", councils.summary, name="summary"),
    path("phien/<code>/bien-ban.<kind>", councils.minutes, name="minutes"),
    path("phien/<code>/phien-hop.zip", councils.whole, name="sitting_zip"),
    path("phien/<code>/phieu-trang.zip", councils.blank_sheets, name="blank_sheets"),
    path("phieu/<code>/cua-toi.<kind>", councils.own_sheet, name="sheet"),
    path("phieu/<code>/<int:key>.<kind>", councils.sheet, name="member_sheet"),
]
