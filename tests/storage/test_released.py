import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from esa_desktop.storage.evidence_files import path_of
from esa_desktop.storage.store import Store
from esa_desktop.storage.tables import SCHEMA_VERSION
from tests.storage.projects import HOLDER, change_in_file
from tools.make_released import CONTENTS, PROJECT, RELEASED, contents_of, make, shown_of

VERSIONS = sorted(int(folder.name) for folder in RELEASED.iterdir())


@pytest.fixture(params=VERSIONS)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A project that an older program left behind, and what it said then."""
    kept = RELEASED / str(request.param)
    folder = tmp_path / "งาน.esaproj"
    shutil.copytree(kept / PROJECT, folder)
    return folder, json.loads((kept / CONTENTS).read_text("utf-8"))


def read(folder: Path) -> dict[str, Any]:
    store = Store.open(folder, HOLDER)
    try:
        return plain(contents_of(store))
    finally:
        store.close()


def plain(values: Any) -> Any:
    return json.loads(json.dumps(values))


def kept_in(old: Any, new: Any, where: str = "") -> list[str]:
    """Where ``new`` does not say what ``old`` says; what later versions say besides is theirs."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [
            said
            for name, value in old.items()
            for said in kept_in(value, new.get(name), f"{where}/{name}")
        ]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        return [said for i, (a, b) in pairs for said in kept_in(a, b, f"{where}/{i}")]
    return [] if old == new else [f"{where}: {old!r} is now {new!r}"]


def test_a_project_of_every_schema_out_there_is_kept() -> None:
    """Raise `SCHEMA_VERSION` only after ``python -m tools.make_released`` kept one of the present."""
    assert list(range(1, SCHEMA_VERSION + 1)) == VERSIONS


def test_every_released_schema_opens_with_every_revision_head_draft_and_file(
    released: tuple[Path, dict[str, Any]],
) -> None:
    folder, told = released
    del told["shown"]

    assert kept_in(told, read(folder)) == []
    assert read(folder).keys() == told.keys()


def test_the_round_of_every_released_schema_is_shown_as_it_was(
    released: tuple[Path, dict[str, Any]],
) -> None:
    folder, told = released

    assert kept_in(told["shown"], plain(shown_of(folder))) == []


def test_what_is_kept_has_all_that_could_go_wrong(released: tuple[Path, dict[str, Any]]) -> None:
    """Two heads that merge, two that do not, a draft, a deletion, evidence with files."""
    _, told = released
    shown = told["shown"]
    indicator = shown["standards"][0]["indicators"][0]

    assert [conflict["field"] for conflict in shown["conflicts"]] == ["level"]
    assert indicator["level"] is None
    assert "ทุกแห่ง" in indicator["issues"][0]["results"]
    assert "ทุกเดือน" in indicator["issues"][0]["results"]
    assert shown["standards"][0]["indicators"][1]["issues"][0]["method"] == "พิมพ์ค้างไว้"
    assert [len(item["files"]) for item in shown["evidence"]] == [1, 1, 0]
    assert any(revision["body"] == "" for revision in told["revisions"].values())
    assert len(told["drafts"]) == 1


def test_what_would_be_read_otherwise_is_noticed(released: tuple[Path, dict[str, Any]]) -> None:
    """The control: a word less, a head less, a draft less."""
    folder, told = released
    shown = plain(told.pop("shown"))
    other = plain(shown)
    other["standards"][0]["indicators"][0]["suggestions"] = "ควรขยาย"
    assert len(kept_in(shown, other)) == 1

    one_of_two = shown["conflicts"][0]["heads"][0]["id"]
    change_in_file(folder, "DELETE FROM head WHERE revision=?", one_of_two)
    change_in_file(folder, "DELETE FROM draft")

    said = kept_in(told, read(folder))
    assert sorted(place.split(":")[0] for place in said) == ["/drafts", "/heads"]


def test_the_evidence_of_every_released_project_lies_in_its_place(
    released: tuple[Path, dict[str, Any]],
) -> None:
    folder, told = released

    for name in told["files"]:
        assert hashlib.sha256(path_of(folder, name).read_bytes()).hexdigest() == name


def test_the_tool_makes_of_the_present_schema_what_is_kept_of_it(tmp_path: Path) -> None:
    """So that it can be trusted on the day when the next one is to be kept."""
    make(tmp_path / "งาน.esaproj")
    kept = json.loads((RELEASED / str(SCHEMA_VERSION) / CONTENTS).read_text("utf-8"))["shown"]
    del kept["conflicts"]  # their ids have the time in them

    assert kept_in(kept, plain(shown_of(tmp_path / "งาน.esaproj"))) == []
