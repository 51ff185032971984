"""Likenesses between a member and a producer."""

import pytest

from ocop.councils.conflicts import Maker, Person, grounds, is_certain


@pytest.mark.parametrize(
    ("person", "maker", "expected"),
    [
        (Person("Nguyễn Văn An"), Maker("HTX Mật ong", "nguyễn văn an"), ["leader"]),
        (Person("Nguyễn Văn An"), Maker("HTX Mật ong", "Nguyễn Văn Ân"), ["leader"]),
        (Person("Nguyễn Văn An"), Maker("HTX Mật ong", "Nguyễn Văn Anh"), []),
        (Person("An"), Maker("HTX Mật ong", "An"), []),
        (Person("Trần Bình", works_for=True), Maker("HTX Mật ong"), ["leader"]),
        (
            Person("Trần Bình", "Hợp tác xã mật ong Ba Vì"),
            Maker("HTX Mật ong Ba Vì"),
            ["organisation"],
        ),
        (Person("Trần Bình", "Cty CP Sữa"), Maker("Công ty cổ phần sữa"), ["organisation"]),
        (Person("Trần Bình", ""), Maker(""), []),
        (Person("Trần Bình"), Maker("Hộ kinh doanh Trần Bình", household=True), ["household"]),
        (Person("Trần Bình"), Maker("Công ty Trần Bình"), []),
        (Person("Bình"), Maker("Hộ Bình", household=True), []),
        (
            Person("Trần Bình", address="Thôn 3, xã Đại Xuyên"),
            Maker("HTX Miến", address="thôn 3 - Xã Đại Xuyên"),
            ["household"],
        ),
        (
            Person("Lê Cúc", "HTX Miến", "Thôn 1"),
            Maker("HTX Miến", "Lê Cúc", False, "Thôn 1"),
            ["leader", "organisation", "household"],
        ),
    ],
)
def test_grounds(person: Person, maker: Maker, expected: list[str]) -> None:
    assert grounds(person, maker) == expected


def test_only_the_leader_is_certain() -> None:
    assert [is_certain(each) for each in ("leader", "organisation", "household")] == [
        True,
        False,
        False,
    ]
