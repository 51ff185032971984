"""The resolver in a process of its own: codes, and nothing else. Any number of them may stand at
one host; they share the tables, the file of keys and the journal."""

import gc
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
django.setup(set_prefix=False)

from django.urls import get_resolver  # noqa: E402  # needs the applications

from ocop.web.stamps import answers, assets  # noqa: E402
from ocop.web.stamps.front import PREFIXES, Front, Receive, Scope, Send  # noqa: E402

_ = get_resolver().url_patterns  # loads every view now, so that no code waits for it
gc.collect()
gc.freeze()  # see `ocop.asgi`
_front: Front | None = None


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer codes; send everything else to the office's own host."""
    global _front
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                _front = Front()
                # Whoever asks meanwhile is answered by another process, or waits at the door.
                await _front.settled()
            elif _front is not None:
                await _front.close()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    if _front is not None and scope["path"].startswith(PREFIXES):
        await _front(scope, receive, send)
    elif site := assets.site():
        raw = (scope.get("raw_path") or b"/").decode("latin-1")
        query = scope["query_string"].decode("latin-1")
        await answers.moved(send, 307, f"{site}{raw}{'?' if query else ''}{query}")
    else:
        await answers.bare(send, 404, [(b"content-length", b"0")])
