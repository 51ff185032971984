"""Starting the framework for the commands that need a database."""

import os


def start() -> None:
    """Set up Django once; safe to call again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
    import django

    django.setup()
