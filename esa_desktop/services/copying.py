"""Bring a project over to this computer: the whole of it, while it stays open where it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import Cancelled
from esa_desktop.services.backing_up import answer_of
from esa_desktop.services.projects import Project
from esa_desktop.storage.evidence_pool import Watch
from esa_desktop.storage.project_copy import copy_folder, free_place
from esa_desktop.storage.store import Store

__all__ = ["copy_project", "free_place"]

UNSAVED: Final = "งานที่แก้ล่าสุดยังบันทึกลงดิสก์ไม่ได้ จึงยังคัดลอกงานนี้ไม่ได้ กรุณาแก้ตามแถบสีแดงก่อนแล้วลองอีกครั้ง"
CLOSED: Final = "งานประเมินปิดแล้ว จึงหยุดคัดลอก ไม่มีอะไรเปลี่ยนแปลง"


def copy_project(
    project: Project,
    to: Path,
    *,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Copy the folder of an open project to ``to``, a free place; the same project, by its id.

    The project's lock keeps other programs out meanwhile, and saving goes on: call
    ``project.flush()`` before, and let nobody type, or the last words stay where they were. One
    that is only read is copied as it was when it was opened. Slow, for a worker; ``progress`` gets
    (bytes done, bytes in all). Raises `StorageError`, also where the disk goes on refusing what is
    to be saved first, or `Cancelled`, and leaves nothing then.
    """
    watch = Watch(cancelled, progress)

    def copy_database(path: Path) -> None:
        def question(store: Store, breathe: Callable[[], None]) -> None:
            def look() -> None:
                breathe()
                watch.look()

            store.copy_to(path, look)

        try:
            asked = project.ask_slowly(question)
        except RuntimeError:
            raise Cancelled(CLOSED) from None  # closed meanwhile: the writer takes no questions
        try:
            answer_of(project, asked, cancelled, unsaved=UNSAVED)
        except Cancelled:
            watch.look()  # says so of a copy
            raise

    copy_folder(project.folder, to, copy_database, watch)
    return to
