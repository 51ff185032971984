"""Certificates of completion: numbered once, printed whenever they are asked for."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from ocop.core import options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.codes import public_codes
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.places.models import Level, Unit
from ocop.training import lifecycle, notices, queries, rules
from ocop.training.models import Enrolment, TrainingCertificate, TrainingClass
from ocop.training.options import NUMBER


@action("training.issue_certificates")
def issue_certificates(
    *, actor: Actor, training_class: TrainingClass, at: datetime
) -> list[TrainingCertificate]:
    """Number the certificates of those who completed a class and never had one, by name.

    Refused: a class that is not over, nobody to certify.
    """
    require(actor, rules.may_manage)
    if training_class.state != lifecycle.HELD:
        raise Refused("class_not_held", _("Hãy kết thúc lớp trước khi cấp giấy chứng nhận."))
    _hold_book()
    due = queries.due_certificates(training_class)
    if not due:
        raise Refused("no_certificate_due", _("Không có ai cần cấp giấy chứng nhận."))
    made = _number(due, training_class, at)
    record(
        actor,
        "training.certificates_issued",
        training_class,
        at=at,
        change={"rows": len(made), "first": made[0].number, "last": made[-1].number},
        also=[("enrolment", each.enrolment.pk) for each in due],
    )
    notices.certified(certificates=made, at=at)
    return made


@action("training.revoke_certificate")
def revoke_certificate(
    *, actor: Actor, certificate: TrainingCertificate, reason: str, at: datetime
) -> TrainingCertificate:
    """Take a certificate back that was given wrongly; its page says so from now on."""
    require(actor, rules.may_manage)
    needs_reason(reason, most=500)
    good = TrainingCertificate.objects.filter(pk=certificate.pk, revoked_at=None)
    if not good.update(revoked_at=at, reason=reason.strip()):
        raise Refused("certificate_revoked", _("Giấy chứng nhận này đã bị thu hồi."))
    certificate.refresh_from_db()
    record(
        actor,
        "training.certificate_revoked",
        certificate.enrolment,
        certificate.enrolment.training_class,
        at=at,
        reason=reason.strip(),
        change={"number": certificate.number},
    )
    return certificate


@action("training.reissue_certificate")
def reissue_certificate(
    *, actor: Actor, certificate: TrainingCertificate, at: datetime
) -> TrainingCertificate:
    """Give a new certificate in the place of one that was revoked: with the person's name as it is
    written by now, and a number of its own.

    Refused: one that stands, a person who has another or does not complete the class any more.
    """
    require(actor, rules.may_manage)
    person = certificate.enrolment
    _hold_book()
    Enrolment.objects.select_for_update().get(pk=person.pk)
    certificate.refresh_from_db(fields=["revoked_at"])
    if person.certificates.filter(revoked_at=None).exists():
        raise Refused(
            "certificate_stands",
            _("Người này đang có giấy chứng nhận còn giá trị. Hãy thu hồi giấy đó trước."),
        )
    training_class = person.training_class
    standing = next(
        (each for each in queries.standings(training_class) if each.enrolment == person), None
    )
    if standing is None or not standing.missing.done:
        raise Refused(
            "class_not_completed",
            _("Người này không còn đủ điều kiện: %s.")
            % (standing.missing.words if standing else _("không có chỗ trong lớp")),
        )
    (made,) = _number([standing], training_class, at)
    record(
        actor,
        "training.certificate_reissued",
        person,
        training_class,
        at=at,
        change={"number": made.number, "instead_of": certificate.number},
    )
    notices.certified(certificates=[made], at=at)
    return made


def _number(
    due: Sequence[queries.Standing], training_class: TrainingClass, at: datetime
) -> list[TrainingCertificate]:
    """The next certificates in the book, which is held."""
    year = timezone.localdate(at).year
    given = TrainingCertificate.objects.filter(year=year).aggregate(last=Max("serial"))
    first = (given["last"] or 0) + 1
    codes = public_codes(len(due), TrainingCertificate.objects.all())
    return TrainingCertificate.objects.bulk_create(
        TrainingCertificate(
            code=code,
            enrolment=each.enrolment,
            year=year,
            serial=serial,
            number=NUMBER.get().format(serial=serial, year=year),
            words=_words(each, training_class),
            issued_at=at,
        )
        for serial, (code, each) in enumerate(zip(codes, due, strict=True), first)
    )


def _hold_book() -> None:
    """One at a time: of two who number at once the second finds what the first gave."""
    provinces = Unit.objects.filter(level=Level.PROVINCE, code=options.PROVINCE.get())
    provinces.select_for_update().order_by("pk").first()


def _words(standing: queries.Standing, training_class: TrainingClass) -> dict[str, str | int]:
    """What the certificate says, kept as it was."""
    person = standing.enrolment
    of = person.producer.name if person.producer else person.unit.name if person.unit else ""
    return {
        "name": person.name,
        "of": of,
        "course": training_class.course.title,
        "class": training_class.name,
        "place": training_class.place,
        "from": timezone.localdate(training_class.starts_at).isoformat(),
        "to": timezone.localdate(training_class.ends_at).isoformat(),
        "sessions": standing.attended,
    }
