"""Gathers the models of every room, so that the framework finds them under one application."""

from ocop.core.models import Attachment, Event, EventObject, Option
from ocop.councils.models import ScoreWorkbook
from ocop.criteria.models import CriteriaSetVersion, LegalVersion, Wording
from ocop.dossiers.models import Registration
from ocop.people.models import ApiToken, Membership, User
from ocop.places.models import Succession, Unit
from ocop.producers.models import Producer, ProducerMembership
from ocop.products.models import Product, ProductImage
from ocop.programme.models import ReportedFigure, Target
from ocop.recognition.models import ColumnMapping, Decision, ImportBatch, Recognition

__all__ = [
    "ApiToken",
    "Attachment",
    "ColumnMapping",
    "CriteriaSetVersion",
    "Decision",
    "Event",
    "EventObject",
    "ImportBatch",
    "LegalVersion",
    "Membership",
    "Option",
    "Producer",
    "ProducerMembership",
    "Product",
    "ProductImage",
    "Recognition",
    "Registration",
    "ReportedFigure",
    "ScoreWorkbook",
    "Succession",
    "Target",
    "Unit",
    "User",
    "Wording",
]
