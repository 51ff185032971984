"""Events may be added, never changed or deleted: triggers on both engines."""

from django.db import migrations

from ocop.core.db import ProtectEvents


class Migration(migrations.Migration):
    dependencies = (("ocop", "0001_initial"),)
    operations = (ProtectEvents(),)
