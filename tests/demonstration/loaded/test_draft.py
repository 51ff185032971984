"""The draft on show: it changes stars when tried, and nothing else."""

from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.councils.queries.trials import trial
from ocop.criteria import queries as criteria
from ocop.criteria.models import CriteriaSetVersion
from ocop.criteria.services import load_decree
from ocop.demonstration import council, draft
from tests.demonstration.conftest import LOADED_AT
from tests.demonstration.loaded import LOADED

pytestmark = LOADED


def test_milder_draft_raises_some_star_and_lowers_none() -> None:
    drafted = draft.bring(council.bring(at=LOADED_AT))
    current = criteria.current(ANONYMOUS).get(number=drafted.number)
    old, new = criteria.set_of(current), criteria.set_of(drafted)
    shifts = trial(SYSTEM, old, new).shifts
    assert shifts
    for shift in shifts:
        assert shift.before.star is not None
        assert (shift.after.star or 0) > shift.before.star
        assert shift.before.mean == shift.after.mean
    assert trial(ANONYMOUS, old, new).shifts == []
    assert trial(SYSTEM, old, old).shifts == []


def test_draft_is_no_law() -> None:
    drafted = draft.bring(council.bring(at=LOADED_AT))
    assert drafted not in criteria.visible_to(ANONYMOUS)
    assert drafted not in criteria.current(SYSTEM)
    before = CriteriaSetVersion.objects.count()
    assert load_decree(actor=SYSTEM, at=LOADED_AT) == 0
    assert CriteriaSetVersion.objects.count() == before
