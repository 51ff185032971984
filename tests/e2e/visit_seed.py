"""Gives dossiers to the adviser who signs in, in a served demonstration; tells what came of them.

Run as `python -m tests.e2e.visit_seed give NAME …` or `… told CODE` with the server's
OCOP_DATA_DIR. Prints JSON: the codes by name, or the visits of a dossier as the office keeps them.
"""

import json
import os
import sys
from datetime import timedelta
from random import Random

SET = 24


def main(verb: str, *arguments: str) -> None:
    """Do what the first word says."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
    import django

    django.setup()
    told = give(arguments) if verb == "give" else kept(arguments[0])
    print(json.dumps(told))  # noqa: T201


def give(names: tuple[str, ...]) -> dict[str, str]:
    """Dossiers written, filed, received and given to the adviser, by their services."""
    from django.utils import timezone

    from ocop.core import options
    from ocop.core.actor import SYSTEM
    from ocop.demonstration.assessment import filing
    from ocop.demonstration.logins import email_of
    from ocop.dossiers.queries import rounds
    from ocop.dossiers.services import advising, commune, drafting, receiving
    from ocop.people.models import User
    from ocop.people.roles import Role
    from ocop.producers.models import Producer
    from ocop.recognition.models import Kind

    at = timezone.now() - timedelta(hours=6)
    maker = Producer.objects.get(memberships__user__email=email_of(Role.PRODUCER))
    adviser = User.objects.get(email=email_of(Role.ADVISORY_MEMBER))
    around = rounds.open_rounds(options.PROVINCE.get())[0]
    codes = {}
    for name in names:
        product = filing.new_product(maker, name, SET, at)
        row = drafting.begin_dossier(actor=SYSTEM, product=product, kind=Kind.FIRST, at=at)
        row = filing.write(row, SYSTEM, 0.8, Random(name), at)
        row = drafting.submit_dossier(actor=SYSTEM, dossier=row, at=at)
        filing.report(row, SYSTEM, at)
        row = commune.forward_dossier(actor=SYSTEM, dossier=row, at=at)
        row = receiving.receive_dossier(actor=SYSTEM, dossier=row, round=around, at=at)
        advising.assign_advisers(actor=SYSTEM, dossier=row, advisers=[adviser], lead=adviser, at=at)
        codes[name] = row.code
    return codes


def kept(code: str) -> list[dict[str, object]]:
    """Every visit of a dossier: words, place, photographs, and how often it was told of."""
    from ocop.core.models import Event
    from ocop.dossiers.models import Visit

    return [
        {
            "note": visit.note,
            "lat": visit.lat,
            "photos": visit.photos.count(),
            "events": Event.objects.filter(
                name="dossiers.visit_recorded", change__visit=visit.code
            ).count(),
        }
        for visit in Visit.objects.filter(dossier__code=code).order_by("pk")
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
