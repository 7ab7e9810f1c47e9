"""What the program remembers for one person on one computer: a JSON file in the user's folder."""

import json
import logging
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, cast, get_args

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.thai import parse_fiscal_year
from esa_desktop.paths import documents_folder, portable_folder

ThemeChoice = Literal["system", "light", "dark"]
MOST_RECENT: Final = 10
LEAST_ZOOM: Final = 0.8
MOST_ZOOM: Final = 2.0
NAME: Final = "preferences.json"


@dataclass(frozen=True, slots=True)
class RecentProject:
    """A project as it was when it was last open; its folder may be gone by now."""

    folder: Path
    office: str
    fiscal_year: int
    opened: str
    """UTC, ISO 8601."""
    done: int = 0
    total: int = 0
    """Complete issues, and all; 0 where that was not counted."""


@dataclass(frozen=True)
class Remembered:
    """Everything in the file, as one value."""

    recent: tuple[RecentProject, ...] = ()
    """Newest first, a folder once."""
    geometry: str = ""
    """Of the window, in Qt's own spelling as base64."""
    splitters: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Widths in pixels by the splitter's name."""
    text_zoom: float = 1.0
    """Of the editors."""
    theme: ThemeChoice = "system"
    folders: Mapping[str, Path] = field(default_factory=dict)
    """The folder last used, by purpose (``export``, ``attach`` …)."""
    known: frozenset[str] = frozenset()
    """What was offered to this person and answered (``tour``): it is not offered again."""
    foreign: Mapping[str, Any] = field(default_factory=dict)
    """What a newer version of the program keeps in the same file: it stays there."""


class Preferences:
    """The preferences in use. What is set is written at once; a disk that refuses is no harm."""

    def __init__(self, path: Path, now: Remembered) -> None:
        self._path = path
        self._now = now

    @property
    def recent(self) -> tuple[RecentProject, ...]:
        return self._now.recent

    def remember(
        self, folder: Path, office: str, fiscal_year: int, *, done: int = 0, total: int = 0
    ) -> None:
        """Put a project on top of the list."""
        opened = datetime.now(UTC).isoformat(timespec="seconds")
        project = RecentProject(folder, office, fiscal_year, opened, done, total)
        others = tuple(r for r in self._now.recent if r.folder != folder)
        self._keep(recent=(project, *others)[:MOST_RECENT])

    def forget(self, folder: Path) -> None:
        self._keep(recent=tuple(r for r in self._now.recent if r.folder != folder))

    @property
    def text_zoom(self) -> float:
        return self._now.text_zoom

    @text_zoom.setter
    def text_zoom(self, zoom: float) -> None:
        self._keep(text_zoom=min(max(zoom, LEAST_ZOOM), MOST_ZOOM))

    @property
    def dark(self) -> bool | None:
        """``None``: as the system does."""
        return {"dark": True, "light": False}.get(self._now.theme)

    @dark.setter
    def dark(self, dark: bool | None) -> None:
        self._keep(theme="system" if dark is None else "dark" if dark else "light")

    @property
    def last_folder(self) -> Path:
        """Where projects were last opened from."""
        return self.folder("open")

    @last_folder.setter
    def last_folder(self, folder: Path) -> None:
        self.set_folder("open", folder)

    def folder(self, purpose: str) -> Path:
        """The folder last used for a purpose if it is still there, else that for documents."""
        known = self._now.folders.get(purpose)
        return known if known is not None and known.is_dir() else documents_folder()

    def chosen_folder(self, purpose: str) -> Path | None:
        """The folder somebody chose for a purpose, also while its drive is away; else ``None``."""
        return self._now.folders.get(purpose)

    def set_folder(self, purpose: str, folder: Path) -> None:
        self._keep(folders={**self._now.folders, purpose: folder})

    def knows(self, what: str) -> bool:
        """Whether this person answered an offer, whichever way."""
        return what in self._now.known

    def learn(self, what: str) -> None:
        self._keep(known=self._now.known | {what})

    def widths(self, splitter: str) -> list[int]:
        """As `set_widths` was told; empty where it was not."""
        return list(self._now.splitters.get(splitter, ()))

    def set_widths(self, splitter: str, widths: Iterable[int]) -> None:
        self._keep(splitters={**self._now.splitters, splitter: tuple(widths)})

    def keep_geometry(self, window: QWidget) -> None:
        self._keep(geometry=window.saveGeometry().toBase64().toStdString())

    def restore_geometry(self, window: QWidget) -> bool:
        """Put the window where it was; ``False`` where that is not known."""
        geometry = QByteArray.fromBase64(self._now.geometry.encode("ascii", "ignore"))
        return not geometry.isEmpty() and window.restoreGeometry(geometry)

    def _keep(self, **changed: Any) -> None:
        now = replace(self._now, **changed)
        if now == self._now:
            return
        self._now = now
        try:
            _write(now, self._path)
        except OSError as error:
            logging.getLogger(__name__).warning("preferences not kept: %s", error)


def read_preferences(folder: Path) -> Preferences:
    """What the user's folder holds; of a broken file or value, the default."""
    path = folder / NAME
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        values = {}
    base = _carried_from(path)
    return Preferences(path, _from_values(values if isinstance(values, dict) else {}, base))


def _write(preferences: Remembered, path: Path) -> None:
    """Written beside, then put in place of the old file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(_to_values(preferences, _carried_from(path)), ensure_ascii=False, indent=1)
    number, beside = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _to_values(preferences: Remembered, base: Path | None = None) -> dict[str, Any]:
    return {
        **preferences.foreign,
        "recent": [
            {
                "folder": _kept(r.folder, base),
                "office": r.office,
                "fiscal_year": r.fiscal_year,
                "opened": r.opened,
                "done": r.done,
                "total": r.total,
            }
            for r in preferences.recent
        ],
        "geometry": preferences.geometry,
        "splitters": {name: list(widths) for name, widths in preferences.splitters.items()},
        "text_zoom": preferences.text_zoom,
        "theme": preferences.theme,
        "folders": {purpose: _kept(at, base) for purpose, at in preferences.folders.items()},
        "known": sorted(preferences.known),
    }


def _from_values(values: dict[str, Any], base: Path | None) -> Remembered:
    recent = [_recent(value, base) for value in _list(values.get("recent"))]
    return Remembered(
        recent=tuple(r for r in recent if r is not None)[:MOST_RECENT],
        geometry=_text(values.get("geometry")),
        splitters={
            name: tuple(_number(width, 0) for width in _list(widths))
            for name, widths in _mapping(values.get("splitters")).items()
        },
        text_zoom=_zoom(values.get("text_zoom")),
        theme=_theme(values.get("theme")),
        folders={
            purpose: folder
            for purpose, kept in _mapping(values.get("folders")).items()
            if (folder := _folder(kept, base)) is not None
        },
        known=frozenset(_text(what) for what in _list(values.get("known"))) - {""},
        foreign={name: value for name, value in values.items() if name not in _OURS},
    )


_OURS: Final = frozenset(_to_values(Remembered()))


def _recent(value: Any, base: Path | None) -> RecentProject | None:
    known = _mapping(value)
    folder = _folder(known.get("folder"), base)
    try:
        year = parse_fiscal_year(str(known.get("fiscal_year")))
    except ValueRefused:
        return None
    if folder is None:
        return None
    return RecentProject(
        folder,
        _text(known.get("office")),
        year,
        _text(known.get("opened")),
        _number(known.get("done"), 0),
        _number(known.get("total"), 0),
    )


def _carried_from(file: Path) -> Path | None:
    """The folder of a portable program where ``file`` is carried along in it. On a stick that takes
    nothing it is not: then it is this computer's, and an installed program's, too.
    """
    portable = portable_folder()
    return portable if portable is not None and file.is_relative_to(portable) else None


def _kept(folder: Path, base: Path | None) -> str:
    """As it stands in the file: from the folder of a portable program on, whose drive is called
    otherwise on the next computer; any other place in full.
    """
    if base is not None and folder.is_relative_to(base):
        return folder.relative_to(base).as_posix()
    return str(folder)


def _folder(kept: Any, base: Path | None) -> Path | None:
    """The whole path of what `_kept` made; ``None`` for what leads nowhere from here."""
    if not _text(kept):
        return None
    folder = Path(kept)
    if base is not None:
        return base / folder  # which a whole path replaces
    return folder if folder.is_absolute() else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any, fallback: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else fallback


def _theme(value: Any) -> ThemeChoice:
    for choice in get_args(ThemeChoice):
        if value == choice:
            return cast("ThemeChoice", choice)
    return "system"


def _zoom(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        return 1.0
    return float(min(max(value, LEAST_ZOOM), MOST_ZOOM))
