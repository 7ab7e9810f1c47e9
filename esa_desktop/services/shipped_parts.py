"""What the program is made of: the works of others, under which licence, and the licences' own words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from esa_desktop import __version__
from esa_desktop.paths import fonts_folder, licences_folder, program_folder, resources_folder

if TYPE_CHECKING:
    from email.message import Message

INDEX: Final = "index.json"
LOCK: Final = "requirements.lock"
LONGEST: Final = 60
"""Letters of a licence's name; where metadata has more, it is the licence itself."""
_TEXTS: Final = ("licen", "copying", "notice")
_OWN_TEXTS: Final = {
    "pi-heif": ("pi-heif-NOTICE.txt", "LGPL-3.txt", "GPL-3.txt"),
    "pyside6-essentials": ("Qt-NOTICE.txt", "LGPL-3.txt", "GPL-3.txt"),
    "pyside6-addons": ("Qt-NOTICE.txt", "LGPL-3.txt", "GPL-3.txt"),
    "shiboken6": ("LGPL-3.txt", "GPL-3.txt"),
}
"""In ``resources/licences``, for wheels that come without theirs."""
_FONTS: Final = (
    (
        "TH Sarabun New",
        "GPL-2.0-or-later พร้อมข้อยกเว้นสำหรับแบบอักษร",
        ("THSarabunNew-LICENSE.txt", "GPL-2.txt"),
    ),
    ("Sarabun, Esa UI", "OFL-1.1", ("Sarabun-OFL.txt",)),
)


@dataclass(frozen=True, slots=True)
class ShippedPart:
    name: str
    version: str
    licence: str
    """Its name, in the words of whoever made the part."""
    texts: tuple[Path, ...]


def shipped_parts() -> tuple[ShippedPart, ...]:
    """This program first, then the others by name. In a checkout what the lock names.

    A damaged index has fewer parts; nothing is raised.
    """
    folder = licences_folder()
    parts = list(_of_bundle(folder) if folder is not None else _of_checkout())
    own = [part for part in parts if part.name == _OWN]
    others = [part for part in parts if part.name != _OWN]
    return (*own, *sorted(others, key=lambda part: part.name.casefold()))


def licence_text(part: ShippedPart) -> str:
    """All its licences, one below the other; what cannot be read is said in its place."""
    texts = []
    for path in part.texts:
        try:
            texts.append(path.read_text("utf-8", "replace").strip())
        except OSError:
            texts.append(f"อ่านไฟล์ {path.name} ไม่ได้ กรุณาติดตั้งโปรแกรมใหม่")
    rule = "\n\n" + "─" * 40 + "\n\n"
    return rule.join(texts) or "ไม่มีข้อความสัญญาอนุญาตแยกไว้"


_OWN: Final = "esa_desktop"


def _of_bundle(folder: Path) -> Iterator[ShippedPart]:
    try:
        values = json.loads((folder / INDEX).read_text("utf-8"))
    except (OSError, ValueError):
        values = []
    for value in values if isinstance(values, list) else []:
        part = _told(folder, value)
        if part is not None:
            yield part


def _told(folder: Path, value: Any) -> ShippedPart | None:
    if not isinstance(value, dict) or not value.get("name"):
        return None
    files = value.get("files")
    names = [name for name in files if isinstance(name, str)] if isinstance(files, list) else []
    return ShippedPart(
        str(value["name"]),
        str(value.get("version", "")),
        str(value.get("licence", "")),
        tuple(folder / name for name in names),
    )


def _of_checkout() -> Iterator[ShippedPart]:
    yield ShippedPart(_OWN, __version__, "MIT", (program_folder() / "LICENSE",))
    for name, licence, files in _FONTS:
        yield ShippedPart(name, "", licence, tuple(fonts_folder() / file for file in files))
    for name in _locked():
        try:
            found = distribution(name)
        except PackageNotFoundError:  # for another system only
            continue
        yield ShippedPart(name, found.version, _licence(found), _texts(found, name))


def _locked() -> list[str]:
    try:
        lines = (program_folder() / LOCK).read_text("utf-8").splitlines()
    except OSError:
        return []
    return [line.partition("==")[0].strip() for line in lines if "==" in line and line[0].isalpha()]


def _licence(found: Distribution) -> str:
    about = cast("Message", found.metadata)  # which it is; typeshed knows less
    said = (about.get("License-Expression") or about.get("License") or "").strip()
    if said and len(said) <= LONGEST and "\n" not in said:
        return said
    named = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or () if "License" in c]
    return ", ".join(named)


def _texts(found: Distribution, name: str) -> tuple[Path, ...]:
    own = [resources_folder() / "licences" / file for file in _OWN_TEXTS.get(name, ())]
    files = [file for file in found.files or () if _is_licence(file.name)]
    return (*own, *(Path(str(found.locate_file(file))) for file in files))


def _is_licence(name: str) -> bool:
    return any(sign in name.casefold() for sign in _TEXTS) and not name.endswith((".py", ".pyc"))
