"""Office files as what they are, zip archives of XML: opened with a measure for everything."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from esa_desktop.foreign.trouble import BOMB, DAMAGED, LOCKED, TRICKS, Unshowable

MOST_PARTS: Final = 10_000
MOST_PART: Final = 64 << 20
"""Bytes of one part, unpacked."""
MOST_RATIO: Final = 300
"""Unpacked to packed; XML of a long table reaches 50, one of the same row again and again more."""
RATIO_FROM: Final = 32 << 20
"""A part smaller than this may be packed as well as it likes."""
_TRUSTED: Final = 64 << 10
_TRICKS: Final = (b"<!DOCTYPE", b"<!ENTITY")
"""No Office program writes either: with them come files and addresses that are read in."""
_LONGEST_TRICK: Final = 10


class Package:
    """The parts of an Office file by name; nothing is ever unpacked onto a disk."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            raise Unshowable(BOMB)
        if any(part.flag_bits & 1 for part in parts):
            raise Unshowable(LOCKED, is_encrypted=True)
        self.names = {part.filename: part for part in parts}

    def small(self, name: str) -> bytes:
        """A part whose beginning says enough; empty where there is none."""
        if name not in self.names:
            return b""
        with self.opened(name) as part:
            return bytes(part.read(_TRUSTED))

    @contextmanager
    def opened(self, name: str, bounds: "type[_Bounded] | None" = None) -> Iterator[Any]:
        part = self.names.get(name)
        if part is None:
            raise Unshowable(DAMAGED)
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > MOST_PART or (part.file_size > RATIO_FROM and ratio > MOST_RATIO):
            raise Unshowable(BOMB)
        with self._archive.open(part) as stream:
            yield (bounds or _Bounded)(stream, part.compress_size)

    def elements(self, name: str, tags: tuple[str, ...]) -> Iterator[Any]:
        """Elements with one of these tags as their ends are read; gone when the next one comes.

        No entity is put in, nothing is loaded, a document type is refused.
        """
        from lxml import etree

        with self.opened(name, _Plain) as part:
            # No `recover`: half a table would be shown as if it were whole.
            events = etree.iterparse(
                part,
                events=("end",),
                tag=tags,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
            try:
                for _, element in events:
                    yield element
                    element.clear()
                    above = element.getparent()
                    while above is not None and element.getprevious() is not None:
                        del above[0]
            except etree.XMLSyntaxError as error:
                raise Unshowable(DAMAGED) from error


class _Bounded:
    """A part that is not read further than it was announced to be long, nor than is reasonable."""

    def __init__(self, stream: Any, packed: int) -> None:
        self._stream = stream
        self._packed = packed
        self._read = 0

    def read(self, size: int = -1) -> bytes:
        content = bytes(self._stream.read(size if size >= 0 else MOST_PART + 1))
        self._read += len(content)
        if self._read > MOST_PART or (
            self._read > RATIO_FROM and self._read > self._packed * MOST_RATIO
        ):
            raise Unshowable(BOMB)
        return content


class _Plain(_Bounded):
    """XML without a document type: the parser does not even see one, wherever it stands."""

    def __init__(self, stream: Any, packed: int) -> None:
        super().__init__(stream, packed)
        self._before = b""

    def read(self, size: int = -1) -> bytes:
        content = super().read(size)
        text = self._before + content.replace(b"\x00", b"")  # UTF-16, too
        if any(sign in text for sign in _TRICKS):
            raise Unshowable(TRICKS)
        self._before = text[-_LONGEST_TRICK:]
        return content


@contextmanager
def opened_package(path: Path) -> Iterator[Package]:
    """Whatever is wrong with the archive comes as `Unshowable`."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield Package(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise Unshowable(DAMAGED) from error
    except (NotImplementedError, RuntimeError, ValueError, LookupError) as error:
        # A way of packing nobody uses, names and offsets that are none.
        raise Unshowable(DAMAGED) from error
