"""Tables of the kernel: events, options of the installation, attachments."""

from django.db import models


class Event(models.Model):
    """One fact that happened, never changed and never deleted (triggers on both engines).

    The source of activity tabs, audit and notifications. `change` holds what changed and no
    personal data.
    """

    name = models.CharField(max_length=80)  # room.verb_past
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)  # an account, kept even when the account goes
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    change = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("name", "at"), name="event_name_at"),)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"


class EventObject(models.Model):
    """An object an event speaks of: the model's name in lower case and its key."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="objects_named")
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=("kind", "object_id", "event"), name="eventobject_lookup"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Option(models.Model):
    """A setting of this installation that differs from its default (see `core.options`)."""

    key = models.CharField(max_length=80, unique=True)
    value = models.JSONField()

    def __str__(self) -> str:
        return self.key


class Attachment(models.Model):
    """A stored file, addressed by its content: the same bytes are kept once."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    file = models.FileField(upload_to="attachments", max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(size__gt=0), name="attachment_size_positive"),
        )

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.media_type}"
