"""Labels of a served demonstration, as its certificates print them.

Run as `python -m tests.e2e.verifier_seed labels` or `… rotate` with the server's OCOP_DATA_DIR.
Prints JSON: a label of a star that holds and of one that was revoked, or the first after the key of
labels was changed, and where the credential of the first one lies.
"""

import json
import os
import sys


def main(verb: str) -> None:
    """Do what the first word says."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
    import django

    django.setup()
    from django.urls import reverse
    from django.utils import timezone

    from ocop.core import keys
    from ocop.recognition import certificates, labels
    from ocop.recognition.models import Recognition

    at = timezone.now()
    if verb == "rotate":
        keys.signer(labels.PURPOSE, at=at)
        keys.rotate(labels.PURPOSE, at=at)
    sign = keys.signer(labels.PURPOSE, at=at).sign
    rows = Recognition.objects.filter(certificate__isnull=False, annulled_on=None)
    holding = rows.filter(expires_on__gt=timezone.localdate(at), decision__number="5120/QĐ-UBND")
    found = {
        "holding": holding.earliest("pk"),
        "revoked": rows.filter(revoked_on__isnull=False).earliest("pk"),
    }
    told = {name: certificates.label_address(row, sign) for name, row in found.items()}
    credential = (found["holding"].product.code, found["holding"].pk)
    told["credential"] = reverse("credential_jwt", args=credential)
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
