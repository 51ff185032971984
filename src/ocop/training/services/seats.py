"""Seats of a class: taken one by one, given back, and given to whoever waits longest.

Called inside an action. One conditional UPDATE takes a seat, so that a class is never over-full
however many enrol at once.
"""

from django.db.models import F

from ocop.training.models import Enrolment, EnrolmentState, TrainingClass


def take(training_class: TrainingClass) -> bool:
    """Take a seat; False where none is free."""
    free = TrainingClass.objects.filter(pk=training_class.pk, taken__lt=F("capacity"))
    return bool(free.update(taken=F("taken") + 1))


def give_back(training_class: TrainingClass) -> None:
    """A seat is free again."""
    TrainingClass.objects.filter(pk=training_class.pk, taken__gt=0).update(taken=F("taken") - 1)


def move_up(training_class: TrainingClass) -> list[Enrolment]:
    """Give free seats to those who wait, in the order in which they came."""
    raised = []
    waiting = training_class.enrolments.filter(state=EnrolmentState.WAITING)
    for enrolment in waiting.order_by("enrolled_at", "pk"):
        if not take(training_class):
            break
        enrolment.state = EnrolmentState.ENROLLED
        enrolment.save(update_fields=["state"])
        raised.append(enrolment)
    training_class.refresh_from_db(fields=["taken"])
    return raised
