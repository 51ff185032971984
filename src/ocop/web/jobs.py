"""Files that the worker makes, on pages of every face: how far it is, and the file."""

from collections.abc import Mapping

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ocop.core.jobs.files import FileJob, is_at_work


def progress(request: HttpRequest, made: FileJob, template: str) -> HttpResponse:
    """How far the worker is; when it is done, the page comes anew."""
    if not is_at_work(made, timezone.now()):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, template, {"made": made})


def send(made: FileJob, media_types: Mapping[str, str], *, shown: bool = False) -> FileResponse:
    """A made file under its name, of the type that its ending has, never kept by shared caches;
    `shown` in the browser."""
    if not made.is_there:
        raise Http404
    response = FileResponse(
        made.file.open("rb"),
        as_attachment=not shown,
        filename=made.name,
        content_type=media_types[made.name.rpartition(".")[2]],
    )
    response["Cache-Control"] = "private, no-store"
    return response
