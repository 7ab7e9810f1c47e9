"""What an Office file holds: its words, and whether something in it would act by itself."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from esa_desktop.foreign.packed import Package, opened_package
from esa_desktop.foreign.trouble import (
    ARCHIVE,
    DAMAGED,
    LOCKED,
    MACROS,
    NOT_WHAT_IT_SAYS,
    UNKNOWN,
    Unshowable,
)

MOST_STRINGS: Final = 100_000
MOST_ROWS: Final = 500
MOST_CELLS: Final = 60
MOST_SHEETS: Final = 5
MOST_SLIDES: Final = 300
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHEET: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MAIN: Final = {
    b"wordprocessingml.document.main": "document",
    b"wordprocessingml.template.main": "document",
    b"spreadsheetml.sheet.main": "sheet",
    b"spreadsheetml.template.main": "sheet",
    b"presentationml.presentation.main": "slides",
    b"presentationml.slideshow.main": "slides",
    b"presentationml.template.main": "slides",
}
_OPEN: Final = {b"text": "document", b"spreadsheet": "sheet", b"presentation": "slides"}
_OPEN_MARK: Final = b"application/vnd.oasis.opendocument."
_OLD: Final = {"WordDocument": "document", "Workbook": "sheet", "PowerPoint Document": "slides"}
_OLD_READ: Final = 64 << 20
_OUTSIDE: Final = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")


def kind_of(package: Package) -> str:
    """``document``, ``sheet`` or ``slides``. Raises `Unshowable` for what is none of them."""
    types = package.small("[Content_Types].xml")
    if types:
        if b"macroEnabled" in types:
            raise Unshowable(MACROS)
        found = next((kind for mark, kind in _MAIN.items() if mark in types), "")
    else:
        mark = package.small("mimetype").strip()
        found = _OPEN.get(mark.removeprefix(_OPEN_MARK).split(b"-")[0], "")
        if found and b"encryption-data" in package.small("META-INF/manifest.xml"):
            raise Unshowable(LOCKED, is_encrypted=True)
    if not found:
        raise Unshowable(ARCHIVE)
    return found


def acts(package: Package) -> bool:
    """Whether it brings macros or fetches things; a link that a person follows is none of these."""
    names = package.names
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        return True
    if any("/embeddings/" in name or "/activeX/" in name for name in names):
        return True
    related = [name for name in names if name.endswith(".rels")][:200]
    return any(
        b"/hyperlink" not in relation
        for name in related
        for relation in _OUTSIDE.findall(package.small(name))
    )


def words(path: Path) -> Iterator[str]:
    """Paragraphs in order, a row of a table as its cells joined by " | "."""
    with opened_package(path) as package:
        kind = kind_of(package)
        if "[Content_Types].xml" not in package.names:
            yield from _open_document(package, kind)
        elif kind == "document":
            yield from _paragraphs(package, "word/document.xml", _WORD)
        elif kind == "slides":
            for name in islice(_numbered(package, "ppt/slides/slide"), MOST_SLIDES):
                yield from _paragraphs(package, name, _DRAWING)
        else:
            yield from _rows(package)


def old_kind(path: Path) -> tuple[str, bool]:
    """Of a file from before 2007: its kind, and whether it has macros."""
    with path.open("rb") as file:
        content = file.read(_OLD_READ)

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise Unshowable(LOCKED, is_encrypted=True)
    kind = next((kind for name, kind in _OLD.items() if has(name)), "")
    if not kind:
        raise Unshowable(UNKNOWN)
    return kind, has("_VBA_PROJECT") or has("Macros")


def claimed_kind_fits(ending: str, kind: str) -> bool:
    """Whether an Office ending names the kind that was found; other endings claim nothing."""
    claims = {
        "document": (".doc", ".docx", ".odt", ".rtf", ".dot", ".dotx"),
        "sheet": (".xls", ".xlsx", ".ods", ".xlt", ".xltx"),
        "slides": (".ppt", ".pptx", ".odp", ".pps", ".ppsx"),
    }
    claimed = next((one for one, endings in claims.items() if ending in endings), kind)
    return claimed == kind


def refuse_wrong_claim(ending: str, kind: str) -> None:
    """A sheet that calls itself a letter would be opened by the wrong program."""
    if not claimed_kind_fits(ending, kind):
        raise Unshowable(NOT_WHAT_IT_SAYS)


def _paragraphs(package: Package, name: str, space: str) -> Iterator[str]:
    pieces = {f"{space}t", f"{space}tab", f"{space}br"}
    for paragraph in package.elements(name, (f"{space}p",)):
        yield "".join(
            (piece.text or "") if piece.tag.endswith("}t") else " "
            for piece in paragraph.iter(*pieces)
        )


def _numbered(package: Package, start: str) -> list[str]:
    """``slide2.xml`` before ``slide10.xml``."""
    found = re.compile(re.escape(start) + r"(\d{1,6})\.xml")
    numbers = {name: int(match[1]) for name in package.names if (match := found.fullmatch(name))}
    return sorted(numbers, key=lambda name: numbers[name])


def _rows(package: Package) -> Iterator[str]:
    strings: list[str] = []
    if "xl/sharedStrings.xml" in package.names:
        shared = package.elements("xl/sharedStrings.xml", (f"{_SHEET}si",))
        strings.extend(
            "".join(piece.text or "" for piece in string.iter(f"{_SHEET}t"))
            for string in islice(shared, MOST_STRINGS)
        )
    sheets = _numbered(package, "xl/worksheets/sheet")
    if not sheets:
        raise Unshowable(DAMAGED)
    for name in sheets[:MOST_SHEETS]:
        for row in islice(package.elements(name, (f"{_SHEET}row",)), MOST_ROWS):
            cells = [_cell(cell, strings) for cell in islice(row.iter(f"{_SHEET}c"), MOST_CELLS)]
            if any(cells):
                yield " | ".join(cells).rstrip(" |")


def _cell(cell: Any, strings: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(piece.text or "" for piece in cell.iter(f"{_SHEET}t"))
    value = cell.findtext(f"{_SHEET}v") or ""
    if cell.get("t") == "s":
        place = int(value) if value.isdecimal() and len(value) < 8 else -1
        return strings[place] if 0 <= place < len(strings) else ""
    return value


def _open_document(package: Package, kind: str) -> Iterator[str]:
    lines = (f"{_TEXT}p", f"{_TEXT}h")
    if kind != "sheet":
        for paragraph in package.elements("content.xml", lines):
            yield _spoken(paragraph)
        return
    for row in islice(package.elements("content.xml", (f"{_TABLE}table-row",)), MOST_ROWS):
        cells = islice(row.iter(f"{_TABLE}table-cell"), MOST_CELLS)
        said = [" ".join(_spoken(line) for line in cell.iter(*lines)) for cell in cells]
        if any(said):
            yield " | ".join(said).rstrip(" |")


def _spoken(paragraph: Any) -> str:
    return "".join(paragraph.itertext())
