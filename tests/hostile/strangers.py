"""Files that are not what their name says, and files of nothing."""

import random
from collections.abc import Iterator

from tests import heic
from tests.hostile.kinds import Expect, Found, zipped
from tests.hostile.office import docx, letter
from tests.hostile.pdfs import page_of
from tests.hostile.pictures import saved

NAMED, SHOWN, EITHER = Expect.NAMED, Expect.SHOWN, Expect.EITHER
PROGRAM = b"MZ\x90\x00\x03" + b"\0" * 500
SHORTCUT = b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F" + b"\0" * 200


def strangers() -> Iterator[Found]:
    yield from _wrong()
    yield from _harmless()
    yield from _nothing()


def _wrong() -> Iterator[Found]:
    inside = {
        "Windows program": PROGRAM,
        "Linux program": b"\x7fELF\x02\x01\x01" + b"\0" * 500,
        "script of a shell": b"#!/bin/sh\ntouch /tmp/esa-executed\n",
        "shortcut": SHORTCUT,
        "web address": b"[InternetShortcut]\r\nURL=http://192.0.2.1/\r\n",
        "web page": b"<!DOCTYPE html><html><img src='http://192.0.2.1/x'><script>x</script></html>",
        "drawing": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='http://192.0.2.1/x'/></svg>",
        "drawing behind a declaration": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        "archive": zipped({"a.txt": b"x"}),
        "7z": b"7z\xbc\xaf\x27\x1c" + b"\0" * 100,
        "film": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 100,
        "noise": random.Random(5).randbytes(9000),
        "zeros": b"\0" * 9000,
    }
    for what, content in inside.items():
        for ending in ("pdf", "jpg", "docx"):
            yield Found(f"{what} that calls itself .{ending}", f"document.{ending}", content, NAMED)
    for ending in ("pdf", "png", "xlsx"):
        yield Found(
            f"words that call themselves .{ending}", f"words.{ending}", "สวัสดี".encode(), NAMED
        )
    both = PROGRAM + page_of()
    yield Found("program and PDF at once", "document.pdf", both, NAMED)
    packed = zipped({"setup.exe": PROGRAM})
    yield Found("PDF and archive at once", "document.pdf", page_of() + packed, SHOWN)
    yield Found("photograph and archive at once", "photo.jpg", saved("JPEG") + packed, SHOWN)
    yield Found("archive with a program", "document.zip", packed, NAMED)
    for name, head in (
        ("film.mp4", b"\0\0\0\x18ftypisom"),
        ("song.mp3", b"ID3\x04"),
        ("film.avi", b"RIFF\0\0\0\0AVI LIST"),
    ):
        yield Found(f"{name} for a binder", name, head + b"\0" * 3000, NAMED)


def _harmless() -> Iterator[Found]:
    """Telephones and chat programs give wrong endings every day: these are shown."""
    yield Found("photograph that calls itself .pdf", "photo.pdf", saved("JPEG"), SHOWN)
    yield Found("PDF that calls itself .jpg", "document.jpg", page_of(), SHOWN)
    yield Found("HEIC that calls itself .jpg", "IMG_0006.jpg", heic.TURNED, SHOWN)
    yield Found("JPEG that calls itself .heic", "IMG_0007.heic", saved("JPEG"), SHOWN)
    yield Found("PNG that calls itself .jpg", "picture.jpg", saved("PNG"), SHOWN)
    yield Found("letter that calls itself .pdf", "letter.pdf", docx(letter()), SHOWN)
    yield Found("PDF without an ending", "document", page_of(), SHOWN)
    yield Found("words of old Windows", "words.txt", "บันทึกข้อความ".encode("cp874"), SHOWN)
    yield Found("words in UTF-16", "words.txt", "บันทึกข้อความ".encode("utf-16"), SHOWN)
    yield Found("formulas in a list", "list.csv", b"=cmd|'/c calc'!A0,@SUM(1),+1,-1\n", SHOWN)
    yield Found("line of 5 MB", "line.txt", b"x" * 5_000_000, SHOWN)
    yield Found("a million lines", "lines.txt", b"x\n" * 1_000_000, SHOWN)
    yield Found(
        "words that turn around", "words.txt", "\u202eabc\u202c\u200b\ufeff".encode(), SHOWN
    )
    yield Found("marks 100000 high", "marks.txt", ("ก" + "่" * 100_000).encode(), SHOWN)


def _nothing() -> Iterator[Found]:
    for ending in ("pdf", "jpg", "png", "tif", "heic", "docx", "xlsx", "doc", "txt"):
        yield Found(f"nothing at all as .{ending}", f"empty.{ending}", b"", NAMED)
    for ending in ("pdf", "txt", "jpg"):
        yield Found(
            f"1.2 GB of nothing as .{ending}", f"large.{ending}", b"", NAMED, sparse=1_200_000_000
        )
    yield Found("1.2 GB behind a PDF", "long.pdf", page_of(), EITHER, sparse=1_200_000_000)
