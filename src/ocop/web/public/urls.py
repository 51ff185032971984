"""Addresses of the public face."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from ocop.recognition.credential.addresses import CRITERIA, STATUS_LIST
from ocop.web import history
from ocop.web.public import (
    catalogue,
    certified,
    complaints,
    crawlers,
    credentials,
    decisions,
    figures,
    labels,
    linked,
    log,
    online,
    passports,
    points,
    revocations,
    training,
    verifying,
    views,
    villages,
)
from ocop.web.stamps import views as stamps

urlpatterns = [
    path("", views.home, name="home"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("favicon.ico", crawlers.favicon, name="favicon"),
    path("san-pham/", catalogue.catalogue, name="catalogue"),
    path("san-pham/<str:code>/", views.product, name="product"),
    path("san-pham/<str:code>/ho-chieu/<str:item>/", passports.page, name="passport"),
    path(
        "san-pham/<str:code>/ho-chieu/<str:item>/ho-chieu.<str:kind>",
        passports.file,
        name="passport_file",
    ),
    path("san-pham/<str:code>/lich-su/", history.public_page, name="history"),
    path("san-pham/<str:code>/hang-sao/", certified.certificate_on, name="certified"),
    path("san-pham/<str:code>/huy-hieu.svg", certified.badge, name="badge"),
    path("san-pham/<str:code>/huy-hieu/", certified.badge_page, name="badge_page"),
    path("giay-chung-nhan/<int:pk>.pdf", labels.certificate, name="certificate"),
    re_path("^[vV]/(?P<text>[0-9A-Za-z]{1,200})/?$", labels.label, name="label"),
    path("kiem-tra/", verifying.page, name="verify"),
    # Devices hold these: they must never change.
    path("kiem-tra/khoa.json", verifying.pinned, name="verify_keys"),
    path("kiem-tra/thay-doi.json", verifying.changed, name="verify_changes"),
    path("kiem-tra/ngoai-tuyen.js", verifying.worker, name="verify_worker"),
    # Signed credentials name these addresses: they must never change.
    path(".well-known/did.json", credentials.did_document, name="did_document"),
    path("did.json", credentials.did_document, name="did_document_of_path"),
    path(STATUS_LIST, credentials.status_list, name="status_list"),
    path("san-pham/<str:code>/chung-chi/<int:key>/", credentials.page, name="credential"),
    path(
        "san-pham/<str:code>/chung-chi/<int:key>.jwt", credentials.envelope, name="credential_jwt"
    ),
    path("san-pham/<str:code>/linkset.json", linked.links, name="linkset"),
    path(f"{CRITERIA}/", linked.scheme, name="criteria_scheme"),
    path(f"{CRITERIA}/<str:law>/", linked.law, name="criteria_law"),
    path(
        f"{CRITERIA}/<str:law>/<int:number>/<int:revision>/",
        linked.profile,
        name="criteria_profile",
    ),
    path("san-pham/<str:code>/phan-anh/", complaints.complain, name="complaint_new"),
    path("phan-anh/ma/<path:code>/", complaints.complain_of_code, name="complaint_of_code"),
    path("phan-anh/", complaints.look_up, name="complaint_look_up"),
    path("phan-anh/<str:number>/<str:secret>/", complaints.status, name="complaint_status"),
    path(
        "phan-anh/<str:number>/<str:secret>/bien-nhan/",
        complaints.receipt,
        name="complaint_receipt",
    ),
    path("quyet-dinh/", decisions.decision_list, name="decisions"),
    path("quyet-dinh/atom.xml", decisions.feed, name="decisions_feed"),
    path("quyet-dinh/<int:pk>/", decisions.decision, name="decision"),
    path("quyet-dinh/<int:pk>/ban-ky/", decisions.decision_file, name="decision_file"),
    path("thu-hoi/", revocations.revocations, name="revocations"),
    path("thu-hoi/atom.xml", revocations.feed, name="revocations_feed"),
    path("tem/<str:serial>/lop-phu/", stamps.check, name="stamp_check"),
    path("chu-the/<str:code>/", views.producer, name="producer"),
    path("tap-huan/", training.classes, name="training_public"),
    path("tap-huan/giay-chung-nhan/", training.look_up, name="training_certificate_look_up"),
    # Printed on certificates: must never change.
    path(
        "tap-huan/giay-chung-nhan/<str:code>/",
        training.certificate,
        name="training_certificate",
    ),
    path("diem-ban/", points.shops, name="shops"),
    path("diem-ban/<str:code>/", points.shop, name="shop"),
    path("diem-ban/<str:code>/anh/<int:pk>/", points.shop_photo, name="shop_photo"),
    path("san-pham/<str:code>/noi-ban/", points.product_shops, name="product_shops"),
    path("mua-online/", online.products, name="buy_online"),
    path("ban-do/", views.map_page, name="map"),
    path("lang-nghe/", villages.village_list, name="villages"),
    path("lang-nghe/ban-do/", villages.village_map, name="village_map"),
    path("lang-nghe/tuyen/", villages.route_list, name="village_routes"),
    path("lang-nghe/tuyen/<str:code>/", villages.route, name="village_route"),
    path("lang-nghe/tuyen/<str:code>/to-gap.pdf", villages.route_leaflet, name="village_leaflet"),
    path("lang-nghe/<str:code>/", villages.village, name="village"),
    path("anh/<int:pk>/", views.photo, name="photo"),
    # These addresses stand in every copy and every proof: they must never change.
    path("so-dang-ky/", RedirectView.as_view(pattern_name="register_log")),
    path("so-dang-ky/nhat-ky/", log.page, name="register_log"),
    path("so-dang-ky/nhat-ky/checkpoint", log.checkpoint, name="register_checkpoint"),
    path("so-dang-ky/nhat-ky/tile/<path:path>", log.tile, name="register_tile"),
    path("so-dang-ky/nhat-ky/<int:index>.json", log.entry, name="register_entry"),
    path("so-dang-ky/nhat-ky/<int:index>.tlog-proof", log.proof, name="register_proof"),
    path("so-lieu/", figures.progress, name="progress"),
    path("so-lieu/dinh-nghia/", figures.definitions, name="figures_definitions"),
    path("so-lieu/danh-sach/<slug:slug>/", figures.rows, name="figures_list"),
    path("so-lieu/bao-cao.<str:kind>", figures.report, name="figures_report"),
]
