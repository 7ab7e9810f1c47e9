"""The child process that makes a binder, asked again and again, each time without the file it broke on."""

import hashlib
import logging
import pickle
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from esa_desktop.domain.binder import BinderResult
from esa_desktop.domain.errors import Cancelled, ReportError
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.binder_volumes import MARK
from esa_desktop.services.binder_wish import BinderWish
from esa_desktop.services.child_process import ChildFault, ChildProcess

if TYPE_CHECKING:
    # Pages and joining live in the child process; here only the shape of the job is needed.
    from esa_desktop.report.binder.job import BinderJob, BoundFile

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]
MEMORY: Final = 1 << 30
"""Bytes the child may use before it is ended: three times what it needs for thousands of pages."""
PATIENCE: Final = 420.0
"""Seconds without a word from the child, and as much again for every `_MB_A_TURN` of the file.

LibreOffice is given ten documents at a time, and within this much it is ended by the child."""
_MB_A_TURN: Final = 200
_ALL_DAY: Final = 24 * 3600.0
_NAME: Final = "binder"
"""Of volumes until they are put in their places: theirs may be too long for a number behind it."""
_LEAST_ROOM: Final = 1 << 24
"""Bytes; with less on the drive it is the drive that broke the child, not a file."""
_log = logging.getLogger(__name__)


class BinderMaking:
    """One binder; ``told`` hears of the files done and all files."""

    def __init__(
        self,
        wish: BinderWish,
        files: Mapping[str, "BoundFile"],
        place: Path,
        told: Progress,
        cancelled: Cancel | None,
    ) -> None:
        self._wish = wish
        self._files = dict(files)
        self._place = place
        self._told = told
        self._cancelled = cancelled or (lambda: False)
        self._heard = time.monotonic()
        self._patience = PATIENCE
        self._silent = False

    def run(self) -> BinderResult:
        from esa_desktop.report.binder.child import result_from_values

        left_out: set[str] = set()
        unexplained = 0  # faults over no file in particular: the machine may just be out of breath
        with closing(ChildProcess("binder", memory=MEMORY)) as child:
            while True:
                fault, values = self._ask(child)
                if fault is None:
                    return result_from_values(values)
                self._refuse_full_drive()
                broken = str((fault.progress or {}).get("file", ""))
                if broken in self._files and broken not in left_out:
                    left_out.add(broken)
                    self._files = _without(self._files, broken, _BROKE_ON[fault.kind])
                    continue
                unexplained += 1
                if unexplained > 1:
                    raise ReportError(_GIVEN_UP) from fault

    def _ask(self, child: ChildProcess) -> tuple[ChildFault | None, dict[str, Any]]:
        """The answer, or what broke the child."""
        folder = self._place / "volumes"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        job = self._place / "job"
        said = pickle.dumps(self.job())
        job.write_bytes(said)
        self._hear({})
        try:
            values, _ = child.ask(
                # Others may write into a shared folder: the child reads what we said, or nothing.
                {
                    "job": str(job),
                    "sha256": hashlib.sha256(said).hexdigest(),
                    "folder": str(folder),
                },
                seconds=_ALL_DAY,
                progress=self._hear,
                cancelled=self._is_unwanted,
            )
        except ChildFault as fault:
            _log.info("binder child ended: %s\n%s", fault.kind, fault.told)
            return fault, {}
        except Cancelled:
            if self._silent and not self._cancelled():
                return ChildFault("time", {"file": self._at}), {}
            raise
        if "error" in values:
            raise ReportError(str(values["error"]))
        return None, values

    def job(self) -> "BinderJob":
        from esa_desktop.report.binder.job import BinderJob

        wish, options = self._wish, self._wish.options
        if options.most_mb is not None:  # room for the mark behind the end
            options = replace(options, most_mb=options.most_mb - len(MARK) / 1_000_000)
        changes = wish.changes
        since = thai_digits(changes.since) if options.thai_digits else changes.since
        return BinderJob(
            wish.assessed,
            options,
            self._files,
            name=_NAME,
            made=wish.made,
            changed=changes.changed if options.only_changed else {},
            gone=changes.codes if options.only_changed else {},
            completes=f"แฟ้มวันที่ {since}" if options.only_changed and since else "",
            emblem=_emblem(wish),
        )

    def _hear(self, step: Mapping[str, Any]) -> None:
        self._heard, self._silent = time.monotonic(), False
        self._at = str(step.get("file", ""))
        file = self._files.get(self._at)
        self._patience = PATIENCE * (1 + _megabytes(file.path) / _MB_A_TURN) if file else PATIENCE
        if step.get("total"):
            self._told(int(step.get("done", 0)), int(step["total"]))

    def _is_unwanted(self) -> bool:
        self._silent = time.monotonic() - self._heard > self._patience
        return self._silent or self._cancelled()

    def _refuse_full_drive(self) -> None:
        for folder in (self._place, Path(tempfile.gettempdir())):
            if shutil.disk_usage(folder).free < _LEAST_ROOM:
                raise ReportError(
                    f"เนื้อที่ในไดรฟ์ของ “{folder.parent}” เต็ม จึงสร้างแฟ้มไม่ได้ "
                    "กรุณาลบไฟล์ที่ไม่ใช้แล้วลองอีกครั้ง หรือเลือกที่บันทึกอื่น"
                )


def _without(
    files: Mapping[str, "BoundFile"], sha256: str, sentence: str
) -> dict[str, "BoundFile"]:
    """The files, one of which is not to be opened again."""
    return {**files, sha256: replace(files[sha256], sentence=sentence)}


def _megabytes(path: str) -> float:
    try:
        return Path(path).stat().st_size / 1_000_000 if path else 0.0
    except OSError:
        return 0.0


def _emblem(wish: BinderWish) -> str:
    """Where the picture on the book's cover lies, if there is one."""
    for image in wish.assessed.book_text("emblem").images():
        path = wish.path_of(image.sha256)
        return str(path) if path.is_file() else ""
    return ""


_AGAIN: Final = "กรุณาเปิดไฟล์นี้ด้วยโปรแกรมของไฟล์ สั่งพิมพ์เป็น PDF แล้วแนบไฟล์ใหม่"
_BROKE_ON: Final[Mapping[str, str]] = {
    "time": f"ใช้เวลาอ่านนานเกินไป จึงไม่ได้ใส่ในแฟ้ม {_AGAIN}",
    "memory": f"ใหญ่เกินกว่าที่เครื่องนี้อ่านได้ จึงไม่ได้ใส่ในแฟ้ม {_AGAIN}",
    "crash": f"ทำให้การรวมไฟล์หยุดทำงาน จึงไม่ได้ใส่ในแฟ้ม {_AGAIN}",
}
_GIVEN_UP: Final = "สร้างแฟ้มไม่สำเร็จ กรุณาปิดโปรแกรมอื่นแล้วลองอีกครั้ง หรือทำแฟ้มทีละตัวบ่งชี้"
