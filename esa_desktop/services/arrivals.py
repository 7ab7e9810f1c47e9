"""Files that arrive in a folder where a scanner or a chat program saves: which are new, and complete."""

import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import EsaError

UNFINISHED: Final = frozenset(
    ".part .partial .crdownload .download .opdownload .tmp .temp .!ut .aria2".split()
)
"""Endings under which programs save what is not complete yet; the name loses them at the end."""
NEVER: Final = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
SETTLED: Final = 1.0
"""Seconds during which size and time of a file stay what they are: then nobody writes it any more."""
PATIENCE: Final = 30.0
"""Seconds for a file without its end: a scanner rests while somebody lays in the next pages."""
_TAIL: Final = 2048
"""Bytes at the end of a file in which its format says that it is whole."""
_ENDS: Final = {
    b"%PDF-": b"%%EOF",
    b"\xff\xd8\xff": b"\xff\xd9",
    b"\x89PNG\r\n\x1a\n": b"IEND\xaeB`\x82",
}
"""How a file of a kind that scanners make begins, and what it has at its end."""
MOST_FILES: Final = 10_000
"""A folder with more is no scanner's."""
TOO_MANY: Final = "โฟลเดอร์ “{folder}” มีไฟล์มากเกินไป กรุณาเลือกโฟลเดอร์ที่เครื่องสแกนบันทึกไว้โดยตรง"
_SIGNS: Final = 12
"""Hexadecimal digits by which a file is remembered; the folder has no need for more."""


class FolderTrouble(EsaError):
    """A folder that cannot be watched just now: gone, or not to be read."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a file looked; another size or time is another file under the name."""

    size: int
    time_ns: int


Found = Mapping[str, Stamp]
"""By file name."""


def look(folder: Path) -> dict[str, Stamp]:
    """The files of a folder that may be evidence; slow on a network drive, for a worker.

    Raises `FolderTrouble`. Empty files are on their way; folders, links into nowhere and what
    programs keep for themselves are nothing.
    """
    found: dict[str, Stamp] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not may_be_evidence(entry.name):
                    continue
                try:
                    seen = entry.stat()
                except OSError:
                    continue  # vanished meanwhile
                if stat.S_ISREG(seen.st_mode) and seen.st_size > 0:
                    found[entry.name] = Stamp(seen.st_size, seen.st_mtime_ns)
                if len(found) > MOST_FILES:
                    raise FolderTrouble(TOO_MANY.format(folder=folder))
    except FileNotFoundError as error:
        raise FolderTrouble(f"ไม่พบโฟลเดอร์ “{folder}” ต่อไดรฟ์นั้นหรือเลือกโฟลเดอร์ใหม่") from error
    except NotADirectoryError as error:
        raise FolderTrouble(f"“{folder}” ไม่ใช่โฟลเดอร์ กรุณาเลือกโฟลเดอร์ใหม่") from error
    except OSError as error:
        raise FolderTrouble(f"เปิดโฟลเดอร์ “{folder}” ไม่ได้ ขอสิทธิ์จากผู้ดูแลหรือเลือกโฟลเดอร์ใหม่") from error
    return found


def half_written(folder: Path, names: Iterable[str]) -> frozenset[str]:
    """Those of these files that began like a picture or a PDF and have no end yet; for a worker."""
    return frozenset(name for name in names if _has_no_end(folder / name))


def _has_no_end(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(8)
            end = next((end for start, end in _ENDS.items() if head.startswith(start)), b"")
            file.seek(max(0, os.fstat(file.fileno()).st_size - _TAIL))
            return end not in file.read()
    except OSError as error:
        return getattr(error, "winerror", None) in (32, 33)  # whoever writes it keeps it to himself


def may_be_evidence(name: str) -> bool:
    plain = name.casefold()
    return not (
        plain.startswith((".", "~$", "~"))
        or plain in NEVER
        or any(plain.endswith(ending) for ending in UNFINISHED)
    )


def sign_of(name: str, stamp: Stamp) -> str:
    """What is remembered of a file from one start of the program to the next."""
    words = f"{name}\0{stamp.size}\0{stamp.time_ns}".encode(errors="surrogatepass")
    return hashlib.sha256(words).hexdigest()[:_SIGNS]


@dataclass(slots=True)
class _Waiting:
    stamp: Stamp
    since: float


@dataclass(slots=True)
class Arrivals:
    """What came since. ``known``: signs of all that was there at the first look, or was offered."""

    known: set[str] | None = None
    """``None``: nothing was ever looked at; then the first look is what there was before."""
    settled: float = SETTLED
    patience: float = PATIENCE
    _before: dict[str, Stamp] = field(default_factory=dict)
    _waiting: dict[str, _Waiting] = field(default_factory=dict)
    _new: dict[str, Stamp] = field(default_factory=dict)

    def note(self, found: Found, now: float, half: Collection[str] = ()) -> bool:
        """Take a look at ``now`` (seconds that only go forward); whether `new` has changed.

        ``half``: those of the `waiting` that have no end yet.
        """
        if self.known is None:
            self.known = {sign_of(name, stamp) for name, stamp in found.items()}
        moved = self._moved(found)
        before = dict(self._new)
        self._new = {name: stamp for name, stamp in self._new.items() if found.get(name) == stamp}
        for name in [name for name in self._waiting if name not in found]:
            del self._waiting[name]
        for name, stamp in found.items():
            if name in self._new or sign_of(name, stamp) in self.known:
                self._waiting.pop(name, None)
            elif name in moved:
                self.known.add(sign_of(name, stamp))
            else:
                self._wait(name, stamp, now, self.patience if name in half else self.settled)
        self._before = dict(found)
        return self._new != before

    @property
    def new(self) -> tuple[str, ...]:
        """Names of complete files nobody was offered yet, the newest first."""
        by_age = sorted(self._new.items(), key=lambda one: (-one[1].time_ns, one[0]))
        return tuple(name for name, _ in by_age)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Names of files that may not be complete."""
        return tuple(self._waiting)

    @property
    def is_waiting(self) -> bool:
        """Whether there are any: to be looked at again soon."""
        return bool(self._waiting)

    def offered(self, names: Iterable[str]) -> None:
        """A person saw them: they are not offered again, whatever he did with them."""
        for name in names:
            stamp = self._new.pop(name, None)
            if stamp is not None and self.known is not None:
                self.known.add(sign_of(name, stamp))

    def remembered(self, found: Found) -> list[str]:
        """The signs worth keeping: of files that are still there."""
        known = self.known or set()
        signs = (sign_of(name, stamp) for name, stamp in found.items())
        return sorted(sign for sign in signs if sign in known)

    def _wait(self, name: str, stamp: Stamp, now: float, quiet: float) -> None:
        """New when it stayed as it is for ``quiet`` seconds."""
        waiting = self._waiting.get(name)
        if waiting is None or waiting.stamp != stamp:
            self._waiting[name] = _Waiting(stamp, now)
        elif now - waiting.since >= quiet:
            del self._waiting[name]
            self._new[name] = stamp

    def _moved(self, found: Found) -> set[str]:
        """New names of known files: somebody renamed them while we looked on."""
        known = self.known or set()
        gone = {
            stamp
            for name, stamp in self._before.items()
            if name not in found and sign_of(name, stamp) in known
        }
        return {name for name, stamp in found.items() if name not in self._before and stamp in gone}
