"""Where the code of a sales unit, a lot or a stamp leads, for programs of GS1 (see
`traceability.linksets`).

There is no `gs1:epcis`: events name suppliers and places of work, so the query interface answers
nobody in particular, and a link that leads to a refusal is none. What of the journey is public lies
in the passport.
"""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from ocop.core.credentials import envelopes
from ocop.traceability.linksets import DEFAULT, DEFAULTS, Link
from ocop.traceability.passport_files import LINKED
from ocop.traceability.reference import ItemFact, LotFact
from ocop.traceability.resolver import Known
from ocop.web.stamps import assets
from ocop.web.star_titles import credential_titles, star_titles

_BOTH = ("vi", "en")
_NO_STAR = ("Hạng sao OCOP: hiện không có", "OCOP stars: none today")
_TITLES = {
    "stamp": ("Trang của tem", "Page of the stamp"),
    "lot": ("Trang của lô hàng", "Page of the lot"),
    "item": ("Trang của sản phẩm", "Page of the product"),
}


def of_stamp(item: ItemFact, serial: str) -> Known:
    """What is known of one stamp."""
    page = f"{assets.resolver()}/T/{serial}"
    return Known(f"{item.name}: {serial}", [*_page("stamp", page), _status(page), _support(page)])


def of_lot(item: ItemFact, lot: LotFact) -> Known:
    """What is known of a lot."""
    page = f"{assets.resolver()}/T/L/{lot.code}"
    links = [*_page("lot", page), *_data(item, f"?lo={lot.code}"), _status(page), _support(page)]
    return Known(f"{item.name}: {lot.number}", links)


def of_item(item: ItemFact) -> Known:
    """What is known of a sales unit."""
    page = f"{assets.resolver()}/T/P/{item.code}"
    return Known(
        item.name, [*_page("item", page), *_product(item, page), *_data(item), _support(page)]
    )


def _page(kind: str, page: str) -> Iterator[Link]:
    """The page by which a code answers: it chooses the language itself where nobody names one."""
    title, english = _TITLES[kind]
    yield Link(DEFAULT, page, title)
    yield Link(DEFAULTS, f"{page}?lang=vi", title, languages=("vi",))
    yield Link(DEFAULTS, f"{page}?lang=en", english, languages=("en",))
    yield Link("traceability", page, title, languages=_BOTH)


def _product(item: ItemFact, page: str) -> Iterator[Link]:
    if not item.public:
        yield Link("pip", page, "Sản phẩm", languages=_BOTH)
        return
    base = settings.BASE_URL.rstrip("/")
    address = base + reverse("product", args=[item.product_code])
    yield Link("pip", address, "Sản phẩm", languages=_BOTH)
    passport = base + reverse("passport", args=[item.product_code, item.code])
    yield Link("dpp", passport, "Hộ chiếu số", languages=_BOTH)
    if item.ranked:
        yield from _certified(item, base)


def _certified(item: ItemFact, base: str) -> Iterator[Link]:
    """The star with its state today, and its credential where it has one."""
    page = base + reverse("certified", args=[item.product_code])
    title, english = star_titles(item.star.stars, item.star.state) if item.star else _NO_STAR
    yield Link("certificationInfo", page, title, languages=_BOTH, english=english)
    if item.star and item.star.credential:
        title, english = credential_titles(item.star.stars, item.star.state)
        address = base + reverse("credential_jwt", args=[item.product_code, item.star.key])
        yield Link("certificationInfo", address, title, envelopes.MEDIA_TYPE, english=english)


def _data(item: ItemFact, lot: str = "") -> Iterator[Link]:
    """The passport as linked data: of the lot, or of the sales unit with its newest lot."""
    if item.public:
        path = reverse("passport_file", args=[item.product_code, item.code, "jsonld"])
        address = f"{settings.BASE_URL.rstrip('/')}{path}{lot}"
        yield Link("masterData", address, "Dữ liệu sản phẩm", LINKED)


def _status(page: str) -> Link:
    return Link("recallStatus", page, "Thu hồi", languages=_BOTH)


def _support(page: str) -> Link:
    return Link("support", f"{page}?phan-anh", "Phản ánh", languages=_BOTH)
