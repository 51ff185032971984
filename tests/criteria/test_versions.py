"""Versions in the database: loading, publishing, sign-off, official wording."""

import copy
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import yaml

from ocop.core import options
from ocop.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from ocop.core.events import activity
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.criteria import files, queries, services, wording
from ocop.criteria.models import CriteriaSetVersion, Wording
from ocop.criteria.scoring import Rule
from ocop.criteria.sets import load_set
from ocop.people.roles import Role

pytestmark = pytest.mark.django_db
OFFICER = Actor(ActorKind.PERSON, 1, frozenset({Grant(Role.PROVINCIAL_OFFICER)}))
HEAD = Actor(ActorKind.PERSON, 2, frozenset({Grant(Role.OFFICE_HEAD)}))


@pytest.fixture
def first(now: datetime) -> CriteriaSetVersion:
    services.load_decree(actor=SYSTEM, at=now)
    return queries.current(ANONYMOUS).get(number=1)


def _data(**changed: Any) -> dict[str, Any]:
    return copy.deepcopy(dict(load_set(1).raw)) | changed


def _file(data: dict[str, Any]) -> bytes:
    return yaml.safe_dump(data, allow_unicode=True).encode()


def _draft(since: CriteriaSetVersion, now: datetime, **changed: Any) -> CriteriaSetVersion:
    return services.draft_set(actor=HEAD, since=since, content=_file(_data(**changed)), at=now)


def _publish(since: CriteriaSetVersion, now: datetime, **changed: Any) -> CriteriaSetVersion:
    return services.publish_set(actor=HEAD, version=_draft(since, now, **changed), at=now)


def test_decree_is_loaded_once_as_published_versions(now: datetime) -> None:
    assert services.load_decree(actor=SYSTEM, at=now) == 26
    assert services.load_decree(actor=SYSTEM, at=now) == 0
    assert Event.objects.filter(name="criteria.decree_loaded").count() == 1  # nothing changed again
    assert queries.current(ANONYMOUS).count() == 26
    assert [v.code for v in queries.legal_versions()] == [
        "QD1048-2019",
        "QD148-2023",
        "QD1489-2025",
        "QD26-2026",
    ]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2019, 8, 20), None),
        (date(2019, 8, 21), "QD1048-2019"),
        (date(2023, 2, 23), "QD1048-2019"),
        (date(2023, 2, 24), "QD148-2023"),
        (date(2025, 7, 6), "QD1489-2025"),
        (date(2026, 5, 21), "QD1489-2025"),
        (date(2026, 5, 22), "QD26-2026"),
    ],
)
def test_law_of_a_day_is_the_latest_in_force(
    first: CriteriaSetVersion, day: date, code: str | None
) -> None:
    law = queries.legal_version_on(day)
    assert (law.code if law else None) == code


def test_stored_version_reads_back_as_the_same_set(first: CriteriaSetVersion) -> None:
    assert queries.set_of(first) == load_set(1)
    assert queries.set_of(first).sha256 == first.sha256
    assert queries.set_for(1, date(2026, 6, 1)) == load_set(1)
    assert queries.set_for(1, date(2018, 1, 1)) == load_set(1)


def test_new_revision_leaves_the_old_one_as_it_was(
    first: CriteriaSetVersion, now: datetime
) -> None:
    second = _publish(first, now, name="Tên mới")
    assert (second.revision, queries.current(ANONYMOUS).get(number=1)) == (2, second)
    assert list(queries.revisions(ANONYMOUS, first.number)) == [second, first]
    first.refresh_from_db()
    assert first.name == load_set(1).name
    with pytest.raises(Refused, match="giống hệt"):
        _draft(first, now, name="Tên mới")


def test_unsound_set_is_refused_with_every_reason(first: CriteriaSetVersion, now: datetime) -> None:
    data = _data()
    data["sections"][0]["max"] = 41
    data["sections"][1]["max"] = 24
    with pytest.raises(Refused) as refusal:
        services.draft_set(actor=HEAD, since=first, content=_file(data), at=now)
    assert refusal.value.code == "set_unsound"
    assert "40" in refusal.value.message
    assert "25" in refusal.value.message
    assert ".;" not in refusal.value.message
    assert ".." not in refusal.value.message
    assert CriteriaSetVersion.objects.filter(number=1).count() == 1


def test_draft_is_seen_by_who_prepares_it_and_rules_nothing(
    first: CriteriaSetVersion, now: datetime
) -> None:
    draft = _draft(first, now, name="Tên mới")
    assert draft in queries.visible_to(OFFICER)
    assert draft not in queries.visible_to(ANONYMOUS)
    assert queries.current(OFFICER).get(number=1) == first
    assert queries.set_for(1, now.date()).name == load_set(1).name
    with pytest.raises(Refused, match="chưa công bố"):
        services.sign_off_set(actor=OFFICER, version=draft, note="PDF", at=now)
    with pytest.raises(NotAllowed):
        services.publish_set(actor=ANONYMOUS, version=draft, at=now)
    services.publish_set(actor=OFFICER, version=draft, at=now)
    assert queries.set_for(1, now.date()).name == "Tên mới"
    with pytest.raises(Refused) as refusal:
        services.publish_set(actor=HEAD, version=draft, at=now)
    assert refusal.value.code == "not_a_draft"


def test_one_draft_waits_at_a_time_and_may_be_dropped(
    first: CriteriaSetVersion, now: datetime
) -> None:
    earlier = _draft(first, now, name="Tên một")
    services.load_wording(
        actor=OFFICER, version=earlier, content=b"a,b,c,d,e\n1.1,,,,Loi\n", at=now
    )
    later = _draft(first, now, name="Tên hai")
    assert list(first.legal_version.sets.filter(published_at=None)) == [later]
    services.discard_draft(actor=OFFICER, version=later, at=now)
    assert list(queries.revisions(HEAD, 1)) == [first]
    with pytest.raises(Refused) as refusal:
        services.discard_draft(actor=HEAD, version=first, at=now)
    assert refusal.value.code == "not_a_draft"
    assert queries.visible_to(ANONYMOUS).filter(pk=first.pk).exists()


def test_file_of_another_set_is_refused(first: CriteriaSetVersion, now: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        services.draft_set(
            actor=HEAD, since=first, content=files.write(load_set(2), "bộ 2"), at=now
        )
    assert refusal.value.code == "other_set"


def test_official_words_go_over_where_our_label_is_the_same(
    first: CriteriaSetVersion, now: datetime
) -> None:
    content = b"a,b,c,d,e\n1.1,,,,Ten 1.1\n1.1,1,,,Muc 1\n1.1,2,,,Muc 2\n"
    services.load_wording(actor=OFFICER, version=first, content=content, at=now)
    data = _data()
    criterion = data["sections"][0]["parts"][0]["parts"][0]
    criterion["options"][0]["label"] = "Khác hẳn"
    criterion["options"][-1]["star"] = 5
    draft = services.draft_set(actor=HEAD, since=first, content=_file(data), at=now)
    second = services.publish_set(actor=HEAD, version=draft, at=now)
    assert queries.worded(second).words == {("1.1", None): "Ten 1.1", ("1.1", 2): "Muc 2"}
    assert not queries.worded(second).compared


def test_what_an_office_corrected_survives_another_installation(
    first: CriteriaSetVersion, now: datetime
) -> None:
    """An upgrade loads the packaged sets again; they were there already."""
    second = _publish(first, now, name="Tên mới")
    assert services.load_decree(actor=SYSTEM, at=now) == 0
    assert queries.current(ANONYMOUS).get(number=1) == second


def test_version_is_not_compared_until_an_officer_says_so(
    first: CriteriaSetVersion, now: datetime
) -> None:
    assert not queries.worded(first).compared
    with pytest.raises(Refused):
        services.sign_off_set(actor=OFFICER, version=first, note=" ", at=now)
    services.sign_off_set(actor=OFFICER, version=first, note="PDF có chữ ký số", at=now)
    assert queries.worded(first).compared
    assert first.signed_off_by == 1
    with pytest.raises(Refused):
        services.sign_off_set(actor=OFFICER, version=first, note="lần nữa", at=now)


def test_official_wording_goes_over_our_labels(first: CriteriaSetVersion, now: datetime) -> None:
    book = openpyxl.load_workbook(BytesIO(wording.template(load_set(1))))
    page = book.active
    page["E2"], page["E3"] = "Nguồn gốc sản phẩm (chính thức)", "Mức một (chính thức)"
    filled = BytesIO()
    book.save(filled)
    rows = services.load_wording(actor=OFFICER, version=first, content=filled.getvalue(), at=now)
    assert rows == 2
    assert queries.worded(first).words == {
        ("1.1", None): "Nguồn gốc sản phẩm (chính thức)",
        ("1.1", 1): "Mức một (chính thức)",
    }
    again = b"Ma,Muc,Diem,Nhan,Loi van\n1.1,1,,,Khac\n"
    services.load_wording(actor=OFFICER, version=first, content=again, at=now)
    assert queries.worded(first).words["1.1", 1] == "Khac"
    shown = queries.worded(first).criteria_set.by_code["1.1"]
    assert (shown.name, shown.options[0].label) == ("Nguồn gốc sản phẩm (chính thức)", "Khac")
    plain = load_set(1).by_code["1.1"]
    assert shown.options[1:] == plain.options[1:]  # our label where nothing is loaded
    assert queries.set_in_words(1, now.date()).by_code["1.1"] == shown
    assert queries.set_of(first).by_code["1.1"] == plain


def test_other_wording_takes_the_sign_off_back(first: CriteriaSetVersion, now: datetime) -> None:
    """What was compared is no longer what people read; the same words again change nothing."""
    same = b"a,b,c,d,e\n1.1,,,,Cau chinh thuc\n"
    services.load_wording(actor=OFFICER, version=first, content=same, at=now)
    services.sign_off_set(actor=OFFICER, version=first, note="PDF có chữ ký số", at=now)
    services.load_wording(actor=OFFICER, version=first, content=same, at=now)
    first.refresh_from_db()
    assert queries.worded(first).compared
    other = b"a,b,c,d,e\n1.1,,,,Cau khac\n"
    services.load_wording(actor=OFFICER, version=first, content=other, at=now)
    first.refresh_from_db()
    assert not queries.worded(first).compared
    assert first.signed_off_by is None
    assert [event.name for event in activity(first)][:2] == [
        "criteria.set_reopened",
        "criteria.wording_loaded",
    ]
    services.sign_off_set(actor=OFFICER, version=first, note="Đã so lại", at=now)
    assert queries.worded(first).compared


def test_official_wording_is_taken_away_by_a_dash(first: CriteriaSetVersion, now: datetime) -> None:
    content = b"a,b,c,d,e\n1.1,,,,Ten\n1.1,1,,,Muc\n"
    services.load_wording(actor=OFFICER, version=first, content=content, at=now)
    services.sign_off_set(actor=OFFICER, version=first, note="PDF", at=now)
    content = b"a,b,c,d,e\n1.1,,,,\n1.1,1,,,-\n"
    services.load_wording(actor=OFFICER, version=first, content=content, at=now)
    assert queries.worded(first).words == {("1.1", None): "Ten"}
    first.refresh_from_db()
    assert not queries.worded(first).compared  # what people read is another text


def test_all_mistakes_of_a_wording_file_are_told_at_once(
    first: CriteriaSetVersion, now: datetime
) -> None:
    content = b"a,b,c,d,e\n9.9,,,,x\n1.1,2,9,,y\n1.2,1,,,x\x07y\n1.1,7,,,x\n"
    with pytest.raises(Refused) as refusal:
        services.load_wording(actor=OFFICER, version=first, content=content, at=now)
    for told in ("Dòng 4 có ký tự", "Dòng 2, 5:", "C3 ghi"):
        assert told in refusal.value.message


def test_points_changed_in_a_wording_file_are_refused_at_their_cell(
    first: CriteriaSetVersion, now: datetime
) -> None:
    due = load_set(1).by_code["1.1"].max
    content = f"a,b,c,d,e\n1.1,,{due}.0,,x\n1.1,2,9,,\n".encode()
    with pytest.raises(Refused) as refusal:
        services.load_wording(actor=OFFICER, version=first, content=content, at=now)
    assert refusal.value.code == "wording_points"
    level = load_set(1).by_code["1.1"].options[1].points
    assert f"C3 ghi “9”, theo bộ là {level}" in refusal.value.message
    assert not Wording.objects.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a,b,c,d,e\n9.9,,,,x\n", "wording_rows"),
        (b"a,b,c,d,e\n1.1,7,,,x\n", "wording_rows"),
        (b"a,b,c,d,e\n1.1,1,,,x\n1.1,1,,,y\n", "wording_rows"),
        (b"a,b,c,d,e\n1.1,1,,,\n", "wording_empty"),
        (b"PK\x03\x04broken", "file_damaged"),
        (b"\xff\xfe\xff", "wording_file"),
        (b"a,b,c,d,e\n1.1,1,,,x\0y\n", "wording_unreadable"),
        (b"a,b,c,d,e\n1.1,1,,," + b"x" * 140_000, "cell_too_long"),
    ],
)
def test_wording_that_does_not_fit_is_refused_whole(
    first: CriteriaSetVersion, now: datetime, content: bytes, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        services.load_wording(actor=OFFICER, version=first, content=content, at=now)
    assert refusal.value.code == code
    assert not Wording.objects.exists()


def test_public_reads_and_changes_nothing(first: CriteriaSetVersion, now: datetime) -> None:
    CriteriaSetVersion.objects.filter(number=2).update(published_at=None)
    assert queries.visible_to(ANONYMOUS).count() == 25
    assert queries.visible_to(HEAD).count() == 26
    for service, arguments in (
        (services.load_decree, {}),
        (services.sign_off_set, {"version": first, "note": "x"}),
        (services.load_wording, {"version": first, "content": b""}),
    ):
        with pytest.raises(NotAllowed):
            service(actor=ANONYMOUS, at=now, **arguments)


def test_rule_for_a_missed_minimum_is_a_setting(now: datetime) -> None:
    assert queries.star_rule() is Rule.EVERY_MINIMUM
    options.set_option(actor=SYSTEM, option=queries.STAR_RULE, value="band_only", at=now)
    assert queries.star_rule() is Rule.BAND_ONLY
