"""Moves a class of a served demonstration into the past, as if its days were over.

Run as `python -m tests.e2e.training_seed CODE` with the server's OCOP_DATA_DIR.
"""

import os
import sys
from datetime import timedelta


def main(code: str) -> None:
    """Everything of the class happens a month earlier."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
    import django

    django.setup()
    from django.db.models import F

    from ocop.training.models import TrainingClass, TrainingSession

    month = timedelta(days=30)
    rows = (
        TrainingClass.objects.filter(code=code),
        TrainingSession.objects.filter(training_class__code=code),
    )
    for some in rows:
        some.update(starts_at=F("starts_at") - month, ends_at=F("ends_at") - month)


if __name__ == "__main__":
    main(sys.argv[1])
