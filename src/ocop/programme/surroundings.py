"""The indicators of what stands around the products: villages, stamps, classes, points, support."""

from ocop.core.language import noop as N_
from ocop.network.centres.models import DesignCentre
from ocop.network.models import SalesPoint
from ocop.programme import rows
from ocop.programme.kept import KeptPlaces
from ocop.programme.opened import Opened
from ocop.programme.readings import PERCENT, YEAR, Indicator, Source
from ocop.programme.selling import SellingOnline
from ocop.programme.stamped import Stamped
from ocop.programme.supported import SupportedSince
from ocop.programme.trained import Trained
from ocop.programme.villages import Villages
from ocop.support.models import Category

SURROUNDINGS: tuple[Indicator, ...] = (
    Villages(
        key="craft_villages",
        slug="lang-co-nghe",
        name=N_("Làng có nghề"),
        definition=N_(
            "Số làng có nghề trong sổ làng nghề, đã công bố và còn nghề đến hết ngày báo cáo; mỗi "
            "làng với mỗi nghề tính một lần. Khi sổ chưa có làng nào: theo báo cáo gần nhất."
        ),
        measure=N_("làng"),
    ),
    Villages(
        key="craft_villages_recognised",
        recognised=True,
        slug="lang-nghe-duoc-cong-nhan",
        name=N_("Làng nghề, làng nghề truyền thống được công nhận"),
        definition=N_(
            "Số làng đã có quyết định công nhận làng nghề hoặc làng nghề truyền thống của cấp tỉnh "
            "(Nghị định 52/2018/NĐ-CP), chưa bị thu hồi đến hết ngày báo cáo. Nghề truyền thống "
            "riêng không tính. Khi sổ chưa có làng nào: theo báo cáo gần nhất."
        ),
        measure=N_("làng"),
    ),
    Stamped(
        key="stamped_products",
        slug="nong-san-gan-tem",
        name=N_("Sản phẩm nông sản gắn tem truy xuất nguồn gốc"),
        definition=N_(
            "Số sản phẩm thực phẩm, đồ uống, dược liệu, có sao OCOP hay không, có ít nhất một dải "
            "tem mã QR đã kích hoạt cho một lô hàng tính đến hết ngày báo cáo. Tem đã đóng vì bán "
            "hết hàng vẫn tính; kích hoạt nhầm đã hủy thì không. Mỗi sản phẩm tính một lần; sản "
            "phẩm chưa ghi ngành không tính."
        ),
        measure=N_("sản phẩm"),
    ),
    Trained(
        key="trained_share",
        slug="ty-le-chu-the-qua-tap-huan",
        name=N_("Tỷ lệ chủ thể đã qua tập huấn"),
        definition=N_(
            "Trong số chủ thể có sản phẩm còn hiệu lực sao trong ngày báo cáo, tỷ lệ chủ thể có ít "
            "nhất một người được cấp giấy chứng nhận hoàn thành lớp tập huấn dành cho chủ thể tính "
            "đến hết ngày báo cáo. Giấy đã thu hồi không tính; đăng ký hoặc đi học mà chưa được "
            "cấp giấy cũng không tính."
        ),
        measure=PERCENT,
        select=rows.valid,
    ),
    SellingOnline(
        key="selling_online_share",
        slug="ty-le-chu-the-ban-online",
        name=N_("Tỷ lệ chủ thể bán online"),
        definition=N_(
            "Trong số chủ thể có sản phẩm còn hiệu lực sao trong ngày báo cáo, tỷ lệ chủ thể có ít "
            "nhất một sản phẩm như vậy với liên kết bán hàng chưa gỡ và mở được theo lần kiểm tra "
            "gần nhất tính đến hết ngày báo cáo. Liên kết chưa kiểm tra hoặc không mở được không "
            "tính; gian hàng không trả lời máy kiểm tra vẫn tính."
        ),
        measure=PERCENT,
        select=rows.valid,
    ),
    Opened(
        key="sales_points",
        slug="diem-ban",
        name=N_("Điểm giới thiệu và bán sản phẩm OCOP"),
        definition=N_(
            "Số điểm giới thiệu và bán sản phẩm OCOP đã được công nhận và chưa đóng cửa trong ngày "
            "báo cáo. Nơi chưa ghi điểm nào vào hệ thống thì lấy số liệu được báo cáo gần nhất."
        ),
        measure=N_("điểm"),
        source=Source.NETWORK,
        model=SalesPoint,
        ends="closed_on",
    ),
    KeptPlaces(
        key="design_centres",
        slug="trung-tam-thiet-ke",
        name=N_("Trung tâm thiết kế sáng tạo được công nhận"),
        definition=N_(
            "Số trung tâm thiết kế sáng tạo, giới thiệu và bán sản phẩm OCOP đã được công nhận và "
            "chưa thôi công nhận trong ngày báo cáo. Nơi chưa ghi trung tâm nào được công nhận thì "
            "lấy số liệu được báo cáo gần nhất."
        ),
        measure=N_("trung tâm"),
        source=Source.CENTRES,
        model=DesignCentre,
        ends="ended_on",
    ),
    SupportedSince(
        key="fair_support_since",
        slug="ho-tro-hoi-cho",
        name=N_("Năm bắt đầu hỗ trợ chủ thể tham gia hội chợ"),
        definition=N_(
            "Năm có khoản hỗ trợ hội chợ, xúc tiến thương mại đầu tiên mà đơn vị chi, theo sổ hỗ "
            "trợ đã nhập và các khoản chi trong hệ thống tính đến ngày báo cáo. Với nơi có nhiều "
            "đơn vị chi là năm sớm nhất; khoản chỉ có năm được tính khi năm đó đã qua."
        ),
        measure=YEAR,
        category=Category.PROMOTION,
    ),
)
