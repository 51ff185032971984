"""The table of the cache, which every process of an installation shares."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def _create(_apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("ocop", "0005_minutes_day")]

    operations = [migrations.RunPython(_create, migrations.RunPython.noop)]
