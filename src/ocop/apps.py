"""The one application of the project."""

from django.apps import AppConfig


class OcopConfig(AppConfig):
    """Holds the models of every room under one label and one line of migrations."""

    name = "ocop"
    verbose_name = "OCOP"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Rooms that bring something to one below them do it here, where all are loaded."""
        from ocop.network.centres.halts import join_routes
        from ocop.recognition.settling import join_products
        from ocop.traceability.log_entries import join_log

        join_log()
        join_products()
        join_routes()
