"""News of a star that ended before its day or came back: to its producer and to its commune, which
the papers name as recipients (Art. 8)."""

from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.outbox import Words, tell_each
from ocop.producers.queries import people_of
from ocop.recognition.models import Recognition, Revocation
from ocop.recognition.postcheck.models import RevocationCase
from ocop.recognition.postcheck.notices import own_link


def annulled(*, recognition: Recognition, reason: str, at: datetime) -> list[Message]:
    """A result was annulled (Art. 10.1b)."""
    day = recognition.annulled_on

    def words() -> Words:
        told = _(
            "Kết quả %(stars)d sao bị hủy theo %(decision)s, từ ngày %(day)s, và coi như chưa từng "
            "có. Không dùng hạng sao này trên nhãn, biển hiệu và quảng cáo."
        ) % {
            "stars": recognition.stars,
            "day": write_date(day) if day else "",
            "decision": _decision(
                recognition.annulling_number,
                recognition.annulling_signed_on,
                recognition.annulling_authority,
            ),
        }
        subject = _("Kết quả công nhận bị hủy: %s") % recognition.product.name
        return Words(subject, f"{told}\n\n{reason}", _page(recognition))

    key = f"recognition:{recognition.pk}:annulled:{day}"
    users = [*_makers(recognition, at), *_commune(recognition, at)]
    return _each(users, key, words, at)


def revoked(*, revocation: Revocation, reason: str = "", at: datetime) -> list[Message]:
    """A star was revoked: by which decision, on which ground, from when on. `reason`: what an
    officer wrote of a decision that was taken elsewhere."""

    def words(link: str) -> Words:
        star = revocation.recognition
        told = _("Hạng %(stars)d sao bị thu hồi theo %(decision)s, từ ngày %(day)s.") % {
            "stars": star.stars,
            "decision": _decision(revocation.number, revocation.signed_on, revocation.authority),
            "day": write_date(revocation.revoked_on),
        }
        ground = _("Căn cứ: %s.") % revocation.get_ground_display()
        no_more = _("Từ ngày này không dùng hạng sao trên nhãn, biển hiệu và quảng cáo.")
        return Words(
            _("Hạng sao bị thu hồi: %s") % star.product.name,
            "\n\n".join(filter(None, (told, ground, reason, no_more))),
            link,
        )

    return _tell(revocation, "revoked", words, at)


def restored(*, revocation: Revocation, reason: str = "", at: datetime) -> list[Message]:
    """A star was given back: by which decision, and until when it holds now."""

    def words(link: str) -> Words:
        star = revocation.recognition
        told = _("Hạng %(stars)d sao có giá trị lại theo %(decision)s, từ ngày %(day)s.") % {
            "stars": star.stars,
            "decision": _decision(
                revocation.restoring_number,
                revocation.restoring_signed_on,
                revocation.restoring_authority,
            ),
            "day": write_date(revocation.restored_on) if revocation.restored_on else "",
        }
        until = max(filter(None, (star.expires_on, star.extended_until)), default=None)
        holds = _("Hạng sao có giá trị đến hết ngày %s.") % write_date(until) if until else ""
        return Words(
            _("Hạng sao được khôi phục: %s") % star.product.name,
            "\n\n".join(filter(None, (told, reason, holds))),
            link,
        )

    before = len(revocation.wrong_restorations)  # restored anew, it is told anew
    return _tell(revocation, f"restored-{before}" if before else "restored", words, at)


def withdrawn(
    *, revocation: Revocation, reason: str, case: RevocationCase | None = None, at: datetime
) -> list[Message]:
    """A revocation was entered wrongly, and is taken back: the star held all the time. `case`: the
    one in which it was entered."""

    def words(link: str) -> Words:
        star = revocation.recognition
        told = _(
            "Việc ghi thu hồi hạng %(stars)d sao từ ngày %(day)s là nhầm và đã được đính chính: "
            "hạng sao chưa từng bị thu hồi."
        ) % {"stars": star.stars, "day": write_date(revocation.revoked_on)}
        subject = _("Đính chính việc ghi thu hồi: %s") % star.product.name
        return Words(subject, f"{told}\n\n{reason}", link)

    return _tell(revocation, "withdrawn", words, at, case)


def restoration_withdrawn(*, revocation: Revocation, reason: str, at: datetime) -> list[Message]:
    """A restoration was entered wrongly, and is taken back: the star was revoked all the time."""

    def words(link: str) -> Words:
        star = revocation.recognition
        told = _(
            "Việc ghi khôi phục hạng %(stars)d sao là nhầm và đã được đính chính: hạng sao bị thu "
            "hồi từ ngày %(day)s, không dùng trên nhãn, biển hiệu và quảng cáo."
        ) % {"stars": star.stars, "day": write_date(revocation.revoked_on)}
        subject = _("Đính chính việc ghi khôi phục: %s") % star.product.name
        return Words(subject, f"{told}\n\n{reason}", link)

    turn = f"restoration-undone-{len(revocation.wrong_restorations)}"
    return _tell(revocation, turn, words, at)


def _tell(
    revocation: Revocation,
    turn: str,
    words: Callable[[str], Words],
    at: datetime,
    of_case: RevocationCase | None = None,
) -> list[Message]:
    """Whoever makes the product reads of a case on its page, all others on the product's."""
    star = revocation.recognition
    case: RevocationCase | None = of_case or getattr(revocation, "case", None)
    page, key = _page(star), f"revocation:{revocation.pk}:{turn}"
    makers, commune = _makers(star, at), _commune(star, at)
    if case is None:
        return _each([*makers, *commune], key, lambda: words(page), at)
    own = own_link(case)
    if case.wrong_decisions:  # told anew of what was entered anew
        turn = f"{turn}-{len(case.wrong_decisions)}"
    told = tell_each(
        users=makers,
        kind="recognition.case",
        key=f"case:{case.code}:{turn}",
        words=lambda: words(own),
        at=at,
    )
    others = [user for user in commune if user not in makers]
    return told + _each(others, key, lambda: words(page), at)


def _each(users: list[User], key: str, words: Callable[[], Words], at: datetime) -> list[Message]:
    once = {user.pk: user for user in users}
    return tell_each(users=once.values(), kind="recognition.ended", key=key, words=words, at=at)


def _decision(number: str, signed_on: date | None, who: str) -> str:
    said = {"number": number, "day": write_date(signed_on) if signed_on else ""}
    return ", ".join((_("Quyết định %(number)s ngày %(day)s") % said, who))


def _page(recognition: Recognition) -> str:
    return f"/san-pham/{recognition.product.code}/"


def _makers(recognition: Recognition, at: datetime) -> list[User]:
    return list(people_of(recognition.product.producer, timezone.localdate(at)))


def _commune(recognition: Recognition, at: datetime) -> list[User]:
    commune = recognition.product.commune or recognition.commune
    return list(people.officers_of(commune, timezone.localdate(at)))
