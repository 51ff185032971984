"""Papers too large to wait for: asked for, made by a job, taken by who may read them now."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.jobs import life
from ocop.core.jobs.files import JobState
from ocop.core.refusals import Refused
from ocop.councils.models import Sheet
from ocop.councils.papers import shelf
from ocop.councils.queries import sheets as reading
from ocop.councils.services import obstacles, sheets
from ocop.dossiers import jobs
from ocop.dossiers.models import MadePaper
from ocop.dossiers.papers import made
from ocop.dossiers.services import making
from ocop.people.models import Message, User
from ocop.people.roles import Role
from ocop.people.scopes import READ_COUNCILS, READ_DOSSIERS
from tests.api.calling import program
from tests.councils.hall import Hall, open_hall
from tests.world import person

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
CASES = 6  # by three members: more sheets than are made while somebody waits
Captured = Callable[..., Any]


@pytest.fixture
def hall() -> Hall:
    """A sitting of today; pages and jobs act now."""
    at = timezone.now()
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=at)
    return open_hall(at, members=3, cases=CASES)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(hall: Hall, key: str = "blank-sheets", kind: str = "zip") -> str:
    return f"/van-ban/phien/{hall.sitting.code}/tao/{key}.{kind}"


def blank(hall: Hall) -> str:
    return f"/van-ban/phien/{hall.sitting.code}/phieu-trang.zip"


def ask(client: Client, hall: Hall, captured: Captured, key: str = "blank-sheets") -> MadePaper:
    """Ask on the page; the job has run when this comes back."""
    with captured(execute=True):
        answer = client.post(address(hall, key))
    assert answer.status_code == 302
    found = MadePaper.objects.latest("pk")
    assert answer.headers["Location"] == f"/van-ban/tep/{found.code}/"
    return found


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.status_code
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_a_large_paper_is_asked_for_made_told_and_taken(
    hall: Hall, django_capture_on_commit_callbacks: Captured
) -> None:
    client = signed_in(hall.people[1])
    led = client.get(blank(hall))
    assert (led.status_code, led.headers["Location"]) == (302, address(hall))
    page = client.get(address(hall)).content.decode()
    assert "Tạo tệp ZIP" in page
    assert not MadePaper.objects.exists()
    found = ask(client, hall, django_capture_on_commit_callbacks)
    assert (found.state, found.done, found.pieces) == (JobState.READY, 18, 18)
    page = client.get(f"/van-ban/tep/{found.code}/").content.decode()
    assert f"/van-ban/tep/{found.code}/tai/" in page
    told = Message.objects.get(kind="dossiers.paper_ready")
    assert (told.user, told.link) == (hall.people[1], f"/van-ban/tep/{found.code}/")
    taken = client.get(f"/van-ban/tep/{found.code}/tai/")
    assert taken["Cache-Control"] == "private, no-store"
    assert len([n for n in names(taken) if n.endswith(".pdf")]) == 18
    assert len(names(client.get(blank(hall)))) == 20  # the usual address gives it, too


def test_while_it_is_made_the_page_shows_how_far_it_is(hall: Hall) -> None:
    client = signed_in(hall.people[1])
    client.post(address(hall))  # no worker runs
    found = MadePaper.objects.get()
    page = f"/van-ban/tep/{found.code}/"
    assert "Đang chờ đến lượt" in client.get(page).content.decode()
    assert client.get(f"{page}tai/").status_code == 404
    MadePaper.objects.update(state=JobState.WORKING, done=7)
    shown = client.get(f"{page}tien-do/").content.decode()
    assert "7 trên 18" in shown
    assert "Có thể rời trang này" in client.get(page).content.decode()
    assert client.get(address(hall)).headers["Location"] == page  # who comes back finds it
    MadePaper.objects.update(state=JobState.READY)
    assert client.get(f"{page}tien-do/").headers["HX-Refresh"] == "true"


def test_the_same_unchanged_paper_is_made_once_whoever_asks(
    hall: Hall, django_capture_on_commit_callbacks: Captured
) -> None:
    first = ask(signed_in(hall.people[1]), hall, django_capture_on_commit_callbacks)
    again = ask(signed_in(hall.people[1]), hall, django_capture_on_commit_callbacks)
    other = ask(signed_in(hall.people[0]), hall, django_capture_on_commit_callbacks)
    assert first.pk == again.pk == other.pk
    assert other.run == 1
    assert other.ended_at == first.ended_at


def test_a_change_lets_it_be_made_anew(
    hall: Hall, django_capture_on_commit_callbacks: Captured
) -> None:
    client = signed_in(hall.people[1])
    first = ask(client, hall, django_capture_on_commit_callbacks)
    stored = first.file.path
    hall.submit(2, {**_any(hall)}, hall.items[3])
    assert client.get(blank(hall)).status_code == 302
    assert f"/van-ban/tep/{first.code}/" in client.get(address(hall)).content.decode()
    second = ask(client, hall, django_capture_on_commit_callbacks)
    assert second.pk != first.pk
    assert not MadePaper.objects.filter(pk=first.pk).exists()  # one file of each is enough
    with pytest.raises(FileNotFoundError), open(stored, "rb"):
        pass


def _any(hall: Hall) -> dict[str, int]:
    from ocop.criteria.sets import load_set
    from tests.councils.hall import marks

    return marks(load_set(hall.item.case.version.number), 80)


def test_who_is_recused_after_asking_finds_no_file(
    hall: Hall, django_capture_on_commit_callbacks: Captured
) -> None:
    secretary = signed_in(hall.people[1])
    found = ask(secretary, hall, django_capture_on_commit_callbacks)
    obstacles.declare_conflict(
        actor=hall.secretary, case=hall.items[4].case, reason="người nhà", at=hall.now
    )
    for page in ("", "tien-do/", "tai/"):
        assert secretary.get(f"/van-ban/tep/{found.code}/{page}").status_code == 404
    assert secretary.get(blank(hall)).status_code == 302  # to ask for one without the case
    assert names(signed_in(hall.people[0]).get(f"/van-ban/tep/{found.code}/tai/"))
    own = ask(secretary, hall, django_capture_on_commit_callbacks)
    assert own.pk != found.pk
    packed = names(secretary.get(f"/van-ban/tep/{own.code}/tai/"))
    assert len([name for name in packed if name.endswith(".pdf")]) == 3 * (CASES - 1)


def test_who_is_recused_while_it_is_made_gets_it_without_the_case(
    hall: Hall, django_capture_on_commit_callbacks: Captured
) -> None:
    secretary = signed_in(hall.people[1])
    with django_capture_on_commit_callbacks() as waiting:
        secretary.post(address(hall))
    obstacles.declare_conflict(
        actor=hall.secretary, case=hall.items[4].case, reason="người nhà", at=hall.now
    )
    for callback in waiting:
        callback()
    found = MadePaper.objects.get()
    packed = names(secretary.get(f"/van-ban/tep/{found.code}/tai/"))
    assert len([name for name in packed if name.endswith(".pdf")]) == 3 * (CASES - 1)


def test_a_sheet_given_back_takes_the_file_away(
    hall: Hall, django_capture_on_commit_callbacks: Captured
) -> None:
    for item in hall.items:
        hall.submit_all(80, 82, 84, item=item)
    secretary = signed_in(hall.people[1])
    found = ask(secretary, hall, django_capture_on_commit_callbacks, "whole")
    assert len(found.sheets) == 3 * CASES
    page = f"/van-ban/tep/{found.code}/tai/"
    assert len(names(secretary.get(page))) == 4 + 3 * CASES + 2
    sheet = Sheet.objects.get(item=hall.items[0], seat=hall.seat(2))
    sheets.reopen_sheet(actor=hall.chair, sheet=sheet, reason="nhầm cột", at=hall.now)
    assert secretary.get(page).status_code == 404


@pytest.mark.parametrize("who", ["judge", "stranger", "commune"])
def test_it_is_not_there_for_who_does_not_lead(
    hall: Hall, django_capture_on_commit_callbacks: Captured, who: str
) -> None:
    found = ask(signed_in(hall.people[0]), hall, django_capture_on_commit_callbacks)
    user = {
        "judge": lambda: hall.people[2],
        "stranger": lambda: open_hall(hall.now).people[0],
        "commune": lambda: person(hall.now, Role.COUNCIL_MEMBER),
    }[who]()
    client = signed_in(user)
    assert client.get(f"/van-ban/tep/{found.code}/").status_code == 404
    assert client.get(f"/van-ban/tep/{found.code}/tai/").status_code == 404
    assert client.get(address(hall)).status_code == 404
    assert client.post(address(hall)).status_code == 404
    assert MadePaper.objects.count() == 1


def test_who_lost_the_right_is_told_nothing_and_gets_nothing(
    hall: Hall, django_capture_on_commit_callbacks: Captured
) -> None:
    officer = person(hall.now, Role.PROVINCIAL_OFFICER)
    client = signed_in(officer)
    with django_capture_on_commit_callbacks() as waiting:
        client.post(address(hall))
    officer.memberships.all().delete()
    for callback in waiting:
        callback()
    found = MadePaper.objects.get()
    assert (found.state, found.file.name) == (JobState.FAILED, "")
    assert "không còn quyền" in found.failure
    assert not Message.objects.filter(user=officer).exists()
    assert client.get(f"/van-ban/tep/{found.code}/").status_code == 404


def test_a_failure_says_what_to_do_and_can_be_asked_again(
    hall: Hall,
    django_capture_on_commit_callbacks: Captured,
    settings: Any,
    tmp_path: Any,
) -> None:
    client = signed_in(hall.people[1])
    wall = tmp_path / "full"
    wall.write_bytes(b"")
    settings.MEDIA_ROOT = wall  # a file where the folder should be: nothing can be stored
    found = ask(client, hall, django_capture_on_commit_callbacks)
    assert found.state == JobState.FAILED
    page = client.get(f"/van-ban/tep/{found.code}/").content.decode()
    assert "Hãy yêu cầu tạo lại" in page
    assert f'action="{address(hall)}"' in page
    told = Message.objects.filter(user=hall.people[1], kind__startswith="dossiers.paper_")
    assert told.get().kind == "dossiers.paper_failed"
    settings.MEDIA_ROOT = tmp_path / "files"
    again = ask(client, hall, django_capture_on_commit_callbacks)
    assert (again.pk, again.state, again.failure) == (found.pk, JobState.READY, "")
    assert told.filter(kind="dossiers.paper_ready").count() == 1


def _interrupted(hall: Hall, run: int = 1) -> MadePaper:
    """A job whose machine stopped in the middle."""
    asked = making.ask_paper(
        actor=hall.secretary, held=hall.sitting, key="blank-sheets", kind="zip", at=hall.now
    )
    gone = hall.now - timedelta(minutes=4)
    MadePaper.objects.update(state=JobState.WORKING, seen_at=gone, done=6, run=run)
    asked.refresh_from_db()
    return asked


def test_a_restart_in_the_middle_begins_it_again(
    hall: Hall, django_capture_on_commit_callbacks: Captured
) -> None:
    asked = _interrupted(hall)
    page = signed_in(hall.people[1]).get(f"/van-ban/tep/{asked.code}/").content.decode()
    assert "bị ngắt giữa chừng" in page
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.resume_silent(at=timezone.now()) == 1
    asked.refresh_from_db()
    assert (asked.state, asked.run) == (JobState.READY, 2)
    assert jobs.resume_silent(at=timezone.now()) == 0


def test_a_run_that_was_taken_for_dead_keeps_nothing(hall: Hall) -> None:
    late = _interrupted(hall)
    jobs.resume_silent(at=timezone.now())
    result = making.Made("made/x.zip", "x.zip", 1, [], [])
    with pytest.raises(life.Superseded):
        making.keep_paper(actor=SYSTEM, made=late, result=result, at=hall.now)
    with pytest.raises(life.Superseded):
        making.give_up_paper(actor=SYSTEM, made=late, failure="x", at=hall.now)
    jobs.work.call(late.pk, 1)  # its order, found again by a worker
    late.refresh_from_db()
    assert (late.state, late.run) == (JobState.WAITING, 2)


def test_what_is_interrupted_again_and_again_is_given_up(hall: Hall) -> None:
    asked = _interrupted(hall, run=life.RUNS)
    assert jobs.resume_silent(at=timezone.now()) == 0
    asked.refresh_from_db()
    assert asked.state == JobState.FAILED
    assert "báo quản trị hệ thống" in asked.failure


def test_what_works_is_not_begun_again(hall: Hall) -> None:
    asked = _interrupted(hall)
    MadePaper.objects.update(seen_at=timezone.now())
    assert jobs.resume_silent(at=timezone.now()) == 0
    with pytest.raises(Refused):
        making.make_again(actor=SYSTEM, made=asked, at=timezone.now())


def test_old_files_are_removed(hall: Hall, django_capture_on_commit_callbacks: Captured) -> None:
    found = ask(signed_in(hall.people[1]), hall, django_capture_on_commit_callbacks)
    storage, name = found.file.storage, str(found.file.name)
    assert jobs.forget_old(at=timezone.now()) == 0
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.forget_old(at=timezone.now() + made.KEPT + timedelta(hours=1)) == 1
    assert not MadePaper.objects.exists()
    assert not storage.exists(name)


def test_a_file_that_is_gone_is_made_again(
    hall: Hall, django_capture_on_commit_callbacks: Captured
) -> None:
    client = signed_in(hall.people[1])
    found = ask(client, hall, django_capture_on_commit_callbacks)
    found.file.storage.delete(found.file.name)
    assert client.get(f"/van-ban/tep/{found.code}/tai/").status_code == 404
    again = ask(client, hall, django_capture_on_commit_callbacks)
    assert again.run == 2
    assert names(client.get(f"/van-ban/tep/{found.code}/tai/"))


def test_a_paper_that_is_not_is_not_asked_for(hall: Hall) -> None:
    client = signed_in(hall.people[0])
    for key, kind in (("blank-sheets", "pdf"), ("nothing", "zip")):
        assert client.get(address(hall, key, kind)).status_code == 404
        assert client.post(address(hall, key, kind)).status_code == 404


def test_all_sheets_at_once_are_those_of_each_case(hall: Hall) -> None:
    """The file holds exactly what the pages of the cases show, for everybody who leads."""
    hall.submit_all(80, 82, 84, item=hall.items[0])
    hall.answer(hall.items[0])
    hall.conclude(hall.items[0])
    hall.submit_all(80, 82, 84, item=hall.items[1])
    hall.submit(1, _any(hall), hall.items[2])
    hall.mark(2, {"1.1": 0}, hall.items[2])
    hall.submit_all(80, 82, 84, item=hall.items[3])
    obstacles.declare_conflict(
        actor=hall.actor(2), case=hall.items[3].case, reason="người nhà", at=hall.now
    )
    office = hall.planner
    for actor in (hall.chair, hall.secretary, office, hall.actor(2)):
        items = shelf.items(actor, hall.sitting)
        together = set(reading.given_in(actor, hall.sitting, items).values_list("pk", flat=True))
        one_by_one = {
            sheet.pk
            for item in items
            for sheet in reading.sheets_visible_to(actor, item).filter(state="submitted")
        }
        assert together <= one_by_one
        if actor != hall.actor(2):
            assert together == one_by_one


def test_list_for_decision_is_the_askers_alone(
    hall: Hall, django_capture_on_commit_callbacks: Captured
) -> None:
    """It tells of dossiers, which who else plans the sitting may not all see."""
    page = f"/van-ban/phien/{hall.sitting.code}/tao/decision-list.docx"
    found = []
    for user in hall.people[:2]:
        with django_capture_on_commit_callbacks(execute=True):
            assert signed_in(user).post(page).status_code == 302
        found.append(MadePaper.objects.latest("pk"))
    assert found[0].pk != found[1].pk
    other = signed_in(hall.people[1])
    assert other.get(f"/van-ban/tep/{found[0].code}/tai/").status_code == 404
    taken = other.get(f"/van-ban/tep/{found[1].code}/tai/")
    assert b"".join(taken.streaming_content).startswith(b"PK")


def test_program_asks_waits_and_takes(
    hall: Hall, django_capture_on_commit_callbacks: Captured
) -> None:
    at = timezone.now()
    chair = program(hall.people[0], at, READ_COUNCILS)
    path = f"sittings/{hall.sitting.code}/papers/blank-sheets/zip"
    told = chair(f"GET {path}", status=422)
    assert told["code"] == "paper_large"
    with django_capture_on_commit_callbacks() as waiting:
        answer = Client().post(f"/api/v1/{path}", headers=chair.headers)
    assert answer.status_code == 202
    asked = answer.json()
    assert answer["Location"] == asked["address"]
    assert (asked["state"], asked["file"], asked["pieces"]) == ("waiting", None, 18)
    job = f"made-papers/{asked['code']}"
    chair.missing(f"GET {job}/file")
    for callback in waiting:
        callback()
    ready = chair(f"GET {job}")
    assert ready["state"] == "ready"
    assert ready["file"].endswith(f"/api/v1/{job}/file")
    for address_ in (f"/api/v1/{job}/file", f"/api/v1/{path}"):
        assert len(names(Client().get(address_, headers=chair.headers))) == 20
    judge = program(hall.people[2], at)
    judge.missing(f"GET {job}")
    judge.missing(f"GET {job}/file")
    judge.missing(f"POST {path}")
    narrow = program(hall.people[0], at, READ_DOSSIERS)
    for call in (f"GET {job}", f"GET {job}/file", f"POST {path}"):
        assert narrow(call, status=403)["code"] == "scope_missing"


def test_program_learns_that_a_job_stopped(hall: Hall, now: datetime) -> None:
    chair = program(hall.people[0], timezone.now(), READ_COUNCILS)
    asked = _interrupted(hall)
    assert chair(f"GET made-papers/{asked.code}")["state"] == "failed"
