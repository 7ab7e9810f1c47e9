import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.fields import Kind, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.editing import Editor
from esa_desktop.services.identity import Who
from esa_desktop.services.known_copies import NewerCopy, forget, newer_copy, note
from esa_desktop.services.projects import Project
from tests.projects import OTHER, WHO, YEAR, new_project, opened


@pytest.fixture
def user(tmp_path: Path) -> Path:
    """The user's folder on this computer."""
    return tmp_path / "ผู้ใช้ นี้"


@pytest.fixture
def laptop(tmp_path: Path) -> Path:
    return new_project(tmp_path)


def write(project: Project, text: str) -> None:
    issue = next(project.editor.round.framework.issues())[-1]
    field = issue_field(YEAR, issue.id, Kind.METHOD)
    project.editor.apply(project.editor.change(field, from_plain(text)))
    project.flush()


def work(user: Path, place: Path, *texts: str, who: Who = WHO) -> NewerCopy | None:
    """A sitting at this computer: open, be told, write, close."""
    with opened(place, who=who) as project:
        told = newer_copy(user, project)
        note(user, project)
        for text in texts:
            write(project, text)
        note(user, project)
    return told


def copy(place: Path, name: str) -> Path:
    """As people copy: the whole folder, with the program closed."""
    to = place.parent / name
    shutil.copytree(place, to)
    return to


def test_a_project_that_is_only_here_is_not_spoken_of(user: Path, laptop: Path) -> None:
    assert work(user, laptop, "ก") is None
    assert work(user, laptop, "ข") is None


def test_the_older_copy_names_the_newer_one_and_who_wrote_there(user: Path, laptop: Path) -> None:
    work(user, laptop, "ก")
    stick = copy(laptop, "แฟลช ไดรฟ์.esaproj")
    work(user, laptop, "ข")

    told = work(user, stick)

    assert told is not None
    assert (told.folder, told.author) == (laptop, WHO.author)
    assert (told.is_there, told.goes_on, told.went_back) == (True, True, False)


def test_the_newer_copy_is_opened_without_a_word(user: Path, laptop: Path) -> None:
    work(user, laptop, "ก")
    stick = copy(laptop, "stick.esaproj")
    work(user, stick)
    work(user, laptop, "ข")

    assert work(user, laptop) is None


def test_copies_that_went_different_ways_are_not_called_newer(user: Path, laptop: Path) -> None:
    """Whoever worked there instead would leave something behind."""
    work(user, laptop, "ก")
    stick = copy(laptop, "stick.esaproj")
    work(user, laptop, "ข")
    with opened(stick, who=OTHER) as project:  # on a computer of somebody else
        write(project, "ค")

    told = work(user, stick)

    assert told is not None
    assert (told.folder, told.goes_on) == (laptop, False)


def test_no_clock_is_asked(user: Path, laptop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here every change is older than the one before."""
    times = iter(f"{year}-01-01T00:00:00.000+00:00" for year in range(2099, 1990, -1))
    defaults = Editor.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "now", lambda: next(times))
    work(user, laptop, "ก")
    stick = copy(laptop, "stick.esaproj")
    work(user, laptop, "ข")

    assert work(user, laptop) is None
    told = work(user, stick)

    assert told is not None
    assert (told.folder, told.goes_on) == (laptop, True)
    assert told.time.startswith("209")


def test_a_copy_on_a_stick_that_is_not_plugged_in_is_named_all_the_same(
    user: Path, laptop: Path
) -> None:
    work(user, laptop, "ก")
    stick = copy(laptop, "stick.esaproj")
    work(user, stick, "ข")
    away = stick.rename(stick.with_name("ถอดออก"))

    told = work(user, laptop)
    assert told is not None
    assert (told.folder, told.is_there) == (stick, False)

    away.rename(stick)
    told = work(user, laptop)
    assert told is not None
    assert told.is_there


def test_a_copy_that_can_be_opened_goes_before_one_that_cannot(user: Path, laptop: Path) -> None:
    work(user, laptop, "ก")
    stick, other = copy(laptop, "stick.esaproj"), copy(laptop, "other.esaproj")
    work(user, other, "ข")
    work(user, stick, "ค")
    shutil.rmtree(stick)

    told = work(user, laptop)

    assert told is not None
    assert (told.folder, told.is_there) == (other, True)


def test_a_folder_that_was_renamed_is_no_other_copy(user: Path, laptop: Path) -> None:
    work(user, laptop, "ก")
    renamed = laptop.rename(laptop.with_name("ชื่อใหม่.esaproj"))

    assert work(user, renamed, "ข") is None
    assert work(user, renamed) is None
    places = [entry["place"] for entry in entries(user)]
    assert places == [str(renamed)]  # the old name is forgotten: it has nothing of its own


def test_an_older_state_in_the_same_folder_is_noticed_until_somebody_knows(
    user: Path, laptop: Path
) -> None:
    work(user, laptop, "ก")
    old = copy(laptop, "old.esaproj")
    work(user, laptop, "ข")
    shutil.rmtree(laptop)
    old.rename(laptop)  # somebody put the old stick's copy over it

    told = work(user, laptop)
    assert told is not None
    assert (told.folder, told.went_back, told.is_there) == (laptop, True, True)
    told = work(user, laptop, "เขียนต่อไปอีก")
    assert told is not None
    assert told.went_back

    with opened(laptop) as project:
        forget(user, project, told)
    assert work(user, laptop) is None


def test_the_newer_state_put_back_needs_no_more_words(user: Path, laptop: Path) -> None:
    work(user, laptop, "ก")
    old = copy(laptop, "old.esaproj")
    work(user, laptop, "ข")
    new = laptop.rename(laptop.with_name("new.esaproj"))
    old.rename(laptop)
    told = work(user, laptop)
    assert told is not None

    shutil.rmtree(laptop)
    new.rename(laptop)

    assert work(user, laptop) is None
    assert work(user, laptop) is None


def test_what_this_folder_lost_is_pointed_to_where_it_still_is(user: Path, laptop: Path) -> None:
    work(user, laptop, "ก")
    old = copy(laptop, "old.esaproj")
    work(user, laptop, "ข")
    stick = copy(laptop, "stick.esaproj")
    work(user, stick)
    shutil.rmtree(laptop)
    old.rename(laptop)

    told = work(user, laptop)

    assert told is not None
    assert (told.folder, told.went_back, told.goes_on) == (stick, True, False)


def test_a_copy_that_lacks_what_this_folder_lost_is_not_pointed_to(
    user: Path, laptop: Path
) -> None:
    """It has something of its own, but whoever opened it would look for the lost words in vain."""
    work(user, laptop, "ก")
    old, stick = copy(laptop, "old.esaproj"), copy(laptop, "stick.esaproj")
    work(user, stick, "ค")
    work(user, laptop, "ข")
    shutil.rmtree(laptop)
    old.rename(laptop)

    told = work(user, laptop)

    assert told is not None
    assert (told.folder, told.went_back) == (laptop, True)
    with opened(laptop) as project:
        forget(user, project, told)
    told = work(user, laptop)
    assert told is not None  # now it is that copy's turn
    assert (told.folder, told.went_back) == (stick, False)


def test_of_what_was_lost_twice_a_copy_with_half_of_it_is_not_enough(
    user: Path, laptop: Path
) -> None:
    work(user, laptop, "ก")
    old, older = copy(laptop, "old.esaproj"), copy(laptop, "older.esaproj")
    work(user, laptop, "ข")
    stick = copy(laptop, "stick.esaproj")
    work(user, stick)
    shutil.rmtree(laptop)
    old.rename(laptop)
    work(user, laptop, "ค")
    shutil.rmtree(laptop)
    older.rename(laptop)

    told = work(user, laptop)

    assert told is not None
    assert (told.folder, told.went_back) == (laptop, True)


def test_who_wrote_what_was_lost_is_named_not_who_wrote_last_elsewhere(
    user: Path, laptop: Path
) -> None:
    work(user, laptop, "ก")
    old = copy(laptop, "old.esaproj")
    work(user, laptop, "ข")
    stick = copy(laptop, "stick.esaproj")
    work(user, stick)
    work(user, stick, "ค", who=OTHER)
    shutil.rmtree(laptop)
    old.rename(laptop)

    told = work(user, laptop)

    assert told is not None
    assert (told.folder, told.author) == (stick, WHO.author)


def test_the_copy_that_is_open_says_when_it_was_changed_itself(user: Path, laptop: Path) -> None:
    work(user, laptop, "ก")
    stick = copy(laptop, "stick.esaproj")
    work(user, laptop, "ข")

    told = work(user, stick)

    assert told is not None
    assert "" < told.own_time < told.time


def test_who_knows_of_a_copy_hears_of_it_again_when_it_has_gone_on(
    user: Path, laptop: Path
) -> None:
    work(user, laptop, "ก")
    stick = copy(laptop, "stick.esaproj")
    work(user, stick, "ข")
    with opened(laptop) as project:
        told = newer_copy(user, project)
        assert told is not None
        forget(user, project, told)
    assert work(user, laptop) is None

    work(user, stick, "ค")

    assert work(user, laptop) is not None


def test_another_project_is_none_of_its_business(user: Path, laptop: Path, tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    other = new_project(tmp_path / "second")
    work(user, laptop, "ก")
    work(user, other, "ข")

    assert work(user, laptop) is None
    assert len(list((user / "copies").iterdir())) == 2


def test_one_folder_under_two_names_is_one(
    user: Path, laptop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work(user, laptop, "ก")
    monkeypatch.chdir(laptop.parent)

    work(user, Path(laptop.name), "ข")
    if sys.platform != "win32":
        (laptop.parent / "ทางลัด").symlink_to(laptop)
        work(user, laptop.parent / "ทางลัด", "ค")

    assert len(entries(user)) == 1


def test_a_file_in_the_place_of_the_folder_is_no_harm(user: Path, laptop: Path) -> None:
    user.mkdir()
    (user / "copies").write_text("no folder")

    assert work(user, laptop, "ก") is None


@given(st.binary(max_size=60) | st.sampled_from(["damage", "cut", "empty"]))
def test_a_damaged_file_is_as_good_as_none_and_is_written_anew(damage: bytes | str) -> None:
    user, project = Path(TEMPORARY[0]), Recorded()
    file = user / "copies" / "id.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    whole = file.read_bytes() if file.exists() else b"{}"
    said = {"damage": b'{"copies": [7, {"place": 1, "trail": []}]}', "empty": b""}
    file.write_bytes(
        damage if isinstance(damage, bytes) else said.get(damage, whole[: len(whole) // 2])
    )

    assert newer_copy(user, project) is None
    note(user, project)

    assert json.loads(file.read_text("ascii"))["copies"][-1]["trail"] == ["last"]


def test_many_copies_and_sittings_do_not_make_the_file_grow_for_ever(tmp_path: Path) -> None:
    for n in range(60):
        note(tmp_path, Recorded(tmp_path / f"{n % 30}", f"r{n}", frozenset()))
    for n in range(200):
        note(tmp_path, Recorded(tmp_path / "here", f"s{n}", {f"s{m}" for m in range(n)}))

    kept = entries(tmp_path)

    assert len(kept) <= 20
    assert max(len(entry["trail"]) for entry in kept) <= 50
    assert kept[-1]["trail"][-1] == "s199"


# --- means ------------------------------------------------------------------------------------

TEMPORARY: list[str] = []


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path) -> None:
    TEMPORARY[:] = [str(tmp_path / "damaged")]


class Recorded:
    """A project that only says what is asked of it."""

    project_id = "id"

    def __init__(
        self,
        folder: Path = Path("nowhere"),
        last: str = "last",
        held: "frozenset[str] | set[str]" = frozenset(),
    ) -> None:
        self.folder = folder
        self._last = last
        self._held = held

    def ask(self, question: object) -> "Recorded":
        return self

    def result(self, _seconds: float) -> tuple["Recorded", frozenset[str]]:
        return self, frozenset({self._last, *self._held})

    @property
    def id(self) -> str:
        return self._last

    author = "นายก้อง"
    time = "2025-08-05T07:31:00.000+00:00"


def entries(user: Path) -> list[dict[str, Any]]:
    """What the one file of the one project says."""
    (file,) = (user / "copies").iterdir()
    copies: list[dict[str, Any]] = json.loads(file.read_text("ascii"))["copies"]
    return copies
