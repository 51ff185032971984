"""Filters of lists that are short: every word asked for begins a word of what a row says."""

from typing import Any, ClassVar

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ocop.core import folding
from ocop.councils.models import Council, ScoreWorkbook
from ocop.criteria.models import CriteriaSetVersion
from ocop.dossiers.models import Dossier
from ocop.filters.strict import StrictFilterSet
from ocop.people.models import User
from ocop.products.models import Sector
from ocop.programme.models import Campaign, TaskKind, UnitAnswer, UnitTask
from ocop.recognition.models import BatchState, Ground, ImportBatch, Kind, Revocation
from ocop.recognition.postcheck.models import PostCheckPlan

_YES_NO = (("true", _("Có")), ("false", _("Không")))


class WordedFilter(StrictFilterSet):
    """Rows by the words of their `texts`. They are few: they are read and compared as they are,
    without marks."""

    texts: ClassVar[tuple[str, ...]] = ()

    q = filters.CharFilter(label=_("Tìm"), method="by_words", max_length=100)

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        wanted = folding.asked(value)
        if not wanted:
            return rows.none()
        found = []
        for key, *told in rows.order_by().values_list("pk", *self.texts):
            words = folding.tokens(" ".join(str(text) for text in told if text is not None))
            if all(any(word.startswith(w) for word in words) for w in wanted):
                found.append(key)
        return rows.filter(pk__in=found)


class ImportFilter(WordedFilter):
    """Imports by the name of the file and by where they stand."""

    texts = ("filename",)
    q = filters.CharFilter(label=_("Tìm tên tệp"), method="by_words", max_length=100)
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=BatchState.choices)

    class Meta:
        model = ImportBatch
        fields = ()


class TaskFilter(WordedFilter):
    """Tasks by words of title and letter, and by kind."""

    texts = ("title", "document")
    q = filters.CharFilter(label=_("Tìm việc, số công văn"), method="by_words", max_length=100)
    kind = filters.ChoiceFilter(label=_("Loại"), choices=TaskKind.choices)

    class Meta:
        model = UnitTask
        fields = ()


class AnswerFilter(WordedFilter):
    """A unit's own tasks by words of title and letter, and by kind."""

    texts = ("task__title", "task__document", "unit__name")
    q = filters.CharFilter(label=_("Tìm việc, số công văn"), method="by_words", max_length=100)
    kind = filters.ChoiceFilter(label=_("Loại"), choices=TaskKind.choices, field_name="task__kind")

    class Meta:
        model = UnitAnswer
        fields = ()


class CampaignFilter(WordedFilter):
    """Campaigns by words of title and letter, and by whether they are over."""

    texts = ("title", "document")
    q = filters.CharFilter(
        label=_("Tìm chiến dịch, số công văn"), method="by_words", max_length=100
    )
    closed = filters.ChoiceFilter(label=_("Đã kết thúc"), choices=_YES_NO, method="by_end")

    class Meta:
        model = Campaign
        fields = ()

    def by_end(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(closed_at__isnull=value == "false")


class CheckPlanFilter(WordedFilter):
    """Plans of post-checks by words of title and document, and by the year they begin."""

    texts = ("title", "document")
    q = filters.CharFilter(label=_("Tìm kế hoạch, văn bản"), method="by_words", max_length=100)
    year = filters.NumberFilter(
        label=_("Năm"), field_name="starts_on__year", min_value=2018, max_value=2100
    )

    class Meta:
        model = PostCheckPlan
        fields = ()


class CouncilFilter(WordedFilter):
    """Councils by words of name, decision and authority, and by whether they still sit."""

    texts = ("name", "decision_number", "authority")
    q = filters.CharFilter(
        label=_("Tìm hội đồng, quyết định, cơ quan"), method="by_words", max_length=100
    )
    dissolved = filters.ChoiceFilter(label=_("Đã thôi hoạt động"), choices=_YES_NO, method="by_end")

    class Meta:
        model = Council
        fields = ()

    def by_end(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(dissolved_on__isnull=value == "false")


class WorkbookFilter(WordedFilter):
    """Councils' workbooks by words of the title, and by the year they were brought."""

    texts = ("title",)
    q = filters.CharFilter(label=_("Tìm phiên họp"), method="by_words", max_length=100)
    year = filters.NumberFilter(
        label=_("Năm"), field_name="created_at__year", min_value=2018, max_value=2100
    )

    class Meta:
        model = ScoreWorkbook
        fields = ()


class CriteriaFilter(WordedFilter):
    """Criteria sets by number and name, by sector, and by whether they were compared."""

    texts = ("number", "name")
    q = filters.CharFilter(label=_("Số hoặc tên bộ"), method="by_words", max_length=100)
    sector = filters.ChoiceFilter(label=_("Ngành"), choices=Sector.choices)
    compared = filters.ChoiceFilter(
        label=_("Đã đối chiếu"), choices=_YES_NO, method="by_comparison"
    )

    class Meta:
        model = CriteriaSetVersion
        fields = ()

    def by_comparison(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(signed_off_at__isnull=value == "false")


class DecidingFilter(WordedFilter):
    """Dossiers that wait for a decision by product, producer, commune, and by kind."""

    texts = ("product__name", "product__producer__name", "commune__name", "product__code")
    q = filters.CharFilter(label=_("Tìm sản phẩm, chủ thể"), method="by_words", max_length=100)
    kind = filters.ChoiceFilter(label=_("Hình thức"), choices=Kind.choices)

    class Meta:
        model = Dossier
        fields = ()


class RevocationFilter(WordedFilter):
    """Revocations by product, its code, producer and decision, by ground and by year."""

    texts = (
        "recognition__product__name",
        "recognition__product__code",
        "recognition__product__producer__name",
        "number",
    )
    q = filters.CharFilter(
        label=_("Sản phẩm, mã, chủ thể, số quyết định"), method="by_words", max_length=100
    )
    ground = filters.ChoiceFilter(label=_("Căn cứ"), choices=Ground.choices)
    year = filters.NumberFilter(
        label=_("Năm"), field_name="revoked_on__year", min_value=2018, max_value=2100
    )

    class Meta:
        model = Revocation
        fields = ()


class AdviserFilter(WordedFilter):
    """Advisers by name and by the sector in which they examine."""

    texts = ("name",)
    q = filters.CharFilter(label=_("Tìm họ tên"), method="by_words", max_length=100)
    sector = filters.ChoiceFilter(
        label=_("Chuyên môn"), choices=Sector.choices, field_name="specialities__sector"
    )

    class Meta:
        model = User
        fields = ()
