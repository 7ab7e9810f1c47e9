"""What a file is, read from its first bytes: what its name says is only a claim."""

from pathlib import PurePath
from typing import Final

HEAD: Final = 4096
"""Bytes that tell the sort of a file."""

PICTURES: Final = frozenset("jpeg png gif bmp tiff webp heic".split())
OFFICE_ENDINGS: Final = frozenset(".docx .xlsx .pptx .odt .ods .odp".split())
_TEXT_ENDINGS: Final = frozenset(["", ".txt", ".csv", ".log", ".md", ".text", ".tsv"])

_SIGNS: Final[tuple[tuple[int, bytes, str], ...]] = (
    # Programs first: a file that is two things at once is the worse of them.
    (0, b"MZ", "program"),
    (0, b"\x7fELF", "program"),
    (0, b"\xca\xfe\xba\xbe", "program"),
    (0, b"\xfe\xed\xfa", "program"),
    (0, b"\xcf\xfa\xed\xfe", "program"),
    (0, b"#!", "program"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "program"),  # a shortcut of Windows
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"II*\x00", "tiff"),
    (0, b"MM\x00*", "tiff"),
    (0, b"II+\x00", "tiff"),
    (0, b"MM\x00+", "tiff"),
    (8, b"WEBP", "webp"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
    (0, b"{\\rtf", "rtf"),
    (0, b"7z\xbc\xaf\x27\x1c", "archive"),
    (0, b"Rar!", "archive"),
    (0, b"\x1f\x8b", "archive"),
    (0, b"BZh", "archive"),
    (0, b"\xfd7zXZ", "archive"),
    (0, b"MSCF", "archive"),
    (0, b"ITSF", "web"),  # .chm
    (0, b"ID3", "film"),
    (0, b"OggS", "film"),
    (0, b"\x1aE\xdf\xa3", "film"),
    (0, b"fLaC", "film"),
    (8, b"AVI ", "film"),
    (8, b"WAVE", "film"),
)
_BMP_HEADERS: Final = tuple(length.to_bytes(4, "little") for length in (12, 40, 108, 124))
_WEB_STARTS: Final = (b"<!doctype html", b"<html", b"<svg", b"<script", b"<head", b"<body")
_HEIC_BRANDS: Final = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


def sort_of(head: bytes) -> str:
    """One of the sorts above, ``pdf``, ``web``, ``text`` or ``unknown``; ``head``: `HEAD` bytes."""
    for place, sign, sort in _SIGNS:
        if head.startswith(sign, place):
            return sort
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in _HEIC_BRANDS else "film"
    if head.startswith(b"BM") and head[14:18] in _BMP_HEADERS:
        return "bmp"
    return _sort_of_words(head)


def _sort_of_words(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"[internetshortcut]"):
        return "program"
    is_page = start.startswith(_WEB_STARTS)
    is_xml_page = start.startswith(b"<?xml") and (b"<svg" in start or b"<html" in start)
    if is_page or is_xml_page:
        return "web"
    return "text" if _reads_as_text(head) else "unknown"


def ending_of(name: str) -> str:
    return PurePath(name).suffix.casefold()


def claims_text(name: str) -> bool:
    return ending_of(name) in _TEXT_ENDINGS


def _reads_as_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in head:
        return False
    control = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in head)
    return control * 50 <= len(head) + 100  # noise has five times as many
