"""One login per role. The addresses lie under a name that can never exist (RFC 2606)."""

from dataclasses import dataclass

from ocop.core.language import noop as N_
from ocop.people.roles import Role

DOMAIN = "ocop.example"
PASSWORD = "ocop-mau-2026"


@dataclass(frozen=True, slots=True)
class Login:
    """An account of the demonstration: its role, its address and the name it shows."""

    role: Role
    mailbox: str
    name: str

    @property
    def email(self) -> str:
        return f"{self.mailbox}@{DOMAIN}"


LOGINS = (
    Login(Role.PROVINCIAL_OFFICER, "chuyen-vien", N_("Chuyên viên Văn phòng Điều phối (mẫu)")),
    Login(Role.OFFICE_HEAD, "lanh-dao", N_("Lãnh đạo Văn phòng Điều phối (mẫu)")),
    Login(Role.COMMUNE_OFFICER, "can-bo-xa", N_("Cán bộ cấp xã (mẫu)")),
    Login(Role.PRODUCER, "chu-the", N_("Chủ thể (mẫu)")),
    Login(Role.ADVISORY_MEMBER, "to-tu-van", N_("Thành viên tổ tư vấn (mẫu)")),
    Login(Role.COUNCIL_MEMBER, "thanh-vien", N_("Thành viên hội đồng (mẫu)")),
    Login(Role.COUNCIL_SECRETARY, "thu-ky", N_("Thư ký hội đồng (mẫu)")),
    Login(Role.COUNCIL_CHAIR, "chu-tich", N_("Chủ tịch hội đồng (mẫu)")),
    Login(Role.INSPECTOR, "kiem-tra", N_("Người kiểm tra (mẫu)")),
    Login(Role.SALES_POINT_KEEPER, "diem-ban", N_("Người phụ trách điểm bán (mẫu)")),
    Login(Role.EVENT_ORGANISER, "su-kien", N_("Người tổ chức sự kiện (mẫu)")),
    Login(Role.AUDITOR, "kiem-toan", N_("Kiểm toán, thanh tra (mẫu)")),
    Login(Role.ADMINISTRATOR, "quan-tri", N_("Quản trị hệ thống (mẫu)")),
)


def email_of(role: Role) -> str:
    """The address with which somebody of this role signs in."""
    return next(login.email for login in LOGINS if login.role is role)
