import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from esa_desktop.storage import durable, file_set
from esa_desktop.storage.file_set import exchange, workplace
from tests.conftest import CHECKOUT
from tests.edge import Edge, Flushes

OLD = {"แฟ้ม เล่ม 1.pdf": b"old one", "แฟ้ม เล่ม 2.pdf": b"old two", "แฟ้ม เล่ม 3.pdf": b"old three"}
NEW = {"แฟ้ม เล่ม 1.pdf": b"new one", "แฟ้ม เล่ม 2.pdf": b"new two"}


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with an earlier set of three."""
    for name, content in OLD.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def there(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def put_new_set(shelf: Path) -> None:
    with workplace(shelf / "แฟ้ม.pdf") as place:
        put_from(place, shelf)


def put_from(place: Path, shelf: Path) -> None:
    (place / "made").mkdir()
    made = {}
    for name, content in NEW.items():
        (place / "made" / name).write_bytes(content)
        made[place / "made" / name] = shelf / name
    exchange(place, made, [shelf / "แฟ้ม เล่ม 3.pdf"])


def test_a_new_set_takes_the_place_of_a_longer_one_and_leaves_nothing_beside_it(
    shelf: Path,
) -> None:
    put_new_set(shelf)

    assert there(shelf) == NEW
    assert len(list(shelf.iterdir())) == len(NEW)


def test_a_step_that_fails_leaves_the_earlier_set_whole(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edge = Edge(monkeypatch)
    edge.begin()
    put_new_set(shelf)
    steps = edge.count
    assert steps > 10

    outcomes = set()
    for number in range(1, steps + 1):
        edge.end()
        for path in list(shelf.iterdir()):
            path.unlink()
        for name, content in OLD.items():
            (shelf / name).write_bytes(content)
        edge.begin(number, errno.ENOSPC, once=True)
        try:
            put_new_set(shelf)
        except OSError:
            pass
        finally:
            edge.end()
        found = there(shelf)
        assert found in (OLD, NEW), f"mixed at step {number}: {found}"
        outcomes.add(found == NEW)
        with workplace(shelf / "แฟ้ม.pdf"):
            pass  # clears away what the fault kept from being cleared away
        assert there(shelf) == found
        assert not [path for path in shelf.iterdir() if path.is_dir()]
    assert outcomes == {True, False}


DIE_AT = """
import os, sys
from pathlib import Path
from esa_desktop.storage import durable
from tests.storage.test_file_set import put_new_set
left = int(sys.argv[2])
real = durable._rename
def rename(part, path):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    real(part, path)
durable._rename = rename
put_new_set(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("renames", range(8))
def test_a_set_whose_exchange_was_cut_off_is_mended_by_the_next_one(
    shelf: Path, renames: int
) -> None:
    died = subprocess.run(
        [sys.executable, "-c", DIE_AT, str(shelf), str(renames)],
        cwd=CHECKOUT,
        check=False,
        timeout=60,
    )
    assert died.returncode in (0, 9)

    with workplace(shelf / "แฟ้ม.pdf"):
        pass

    # The plan and the last word are names given, too: 3 old ones, 2 new ones, these two.
    assert there(shelf) == (NEW if renames >= 7 else OLD)
    assert not [path for path in shelf.iterdir() if path.is_dir()]


def test_without_mending_a_cut_off_exchange_stays_mixed(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    subprocess.run(
        [sys.executable, "-c", DIE_AT, str(shelf), "5"], cwd=CHECKOUT, check=False, timeout=60
    )
    monkeypatch.setattr(file_set, "_mend", lambda _: None)

    with workplace(shelf / "แฟ้ม.pdf"):
        pass

    assert there(shelf) not in (OLD, NEW)


def test_a_workplace_in_use_is_nobody_elses_to_clear_away(tmp_path: Path) -> None:
    target = tmp_path / "แฟ้ม.pdf"
    with workplace(target) as ours:
        (ours / "half").write_bytes(b"...")
        with workplace(target) as other:
            assert other != ours
        assert (ours / "half").exists()


def test_other_targets_leave_a_dead_workplace_alone(tmp_path: Path) -> None:
    with workplace(tmp_path / "ก.pdf") as place:
        dead = place.with_name(place.name[:-9] + "0000.part")
        dead.mkdir()
    with workplace(tmp_path / "ข.pdf"):
        assert dead.exists()
    with workplace(tmp_path / "ก.pdf"):
        assert not dead.exists()


def test_everything_is_on_the_disk_before_it_gets_its_name(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushes = Flushes(monkeypatch)
    for name in OLD:  # as the earlier set was when it was made
        durable.flush_file(shelf / name)

    with workplace(shelf / "แฟ้ม.pdf") as place:
        put_from(place, shelf)

        assert flushes.unsafe == []
        assert flushes.names_not_safe() == []


def test_a_file_that_cannot_be_replaced_is_named_and_everything_put_back(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = durable._rename

    def held(part: Path, path: Path) -> None:
        if part == shelf / "แฟ้ม เล่ม 2.pdf":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(part))
        real(part, path)

    monkeypatch.setattr(durable, "_rename", held)

    with pytest.raises(OSError, match="เล่ม 2") as refused:
        put_new_set(shelf)

    assert refused.value.filename == str(shelf / "แฟ้ม เล่ม 2.pdf")
    assert there(shelf) == OLD
