"""A fake of SMS and Zalo for the demonstration and for tests: it writes down and sends nothing."""

import json
from pathlib import Path

from django.conf import settings

from ocop.people.models import Delivery


def file_of(channel: str) -> Path:
    """Where the fake of a channel writes, one JSON object a line."""
    return Path(settings.DATA_DIR) / "sent" / f"{channel}.jsonl"


class Recording:
    """Writes each delivery as one line."""

    def send(self, delivery: Delivery) -> None:
        path = file_of(delivery.channel)
        path.parent.mkdir(parents=True, exist_ok=True)
        line = {"delivery": delivery.pk, "to": delivery.address, "text": delivery.body}
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
