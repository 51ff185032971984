"""Tables made in one go are those that one step after the other makes."""

from collections.abc import Iterator

import pytest
from django.db import connections, migrations, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.state import ProjectState
from pytest_django import DjangoDbBlocker

from ocop.core.at_once import AtOnce

OPERATIONS = [
    migrations.CreateModel(
        "Basket", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]
    ),
    migrations.CreateModel("Egg", [("id", models.BigAutoField(primary_key=True))]),
    migrations.AddField("Egg", "basket", models.ForeignKey("trial.basket", models.PROTECT)),
    migrations.AddField("Basket", "guests", models.ManyToManyField("trial.egg")),
    migrations.AddIndex("Basket", models.Index(fields=["name"], name="basket_name")),
    migrations.AddConstraint(
        "Basket", models.CheckConstraint(condition=~models.Q(name=""), name="basket_has_a_name")
    ),
    migrations.RunPython(
        lambda apps, _editor: (
            apps.get_model("trial", "Basket").objects.using("trial").create(name="x")
        )
    ),
]


@pytest.fixture
def connection(django_db_blocker: DjangoDbBlocker) -> Iterator[DatabaseWrapper]:
    """An empty database beside that of the tests."""
    told = {**connections["default"].settings_dict, "NAME": ":memory:", "OPTIONS": {}}
    made = DatabaseWrapper(told, alias="trial")
    connections["trial"] = made
    with django_db_blocker.unblock():
        yield made
        made.close()
    del connections["trial"]


def _made(
    connection: DatabaseWrapper, kind: type[migrations.Migration]
) -> tuple[dict[str, set[str]], int]:
    """Columns, indexes and constraints by table, and the rows a step put in."""
    migration = kind("0001_trial", "trial")
    migration.operations = OPERATIONS
    with connection.schema_editor() as editor:
        state = migration.apply(ProjectState(), editor)
    tables = ("trial_basket", "trial_egg", "trial_basket_guests")
    with connection.cursor() as cursor:
        asked = connection.introspection
        told = {
            table: {column.name for column in asked.get_table_description(cursor, table)}
            | {str(sorted(one.items())) for one in asked.get_constraints(cursor, table).values()}
            for table in tables
        }
    rows = state.apps.get_model("trial", "Basket").objects.using("trial").count()
    with connection.schema_editor() as editor:
        for name in ("Egg", "Basket"):
            editor.delete_model(state.apps.get_model("trial", name))
    return told, rows


def test_in_one_go_is_as_step_by_step(connection: DatabaseWrapper) -> None:
    told, rows = _made(connection, AtOnce)
    assert (told, rows) == _made(connection, migrations.Migration)
    assert rows == 1
    assert {"id", "name"} < told["trial_basket"]


def test_what_alters_a_table_is_refused(connection: DatabaseWrapper) -> None:
    migration = AtOnce("0001_trial", "trial")
    migration.operations = [OPERATIONS[0], migrations.RenameField("Basket", "name", "title")]
    with connection.schema_editor(collect_sql=True) as editor:
        with pytest.raises(TypeError, match="not at once"):
            migration.apply(ProjectState(), editor)
        assert editor.collected_sql == []
