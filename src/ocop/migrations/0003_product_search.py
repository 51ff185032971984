"""The index behind the search in products, and the triggers that keep it in step."""

from django.db import migrations

from ocop.products.search import InstallSearch


class Migration(migrations.Migration):
    dependencies = (("ocop", "0002_append_only"),)
    operations = (InstallSearch(),)
