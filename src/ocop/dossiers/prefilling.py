"""What a new dossier knows already: nobody types twice what the register or the last one holds."""

from typing import Any

from ocop.dossiers import forms
from ocop.dossiers.models import Dossier
from ocop.products.models import Product

#: Given anew in every dossier, whatever an earlier one said.
_ANEW = frozenset({"truthful", "mark_rules", "changes", "kept", "samples"})


#: The pages of Form 01 about who files: the same in every dossier of a producer.
_OF_PRODUCER = frozenset({"chu-the", "dai-dien"})


def first_answers(
    product: Product, kind: str, sector: str, earlier: Dossier | None, other: Dossier | None = None
) -> dict[str, Any]:
    """Answers from the register, over them those of the product's last filed dossier; pledges and
    what changed are never carried over. What the register does not know of the producer comes from
    `other`, the last dossier filed for any of its products."""
    producer = product.producer
    registered: dict[str, Any] = {
        "producer_name": producer.name,
        "registration_number": producer.tax_code,
        "address": producer.address,
        "phone": producer.phone,
        "website": producer.website,
        "representative": producer.leader_name,
        "product_name": product.name,
        "revenue": product.revenue,
        "workers": producer.workers,
        "workers_local": producer.workers_local,
        "story": product.story,
        "samples": 5,
    }
    known = {k: v for k, v in _of_producer(other).items() if k not in _ANEW}
    known |= {k: v for k, v in registered.items() if v not in (None, "")}
    if earlier is not None:
        known |= {key: value for key, value in earlier.answers.items() if key not in _ANEW}
    fields = forms.fields_for(kind, sector)
    return {k: v for k, v in known.items() if k in fields and v not in (None, "")}


def _of_producer(other: Dossier | None) -> dict[str, Any]:
    if other is None:
        return {}
    pages = forms.pages_for(other.kind, other.version.sector)
    keys = {field.key for page in pages if page.key in _OF_PRODUCER for field in page.fields}
    return {key: value for key, value in other.answers.items() if key in keys}
