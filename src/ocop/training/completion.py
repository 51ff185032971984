"""Whether somebody has completed a class: present often enough, and the test passed. Pure."""

from dataclasses import dataclass

from ocop.core.language import gettext as _


@dataclass(frozen=True, slots=True)
class Asked:
    """What a course asks for: a share of its sessions in per cent, and a test or none."""

    least_attendance: int
    test: bool


@dataclass(frozen=True, slots=True)
class Completion:
    """What is still missing; nothing: completed."""

    sessions_missing: int
    test_missing: bool

    @property
    def done(self) -> bool:
        return not self.sessions_missing and not self.test_missing

    @property
    def words(self) -> str:
        """What is missing, as it is told to people; empty when nothing is."""
        parts = []
        if self.sessions_missing:
            parts.append(_("thiếu %d buổi") % self.sessions_missing)
        if self.test_missing:
            parts.append(_("chưa đạt bài kiểm tra"))
        return ", ".join(parts)


def sessions_needed(sessions: int, least_attendance: int) -> int:
    """How many sessions one must attend: the share, rounded up; at least one."""
    return max(1, -(-sessions * least_attendance // 100))


def completion(asked: Asked, *, sessions: int, attended: int, passed: bool) -> Completion:
    """What is missing of somebody who attended so many sessions of a class."""
    needed = sessions_needed(sessions, asked.least_attendance)
    return Completion(max(0, needed - attended), asked.test and not passed)
