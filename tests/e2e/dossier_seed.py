"""Puts a product without a star and a council of three into a served demonstration.

Run as `python -m tests.e2e.dossier_seed PRODUCT COUNCIL` with the server's OCOP_DATA_DIR: the names
that they get. The product is that of the producer who signs in; the council's people are the
logins, so that nobody is invented.
"""

import os
import sys
from datetime import timedelta

SET = 24


def main(product: str, council: str) -> None:
    """Constitute the council by its services, as the office did a month ago."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
    import django

    django.setup()
    from django.utils import timezone

    from ocop.core.actor import SYSTEM
    from ocop.councils.models import Position
    from ocop.councils.services.constitution import NewSeat, constitute_council
    from ocop.demonstration.assessment.filing import new_product
    from ocop.demonstration.logins import email_of
    from ocop.people.models import User
    from ocop.people.roles import Role
    from ocop.producers.models import Producer

    at = timezone.now() - timedelta(days=30)
    maker = Producer.objects.get(memberships__user__email=email_of(Role.PRODUCER))
    new_product(maker, product, SET, at)
    constitute_council(
        actor=SYSTEM,
        name=council,
        decision_number="2151/QĐ-UBND",
        decided_on=timezone.localdate(at),
        authority="Chủ tịch Ủy ban nhân dân thành phố Hà Nội",
        members=[
            NewSeat(User.objects.get(email=email_of(role)), position)
            for role, position in (
                (Role.COUNCIL_CHAIR, Position.CHAIR),
                (Role.COUNCIL_SECRETARY, Position.SECRETARY),
                (Role.COUNCIL_MEMBER, Position.MEMBER),
            )
        ],
        at=at,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
