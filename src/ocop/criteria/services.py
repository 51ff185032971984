"""Writes of criteria: decrees, drafts and versions, sign-off, official wording."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.criteria import files, queries, rules, sets, wording
from ocop.criteria.models import CriteriaSetVersion, LegalVersion, Subject, Wording
from ocop.criteria.sets import CriteriaSet


@action("criteria.load_decree")
def load_decree(*, actor: Actor, at: datetime) -> int:
    """Load the legal versions and the 26 packaged sets, published. Again, it adds what is new.

    A packaged set that was never loaded becomes a further revision; versions that are there are
    never changed, and what an office corrected since stays the newest. Returns the number added.
    """
    require(actor, rules.may_load_criteria)
    laws = 0
    for data in sets.legal_versions():
        _law, is_new = LegalVersion.objects.get_or_create(
            code=data["code"],
            defaults={
                "document": data["document"],
                "issued_on": data["issued_on"],
                "effective_from": data["effective_from"],
                "effective_to": data["effective_to"],
                "facts": _facts(data),
            },
        )
        laws += is_new
    law = LegalVersion.objects.get(code=sets.decree()["code"])
    known = set(law.sets.exclude(published_at=None).values_list("number", "sha256"))
    added = [
        version
        for criteria_set in sets.load_all()
        if (criteria_set.number, criteria_set.sha256) not in known
        if (version := _add(law, criteria_set, published_at=at))
    ]
    if added or laws:
        record(actor, "criteria.decree_loaded", law, *added, at=at, change={"added": len(added)})
    return len(added)


@action("criteria.draft_set")
def draft_set(
    *, actor: Actor, since: CriteriaSetVersion, content: bytes, at: datetime
) -> CriteriaSetVersion:
    """Load the file of a corrected set as a draft beside the version `since`, to be compared.

    Refused with every reason when it is not sound (see `sets.check`), of another set, or equal to
    the newest published version. It takes the place of a draft that waits.
    """
    require(actor, rules.may_publish_criteria)
    data = files.read(content)
    if data["number"] != since.number:
        message = _("Đây là tệp của bộ %(given)d, không phải bộ %(due)d.")
        message %= {"given": data["number"], "due": since.number}
        raise Refused("other_set", message, fields={"file": [message]})
    law = LegalVersion.objects.select_for_update().get(pk=since.legal_version_id)
    for waiting in law.sets.filter(number=since.number, published_at=None):
        _drop(waiting)
    notes = {**sets.decree()["disqualifiers"], **data.get("disqualifier_notes", {})}
    version = _add(law, sets.from_data(data, notes), published_at=None)
    if version is None:
        raise Refused("set_unchanged", _("Bộ này giống hệt phiên bản đang công bố."))
    record(actor, "criteria.set_drafted", version, at=at, change={"sha256": version.sha256})
    return version


@action("criteria.publish_set")
def publish_set(*, actor: Actor, version: CriteriaSetVersion, at: datetime) -> CriteriaSetVersion:
    """Put a draft into force as the newest revision of its set. What was opened under an earlier
    one stays with that. Official words go along where our label is the same."""
    require(actor, rules.may_publish_criteria)
    law = LegalVersion.objects.select_for_update().get(pk=version.legal_version_id)
    draft = law.sets.filter(pk=version.pk, published_at=None).first()
    if draft is None:
        raise Refused("not_a_draft", _("Phiên bản này đã công bố, hoặc bản nháp đã được thay."))
    before = law.sets.filter(number=draft.number).exclude(published_at=None).first()
    if before and before.revision > draft.revision:  # published while this one waited
        draft.revision = before.revision + 1
    draft.published_at = at
    draft.save(update_fields=("revision", "published_at"))
    if before:
        _carry_words(before, draft)
    record(actor, "criteria.set_published", draft, at=at, change={"revision": draft.revision})
    return draft


@action("criteria.discard_draft")
def discard_draft(*, actor: Actor, version: CriteriaSetVersion, at: datetime) -> None:
    """Drop a draft that is not wanted. A published version stays for ever."""
    require(actor, rules.may_publish_criteria)
    draft = CriteriaSetVersion.objects.filter(pk=version.pk, published_at=None).first()
    if draft is None:
        raise Refused("not_a_draft", _("Phiên bản này đã công bố, hoặc bản nháp đã được thay."))
    record(actor, "criteria.draft_discarded", draft, at=at, change={"sha256": draft.sha256})
    _drop(draft)


@action("criteria.sign_off_set")
def sign_off_set(
    *, actor: Actor, version: CriteriaSetVersion, note: str, at: datetime
) -> CriteriaSetVersion:
    """Say that a published version was compared with the signed text; `note` says with which."""
    require(actor, rules.may_sign_off)
    if not note.strip():
        message = _("Hãy ghi đã đối chiếu với văn bản nào, ví dụ tệp PDF có chữ ký số ngày nào.")
        raise Refused("note_needed", message, fields={"note": [message]})
    check_text(note.strip(), "note")
    done = CriteriaSetVersion.objects.filter(
        pk=version.pk, signed_off_at=None, published_at__isnull=False
    ).update(signed_off_at=at, signed_off_by=actor.user_id)
    if not done:
        raise Refused("signed_off", _("Bộ này đã được xác nhận, hoặc chưa công bố."))
    version.refresh_from_db()
    record(actor, "criteria.set_signed_off", version, at=at, reason=note.strip())
    return version


@action("criteria.load_wording")
def load_wording(*, actor: Actor, version: CriteriaSetVersion, content: bytes, at: datetime) -> int:
    """Put the official wording over our short labels: all rows of a filled template, or none.

    A wording given again replaces the old one, a dash takes it away; points and marks never
    change. Where it changes what was compared with the signed text, that sign-off ends. Returns
    the rows.
    """
    require(actor, rules.may_load_wording)
    lines = wording.read(content, queries.set_of(version))
    before = queries.worded(version).words
    changed = any(before.get((line.criterion, line.option), "") != line.text for line in lines)
    for line in lines:
        if not line.text:
            version.wordings.filter(criterion=line.criterion, option=line.option).delete()
            continue
        Wording.objects.update_or_create(
            version=version,
            criterion=line.criterion,
            option=line.option,
            defaults={"text": line.text},
        )
    reopened = changed and CriteriaSetVersion.objects.filter(pk=version.pk).exclude(
        signed_off_at=None
    ).update(signed_off_at=None, signed_off_by=None)
    told = {"rows": len(lines)}
    if reopened:
        record(actor, "criteria.set_reopened", version, at=at, change=told)
    else:
        record(actor, "criteria.wording_loaded", version, at=at, change=told)
    return len(lines)


def hold_sheet(
    *, code: str, document: str, since: date, content: Mapping[str, Any], at: datetime
) -> CriteriaSetVersion:
    """The version of a sheet that is no set of products, inside another room's action: the one
    that holds this content, else a further revision. No check of rights and no event of its own.
    """
    law, _new = LegalVersion.objects.get_or_create(
        code=code,
        defaults={
            "document": document,
            "subject": Subject.OTHER,
            "issued_on": since,
            "effective_from": since,
        },
    )
    law = LegalVersion.objects.select_for_update().get(pk=law.pk)
    sheet = sets.from_data(content, {})
    held = law.sets.filter(sha256=sheet.sha256).first()
    if held is not None:
        return held
    newest = law.sets.order_by("-revision").first()
    return CriteriaSetVersion.objects.create(
        legal_version=law,
        number=0,
        revision=newest.revision + 1 if newest else 1,
        name=sheet.name,
        sector="",
        content=dict(sheet.raw),
        sha256=sheet.sha256,
        published_at=at,
    )


def _add(
    law: LegalVersion, criteria_set: CriteriaSet, *, published_at: datetime | None
) -> CriteriaSetVersion | None:
    """A further revision of a set, unless the newest one is the same."""
    if problems := sets.check(criteria_set):
        told = "; ".join(f"{p.criterion} {p.message}".strip(" .") for p in problems)
        message = _("Không công bố được bộ %(number)d. %(problems)s.")
        message %= {"number": criteria_set.number, "problems": told}
        raise Refused("set_unsound", message, fields={"file": [message]})
    revisions = law.sets.filter(number=criteria_set.number).order_by("-revision")
    published = revisions.exclude(published_at=None).first()
    if published and published.sha256 == criteria_set.sha256:
        return None
    newest = revisions.first()
    return CriteriaSetVersion.objects.create(
        legal_version=law,
        number=criteria_set.number,
        revision=newest.revision + 1 if newest else 1,
        name=criteria_set.name,
        sector=criteria_set.sector,
        content=dict(criteria_set.raw),
        sha256=criteria_set.sha256,
        published_at=published_at,
    )


def _drop(draft: CriteriaSetVersion) -> None:
    draft.wordings.all().delete()
    draft.delete()


def _carry_words(before: CriteriaSetVersion, draft: CriteriaSetVersion) -> None:
    """Official words of a version for its successor: only where our short label stayed the same,
    and none are loaded yet."""
    old, new = _labels(before), _labels(draft)
    own = set(draft.wordings.values_list("criterion", "option"))
    for each in before.wordings.all():
        place = (each.criterion, each.option)
        if place not in own and place in new and old.get(place) == new[place]:
            Wording.objects.create(
                version=draft, criterion=each.criterion, option=each.option, text=each.text
            )


def _labels(version: CriteriaSetVersion) -> dict[tuple[str, int | None], str]:
    """Our label at every place that takes official words."""
    found: dict[tuple[str, int | None], str] = {}
    for criterion in queries.set_of(version).criteria:
        found[criterion.code, None] = criterion.name
        for place, option in enumerate(criterion.options, start=1):
            found[criterion.code, place] = option.label
    return found


def _facts(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a legal version says beside its dates, fit for JSON."""
    own = sets.decree() if data["code"] == sets.decree()["code"] else {}
    keep = ("sections", "levels", "amends", "amended_by")
    facts = {key: data[key] for key in keep if key in data}
    for key in ("bands", "validity_months", "filing_window_days", "to_compare", "corrections"):
        if key in own:
            facts[key] = own[key]
    return {key: _plain(value) for key, value in facts.items()}


def _plain(value: Any) -> Any:
    return {str(k): v for k, v in value.items()} if isinstance(value, dict) else value
