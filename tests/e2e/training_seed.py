"""Moves a class of a served demonstration by days, as if they had gone by.

Run as `python -m tests.e2e.training_seed CODE DAYS` with the server's OCOP_DATA_DIR.
"""

import os
import sys
from datetime import timedelta


def main(code: str, days: int) -> None:
    """Everything of the class happens so many days earlier."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
    import django

    django.setup()
    from django.db.models import F

    from ocop.training.models import TrainingClass, TrainingSession

    gone = timedelta(days=days)
    rows = (
        TrainingClass.objects.filter(code=code),
        TrainingSession.objects.filter(training_class__code=code),
    )
    for some in rows:
        some.update(starts_at=F("starts_at") - gone, ends_at=F("ends_at") - gone)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
