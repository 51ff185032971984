"""Tables of training."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.training.models import ClassState, EnrolmentState
from ocop.training.papers import ticket_text
from ocop.web.drawing import chip
from ocop.web.tables import DayColumn, MomentColumn, NumberColumn, PlainColumn

CLASS_LOOKS = {
    ClassState.PLANNED: ("flat", "clock"),
    ClassState.OPEN: ("ok", "check"),
    ClassState.HELD: ("flat", "check"),
    ClassState.CANCELLED: ("bad", "minus"),
}
ENROLMENT_LOOKS = {
    EnrolmentState.ENROLLED: ("ok", "check"),
    EnrolmentState.WAITING: ("due", "clock"),
    EnrolmentState.WITHDRAWN: ("flat", "minus"),
}


class TrainingClassTable(tables.Table):
    """Classes. The course stands below the name."""

    name = tables.Column(verbose_name=gettext_lazy("Lớp"), order_by="folded")
    course = PlainColumn(
        verbose_name=gettext_lazy("Chương trình"),
        accessor="course__title",
        order_by="course__folded",
        visible=False,
    )
    audience = tables.Column(
        verbose_name=gettext_lazy("Đối tượng"), accessor="course__get_audience_display",
        order_by="course__audience",
    )  # fmt: skip
    starts_at = MomentColumn(verbose_name=gettext_lazy("Bắt đầu"))
    place = PlainColumn(verbose_name=gettext_lazy("Nơi học"))
    taken = NumberColumn(verbose_name=gettext_lazy("Đã có chỗ"))
    capacity = NumberColumn(verbose_name=gettext_lazy("Số chỗ"))
    state = tables.Column(verbose_name=gettext_lazy("Tình trạng"))

    def render_name(self, record: Any, value: str) -> str:
        address = reverse("office:training_class", args=[record.code])
        link = '<a href="{}">{}</a><br><span class="sub">{}</span>'
        return format_html(link, address, value, record.course.title)

    def value_name(self, value: str) -> str:
        return value

    def render_state(self, record: Any) -> str:
        return chip(record.get_state_display(), *CLASS_LOOKS[record.state])

    def value_state(self, record: Any) -> str:
        return str(record.get_state_display())


class TrainingCourseTable(tables.Table):
    """Courses with what was planned and what became of it."""

    title = tables.Column(verbose_name=gettext_lazy("Chương trình tập huấn"), order_by="folded")
    year = PlainColumn(verbose_name=gettext_lazy("Năm"))
    audience = tables.Column(
        verbose_name=gettext_lazy("Đối tượng"), accessor="get_audience_display",
        order_by="audience",
    )  # fmt: skip
    planned_classes = NumberColumn(verbose_name=gettext_lazy("Lớp dự kiến"))
    classes_count = NumberColumn(verbose_name=gettext_lazy("Lớp đã lập"))
    held_count = NumberColumn(verbose_name=gettext_lazy("Lớp đã học"))
    planned_people = NumberColumn(verbose_name=gettext_lazy("Người dự kiến"))
    completed = NumberColumn(verbose_name=gettext_lazy("Được chứng nhận"))

    def render_title(self, record: Any, value: str) -> str:
        address = reverse("office:training_course", args=[record.code])
        return format_html('<a href="{}">{}</a>', address, value)

    def value_title(self, value: str) -> str:
        return value


class EnrolmentTable(tables.Table):
    """Persons of a class."""

    name = PlainColumn(verbose_name=gettext_lazy("Người học"), order_by="folded")
    of = PlainColumn(
        verbose_name=gettext_lazy("Chủ thể, đơn vị"),
        accessor="pk",
        order_by=("producer__folded", "unit__folded"),
    )
    position = PlainColumn(verbose_name=gettext_lazy("Chức vụ, công việc"), visible=False)
    phone = PlainColumn(verbose_name=gettext_lazy("Điện thoại"), visible=False)
    code = tables.Column(
        verbose_name=gettext_lazy("Mã vé"), attrs={"td": {"class": "code"}}, orderable=False
    )
    attended = NumberColumn(verbose_name=gettext_lazy("Số buổi dự"))
    passed = tables.Column(verbose_name=gettext_lazy("Bài kiểm tra"))
    certified = tables.Column(verbose_name=gettext_lazy("Chứng nhận"))
    state = tables.Column(verbose_name=gettext_lazy("Tình trạng"))
    acts = tables.Column(
        verbose_name=gettext_lazy("Việc"),
        accessor="pk",
        orderable=False,
        exclude_from_export=True,
    )

    def __init__(
        self,
        rows: Any,
        *,
        tested: bool,
        acts: bool,
        office: bool = False,
        over: bool = False,
        measure: Any = None,
        **more: Any,
    ) -> None:
        """`measure` tells of each person what is missing; none while nobody has attended yet. The
        office corrects whoever came. Of a class that is over answers are entered, and nobody
        withdraws."""
        self._tested, self._office, self._over = tested, office, over
        self._measure = measure
        hidden = [name for name, shown in (("passed", tested), ("acts", acts)) if not shown]
        super().__init__(rows, exclude=tuple(hidden), **more)

    def render_of(self, record: Any) -> str:
        return str(record.producer or record.unit.name)

    def value_of(self, record: Any) -> str:
        return self.render_of(record)

    def render_passed(self, value: bool) -> str:
        return chip(_("Đạt"), "ok", "check") if value else "–"

    def value_passed(self, value: bool) -> str:
        return _("Đạt") if value else ""

    def render_certified(self, record: Any, value: bool) -> str:
        if value:
            return chip(_("Đã cấp"), "ok", "check")
        if record.revoked:
            return chip(_("Đã thu hồi"), "bad", "minus")
        missing = self._missing(record)
        if missing is None:
            return "–"
        return chip(_("Đủ điều kiện"), "info", "check") if missing.done else missing.words

    def value_certified(self, record: Any, value: bool) -> str:
        if value:
            return _("Đã cấp")
        if record.revoked:
            return _("Đã thu hồi")
        missing = self._missing(record)
        return "" if missing is None else missing.words or _("Đủ điều kiện")

    def _missing(self, record: Any) -> Any:
        if self._measure is None or record.state != EnrolmentState.ENROLLED:
            return None
        return self._measure(record)

    def render_code(self, value: str) -> str:
        return ticket_text(value)

    def render_state(self, record: Any) -> str:
        return chip(record.get_state_display(), *ENROLMENT_LOOKS[record.state])

    def value_state(self, record: Any) -> str:
        return str(record.get_state_display())

    def render_acts(self, record: Any) -> str:
        if record.state == EnrolmentState.WITHDRAWN:
            return "–"
        links = []
        if not record.certified and (self._office or not record.attended):
            links.append(self._link("office:training_correct", record, _("Sửa")))
        if not record.attended and not self._over:
            links.append(self._link("office:training_withdraw", record, _("Rút")))
        seated = record.state == EnrolmentState.ENROLLED
        if self._tested and record.attended and not record.passed and seated:
            links.append(self._link("office:training_answer", record, _("Nhập bài làm")))
        return format_html_join(" · ", "{}", ((link,) for link in links)) if links else "–"

    def _link(self, name: str, record: Any, words: str) -> str:
        return format_html(
            '<a href="{}">{}<span class="hide">: {}</span></a>',
            reverse(name, args=[record.code]),
            words,
            record.name,
        )


class LackingTable(tables.Table):
    """Producers of whom nobody has completed a class."""

    name = tables.Column(verbose_name=gettext_lazy("Chủ thể"), order_by="folded")
    kind = tables.Column(
        verbose_name=gettext_lazy("Loại hình"), accessor="get_kind_display", order_by="kind"
    )
    commune = PlainColumn(
        verbose_name=gettext_lazy("Xã, phường"),
        accessor="commune__name",
        order_by="commune__folded",
    )
    phone = PlainColumn(verbose_name=gettext_lazy("Điện thoại"), visible=False)
    potential = tables.Column(verbose_name=gettext_lazy("Sản phẩm tiềm năng"))
    coming = tables.Column(verbose_name=gettext_lazy("Lớp sắp tới"))

    def render_name(self, record: Any, value: str) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("office:producer", args=[record.code]), value
        )

    def value_name(self, value: str) -> str:
        return value

    def render_potential(self, value: bool) -> str:
        return _("Có") if value else "–"

    def value_potential(self, value: bool) -> str:
        return _("Có") if value else ""

    def render_coming(self, value: bool) -> str:
        return chip(_("Đã đăng ký"), "ok", "check") if value else chip(_("Chưa"), "due", "warning")

    def value_coming(self, value: bool) -> str:
        return _("Đã đăng ký") if value else _("Chưa")


class TrainingCertificateTable(tables.Table):
    """Certificates of training."""

    number = tables.Column(
        verbose_name=gettext_lazy("Số"),
        order_by=("year", "serial"),
        attrs={"td": {"class": "code"}},
    )
    name = PlainColumn(
        verbose_name=gettext_lazy("Người học"),
        accessor="enrolment__name",
        order_by="enrolment__folded",
    )
    of = PlainColumn(verbose_name=gettext_lazy("Chủ thể, đơn vị"), accessor="words__of",
        orderable=False)  # fmt: skip
    course = PlainColumn(
        verbose_name=gettext_lazy("Chương trình"),
        accessor="enrolment__training_class__course__title",
        order_by="enrolment__training_class__course__folded",
    )
    issued_at = DayColumn(verbose_name=gettext_lazy("Ngày cấp"))
    revoked_at = tables.Column(verbose_name=gettext_lazy("Tình trạng"), empty_values=())

    acts = tables.Column(
        verbose_name=gettext_lazy("Việc"),
        accessor="code",
        orderable=False,
        exclude_from_export=True,
    )

    def __init__(self, rows: Any, *, acts: bool, **more: Any) -> None:
        super().__init__(rows, exclude=() if acts else ("acts",), **more)

    def render_number(self, record: Any, value: str) -> str:
        address = reverse("training_certificate", args=[record.code])
        return format_html('<a href="{}">{}</a>', address, value)

    def value_number(self, value: str) -> str:
        return value

    def render_revoked_at(self, record: Any) -> str:
        if record.revoked_at:
            return chip(_("Đã thu hồi"), "bad", "minus")
        return chip(_("Còn giá trị"), "ok", "check")

    def value_revoked_at(self, record: Any) -> str:
        return _("Đã thu hồi") if record.revoked_at else _("Còn giá trị")

    def render_acts(self, record: Any) -> str:
        if record.revoked_at and record.stands:
            return "–"
        name, words = (
            ("office:training_certificate_reissue", _("Cấp lại"))
            if record.revoked_at
            else ("office:training_certificate_revoke", _("Thu hồi"))
        )
        return format_html(
            '<a href="{}">{}<span class="hide">: {}</span></a>',
            reverse(name, args=[record.code]),
            words,
            record.number,
        )
