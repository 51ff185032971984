"""The administrator's face: health, accounts and roles, options, the log of everything."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ocop.core import events, options
from ocop.core.actions import require
from ocop.core.language import gettext
from ocop.core.models import Event
from ocop.filters.accounts import AccountFilter
from ocop.people import queries, rules, services
from ocop.people.models import Membership, User
from ocop.people.roles import SENTENCES, Role
from ocop.web.accounts.links import password_link, send_password_link
from ocop.web.admin import health, tables
from ocop.web.admin.forms import AccountForm, ReasonForm, RoleForm, option_form
from ocop.web.first_steps import first_steps
from ocop.web.forms import act
from ocop.web.happenings import told
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing

View = Callable[..., HttpResponseBase]


def administration(view: View) -> View:
    """For the administrator, and to read for the auditor; others learn only that they may not."""

    @wraps(view)
    def guarded(request: SignedInRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        require(request.actor, rules.may_see_accounts)
        return view(request, *arguments, **named)

    return login_required(guarded)


@administration
def home(request: SignedInRequest) -> HttpResponse:
    """Is the installation well, and what was done last."""
    context = {
        "checks": health.checks(),
        "first_steps": first_steps(request.actor),
        "events": told(Event.objects.all()[:12]),
        "accounts": User.objects.filter(is_active=True).count(),
    }
    return render(request, "administration/home.html", context)


@administration
def accounts(request: SignedInRequest) -> HttpResponseBase:
    """All accounts with the roles they hold today."""
    people = queries.accounts(request.actor, on=timezone.localdate()).order_by("name")
    filters = AccountFilter(request.GET, queryset=people)
    return listing(
        request,
        table=tables.AccountTable(filters.qs),
        filters=filters,
        title=_("Tài khoản"),
        template="administration/accounts.html",
        context={"may_change": rules.may_manage_accounts(request.actor)},
    )


@administration
def account_new(request: SignedInRequest) -> HttpResponse:
    """Make an account; its owner gets a link to set a password."""
    require(request.actor, rules.may_manage_accounts)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        user = act(form, services.create_account, actor=request.actor, at=now, **form.cleaned_data)
        if user:
            return _show_link(request, user)
    return render(request, "administration/account_form.html", {"form": form})


@administration
def account_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One account: logins, roles, tokens, what was done with it."""
    user = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    held = Membership.objects.filter(user=user).select_related("unit").order_by("-starts_on")
    context = {
        "person": user,
        "memberships": [(m, SENTENCES[Role(m.role)]) for m in held],
        "tokens": queries.tokens_of(request.actor, user),
        "events": told(events.activity(user)[:50]),
        "may_change": rules.may_manage_accounts(request.actor),
    }
    return render(request, "administration/account.html", context)


@administration
def account_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name and logins of an account."""
    require(request.actor, rules.may_manage_accounts)
    user = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    before = {"name": user.name, "email": user.email or "", "phone": user.phone or ""}
    form = AccountForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        changed = act(
            form,
            services.change_account,
            actor=request.actor,
            user=user,
            at=timezone.now(),
            **form.cleaned_data,
        )
        if changed:
            messages.success(request, _("Đã lưu tài khoản."))
            return redirect("administration:account", pk)
    return render(request, "administration/account_form.html", {"form": form, "person": user})


@administration
def role_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a role to an account."""
    require(request.actor, rules.may_manage_accounts)
    user = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        last_day = values["ends_on"]
        membership = act(
            form,
            services.grant_role,
            actor=request.actor,
            user=user,
            role=Role(values["role"]),
            unit=values["unit"],
            starts_on=values["starts_on"],
            ends_on=last_day and last_day + timedelta(days=1),
            at=timezone.now(),
        )
        if membership:
            messages.success(request, _("Đã giao vai trò."))
            return redirect("administration:account", pk)
    context = {"form": form, "person": user, "sentences": SENTENCES.items()}
    return render(request, "administration/role_form.html", context)


@administration
def role_end(request: SignedInRequest, pk: int, membership: int) -> HttpResponse:
    """Take a role away, with the reason."""
    held = get_object_or_404(
        Membership.objects.select_related("user", "unit"), pk=membership, user=pk
    )

    def end(reason: str) -> object:
        return services.end_role(
            actor=request.actor, membership=held, reason=reason, at=timezone.now()
        )

    role = held.get_role_display() + (f" ({held.unit.name})" if held.unit else "")
    title = _("Kết thúc vai trò “%s”") % held.get_role_display()
    changes = [
        _("Từ ngày mai, %(person)s không còn vai trò %(role)s và các quyền của vai trò đó.")
        % {"person": held.user.name, "role": role}
        if held.starts_on < timezone.localdate()
        else _("%(person)s không còn vai trò %(role)s ngay từ bây giờ.")
        % {"person": held.user.name, "role": role},
        _("Những việc đã làm vẫn ghi tên người này."),
    ]
    return _with_reason(request, held.user, title, end, changes)


@administration
def account_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close an account, with the reason."""
    user = get_object_or_404(queries.visible_to(request.actor), pk=pk)

    def close(reason: str) -> object:
        return services.close_account(
            actor=request.actor, user=user, reason=reason, at=timezone.now()
        )

    today = timezone.localdate()
    roles = queries.memberships_on(today).filter(user=user).count()
    keys = queries.tokens_of(request.actor, user).filter(revoked_at=None).count()
    changes = [
        _("%s không đăng nhập được nữa, ngay lập tức.") % user.name,
        _("Số vai trò không còn dùng được: %d.") % roles,
        _("Số khóa API bị hủy, không khôi phục được: %d.") % keys,
        _("Những việc đã làm vẫn ghi tên người này."),
    ]
    return _with_reason(request, user, _("Khóa tài khoản"), close, changes)


@administration
def account_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a closed account again, with the reason."""
    user = get_object_or_404(queries.visible_to(request.actor), pk=pk)

    def reopen(reason: str) -> object:
        return services.reopen_account(
            actor=request.actor, user=user, reason=reason, at=timezone.now()
        )

    changes = [
        _("%s đăng nhập lại được, với các vai trò còn thời hạn.") % user.name,
        _("Khóa API đã hủy vẫn bị hủy."),
    ]
    return _with_reason(request, user, _("Mở lại tài khoản"), reopen, changes)


@administration
@require_POST
def account_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new link to set the password."""
    require(request.actor, rules.may_manage_accounts)
    user = get_object_or_404(queries.visible_to(request.actor), pk=pk, is_active=True)
    return _show_link(request, user)


@administration
def option_list(request: SignedInRequest) -> HttpResponse:
    """Everything this province decides for itself."""
    declared = sorted(options.REGISTRY.values(), key=lambda option: option.key)
    context = {
        "options": [
            {"declared": o, "words": gettext(o.label), "value": _option_words(o, o.get())}
            for o in declared
        ],
        "may_change": options.may_set_option(request.actor),
    }
    return render(request, "administration/options.html", context)


@administration
def option_change(request: SignedInRequest, key: str) -> HttpResponse:
    """Change one option."""
    require(request.actor, options.may_set_option)
    declared = options.REGISTRY.get(key)
    if declared is None or declared.fixed:
        raise Http404
    form = option_form(declared, request.POST or None)
    if request.method == "POST" and form.is_valid():
        value = form.cleaned_data["value"]
        before = declared.get()
        act(
            form,
            options.set_option,
            actor=request.actor,
            option=declared,
            value=value,
            at=timezone.now(),
        )
        if form.is_valid():
            words = _("Đã đổi thiết lập từ “%(before)s” thành “%(after)s”.")
            messages.success(
                request,
                words
                % {
                    "before": _option_words(declared, before),
                    "after": _option_words(declared, value),
                },
            )
            return redirect("administration:options")
    context = {"form": form, "words": gettext(declared.label)}
    return render(request, "administration/option_form.html", context)


@administration
def log(request: SignedInRequest) -> HttpResponseBase:
    """Everything that happened, newest first."""
    filters = tables.EventFilter(request.GET, queryset=Event.objects.all())
    return listing(
        request,
        table=tables.EventTable(filters.qs, names=dict(User.objects.values_list("pk", "name"))),
        filters=filters,
        title=_("Nhật ký hệ thống"),
        template="administration/log.html",
    )


def _option_words(option: options.Declared[Any], value: Any) -> str:
    """A value as people read it."""
    if option.choices:
        return gettext(option.choices[value])
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    return str(value)


def _show_link(request: SignedInRequest, user: User) -> HttpResponse:
    link = password_link(user)
    context = {"person": user, "link": link, "sent": send_password_link(user, link)}
    return render(request, "administration/account_link.html", context)


def _with_reason(
    request: SignedInRequest,
    user: User,
    title: str,
    step: Callable[[str], object],
    changes: list[str],
) -> HttpResponse:
    """A page that says what will happen, asks why, and does it."""
    require(request.actor, rules.may_manage_accounts)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(form, step, reason=form.cleaned_data["reason"])
        if done:
            messages.success(request, _("Đã làm xong: %s.") % title)
            return redirect("administration:account", user.pk)
    context = {"form": form, "person": user, "title": title, "changes": changes}
    return render(request, "administration/reason.html", context)
