"""Places where a point may stand, and what a visit checks there, by the decision in force.

The lists are dated data (`data/place_types.yaml`). After the last day that a decision speaks of,
its list goes on until another comes: that is told as `lapsed`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml

from ocop.core.language import noop as N_

#: The places of the decisions, by the keys of the data.
PLACES: Mapping[str, str] = {
    "station": N_("Cửa hàng tại nhà ga, sân bay, bến xe, bến tàu"),
    "highway": N_("Trạm, điểm dừng nghỉ trên cao tốc, quốc lộ"),
    "market": N_("Trung tâm thương mại, siêu thị, chợ"),
    "tourism": N_("Khu du lịch, nhà hàng, khách sạn"),
    "village": N_("Làng nghề, làng nghề truyền thống"),
    "service": N_("Khu trung tâm dịch vụ thương mại"),
    "industry": N_("Khu, cụm công nghiệp"),
    "fair": N_("Trung tâm hội chợ, triển lãm, giới thiệu sản phẩm"),
    "post": N_("Bưu cục, bưu điện văn hóa xã"),
}

_EVERYWHERE: Mapping[str, str] = {
    "reach": N_("Giao thông thuận lợi, đông người qua lại"),
    "right": N_("Có quyền sử dụng mặt bằng từ 12 tháng trở lên"),
    "licence": N_("Có đăng ký kinh doanh; điều kiện an toàn thực phẩm nếu bán thực phẩm"),
    "sign": N_("Có vị trí treo biển nhận diện, nhìn rõ từ lối vào"),
    "shelves": N_("Có kệ riêng cho sản phẩm OCOP, tách khỏi hàng khác"),
    "prices": N_("Niêm yết giá, nhãn và mã truy xuất đọc được"),
    "goods": N_("Chỉ bày sản phẩm được phép bày tại điểm"),
    "staff": N_("Người bán giới thiệu được sản phẩm và ghi được doanh số hằng tháng"),
}

_OF_PLACE: Mapping[str, Mapping[str, str]] = {
    "station": {"consent": N_("Có văn bản đồng ý của đơn vị quản lý nhà ga, bến, cảng")},
    "highway": {"parking": N_("Xe dừng đỗ được, lối vào an toàn")},
    "market": {"consent": N_("Có văn bản đồng ý của ban quản lý chợ, trung tâm thương mại")},
    "tourism": {"visitors": N_("Khách du lịch vào được, có giới thiệu bằng tiếng nước ngoài")},
    "village": {"trade": N_("Bày sản phẩm của chính làng nghề")},
    "industry": {"consent": N_("Có văn bản đồng ý của đơn vị quản lý khu, cụm công nghiệp")},
    "fair": {"consent": N_("Có văn bản đồng ý của trung tâm")},
    "post": {"consent": N_("Có văn bản đồng ý của bưu điện")},
}


@dataclass(frozen=True, slots=True)
class Listing:
    """The list of one decision, in force from `since` and written for the time until `until`."""

    key: str
    document: str
    since: date
    until: date
    places: tuple[str, ...]

    def lapsed(self, on: date) -> bool:
        """Whether the time for which it was written is over."""
        return on > self.until


@cache
def listings() -> tuple[Listing, ...]:
    """All lists, oldest first."""
    text = resources.files("ocop.network").joinpath("data/place_types.yaml").read_text("utf-8")
    found = tuple(
        Listing(row["key"], row["document"], row["from"], row["until"], tuple(row["places"]))
        for row in yaml.safe_load(text)
    )
    for listing in found:
        if unknown := set(listing.places) - set(PLACES):
            raise ValueError(f"{listing.key}: unknown places {sorted(unknown)}")
    return tuple(sorted(found, key=lambda each: each.since))


def listing_on(day: date) -> Listing:
    """The newest list that had begun on a day; before the first of them, the first."""
    begun = [each for each in listings() if each.since <= day]
    return begun[-1] if begun else listings()[0]


def checks_for(place: str) -> Mapping[str, str]:
    """What a visit to such a place looks at: keys and questions, in order."""
    return {**_EVERYWHERE, **_OF_PLACE.get(place, {})}


def missing(place: str, answers: Mapping[str, str]) -> list[str]:
    """The keys of the questions that were not answered."""
    return [key for key in checks_for(place) if answers.get(key) not in ("yes", "no")]


def failed(place: str, answers: Mapping[str, str]) -> list[str]:
    """The keys of the questions that were answered with no."""
    return [key for key in checks_for(place) if answers.get(key) == "no"]
