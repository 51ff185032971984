"""The decision on dossiers: entered, and published at once or later. They end with its
publication."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.criteria.models import LegalVersion
from ocop.dossiers import notices, rules
from ocop.dossiers.models import Dossier, State
from ocop.dossiers.queries import conclusions
from ocop.dossiers.services.checks import concluded, ministry_first, minuted, stands
from ocop.dossiers.services.moving import move
from ocop.recognition import legal_versions
from ocop.recognition import services as recognition
from ocop.recognition.competence import expect_competent
from ocop.recognition.decisions import CHECK_AUTHORITY
from ocop.recognition.models import Decision, Kind, Recognition

PLACES_OF_TOTAL = 4  # of Recognition.total


def decide_dossiers(
    *,
    actor: Actor,
    dossiers: Sequence[Dossier],
    paper: recognition.Paper,
    publish: bool = True,
    at: datetime,
) -> Decision:
    """Enter the signed decision on concluded dossiers, all of them or none.

    Two acts in one transaction, each with its own event: the register records the decision with
    the star and points the council (or the Ministry) found, the dossiers end with it; without
    `publish` they are tied to it and end with its publication (`publishing`). Refused: no
    result of three stars and more, 90 points without the Ministry's result, a day of signing
    before the sitting or its minutes, a sitting without its minutes, an upgrade without a higher
    star, an authority that does not decide on this star here, dossiers of several laws or another
    law than that of their criteria sets, what `recognition.record_decision` refuses.
    """
    with transaction.atomic():
        require(actor, rules.may_decide)
        results = [result_of(dossier, paper.signed_on) for dossier in dossiers]
        paper = replace(paper, legal_version=_law_of(dossiers, paper))
        decision = recognition.record_decision(
            actor=actor, paper=paper, results=results, publish=publish, at=at
        )
        note = note_decision if publish else note_awaiting
        note(actor=actor, dossiers=dossiers, decision=decision, at=at)
    return decision


def _law_of(dossiers: Sequence[Dossier], paper: recognition.Paper) -> LegalVersion | None:
    """The law by whose sets the council judged; an officer may name it, or one that amends it."""
    found = {dossier.version.legal_version for dossier in dossiers}
    if len(found) > 1:
        message = _(
            "Các hồ sơ được chấm theo nhiều văn bản: %s. Mỗi quyết định theo một văn bản, hãy ghi "
            "riêng."
        ) % ", ".join(sorted(law.document for law in found))
        raise Refused("several_laws", message, fields={"dossiers": [message]})
    for sets in found:
        if paper.legal_version is None:
            return legal_versions.law_of_sets(sets, paper.signed_on)
        _expect_law(paper.legal_version, sets)
    return paper.legal_version


def _expect_law(law: LegalVersion, sets: LegalVersion) -> None:
    if not legal_versions.is_of(law, sets):
        message = _("Hội đồng chấm theo bộ tiêu chí của %(sets)s, không phải %(law)s.") % {
            "sets": sets.document,
            "law": law.document,
        }
        raise Refused("other_law", message, fields={"legal_version": [message]})


@action("dossiers.note_decision")
def note_decision(
    *, actor: Actor, dossiers: Sequence[Dossier], decision: Decision, at: datetime
) -> list[Dossier]:
    """Tie dossiers to the decision that recognised their products: they end there.

    Refused: an empty list, a product that is not in the decision or with another star there, a
    decision of an authority that does not decide on this star here or signed before the sitting, a
    sitting without its minutes.
    """
    require(actor, rules.may_decide)
    for dossier, row in _given(dossiers, decision):
        move(dossier, "decide", at=at, recognition=row)
    record(actor, "dossiers.decided", decision, *dossiers, at=at, change={"rows": len(dossiers)})
    for dossier in dossiers:
        notices.decided(dossier=dossier, at=at)
    return list(dossiers)


@action("dossiers.note_awaiting")
def note_awaiting(
    *, actor: Actor, dossiers: Sequence[Dossier], decision: Decision, at: datetime
) -> list[Dossier]:
    """Tie dossiers to the decision on their products that awaits its publication: until then they
    stay where they are, nothing else is decided of them, and nobody is told.

    Refused: as `note_decision` says, and a decision that is published.
    """
    require(actor, rules.may_decide)
    if not decision.awaits_publication:
        raise Refused("decision_published", _("Quyết định này đã được công bố."))
    for dossier, row in _given(dossiers, decision):
        dossier.recognition = row
        dossier.save(update_fields=["recognition"])
    change = {"rows": len(dossiers)}  # the dossiers are not named: producers read their activity
    record(actor, "dossiers.decision_awaited", decision, at=at, change=change)
    return list(dossiers)


def _given(dossiers: Sequence[Dossier], decision: Decision) -> list[tuple[Dossier, Recognition]]:
    """Dossiers with what a decision gave their products. Refused as `note_decision` says."""
    if not dossiers:
        raise Refused("no_dossiers", _("Chưa chọn hồ sơ nào. Hãy chọn ít nhất một hồ sơ."))
    given = {row.product_id: row for row in decision.recognitions.all()}
    found = []
    for dossier in dossiers:
        result = result_of(dossier, decision.signed_on)
        if CHECK_AUTHORITY.get():
            expect_competent(
                result.stars,
                decision.authority,
                decision.number,
                decision.signed_on,
                field="authority",
                of=dossier.product,
            )
        if decision.legal_version is not None:
            _expect_law(decision.legal_version, dossier.version.legal_version)
        row = given.get(dossier.product_id)
        if row is None or row.stars != result.stars:
            raise Refused(
                "not_in_decision",
                _("Quyết định %(number)s không công nhận “%(product)s” %(stars)d sao.")
                % {
                    "number": decision.number,
                    "product": dossier.product.name,
                    "stars": result.stars,
                },
            )
        found.append((dossier, row))
    return found


def publish_decision(
    *,
    actor: Actor,
    decision: Decision,
    published_on: date,
    file_public: bool | None = None,
    file_confirmed: bool = False,
    at: datetime,
) -> Decision:
    """Publish a decision and end the dossiers that waited for it (`proposing.note_awaiting`).

    Two acts in one transaction, each with its own event. Who filed one of these dossiers hears of
    the star from the dossier, all others from the register. Refused as both say.
    """
    with transaction.atomic():
        waiting = list(
            Dossier.objects.filter(
                recognition__decision=decision, recognition__annulled_on=None, ended_at=None
            )
            .select_related("product__producer", "commune__parent")
            .order_by("pk")
        )
        made = recognition.publish_decision(
            actor=actor,
            decision=decision,
            published_on=published_on,
            file_public=file_public,
            file_confirmed=file_confirmed,
            told={dossier.product_id for dossier in waiting},
            at=at,
        )
        if waiting:
            note_decision(actor=actor, dossiers=waiting, decision=made, at=at)
    return made


def result_of(dossier: Dossier, signed_on: date) -> recognition.Result:
    """What the register records of a dossier. Refused as `decide_dossiers` says."""
    stands(dossier, State.CONCLUDED, State.AT_MINISTRY)
    name, found = dossier.product.name, concluded(dossier)
    if dossier.state == State.AT_MINISTRY and not found.central:
        raise Refused(
            "ministry_awaited", _("“%s” đang chờ kết quả của Bộ. Hãy ghi kết quả trước.") % name
        )
    if signed_on < found.on:
        message = _("Quyết định về “%(product)s” không được ký trước ngày có kết quả %(day)s.") % {
            "product": name,
            "day": write_date(found.on),
        }
        raise Refused("decision_before_sitting", message, fields={"signed_on": [message]})
    ministry_first(name, found)
    if found.star is None or found.star < conclusions.CERTIFIED:
        raise Refused(
            "no_star",
            _("“%s” không đạt 3 sao nên không có quyết định công nhận. Hãy ghi không công nhận.")
            % name,
        )
    minuted(dossier)
    if signed_on < (minutes_on := conclusions.minuted_on(dossier)):
        message = _(
            "Quyết định về “%(product)s” ký ngày %(signed)s, trước biên bản họp hội đồng ngày "
            "%(minutes)s mà quyết định căn cứ vào. Hãy kiểm tra lại ngày ký."
        ) % {
            "product": name,
            "signed": write_date(signed_on),
            "minutes": write_date(minutes_on),
        }
        raise Refused("decision_before_minutes", message, fields={"signed_on": [message]})
    return recognition.Result(
        product=dossier.product,
        stars=found.star,
        kind=Kind(dossier.kind),
        total=conclusions.cut(found.total, PLACES_OF_TOTAL),
        evaluated_on=found.on,
        filed=True,
    )
