"""Files as the API answers with them."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse


def sent(file: FieldFile, name: str, media_type: str) -> FileResponse:
    """A stored file as a stream, under a name, kept by nobody on the way."""
    opened = file.open("rb")
    answer = FileResponse(opened, as_attachment=True, filename=name, content_type=media_type)
    answer["Cache-Control"] = "private, no-store"
    return answer
