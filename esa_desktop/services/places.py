"""Where a project lies: what a person should know about a folder before work is kept in it."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Final

from esa_desktop.services.register import folder_key, keep_register, latest, read_register
from esa_desktop.storage.layout import DATABASE, OPENER, SUFFIX
from esa_desktop.storage.opener import id_in, is_opener, project_beside

FILE: Final = "places.json"
MOST: Final = 200
"""Folders remembered."""
_SYNCED: Final = ("onedrive", "google drive", "googledrive", "dropbox", "icloud")
_REMOVABLE, _REMOTE = 2, 4
"""Windows' own numbers for kinds of drives."""


@dataclass(frozen=True, slots=True)
class Risk:
    """Why work is at risk where it lies."""

    what: str
    advice: str

    @property
    def sentence(self) -> str:
        return f"{self.what} {self.advice}"


IN_CLOUD: Final = Risk(
    "โฟลเดอร์นี้อยู่ใน {name}",
    "โปรแกรมนั้นคัดลอกไฟล์ขึ้นอินเทอร์เน็ตระหว่างทำงานและอาจทำให้งานเสียหาย "
    "ควรเก็บไว้ในเครื่อง แล้วสำรองข้อมูลไปไว้ที่นั่น",
)
ON_STICK: Final = Risk(
    "โฟลเดอร์นี้อยู่ในแฟลชไดรฟ์",
    "ถ้าถอดออกระหว่างทำงานจะบันทึกไม่ได้ ควรเก็บไว้ในเครื่อง แล้วคัดลอกไปเมื่อเสร็จงาน",
)
ON_NETWORK: Final = Risk(
    "โฟลเดอร์นี้อยู่ในเครื่องอื่นของเครือข่าย", "ถ้าเครือข่ายขัดข้องจะบันทึกไม่ได้ ควรเก็บไว้ในเครื่องนี้"
)


def place_warning(folder: Path, environment: Mapping[str, str] = os.environ) -> str:
    """A sentence about a place where work is at risk; empty for a good one.

    ``folder`` need not exist yet. Only a warning: an office may have nothing better.
    """
    risk = place_risk(folder, environment)
    return risk.sentence if risk else ""


def place_risk(folder: Path, environment: Mapping[str, str] = os.environ) -> Risk | None:
    """The same in two parts."""
    name = synced_by(folder, environment)
    if name:
        return replace(IN_CLOUD, what=IN_CLOUD.what.format(name=name))
    kind = _drive_kind(folder)
    if kind == _REMOVABLE:
        return ON_STICK
    return ON_NETWORK if kind == _REMOTE else None


def is_accepted(user_folder: Path, folder: Path, risk: Risk) -> bool:
    """Whether this person was told so of this folder, and chose to work there all the same."""
    return read_register(user_folder / FILE).get(folder_key(folder)) == risk.what


def accept(user_folder: Path, folder: Path, risk: Risk) -> None:
    """Be silent about it from now on; another risk in the same folder is told."""
    file = user_folder / FILE
    keep_register(file, latest(read_register(file), folder_key(folder), risk.what, most=MOST))


def folder_meant(path: Path, user_folder: Path | None = None) -> Path:
    """The project folder a person points at: however it is spelled, by its database, or by the
    file in it that is there to be double-clicked.

    One that somebody took out of its project (to the desktop, say) leads to where this user had
    that project open, as far as ``user_folder`` knows. What is no project stays as it is.
    """
    absolute = path.absolute()
    if absolute.name == DATABASE and absolute.is_file():
        return absolute.parent
    if not is_opener(absolute):
        return absolute
    beside = project_beside(absolute) or _beside_target(absolute)
    if beside is not None or user_folder is None:
        return beside or absolute
    return _known_place(user_folder, id_in(absolute)) or absolute


def _beside_target(link: Path) -> Path | None:
    """Of a link that somebody put on the desktop: the project in which the file itself lies."""
    try:
        return project_beside(link.resolve()) if link.is_symlink() else None
    except (OSError, RuntimeError):  # in a circle
        return None


def _known_place(user_folder: Path, project_id: str) -> Path | None:
    """Where this user had a project open, latest first, if it is there now."""
    if not project_id:
        return None
    # Loads SQLAlchemy, which the welcome page is painted without.
    from esa_desktop.services.known_copies import places_of

    known = reversed(places_of(user_folder, project_id))
    return next((place for place in known if _is_project(place, project_id)), None)


def _is_project(place: Path, project_id: str) -> bool:
    """Whether it lies there still, and no other that was made in its place since."""
    try:
        is_there = (place / DATABASE).is_file()
        return is_there and id_in(place / OPENER) in ("", project_id)
    except OSError:
        return False


def sample_place(user_folder: Path) -> Path:
    """Where the sample to play with lies; see `services.sample`."""
    return user_folder / f"งานตัวอย่าง{SUFFIX}"


def synced_by(folder: PurePath, environment: Mapping[str, str] = os.environ) -> str:
    """The name of the program that copies this folder to the internet, as far as names tell."""
    for key in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = environment.get(key)
        if root and folder.is_relative_to(type(folder)(root)):
            return "OneDrive"
    for part in folder.parts:
        for sign in _SYNCED:
            if part.casefold().startswith(sign):
                return part
    return ""


def _drive_kind(folder: Path) -> int:
    if sys.platform == "win32":
        import ctypes

        if folder.drive.startswith("\\\\"):
            return _REMOTE
        kind: int = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)
        return kind
    return kind_by_path(folder)


def kind_by_path(folder: PurePath) -> int:
    """Where desktops of Linux and macOS mount sticks, in the numbers of Windows; 0 elsewhere."""
    for root in ("/media", "/run/media", "/Volumes"):
        if folder.is_relative_to(root):
            return _REMOVABLE
    return 0
