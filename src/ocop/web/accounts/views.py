"""The own account: roles, second factor, language, API tokens."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.people import queries, services
from ocop.people.roles import SENTENCES, STAFF, Role
from ocop.people.rules import is_office
from ocop.producers import queries as producers
from ocop.producers.models import ProducerMembership
from ocop.web.accounts.forms import ReasonForm, TokenForm
from ocop.web.forms import act
from ocop.web.requests import SignedInRequest

_COUNCIL = (Role.COUNCIL_MEMBER, Role.COUNCIL_SECRETARY, Role.COUNCIL_CHAIR)


@login_required
def after_login(request: SignedInRequest) -> HttpResponse:
    """Lead a person to the face the role works in."""
    if request.actor.has(Role.ADMINISTRATOR):
        return redirect("administration:home")
    if request.actor.has(*_COUNCIL) and not is_office(request.actor):
        return redirect("council:home")
    if request.actor.has(*STAFF):
        return redirect("office:home")
    if ProducerMembership.objects.filter(user=request.user).exists():
        return redirect("producer_home")
    return redirect("account")


@login_required
def account(request: SignedInRequest) -> HttpResponse:
    """Who I am to the system, and the keys I gave to programs."""
    today = timezone.localdate()
    held = queries.memberships_on(today).filter(user=request.user).select_related("unit")
    context = {
        "roles": [(m, SENTENCES[Role(m.role)]) for m in held],
        "producers": producers.own(request.actor, on=today).order_by("folded"),
        "producer_sentence": SENTENCES[Role.PRODUCER],
        "tokens": queries.tokens_of(request.actor, request.user),
        "second_factor": is_mfa_enabled(request.user),
        "second_factor_needed": queries.needs_second_factor(request.actor),
        "token_form": TokenForm(),
    }
    return render(request, "accounts/account.html", context)


@login_required
def issue_token(request: SignedInRequest) -> HttpResponse:
    """Make a token and show its secret this once."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        issued = act(
            form,
            services.issue_token,
            actor=request.actor,
            user=request.user,
            name=values["name"],
            scopes=frozenset(values["scopes"]),
            expires_at=values["expires_on"],
            at=timezone.now(),
        )
        if issued:
            return render(request, "accounts/token_issued.html", {"issued": issued})
    return render(request, "accounts/token_form.html", {"form": form})


@login_required
def revoke_token(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop one of my tokens: says what will happen, asks why, does it."""
    token = get_object_or_404(queries.tokens_of(request.actor, request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = act(
            form,
            services.revoke_token,
            actor=request.actor,
            token=token,
            reason=reason,
            at=timezone.now(),
        )
        if done:
            return redirect(reverse("account") + "#khoa-api")
    changes = [
        _("Phần mềm đang dùng khóa này không đọc, ghi được gì nữa, ngay lập tức."),
        _("Khóa đã hủy không dùng lại được; khi cần, hãy tạo khóa mới."),
    ]
    context = {"form": form, "token": token, "changes": changes}
    return render(request, "accounts/token_revoke.html", context)
