"""A disk that forgets: what a power cut could leave of the steps a program took.

The contents of a file last up to its latest sync. Each later write was kept, lost or torn (by
sectors of 512 bytes), the later ones possibly without the earlier. Names last by one of two rules:

* journaled (NTFS, ext4): changes of names happen in order, and a sync of anything makes all of
  them last that came before;
* FAT-like: a name lasts when its folder was synced, or, of a new file, the file itself; each
  other change may have happened or not, and of a rename both names may be there.

A rename that leaves neither name is not in the model.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tests.torture.disk_edge import Step

SECTOR = 512


@dataclass
class _Inode:
    lasting: bytearray
    pending: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class _Name:
    """One change of names; ``inode`` is -1 for a folder."""

    kind: str
    """link, unlink, rename"""
    path: str
    inode: int = -1
    to: str = ""

    @property
    def folders(self) -> set[str]:
        return {str(PurePosixPath(name).parent) for name in (self.path, self.to) if name}


Names = dict[str, int]
FOLDER = -1


class Disk:
    """Takes the steps of a program one after another; `cut` may be asked at any time."""

    def __init__(self, root: Path, *, journaled: bool) -> None:
        self.journaled = journaled
        self._inodes: list[_Inode] = []
        self._now: Names = {}
        self._lasting: Names = {}
        self._changes: list[_Name] = []
        for path in (root, *root.rglob("*")):
            self._now[str(path)] = FOLDER if path.is_dir() else self._new(path.read_bytes())
        self._lasting = dict(self._now)

    def _new(self, content: bytes = b"") -> int:
        self._inodes.append(_Inode(bytearray(content)))
        return len(self._inodes) - 1

    def take(self, step: Step) -> None:
        match step.kind:
            case "create":
                self._change(_Name("link", step.path, self._new()))
            case "mkdir":
                self._change(_Name("link", step.path, FOLDER))
            case "unlink" | "rmdir":
                if step.path in self._now:
                    self._change(_Name("unlink", step.path, self._now[step.path]))
            case "rename":  # a folder takes along what is in it
                self._change(_Name("rename", step.path, self._now[step.path], step.to))
            case "sync":
                self._sync(step.path)
            case _:
                self._inodes[self._now[step.path]].pending.append(step)

    def _change(self, change: _Name) -> None:
        self._changes.append(change)
        _apply_name(self._now, change)

    def _sync(self, path: str) -> None:
        inode = self._now.get(path)
        if inode is None:  # deleted meanwhile: nobody will look for it
            return
        if inode != FOLDER:
            there = self._inodes[inode]
            for step in there.pending:
                _apply_content(there.lasting, step, None)
            there.pending = []
        lasting = [change for change in self._changes if self._lasts(change, path, inode)]
        for change in lasting:
            _apply_name(self._lasting, change)
        self._changes = [change for change in self._changes if change not in lasting]

    def _lasts(self, change: _Name, path: str, inode: int) -> bool:
        if self.journaled:
            return True
        if inode == FOLDER:
            return path in change.folders
        return change.kind == "link" and change.inode == inode

    def cut(self, dice: random.Random) -> dict[str, bytes | None]:
        """What is there when the power is back: contents by path, ``None`` for a folder."""
        names = dict(self._lasting)
        if self.journaled:
            kept = dice.choice([0, len(self._changes), dice.randint(0, len(self._changes))])
            changes: Iterable[_Name] = self._changes[:kept]
        else:
            changes = [change for change in self._changes if dice.random() < 0.5]
        for change in changes:
            if change.kind == "link" or change.path in names:
                gone = not (change.kind == "rename" and self._both(dice))
                _apply_name(names, change, gone=gone)
        contents = {inode: self._left(inode, dice) for inode in {*names.values()} - {FOLDER}}
        return {
            name: None if inode == FOLDER else contents[inode]
            for name, inode in sorted(names.items())
            if _is_reached(name, names)
        }

    def _both(self, dice: random.Random) -> bool:
        return not self.journaled and dice.random() < 0.3

    def _left(self, inode: int, dice: random.Random) -> bytes:
        there = self._inodes[inode]
        content = bytearray(there.lasting)
        fate = dice.choice(("none", "all", "prefix", "random", "torn"))
        upto = dice.randint(0, len(there.pending))
        for number, step in enumerate(there.pending):
            kept = {
                "none": False,
                "all": True,
                "prefix": number < upto,
                "random": dice.random() < 0.5,
                "torn": True,
            }[fate]
            if kept:
                _apply_content(content, step, dice if fate == "torn" else None)
        return bytes(content)


def lay(image: Mapping[str, bytes | None], root: Path, place: Path) -> None:
    """Write an image of what was below ``root`` into ``place``, which is empty."""
    for name, content in image.items():
        path = place / PurePosixPath(name).relative_to(root)
        if content is None:
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.write_bytes(content)


def _is_in(name: str, folder: str) -> bool:
    return name == folder or name.startswith(f"{folder}/")


def _is_reached(name: str, names: Names) -> bool:
    """Whether every folder above is there; the topmost has none above it in the model."""
    parent = str(PurePosixPath(name).parent)
    top = min(names, key=len)
    return name == top or (names.get(parent) == FOLDER and _is_reached(parent, names))


def _apply_name(names: Names, change: _Name, *, gone: bool = True) -> None:
    if change.kind == "link":
        names[change.path] = change.inode
    elif change.kind == "unlink":
        names.pop(change.path, None)
    else:
        names[change.to] = change.inode
        if change.inode == FOLDER:
            for name in [name for name in names if _is_in(name, change.path)]:
                names[change.to + name[len(change.path) :]] = names[name]
                del names[name]
        elif gone:
            names.pop(change.path, None)


def _apply_content(content: bytearray, step: Step, torn: random.Random | None) -> None:
    offset = step.offset
    if step.kind == "truncate":
        del content[offset:]
        content.extend(bytes(max(0, offset - len(content))))
        return
    content.extend(bytes(max(0, offset + len(step.content) - len(content))))
    for start in range(0, len(step.content), SECTOR if torn else max(1, len(step.content))):
        if torn is None or torn.random() < 0.5:
            piece = step.content[start : start + SECTOR] if torn else step.content
            content[offset + start : offset + start + len(piece)] = piece
