"""Our settings, with the view that the resolver is measured beside."""

from ocop.settings import *  # noqa: F403

ROOT_URLCONF = "benched_urls"
