"""Tables of support."""

from ocop.support.models.budgets import BudgetLine
from ocop.support.models.grants import Grant, GrantBatch, GrantBatchState
from ocop.support.models.policies import Category, Payer, Per, Period, Policy, Quota
from ocop.support.models.requests import (
    Money,
    MoneyKind,
    PaperKind,
    RequestPaper,
    RequestState,
    SupportRequest,
)

__all__ = [
    "BudgetLine",
    "Category",
    "Grant",
    "GrantBatch",
    "GrantBatchState",
    "Money",
    "MoneyKind",
    "PaperKind",
    "Payer",
    "Per",
    "Period",
    "Policy",
    "Quota",
    "RequestPaper",
    "RequestState",
    "SupportRequest",
]
