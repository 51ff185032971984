"""What ends together with a star, for the answers of the acts that end it."""

from collections.abc import Collection

from ninja import Schema

from ocop.recognition.postcheck import queries


class Ended(Schema):
    """Post-checks and revocation cases that ended with a star: nobody acts in them any more."""

    checks: list[str]
    cases: list[str]


class EndOut(Ended):
    """The code under which the product is read, and what ended with the star."""

    code: str


class Ending:
    """Looks before an act, and tells afterwards what ended with it."""

    def __init__(self, stars: Collection[int]) -> None:
        self._stars = stars
        self._checks, self._cases = queries.in_work(stars)

    def told(self) -> dict[str, list[str]]:
        """What was in work before and is no more."""
        checks, cases = queries.in_work(self._stars)
        return {"checks": sorted(self._checks - checks), "cases": sorted(self._cases - cases)}
