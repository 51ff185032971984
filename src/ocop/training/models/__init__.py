"""Tables of training."""

from ocop.training.models.attendance import Enrolment, EnrolmentState, TrainingCheckIn
from ocop.training.models.classes import ClassState, TrainingClass, TrainingSession
from ocop.training.models.courses import Audience, QuizQuestion, TrainingCourse, TrainingMaterial
from ocop.training.models.results import QuizAttempt, TrainingCertificate

__all__ = [
    "Audience",
    "ClassState",
    "Enrolment",
    "EnrolmentState",
    "QuizAttempt",
    "QuizQuestion",
    "TrainingCertificate",
    "TrainingCheckIn",
    "TrainingClass",
    "TrainingCourse",
    "TrainingMaterial",
    "TrainingSession",
]
