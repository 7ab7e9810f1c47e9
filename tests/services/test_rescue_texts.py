from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from esa_desktop.domain.evidence import safe_file_name
from esa_desktop.services.rescue_texts import (
    REFUSED,
    UNSAVED,
    key_of,
    remove_text,
    text_places,
    texts_of,
    write_text,
)

TITLES = st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=150)


@given(title=TITLES)
@example("ก" * 150)
@example("😀" * 60)
def test_any_title_gives_names_that_windows_takes_and_a_text_each(
    tmp_path_factory: pytest.TempPathFactory, title: str
) -> None:
    folder = tmp_path_factory.mktemp("texts")
    keys = ["run-1", "run-2", "run-3"]

    paths = [write_text([folder], UNSAVED, title, key, ["ก"]) for key in keys]

    kept = [path for path in paths if path is not None]
    assert len({path.name.casefold() for path in kept}) == 3
    for path in kept:
        assert path.parent == folder
        assert path.name == safe_file_name(path.name)
        assert path.name.startswith(UNSAVED)
        assert len(path.name.encode()) <= 240
    assert list(texts_of([folder], keys).values()) == [key_of(path) for path in sorted(kept)]


def test_signs_that_windows_forbids_are_replaced_in_the_name_only(tmp_path: Path) -> None:
    path = write_text([tmp_path], UNSAVED, 'สพป. "เขต ๑" ปี 57/58?', "run", ["สพป. ปี 57/58?"])

    assert path is not None
    assert path.name == f"{UNSAVED} – สพป. _เขต ๑_ ปี 57_58_.txt"
    assert "57/58?" in path.read_text("utf-8")


def test_a_file_of_that_name_that_somebody_else_made_is_not_touched(tmp_path: Path) -> None:
    theirs = tmp_path / f"{UNSAVED} – งาน.txt"
    theirs.write_text("ของเดิม", "utf-8")

    path = write_text([tmp_path], UNSAVED, "งาน", "run", ["ก"])

    assert path == tmp_path / f"{UNSAVED} – งาน (2).txt"
    assert theirs.read_text("utf-8") == "ของเดิม"
    assert texts_of([tmp_path], ["run"]) == {path: "run"}


def test_the_same_run_replaces_its_text_and_keeps_its_name(tmp_path: Path) -> None:
    theirs = tmp_path / f"{UNSAVED} – งาน.txt"
    theirs.write_text("ของเดิม", "utf-8")
    path = write_text([tmp_path], UNSAVED, "งาน", "run", ["ก"])
    theirs.unlink()

    again = write_text([tmp_path], UNSAVED, "งาน", "run", ["ข"], before=path)

    assert again == path
    assert [file.name for file in tmp_path.iterdir()] == [path and path.name]


@given(place=st.integers(0, 2**16), letter=st.binary(min_size=1, max_size=1))
def test_one_changed_byte_makes_a_text_somebodys_own(
    tmp_path_factory: pytest.TempPathFactory, place: int, letter: bytes
) -> None:
    folder = tmp_path_factory.mktemp("texts")
    path = write_text([folder], UNSAVED, "งาน", "run", ["ข้อความ"])
    assert path is not None
    content = path.read_bytes()
    place %= len(content) - 2  # the line's end says nothing
    changed = content[:place] + letter + content[place + 1 :]
    path.write_bytes(changed)

    assert remove_text(path, "run")

    assert path.exists() == (changed != content)


def test_a_text_of_another_run_stays(tmp_path: Path) -> None:
    path = write_text([tmp_path], UNSAVED, "งาน", "run-1", ["ก"])
    assert path is not None

    assert remove_text(path, "run-2")

    assert path.exists()
    assert texts_of([tmp_path, tmp_path / "none"], ["run-2"]) == {}


def test_what_was_refused_for_good_is_never_among_what_goes_away_by_itself(tmp_path: Path) -> None:
    write_text([tmp_path], REFUSED, "งาน", "run", ["ก"])

    assert texts_of([tmp_path], ["run"]) == {}


def test_the_documents_come_first(profile: Path, tmp_path: Path) -> None:
    assert text_places([tmp_path]) == (profile, tmp_path)
    (profile / "Documents").mkdir()
    assert text_places([tmp_path])[0] == profile / "Documents"
