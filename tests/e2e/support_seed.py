"""Gives a served demonstration a policy, a budget line and an earlier grant of the producer who
signs in; tells the policy's name and what of its ceiling is left.

Run as `python -m tests.e2e.support_seed` with the server's OCOP_DATA_DIR. Prints JSON.
"""

import json
import os


def main() -> None:
    """Do it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
    import django

    django.setup()
    from ocop.core.zone import today
    from ocop.demonstration.logins import email_of
    from ocop.people.roles import Role
    from ocop.producers.models import Producer
    from ocop.support.models import Category, Payer, Period
    from tests.support.factories import GrantFactory, LineFactory, PolicyFactory

    maker = Producer.objects.get(memberships__user__email=email_of(Role.PRODUCER))
    policy = PolicyFactory(
        title="Hỗ trợ máy đóng gói (thử)", document="Nghị quyết 09/2026 (thử)",
        category=Category.OTHER, period=Period.EVER, ceiling=30_000_000, demonstration=True,
    )  # fmt: skip
    line = LineFactory(
        unit=maker.commune, year=today().year, category=Category.OTHER,
        source="Quyết định giao dự toán (thử)", demonstration=True,
    )  # fmt: skip
    GrantFactory(
        producer=maker, category=Category.OTHER, level=Payer.DISTRICT, amount=12_000_000,
        demonstration=True,
    )  # fmt: skip
    told = {"policy": policy.title, "line": line.unit.name, "maker": maker.name}
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()
