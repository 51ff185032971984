"""The real sample stands beside the invented province and is never summed with it."""

from datetime import date

from ocop.core.actor import ANONYMOUS
from ocop.demonstration import neighbour
from ocop.programme import queries as programme
from ocop.recognition import queries as register
from ocop.recognition.models import Evidence, Recognition
from tests.demonstration.conftest import LOADED_AT
from tests.demonstration.loaded import LOADED

pytestmark = LOADED
ON = date(2026, 11, 24)


def test_rows_keep_their_province_evidence_and_mark() -> None:
    neighbour.bring(at=LOADED_AT)
    rows = Recognition.objects.filter(province="68").select_related("product")
    assert rows.count() == 23
    assert set(rows.values_list("evidence", flat=True)) <= {Evidence.A, Evidence.B1}
    assert not any(row.product.demonstration for row in rows)
    invented = Recognition.objects.exclude(province="68")
    assert set(invented.values_list("evidence", flat=True)) == {Evidence.M}


def test_figures_of_the_province_do_not_move() -> None:
    before = programme.progress(programme.scope(ANONYMOUS, as_of=ON))
    neighbour.bring(at=LOADED_AT)
    assert programme.progress(programme.scope(ANONYMOUS, as_of=ON)) == before


def test_open_data_holds_the_real_rows_alone() -> None:
    neighbour.bring(at=LOADED_AT)
    assert set(register.open_data(ON).values_list("province", flat=True)) == {"68"}
