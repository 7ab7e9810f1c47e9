"""Plain text files on paper, set with the binder's own typeface."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from esa_desktop.domain.richtext import from_plain
from esa_desktop.domain.thai import clean_text
from esa_desktop.report.book.column import BookColumn, BookSetting
from esa_desktop.report.document import Page
from esa_desktop.report.flow import flow_pages

MOST_BYTES: Final = 400_000
"""About two hundred pages; a longer file is a log or a table, which nobody reads on paper."""
_CODINGS: Final = ("utf-8-sig", "cp874")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


class TextFault(Exception):
    """A file that is no text, or too long for paper."""


def text_pages(setting: BookSetting, path: Path, name: str) -> Sequence[Page]:
    """Raises `TextFault`."""
    column = BookColumn(setting)
    column.heading(name)
    column.space(0.4 * setting.measures.text.leading)
    column.text(from_plain(read_text(path)))
    return flow_pages(column.slugs, setting.measures, footer=name)


def read_text(path: Path) -> str:
    """In UTF-8 or 16, or as old Thai Windows wrote it."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TextFault("too long")
        content = path.read_bytes()
    except OSError as error:
        raise TextFault(str(error)) from error
    codings = ("utf-16",) if content.startswith(_UTF16) else _CODINGS
    for coding in codings:
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return clean_text(text)
    raise TextFault("no text")
