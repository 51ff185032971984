"""The page that shows the design system: every token and component in its states."""

from django.http import HttpResponse
from django.shortcuts import render

from ocop.web.requests import Request


def page(request: Request) -> HttpResponse:
    """`/thiet-ke/`."""
    return render(request, "design/page.html")
