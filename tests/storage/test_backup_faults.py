import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from esa_desktop.domain.errors import NoRoom, StorageError
from esa_desktop.storage.backup_faults import Undertaking
from tests.storage.projects import is_one_thai_sentence

KEPT = "อยู่ครบ"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """With one backup and a half one."""
    folder = tmp_path / "งาน.esaproj"
    (folder / "backups" / "000001-20261122T030000Z").mkdir(parents=True)
    (folder / "backups" / "000002-20261122T040000Z.0123abcd.part").mkdir()
    return folder


def told(doing: Undertaking, fault: int) -> StorageError:
    with pytest.raises(StorageError) as refusal, doing.said():
        raise OSError(fault, "machine's words")
    assert is_one_thai_sentence(refusal.value)
    return refusal.value


@pytest.mark.parametrize("fault", [errno.EIO, errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("lost", [".", "backups", "backups/000001-20261122T030000Z"])
def test_earlier_backups_are_said_to_be_there_only_while_they_are(
    project: Path, fault: int, lost: str
) -> None:
    doing = Undertaking.backing_up(project)
    assert "ข้อมูลสำรองเดิมยังอยู่ครบ" in str(told(doing, fault))

    shutil.rmtree(project / lost)

    assert KEPT not in str(told(doing, fault))


def test_the_same_holds_for_the_project_and_for_the_backup_that_is_restored(
    project: Path, tmp_path: Path
) -> None:
    backup = project / "backups"
    doings = [
        Undertaking.copying_to(project, tmp_path / "E"),
        Undertaking.restoring_to(tmp_path / "ใหม่", backup),
    ]
    assert all(KEPT in str(told(doing, errno.EIO)) for doing in doings)

    shutil.rmtree(project)

    assert not any(KEPT in str(told(doing, errno.EIO)) for doing in doings)


@pytest.mark.parametrize(
    ("lacking", "amount"),
    [(1, "๑ MB"), (1_000_000, "๑ MB"), (1_000_001, "๒ MB"), (3 * 10**9, "๓,๐๐๐ MB")],
)
def test_what_is_wanting_is_told_and_rounded_up(project: Path, lacking: int, amount: str) -> None:
    error = Undertaking.backing_up(project).full(lacking)

    assert f"ต้องการที่ว่างเพิ่มอีกประมาณ {amount} " in str(error)
    assert is_one_thai_sentence(error)


def test_an_amount_that_nobody_counted_is_not_told(project: Path) -> None:
    error = told(Undertaking.backing_up(project), errno.ENOSPC)

    assert isinstance(error, NoRoom)
    assert "MB" not in str(error)


@pytest.mark.parametrize("make", [Undertaking.backing_up, lambda p: Undertaking.copying_to(p, p)])
def test_a_project_that_is_gone_is_refused(
    project: Path, make: Callable[[Path], Undertaking]
) -> None:
    make(project).refuse_gone()
    shutil.rmtree(project)

    with pytest.raises(StorageError, match="ไม่พบโฟลเดอร์") as refusal:
        make(project).refuse_gone()

    assert is_one_thai_sentence(refusal.value)
