"""A migration that makes all its tables in one go."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.state import ProjectState

_MADE = (CreateModel, migrations.RunPython)
_SAID_BY_THE_TABLE = (AddField, AddIndex, AddConstraint)


class AtOnce(migrations.Migration):
    """Makes every table as all operations together describe it (ADR 41).

    After each operation Django renders all models that hang together anew, and nearly all of ours
    do: six seconds of every first start. Here they are rendered once, at the end. Only for a
    migration that begins from nothing: fields, indexes and constraints may be added to its own
    tables, nothing may be altered.
    """

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,  # noqa: ARG002 - the framework fixes the call
    ) -> ProjectState:
        """Make the tables and run the steps; the state afterwards.

        Raises TypeError for an operation that is none of those above, before anything is made.
        """
        for operation in self.operations:
            if not isinstance(operation, _MADE + _SAID_BY_THE_TABLE):
                raise TypeError(f"{operation.describe()}: not at once")
        state = project_state.clone()
        vars(state).pop("apps", None)  # models rendered already would be rendered at every step
        for operation in self.operations:
            operation.state_forwards(self.app_label, state)
        for operation in self.operations:
            if isinstance(operation, _MADE):
                operation.database_forwards(self.app_label, schema_editor, state, state)
        return state
