"""The papers of dossiers, and of sittings with the list for decision, as a reader may take them."""

from datetime import date
from functools import partial

from ocop.core.actor import Actor
from ocop.core.official import services as frames
from ocop.core.official import shelf
from ocop.core.official.paper import Official, Text
from ocop.core.official.shelf import Paper
from ocop.councils import rules as council_rules
from ocop.councils.models import ItemState, Sitting, SittingState
from ocop.councils.papers import shelf as councils
from ocop.councils.papers.head import left_out
from ocop.councils.queries import sittings
from ocop.dossiers import rules
from ocop.dossiers.models import CommuneReport, Dossier, State
from ocop.dossiers.papers import bundle, deciding, decree, examination, forms
from ocop.dossiers.queries import dossiers
from ocop.people import rules as people_rules

DECISION_LIST, DECREE = "decision-list", "decree"
#: States of which the parties are told; a conclusion alone is the office's until it is decided.
_TOLD = (State.AT_MINISTRY, State.DECIDED, State.REFUSED)


def of_dossier(actor: Actor, dossier: Dossier, *, on: date) -> list[Paper]:
    """Of a dossier that the actor sees: its forms, notices once there is something to tell, all
    of it with the evidence."""
    name = dossier.product.name
    reads_report = rules.may_read_report(actor, dossier)
    found = [
        shelf.official("form-01", forms.FORM_01, f"mau-01-{name}", lambda: forms.form_01(dossier)),
        shelf.official("form-02", forms.FORM_02, f"mau-02-{name}", lambda: forms.form_02(dossier)),
    ]
    report = CommuneReport.objects.filter(dossier=dossier).first() if reads_report else None
    if report is not None:
        say = partial(forms.form_03, dossier, report)
        found.append(shelf.official("form-03", forms.FORM_03, f"mau-03-{name}", say))
    examined = rules.sees_examinations(actor)
    if examined:
        say = partial(examination.examination, dossier)
        paper = shelf.official("examination", examination.EXAMINATION, f"tham-dinh-{name}", say)
        found.append(paper)
    early = dossier.state == State.CONCLUDED and people_rules.may_see_everything(actor)
    if dossier.state in _TOLD or early:
        found += [_notice(dossier, to_commune=commune, on=on) for commune in (False, True)]
    return [
        *found,
        shelf.packed(
            "whole",
            "Hồ sơ và toàn bộ minh chứng",
            f"ho-so-{name}",
            lambda into, _tell: bundle.dossier_bundle(
                into, dossier, with_report=reads_report, with_examination=examined
            ),
        ),
    ]


def of_sitting(actor: Actor, held: Sitting, *, on: date) -> list[Paper]:
    """Of a sitting that the actor sees, with the list for decision for who plans it."""
    if not council_rules.may_plan_sitting(actor, held):
        return councils.of_sitting(actor, held)
    say = partial(_decision_list, actor, held, on)
    draft = partial(_decree, actor, held, on)
    further = [(frames.PAPERS[deciding.LIST], say)]
    if recognises(actor, held, on=on):
        further.append((frames.PAPERS[decree.DECREE], draft))
    return [
        *councils.of_sitting(actor, held, further),
        shelf.official(DECISION_LIST, deciding.LIST, f"danh-sach-{held.title}", say),
        shelf.official(DECREE, decree.DECREE, f"du-thao-quyet-dinh-{held.title}", draft),
    ]


def _notice(dossier: Dossier, *, to_commune: bool, on: date) -> Paper:
    key, to = ("notice-commune", "xa") if to_commune else ("notice-producer", "chu-the")
    title = "Thông báo kết quả cho " + ("Ủy ban nhân dân cấp xã" if to_commune else "chủ thể")
    return shelf.official(
        key,
        deciding.NOTICE,
        f"thong-bao-{to}-{dossier.product.name}",
        lambda: deciding.notice(dossier, to_commune=to_commune, on=on),
        title=title,
    )


def _decision_list(actor: Actor, held: Sitting, on: date) -> Official:
    """The products that a sitting proposes to the chair of the province."""
    rows, final, notes = _judged(actor, held, on)
    return deciding.decision_list(rows, on=on, final=final, notes=notes)


def _decree(actor: Actor, held: Sitting, on: date) -> Official:
    """The decision that the chair of the province would sign on a sitting."""
    rows, final, notes = _judged(actor, held, on)
    return decree.decree(rows, held, on=on, final=final, notes=notes)


def recognises(actor: Actor, held: Sitting, *, on: date) -> bool:
    """Whether there is anything for the chair of the province to decide on, so that a draft of the
    decision is offered: before the minutes there is not, nor where all goes to the Ministry."""
    if held.state != SittingState.CLOSED or not held.minutes_number:
        return False
    rows, _final, _notes = _judged(actor, held, on)
    return bool(deciding.proposed(rows, on=on).ranked)


def _judged(actor: Actor, held: Sitting, on: date) -> tuple[list[Dossier], bool, list[Text]]:
    """The dossiers of a sitting that the actor sees, whether it is closed, and what to note."""
    items = list(sittings.agenda(actor, held))
    rows = dossiers.visible_to(actor, on).filter(case__in=[item.case_id for item in items])
    notes = left_out(held.items.exclude(state=ItemState.TAKEN_OFF), items)
    final = held.state == SittingState.CLOSED
    return list(rows.select_related("product__producer", "commune")), final, notes
