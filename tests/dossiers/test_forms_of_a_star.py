"""Form 01 names the recognition that a re-evaluation or an upgrade follows."""

from datetime import datetime, timedelta

import pytest

from ocop.core.official.paper import Facts
from ocop.dossiers.papers.forms import form_01
from ocop.recognition.models import Kind
from tests.dossiers import making
from tests.factories import RecognitionFactory

pytestmark = pytest.mark.django_db


def test_form_01_names_the_star_that_is_evaluated_again(now: datetime) -> None:
    ends = now.date() + timedelta(days=150)
    star = RecognitionFactory(
        product=making.product(), expires_on=ends, stars=4, decision__number="3981/QĐ-UBND"
    )
    dossier = making.filed(now, product=star.product, kind=Kind.REEVALUATION)
    facts = dict(
        pair for block in form_01(dossier).blocks if isinstance(block, Facts) for pair in block.rows
    )
    assert facts["Hạng sao đã được công nhận"] == "4 sao"
    assert facts["Quyết định"] == "3981/QĐ-UBND ngày 30/12/2024"
    assert facts["Có giá trị đến hết ngày"] == f"{ends:%d/%m/%Y}"


def test_form_01_of_a_first_time_names_none(now: datetime) -> None:
    told = repr(form_01(making.filed(now)).blocks)
    assert "Hạng sao đã được công nhận" not in told
