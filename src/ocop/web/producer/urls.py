"""Addresses of the producer's face."""

from django.urls import include, path

from ocop.web import history
from ocop.web.producer import (
    carrying,
    dossiers,
    evidence,
    filed,
    postcheck,
    products,
    views,
    writing,
)

urlpatterns = [
    path("", views.home, name="producer_home"),
    path("san-pham/moi/<str:maker>/", products.product_new, name="producer_product_new"),
    path("san-pham/<str:code>/lich-su/", history.producer_page, name="producer_history"),
    path("ho-so/", dossiers.dossier_list, name="producer_dossiers"),
    path("ho-so/moi/<str:product>/", dossiers.begin, name="producer_begin"),
    path("ho-so/<str:code>/", dossiers.overview, name="producer_dossier"),
    path("ho-so/<str:code>/phieu/<slug:page>/", writing.page, name="producer_page"),
    path(
        "ho-so/<str:code>/tieu-chi/<str:criterion>/", writing.criterion, name="producer_criterion"
    ),
    path("ho-so/<str:code>/tieu-chi/<str:criterion>/gan/", writing.attach, name="producer_attach"),
    path("ho-so/<str:code>/tieu-chi/<str:criterion>/go/", writing.detach, name="producer_detach"),
    path("ho-so/<str:code>/dieu-kien/", writing.gates, name="producer_gates"),
    path("ho-so/<str:code>/luu/", writing.save, name="producer_save"),
    path("ho-so/<str:code>/ho-so-truoc/", carrying.page, name="producer_carried"),
    path("ho-so/<str:code>/tu-cham/", dossiers.score, name="producer_score"),
    path("ho-so/<str:code>/nop/", dossiers.submit, name="producer_submit"),
    path("ho-so/<str:code>/rut/", dossiers.withdraw, name="producer_withdraw"),
    path(
        "ho-so/<str:code>/bo-sung/<str:supplement>/",
        dossiers.supplement,
        name="producer_supplement",
    ),
    path("ho-so/<str:code>/thay-doi/", filed.change, name="producer_change"),
    path("ho-so/<str:code>/ban-nop/<int:number>/", filed.snapshot, name="producer_snapshot"),
    path("hau-kiem/", postcheck.index, name="producer_postchecks"),
    path("hau-kiem/lan/<str:code>/", postcheck.check, name="producer_postcheck"),
    path("hau-kiem/lan/<str:code>/anh/<int:pk>/", postcheck.photo, name="producer_postcheck_photo"),
    path("hau-kiem/thu-hoi/<str:code>/", postcheck.case, name="producer_case"),
    path("truy-xuat/", include("ocop.web.producer.traceability.urls")),
    path("tap-huan/", include("ocop.web.producer.training.urls")),
    path("ho-tro/", include("ocop.web.producer.support.urls")),
    path("ban-online/", include("ocop.web.producer.market.urls")),
    path("diem-ban/", include("ocop.web.producer.network.urls")),
    path("trung-tam/", include("ocop.web.producer.network.centres.urls")),
    path("su-kien/", include("ocop.web.producer.promotion.urls")),
    path("ket-noi/", include("ocop.web.producer.promotion.meetings.urls")),
    path("minh-chung/", evidence.library, name="producer_library"),
    path("minh-chung/them/<str:maker>/", evidence.add, name="producer_evidence_add"),
    path("minh-chung/<str:code>/", evidence.piece, name="producer_evidence"),
    path("minh-chung/<str:code>/sua/", evidence.change, name="producer_evidence_change"),
    path("minh-chung/<str:code>/thay/", evidence.replace, name="producer_evidence_replace"),
    path("minh-chung/<str:code>/rut/", evidence.withdraw, name="producer_evidence_withdraw"),
    path("minh-chung/<str:code>/tep/", evidence.file, name="producer_evidence_file"),
]
