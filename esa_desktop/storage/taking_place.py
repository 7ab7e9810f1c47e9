"""A new database put in the place of a damaged one, unless somebody wrote to that in the meantime."""

import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO

from esa_desktop.domain.errors import StorageError
from esa_desktop.storage.aside import others_kept_out
from esa_desktop.storage.database_state import FileState, state_of
from esa_desktop.storage.durable import flush_to_disk, put_in_place, sync_folder
from esa_desktop.storage.layout import INDEX, JOURNAL, database_of, title_of


def take_place(folder: Path, part: Path, before: tuple[FileState, ...]) -> None:
    """Make ``part`` the project's database; it was built of what lay there as `state_of` said.

    Raises `ProjectLocked` where somebody has the project open by now, and `StorageError` where it
    was written to: what was saved there is not in ``part``. Then nothing has changed.
    """
    with part.open("rb+") as file:
        flush_to_disk(file.fileno())
    with ExitStack() as held:
        database = _opened(folder, held)
        held.enter_context(others_kept_out(folder))
        if state_of(folder, database) != before:
            raise _written_to(folder)
        # First the journal: one that is left would be played back over the new database.
        (folder / JOURNAL).unlink(missing_ok=True)
        sync_folder(folder)
        if sys.platform == "win32":
            held.close()  # there a file that is open cannot be replaced
        put_in_place(part, database_of(folder))
    with suppress(OSError):
        (folder / INDEX).unlink(missing_ok=True)  # made anew by whoever searches


def _opened(folder: Path, held: ExitStack) -> IO[bytes] | None:
    """Before the lock is taken, and for as long: closing it would drop the lock."""
    try:
        return held.enter_context(database_of(folder).open("rb", buffering=0))
    except OSError:
        return None


def _written_to(folder: Path) -> StorageError:
    return StorageError(
        f"มีการบันทึกงานประเมิน “{title_of(folder)}” ระหว่างกู้คืน จึงไม่ได้เปลี่ยนแปลงอะไร "
        "กรุณาปิดงานนี้ในหน้าต่างและเครื่องอื่นแล้วกู้คืนอีกครั้ง"
    )
