"""In which language somebody is answered: one rule for the pages of codes and for all others.

First what the address says (`?lang=en`): it is the language of the page one came from, and of a
link somebody was sent. Then what was chosen here before. Then what the phone speaks: one that
speaks neither language is a guest's, who reads English sooner; one that says nothing is of here.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.views.i18n import set_language

from ocop.traceability import negotiation

OFFERED = tuple(code for code, _name in settings.LANGUAGES)
_HERE, _GUESTS = "vi", "en"


def spoken(header: str) -> str:
    """What a phone with this Accept-Language is answered in."""
    found = negotiation.language(OFFERED, header)
    return found or (_GUESTS if negotiation.wishes(header) else _HERE)


def told(query: str) -> str:
    """What a query says; "" where it says nothing."""
    pairs = query.split("&")
    return next((code for code in OFFERED if f"lang={code}" in pairs), "")


def of(request: HttpRequest) -> str:
    """The language of an answer."""
    said = told(request.META.get("QUERY_STRING", ""))
    if said:
        return said
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in OFFERED:
        return str(chosen)
    return spoken(request.headers.get("accept-language", ""))


def carried(request: HttpRequest, address: str) -> str:
    """An address of ours in the language that this one says, where it says one."""
    said = told(request.META.get("QUERY_STRING", ""))
    return f"{address}?lang={said}" if said else address


class Languages(LocaleMiddleware):
    """As the framework's, by the rule above."""

    def process_request(self, request: HttpRequest) -> None:
        said = of(request)
        translation.activate(said)
        request.LANGUAGE_CODE = said


def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen and go back; the address one came from says none then."""
    answer = set_language(request)
    to = urlsplit(answer.headers.get("Location", ""))
    if told(to.query):
        left = [each for each in to.query.split("&") if not each.startswith("lang=")]
        answer.headers["Location"] = to._replace(query="&".join(left)).geturl()
    return answer
