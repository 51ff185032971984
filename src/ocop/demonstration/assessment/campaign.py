"""A campaign for re-evaluations in the middle of its work."""

from datetime import timedelta

from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.demonstration import frame
from ocop.demonstration.assessment.people import actor
from ocop.demonstration.assessment.stage import Stage, officer_of
from ocop.programme.services import campaigns, tasks
from ocop.programme.tasking import RowWord
from ocop.recognition.ending import Ending, ending
from ocop.recognition.models import Recognition
from ocop.recognition.validity import WINDOW_CLOSES, WINDOW_OPENS

_ANSWERED = 3  # communes
_MOST = 60  # stars, those of the products that stand first in the register
_WORDS = (RowWord.FILES, RowWord.FILES, RowWord.STOPPED)


def begin(stage: Stage) -> None:
    """Stars whose window was about to open four weeks ago: sent, answered by some communes,
    reminded.

    Called before the re-evaluations of the round are filed: they are what comes of it.
    """
    officer, rows = stage.cast.officer, _rows(stage)
    if not rows:
        return
    campaign = campaigns.create_campaign(
        actor=actor(officer, stage.ago(28)),
        plan=campaigns.Plan(
            title="Nhắc đánh giá lại trong thời gian nộp hồ sơ (mẫu)",
            reason="Nhiều sản phẩm đang trong thời gian nộp hồ sơ đánh giá lại.",
            asked="Hãy báo từng chủ thể, giúp lập hồ sơ và trả lời cho từng sản phẩm.",
            told="Hạng sao sắp hết hạn. Hãy lập hồ sơ đánh giá lại ở trang “Của tôi”.",
            due_on=timezone.localdate(stage.now) + timedelta(days=5),
        ),
        recognitions=rows,
        at=stage.ago(28),
    )
    units = list({m.unit_id: m.unit for m in campaign.members.select_related("unit")}.values())
    answering = [(unit, officer_of(stage, unit)) for unit in units[:_ANSWERED] if unit]
    task = campaigns.send_campaign(
        actor=actor(officer, stage.ago(27)), campaign=campaign, at=stage.ago(27)
    )
    assert task is not None  # each of them lies in a known commune
    for turn, (unit, user) in enumerate(answering):
        part = task.answers.get(unit=unit)
        at = stage.ago(20 - turn)
        words = {code: _WORDS[place % len(_WORDS)] for place, code in enumerate(part.rows)}
        tasks.answer_task(
            actor=actor(user, at), part=part, answer=tasks.Answer(row_words=words), at=at
        )
    campaigns.remind_campaign(
        actor=actor(officer, stage.ago(6)), campaign=campaign, at=stage.ago(6)
    )


def _rows(stage: Stage) -> list[Recognition]:
    """The stars that can be filed for when the round's re-evaluations are; where none can on such
    a day, those that end around it."""
    filed, half = stage.day(25), timedelta(days=WINDOW_OPENS)
    window = Ending(
        province=frame.PROVINCE, start=filed + timedelta(days=WINDOW_CLOSES), end=filed + half
    )
    around = Ending(province=frame.PROVINCE, start=filed - half, end=filed + half)
    day = stage.day(28)
    for wanted in (window, around):
        found = ending(SYSTEM, day, wanted).filter(commune__isnull=False)
        if rows := list(found.order_by("product")[:_MOST]):
            return rows
    return []
