"""What was filed and found for each criterion of a case, as it stands beside a member's marks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ocop.core.actor import Actor
from ocop.core.language import gettext
from ocop.councils.models import Case
from ocop.criteria import queries as criteria
from ocop.dossiers import checklist
from ocop.dossiers.models import CommuneReport, Dossier, EvidenceUse, Finding
from ocop.dossiers.queries import advising, dossiers
from ocop.web.council import centre_file


@dataclass(slots=True)
class Beside:
    """What stands beside one criterion: the producer's word and evidence, the commune, advisers."""

    claim: str = ""
    self_points: int | None = None
    uses: list[EvidenceUse] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    reports: list[tuple[str, bool | None, str]] = field(default_factory=list)


def of_case(actor: Actor, case: Case, on: date) -> tuple[Dossier | None, Mapping[str, Beside]]:
    """The dossier of a case as this actor may read it, and by criterion what stands beside it.

    A handful of queries, whatever the size of the dossier; of a design centre its
    numbers; nothing where there is none to be seen.
    """
    dossier = dossiers.visible_to(actor, on).filter(case=case).select_related("version").first()
    if dossier is None:
        return None, {code: Beside(words) for code, words in centre_file.claims(case).items()}
    files = {
        line.criterion.code: Beside(line.claim, line.points, line.uses, line.findings)
        for line in advising.lines_of(dossier)
    }
    report = CommuneReport.objects.filter(dossier=dossier).first()
    if report is not None:
        for topic in checklist.TOPICS:
            told = report.topics.get(topic.key, {})
            for criterion in checklist.criteria_of(criteria.set_of(dossier.version), topic):
                files[criterion.code].reports.append(
                    (gettext(topic.words), told.get("holds"), str(told.get("text", "")))
                )
    return dossier, files
