"""The indicators of the programme, each with its written definition.

A number on a page, in a document or in an answer of the API comes from here and nowhere else.
*Evaluated ever* and *valid today* are two indicators; first, repeated and upgrading evaluations
are three, and nothing adds them up.
"""

from django.db.models import Q

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.producers.models import ProducerKind, Sex
from ocop.programme import rows
from ocop.programme.readings import (
    PERCENT,
    Indicator,
    Producers,
    ProducerShare,
    Products,
    Registered,
    Share,
    Total,
)
from ocop.programme.scope import Scope
from ocop.programme.surroundings import SURROUNDINGS
from ocop.recognition.models import Kind

_PRODUCTS = N_("sản phẩm")
_PRODUCERS = N_("chủ thể")
#: Said wherever a restricted number stands.
CONFIDENCE = N_(
    "Chỉ công bố khi có từ 5 chủ thể trở lên; số công khai tính đến cuối năm gần nhất đã qua."
)
_ORGANISED = (
    ProducerKind.COOPERATIVE,
    ProducerKind.COOPERATIVE_GROUP,
    ProducerKind.ENTERPRISE,
)
_MAJORITY = "Kinh"


def _raised_or_kept(scope: Scope) -> Q:
    return Q(product__in=rows.reevaluated(scope).values("product")) | Q(
        product__in=rows.upgraded(scope).values("product")
    )


def _near_five(_scope: Scope) -> Q:
    return Q(potential_five=True) | Q(stars=5)


_ALL: tuple[Indicator, ...] = (
    Products(
        key="evaluated",
        slug="da-danh-gia",
        name=N_("Sản phẩm đã được đánh giá, phân hạng"),
        definition=N_(
            "Số sản phẩm có ít nhất một lần được công nhận từ 3 sao trở lên tính đến hết ngày báo "
            "cáo. Mỗi sản phẩm tính một lần, vào năm và theo hạng sao của lần công nhận đầu tiên. "
            "Kết quả bị hủy không tính; sản phẩm hết hạn hoặc bị thu hồi vẫn tính vì đã từng được "
            "đánh giá."
        ),
        measure=_PRODUCTS,
        select=rows.evaluated,
    ),
    Products(
        key="evaluated_in_term",
        slug="danh-gia-trong-ky",
        name=N_("Sản phẩm được đánh giá, phân hạng trong kỳ"),
        definition=N_(
            "Phần của số sản phẩm đã được đánh giá, phân hạng có lần công nhận đầu tiên trong kỳ "
            "và trước hoặc trong ngày báo cáo. Đây là số so với mục tiêu của kỳ."
        ),
        measure=_PRODUCTS,
        select=rows.evaluated_in_term,
    ),
    Products(
        key="valid",
        slug="con-hieu-luc",
        name=N_("Sản phẩm còn hiệu lực sao"),
        definition=N_(
            "Số sản phẩm có quyết định công nhận còn hiệu lực trong ngày báo cáo, kể cả trường hợp "
            "kéo dài đã được xác nhận. Không tính sản phẩm không rõ thời hạn, hết hạn, bị thu hồi "
            "hoặc bị hủy kết quả."
        ),
        measure=_PRODUCTS,
        select=rows.valid,
    ),
    Products(
        key="reevaluated",
        slug="danh-gia-lai",
        name=N_("Sản phẩm được đánh giá lại trong kỳ"),
        definition=N_(
            "Số sản phẩm có ít nhất một lần đánh giá lại trong kỳ. Không cộng với số đánh giá lần "
            "đầu hoặc nâng hạng."
        ),
        measure=_PRODUCTS,
        select=rows.reevaluated,
    ),
    Products(
        key="upgraded",
        slug="nang-hang",
        name=N_("Sản phẩm được nâng hạng trong kỳ"),
        definition=N_(
            "Số sản phẩm có ít nhất một lần đánh giá nâng hạng trong kỳ. Không cộng với số đánh "
            "giá lần đầu hoặc đánh giá lại."
        ),
        measure=_PRODUCTS,
        select=rows.upgraded,
    ),
    Products(
        key="undated",
        slug="chua-ro-nam",
        name=N_("Sản phẩm được công nhận nhưng chưa rõ năm"),
        definition=N_(
            "Số sản phẩm có nguồn tin công nhận mà không ghi ngày hoặc năm. Không nằm trong các số "
            "khác cho tới khi bổ sung được quyết định."
        ),
        measure=_PRODUCTS,
        select=rows.undated,
    ),
    Products(
        key="ended",
        slug="het-han-trong-ky",
        name=N_("Sản phẩm có hạng sao hết hạn trong kỳ"),
        definition=N_(
            "Số sản phẩm có quyết định công nhận hết 36 tháng trong kỳ và trước ngày báo cáo, dù "
            "sau đó đã được đánh giá lại hay chưa."
        ),
        measure=_PRODUCTS,
        select=rows.ended,
    ),
    Share(
        key="renewed_share",
        slug="ty-le-danh-gia-lai",
        name=N_("Tỷ lệ được công nhận lại sau khi hết hạn"),
        definition=N_(
            "Trong số sản phẩm có hạng sao hết hạn trong kỳ, tỷ lệ sản phẩm đã có lần công nhận "
            "sau đó tính đến ngày báo cáo."
        ),
        measure=PERCENT,
        select=rows.ended,
        condition=rows.again,
    ),
    Share(
        key="renewed_in_time_share",
        slug="ty-le-cong-nhan-lai-dung-han",
        name=N_("Tỷ lệ được công nhận lại đúng hạn"),
        definition=N_(
            "Trong số sản phẩm có hạng sao hết hạn trong kỳ, tỷ lệ sản phẩm có lần công nhận tiếp "
            "theo khi hạng sao còn hiệu lực: đến hết ngày cuối của 36 tháng hoặc ngày cuối của "
            "thời gian kéo dài đã xác nhận (khoản 3 Điều 12 Quyết định 26/2026/QĐ-TTg). Cùng với "
            "số công nhận lại sau hạn và số chưa công nhận lại, số này chia hết các sản phẩm có "
            "hạng sao hết hạn trong kỳ."
        ),
        measure=PERCENT,
        select=rows.ended,
        condition=rows.in_time,
    ),
    Products(
        key="renewed_late",
        slug="cong-nhan-lai-sau-han",
        name=N_("Sản phẩm được công nhận lại sau khi đã hết hiệu lực"),
        definition=N_(
            "Trong số sản phẩm có hạng sao hết hạn trong kỳ, số sản phẩm có lần công nhận tiếp "
            "theo sau ngày cuối của 36 tháng và của thời gian kéo dài đã xác nhận, tính đến ngày "
            "báo cáo."
        ),
        measure=_PRODUCTS,
        select=rows.renewed_late,
    ),
    Products(
        key="not_renewed",
        slug="chua-cong-nhan-lai",
        name=N_("Sản phẩm hết hạn chưa được công nhận lại"),
        definition=N_(
            "Trong số sản phẩm có hạng sao hết hạn trong kỳ, số sản phẩm chưa có lần công nhận "
            "nào tiếp theo tính đến ngày báo cáo."
        ),
        measure=_PRODUCTS,
        select=rows.not_renewed,
    ),
    Share(
        key="near_five_share",
        slug="ty-le-tiem-nang-5-sao",
        name=N_("Tỷ lệ sản phẩm 5 sao và tiềm năng 5 sao"),
        definition=N_(
            "Trong số sản phẩm được đánh giá trong kỳ, tỷ lệ sản phẩm đạt 5 sao hoặc 4 sao có hồ "
            "sơ tiềm năng 5 sao."
        ),
        measure=PERCENT,
        select=rows.evaluated_in_term,
        condition=_near_five,
    ),
    Share(
        key="consolidated_share",
        slug="ty-le-cung-co-nang-hang",
        name=N_("Tỷ lệ sản phẩm cũ được củng cố, nâng hạng"),
        definition=N_(
            "Trong số sản phẩm được đánh giá trước kỳ, tỷ lệ sản phẩm đã được đánh giá lại hoặc "
            "nâng hạng trong kỳ; sản phẩm có cả hai chỉ tính một lần."
        ),
        measure=PERCENT,
        select=rows.evaluated_before_term,
        condition=_raised_or_kept,
    ),
    Producers(
        key="producers",
        slug="chu-the",
        name=N_("Chủ thể có sản phẩm đã được đánh giá, phân hạng"),
        definition=N_(
            "Số chủ thể khác nhau của các sản phẩm đã được đánh giá, phân hạng. Trong bảng chia "
            "nhỏ, một chủ thể có thể được tính ở nhiều dòng."
        ),
        measure=_PRODUCERS,
        select=rows.evaluated,
    ),
    Producers(
        key="producers_valid",
        slug="chu-the-con-hieu-luc",
        name=N_("Chủ thể có sản phẩm còn hiệu lực sao"),
        definition=N_("Số chủ thể khác nhau của các sản phẩm còn hiệu lực sao trong ngày báo cáo."),
        measure=_PRODUCERS,
        select=rows.valid,
    ),
    ProducerShare(
        key="organised_share",
        slug="ty-le-to-chuc",
        name=N_("Tỷ lệ chủ thể là hợp tác xã, tổ hợp tác, doanh nghiệp"),
        definition=N_(
            "Trong số chủ thể có sản phẩm còn hiệu lực sao và đã rõ loại hình, tỷ lệ hợp tác xã, "
            "tổ hợp tác và doanh nghiệp."
        ),
        measure=PERCENT,
        select=rows.valid,
        told=~Q(kind=ProducerKind.UNKNOWN),
        condition=Q(kind__in=_ORGANISED),
    ),
    ProducerShare(
        key="women_led_share",
        slug="ty-le-nu-lanh-dao",
        name=N_("Tỷ lệ chủ thể do nữ đứng đầu"),
        definition=N_(
            "Trong số chủ thể có sản phẩm còn hiệu lực sao và đã khai giới tính người đại diện, tỷ "
            "lệ do nữ đứng đầu."
        ),
        measure=PERCENT,
        restricted=True,
        select=rows.valid,
        told=~Q(leader_sex=""),
        condition=Q(leader_sex=Sex.FEMALE),
    ),
    ProducerShare(
        key="minority_led_share",
        slug="ty-le-dan-toc-thieu-so",
        name=N_("Tỷ lệ chủ thể do người dân tộc thiểu số đứng đầu"),
        definition=N_(
            "Trong số chủ thể có sản phẩm còn hiệu lực sao và đã khai dân tộc người đại diện, tỷ "
            "lệ do người dân tộc thiểu số đứng đầu."
        ),
        measure=PERCENT,
        restricted=True,
        select=rows.valid,
        told=~Q(leader_ethnicity=""),
        condition=~Q(leader_ethnicity__iexact=_MAJORITY),
    ),
    Total(
        key="revenue",
        slug="doanh-thu",
        name=N_("Doanh thu năm của sản phẩm còn hiệu lực sao"),
        definition=N_("Tổng doanh thu năm gần nhất mà chủ thể khai cho sản phẩm còn hiệu lực sao."),
        measure=N_("đồng"),
        restricted=True,
        select=rows.valid,
        of_products="revenue",
    ),
    Total(
        key="workers",
        slug="lao-dong",
        name=N_("Lao động của chủ thể có sản phẩm còn hiệu lực sao"),
        definition=N_("Tổng số lao động mà các chủ thể có sản phẩm còn hiệu lực sao đã khai."),
        measure=N_("người"),
        restricted=True,
        select=rows.valid,
        of_producers="workers",
    ),
    Registered(
        key="registered",
        slug="dang-ky",
        name=N_("Sản phẩm đăng ký đánh giá lần đầu trong năm"),
        definition=N_(
            "Số sản phẩm mà các đơn vị đăng ký đánh giá, phân hạng lần đầu cho năm báo cáo, chưa "
            "rút tính đến ngày báo cáo. Dự kiến đến hết năm là số đã đánh giá, phân hạng trong kỳ "
            "cộng với những đăng ký này mà sản phẩm chưa được đánh giá, coi như tất cả đều đạt."
        ),
        measure=_PRODUCTS,
        kinds=(Kind.FIRST,),
    ),
    Registered(
        key="registered_again",
        slug="dang-ky-lai",
        name=N_("Sản phẩm đăng ký đánh giá lại, nâng hạng trong năm"),
        definition=N_(
            "Số sản phẩm đã được phân hạng mà các đơn vị đăng ký đánh giá lại hoặc nâng hạng cho "
            "năm báo cáo. Không làm tăng số sản phẩm được đánh giá."
        ),
        measure=_PRODUCTS,
        kinds=(Kind.REEVALUATION, Kind.UPGRADE),
    ),
    *SURROUNDINGS,
)

INDICATORS = {indicator.key: indicator for indicator in _ALL}
BY_SLUG = {indicator.slug: indicator for indicator in _ALL}


def get(key: str) -> Indicator:
    """An indicator by its key. Refused: a key of none."""
    try:
        return INDICATORS[key]
    except KeyError:
        raise Refused("unknown_indicator", _("Không có chỉ tiêu “%s”.") % key) from None
