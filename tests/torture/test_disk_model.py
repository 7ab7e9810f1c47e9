"""The simulated disk forgets what was not flushed, and nothing else."""

import random
from pathlib import Path

import pytest

from tests.torture.disk_edge import Step
from tests.torture.disk_model import Disk, lay

CUTS = 200


def left(root: Path, steps: list[Step], *, journaled: bool) -> list[dict[str, bytes | None]]:
    """What many power cuts after these steps leave, by name below ``root``."""
    disk = Disk(root, journaled=journaled)
    for step in steps:
        disk.take(step)
    cuts = [disk.cut(random.Random(number)) for number in range(CUTS)]
    return [{name[len(str(root)) + 1 :]: content for name, content in cut.items()} for cut in cuts]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "old").write_bytes(b"old")
    return tmp_path


@pytest.mark.parametrize("journaled", [True, False])
def test_what_was_flushed_lasts(root: Path, journaled: bool) -> None:
    new = f"{root}/new"
    steps = [Step("create", new), Step("write", new, 0, b"abc"), Step("sync", new)]
    assert all(cut["new"] == b"abc" for cut in left(root, steps, journaled=journaled))


def test_what_was_not_flushed_is_there_or_lost_or_torn(root: Path) -> None:
    long = b"x" * 2000
    cuts = left(root, [Step("write", f"{root}/old", 0, long)], journaled=True)
    found = {cut["old"] for cut in cuts}
    assert {b"old", long} < found
    assert any(content and 0 < content.count(b"x") < 2000 for content in found)


@pytest.mark.parametrize("journaled", [True, False])
def test_a_rename_may_come_undone_until_its_folder_is_flushed(root: Path, journaled: bool) -> None:
    rename = Step("rename", f"{root}/old", to=f"{root}/new")
    names = {"old" in cut for cut in left(root, [rename], journaled=journaled)}
    assert names == {True, False}
    flushed = [rename, Step("sync", str(root))]
    assert all("old" not in cut for cut in left(root, flushed, journaled=journaled))


def test_only_a_journal_keeps_names_in_order(root: Path) -> None:
    steps = [Step("unlink", f"{root}/old"), Step("mkdir", f"{root}/new")]

    def out_of_order(*, journaled: bool) -> bool:
        return any("old" in cut and "new" in cut for cut in left(root, steps, journaled=journaled))

    assert not out_of_order(journaled=True)
    assert out_of_order(journaled=False)


def test_a_folder_that_is_renamed_takes_along_what_is_in_it(root: Path) -> None:
    steps = [
        Step("mkdir", f"{root}/a.part"),
        Step("create", f"{root}/a.part/x"),
        Step("write", f"{root}/a.part/x", 0, b"1"),
        Step("sync", f"{root}/a.part/x"),
        Step("rename", f"{root}/a.part", to=f"{root}/a"),
        Step("sync", str(root)),
    ]
    for cut in left(root, steps, journaled=False):
        assert {name: cut[name] for name in ("a", "a/x")} == {"a": None, "a/x": b"1"}


def test_an_image_can_be_laid_on_a_real_disk(root: Path) -> None:
    image = Disk(root, journaled=True).cut(random.Random(1))
    place = root / "laid"
    place.mkdir()
    lay(image, root, place)
    assert (place / "old").read_bytes() == b"old"
