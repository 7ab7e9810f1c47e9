"""Making a new project folder: whole, or nothing of it is left."""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from sqlalchemy import Connection, insert

from esa_desktop.domain.errors import StorageError
from esa_desktop.storage.database import create_database
from esa_desktop.storage.durable import part_beside, put_in_place, sync_folder
from esa_desktop.storage.faults import FULL, disk_full, said_in_thai
from esa_desktop.storage.layout import (
    DATABASE,
    LOCK,
    OPENER,
    database_of,
    evidence_of,
    title_of,
)
from esa_desktop.storage.opener import put_opener
from esa_desktop.storage.rows import meta_values
from esa_desktop.storage.tables import META, PROJECT_ID


def lay_out(
    folder: Path, project_id: str, write_first: Callable[[Connection], None], undo: ExitStack
) -> None:
    """Create the folder with its database; ``undo`` is told how to take each thing back.

    The database is made under another name, filled by ``write_first``, and renamed at the end. So
    a crash leaves a folder that is no project yet and may be used again, or a project that opens.
    """
    _refuse_used(folder)
    new = [place for place in (folder, *folder.parents) if not place.exists()]
    for missing in reversed(new):
        _make_folder(missing, folder)
        undo.callback(_quietly, missing.rmdir)
    with said_in_thai(folder):
        for name in (f"{DATABASE}-journal", DATABASE, LOCK):
            undo.callback(_quietly, (folder / name).unlink)
        part = part_beside(database_of(folder))
        undo.callback(_quietly, part.unlink)
        undo.callback(_quietly, part.with_name(f"{part.name}-journal").unlink)

        def fill(connection: Connection) -> None:
            connection.execute(insert(META), meta_values(PROJECT_ID, project_id))
            write_first(connection)

        create_database(part, fill)
        put_in_place(part, database_of(folder))
        undo.callback(_quietly, (folder / OPENER).unlink)
        put_opener(folder, project_id)
        evidence_of(folder).mkdir()
        undo.callback(_quietly, evidence_of(folder).rmdir)
        sync_folder(folder)
        for made in new:
            sync_folder(made.parent)


def _refuse_used(folder: Path) -> None:
    with said_in_thai(folder):
        if database_of(folder).exists():
            raise StorageError(f"มีงานประเมิน “{title_of(folder)}” อยู่แล้ว กรุณาเปิดงานเดิมหรือตั้งชื่ออื่น")
        if folder.exists() and (not folder.is_dir() or not _is_unused(folder)):
            raise StorageError(f"“{title_of(folder)}” มีไฟล์อื่นอยู่แล้ว กรุณาเลือกโฟลเดอร์ว่างหรือตั้งชื่ออื่น")


def _is_unused(folder: Path) -> bool:
    """Empty but for what an attempt left that was cut off by a crash."""
    return all(entry.name.startswith(f"{DATABASE}.") for entry in folder.iterdir())


def _make_folder(missing: Path, folder: Path) -> None:
    try:
        missing.mkdir()
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise disk_full(folder) from error
        raise StorageError(
            f"สร้างโฟลเดอร์ “{title_of(missing)}” ไม่ได้ กรุณาตั้งชื่ออื่นหรือเลือกที่อื่น เช่น ในเอกสาร (Documents)"
        ) from error


def _quietly(remove: Callable[[], None]) -> None:
    with suppress(OSError):
        remove()
