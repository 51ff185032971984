"""The hosts whose codes lead here."""

from urllib.parse import urlsplit

from django.conf import settings


def own_hosts() -> set[str]:
    """That of the stamps, that of the pages, and any other that this installation answers to."""
    told = {urlsplit(base).hostname or "" for base in (settings.OCOP_STAMP_URL, settings.BASE_URL)}
    return (told | {host.lower() for host in settings.ALLOWED_HOSTS if "*" not in host}) - {""}
