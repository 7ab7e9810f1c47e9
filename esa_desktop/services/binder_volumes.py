"""Where the volumes of a binder lie, which files on a disk are such volumes, and how new ones replace old ones."""

import errno
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import EsaError, ReportError
from esa_desktop.domain.evidence import LONGEST_NAME_BYTES
from esa_desktop.domain.thai import clusters
from esa_desktop.storage.faults import FORBIDDEN, FULL
from esa_desktop.storage.file_set import exchange, workplace

MARK: Final = b"\n%esa_desktop binder\n"
"""Ends every volume, behind the end of the PDF, where readers expect that there may be something.

It says that the program made the file and that nobody wrote into it since: notes that somebody put
into a volume are saved behind it. Only such a file is removed when a new set of the same name has
fewer volumes, or replaced where nobody chose its name. There is no list to be lost or to be wrong.
"""
_NUMBERED: Final = " เล่ม {}"
_ROOM: Final = len(_NUMBERED.format(9999).encode())


def volume_paths(target: Path, count: int) -> tuple[Path, ...]:
    """``OUT.pdf`` for one volume; ``OUT เล่ม 1.pdf`` … for several, in digits that sort."""
    if count == 1:
        return (target,)
    stem = ""
    for cluster in clusters(target.stem):
        if len((stem + cluster + target.suffix).encode()) + _ROOM > LONGEST_NAME_BYTES:
            break
        stem += cluster
    width = len(str(count))
    return tuple(
        target.with_name(f"{stem}{_NUMBERED.format(str(n).zfill(width))}{target.suffix}")
        for n in range(1, count + 1)
    )


def volumes_of(target: Path) -> tuple[Path, ...]:
    """The volumes of an earlier binder of this name that are still as the program made them."""
    return tuple(path for path in _named_like(target) if is_ours(path))


def replaced_by(target: Path) -> tuple[Path, ...]:
    """What gives way to a binder of this name, in one volume or in several: the volumes of an
    earlier one, and whatever file has the very name that was chosen.
    """
    return tuple(path for path in _named_like(target) if path == target or is_ours(path))


def is_ours(path: Path) -> bool:
    """Whether the program made the file and nobody wrote into it since."""
    try:
        with path.open("rb") as file:
            file.seek(-len(MARK), 2)
            return file.read() == MARK
    except OSError:
        return False


def refuse_place(target: Path, *, several: bool) -> None:
    """Raise `ReportError` where the volumes could not be put, before minutes of work are spent.

    ``several``: there may be more than one. A file that somebody else made is replaced under the
    name that was chosen, never under a name with a number that nobody saw coming.
    """
    if target.is_dir():
        raise ReportError(f"“{target.name}” เป็นชื่อโฟลเดอร์ กรุณาตั้งชื่อไฟล์อื่น")
    if not target.parent.is_dir():
        raise ReportError(f"ไม่พบโฟลเดอร์ “{target.parent}” กรุณาเลือกที่บันทึกอื่น")
    for path in _named_like(target):
        ours = is_ours(path)
        if several and path != target and not ours:
            raise ReportError(
                f"มีไฟล์ “{path.name}” ที่โปรแกรมนี้ไม่ได้สร้าง หรือมีผู้แก้ไขแล้ว จึงไม่เขียนทับ "
                "กรุณาย้ายไฟล์นั้นหรือบันทึกแฟ้มเป็นชื่ออื่น"
            )
        if ours or path == target:
            _refuse_untouchable(path)


def _refuse_untouchable(path: Path) -> None:
    try:
        read_only = not path.stat().st_mode & stat.S_IWUSR
        with path.open("rb+"):  # Windows says here that another program shows it
            pass
    except FileNotFoundError:
        return
    except OSError as error:
        raise ReportError(_cannot_replace(path.name)) from error
    if read_only:
        raise ReportError(
            f"ไฟล์ “{path.name}” ตั้งไว้เป็นแบบอ่านอย่างเดียว กรุณายกเลิกการตั้งค่านั้นแล้วลองอีกครั้ง หรือบันทึกเป็นชื่ออื่น"
        )


@contextmanager
def place_for(target: Path) -> Iterator[Path]:
    """A folder for volumes in the making; nothing is left of it, whatever happens."""
    try:
        with workplace(target) as place:
            yield place
    except OSError as error:
        raise fault_of(error, target) from error


def put_volumes(place: Path, made: Sequence[Path], target: Path) -> tuple[Path, ...]:
    """Let new volumes take the places of an earlier set of this name, all of them or none.

    Volumes of the earlier set that the new one has no use for are removed if they are ours.
    """
    paths = volume_paths(target, len(made))
    for path in paths:
        if path != target and path.exists() and not is_ours(path):
            refuse_place(target, several=True)
    for volume in made:
        with volume.open("ab") as file:
            file.write(MARK)
    surplus = [path for path in volumes_of(target) if path not in paths]
    exchange(place, dict(zip(made, paths, strict=True)), surplus)
    return paths


def fault_of(error: OSError, target: Path) -> EsaError:
    """What a person can do about an error of the disk on which the binder is made."""
    if error.errno in FULL:
        return ReportError(
            f"เนื้อที่ในไดรฟ์ที่เก็บ “{target.name}” เต็ม จึงสร้างแฟ้มไม่ได้ กรุณาลบไฟล์ที่ไม่ใช้แล้วลองอีกครั้ง หรือเลือกที่บันทึกอื่น"
        )
    refused = Path(str(error.filename)) if error.filename else None
    if refused is not None and refused in _named_like(target):
        return ReportError(_cannot_replace(refused.name))
    if error.errno in FORBIDDEN:
        return ReportError(f"บันทึกลงในโฟลเดอร์ “{target.parent}” ไม่ได้ กรุณาเลือกที่บันทึกอื่น")
    if error.errno == errno.ENAMETOOLONG:
        return ReportError("ชื่อไฟล์หรือโฟลเดอร์ยาวเกินไป กรุณาตั้งชื่อให้สั้นลงแล้วลองอีกครั้ง")
    return ReportError(
        f"บันทึกแฟ้ม “{target.name}” ไม่สำเร็จ ไดรฟ์อาจถูกถอดออก กรุณาตรวจไดรฟ์แล้วลองอีกครั้ง หรือเลือกที่บันทึกอื่น"
    )


def _cannot_replace(name: str) -> str:
    return f"เขียนทับไฟล์ “{name}” ไม่ได้ กรุณาปิดไฟล์นั้นก่อนแล้วลองอีกครั้ง หรือบันทึกเป็นชื่ออื่น"


def _named_like(target: Path) -> tuple[Path, ...]:
    """Files that bear the name of a volume of ``target``, in order; whoever made them."""
    stem, _, ending = volume_paths(target, 2)[0].name.rpartition("1")
    numbered = re.compile(re.escape(stem) + r"[0-9]{1,4}" + re.escape(ending), re.IGNORECASE)
    try:
        names = sorted(path.name for path in target.parent.iterdir())
    except OSError:
        return ()
    found = [target.with_name(name) for name in names if numbered.fullmatch(name)]
    return (*([target] if target.exists() else []), *found)
