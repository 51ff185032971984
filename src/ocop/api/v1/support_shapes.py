"""What calls about support take and answer. Money is in whole đồng."""

from datetime import date, datetime

from ninja import Schema

from ocop.api.inputs import JsonIn
from ocop.api.v1.papers import PaperOut


class SupportPolicyOut(Schema):
    """What a document gives, between its days. `share` is in percent of the cost; ceilings hold
    `per` producer or product and `period`. `stars` are fixed sums by star."""

    code: str
    title: str
    document: str
    category: str
    level: str
    starts_on: date
    ends_on: date | None
    per: str
    period: str
    share: int | None
    ceiling: int | None
    most_count: int | None
    most_quantity: int | None
    measure: str
    first_only: bool
    stars: dict[str, int]
    difference: bool
    uncertain: str


class BudgetLineOut(Schema):
    """Money of a unit for a year and a purpose (empty: for every one), what of it is approved,
    paid, taken back and left."""

    code: str
    unit: str
    year: int
    category: str
    source: str
    amount: int
    committed: int
    paid: int
    reclaimed: int
    left: int


class SupportGrantOut(Schema):
    """Support that a level of government gave once."""

    producer: str
    product: str | None
    category: str
    level: str
    payer: str
    year: int
    given_on: date | None
    amount: int
    quantity: int
    star: int | None
    document: str
    purpose: str


class SupportMoneyOut(Schema):
    """Money that went out or came back."""

    kind: str
    amount: int
    on: date
    voucher: str


class SupportRequestOut(Schema):
    """A request for support: `policy`, `producer`, `product` and `line` are codes."""

    code: str
    policy: str
    producer: str
    product: str | None
    purpose: str
    cost: int
    others: int
    quantity: int
    star: int | None
    asked_amount: int
    state: str
    line: str | None
    approved_amount: int | None
    decision: str
    decided_on: date | None
    real_cost: int | None
    accepted_amount: int | None
    accepted_on: date | None
    reclaimed: int
    answer: str
    asked_at: datetime


class SupportFileOut(Schema):
    """A file that came with a request."""

    id: int
    kind: str
    name: str
    added_at: datetime


class WholeSupportRequestOut(SupportRequestOut):
    """A request with the most that its policy gives beside it, or why nothing (`barred`), the money
    that moved, the files that came with it, and the papers that can be written by now."""

    most: int
    barred: str
    money: list[SupportMoneyOut]
    files: list[SupportFileOut]
    papers: list[PaperOut]


class SupportRequestIn(JsonIn):
    """What a producer asks a policy for. Without `amount`: as much as the policy gives."""

    policy: str
    producer: str
    product: str = ""
    purpose: str
    cost: int = 0
    others: int = 0
    quantity: int = 0
    amount: int | None = None


class SupportReasonIn(JsonIn):
    """Why."""

    reason: str


class SupportApprovalIn(JsonIn):
    """How much, from the budget line of this code, by which decision."""

    amount: int
    line: str
    decision: str
    decided_on: date


class SupportAcceptanceIn(JsonIn):
    """What it cost by the papers."""

    real_cost: int
    accepted_on: date


class SupportPaymentIn(JsonIn):
    """When the money went out, and the number of the voucher."""

    paid_on: date
    voucher: str


class SupportReclaimIn(JsonIn):
    """How much came back, when and why."""

    amount: int
    on: date
    voucher: str
    reason: str
