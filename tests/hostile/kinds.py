"""One hostile file, and bombs to build it from."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path


class Expect(Enum):
    """How a file is to be met; within the limits of time and memory always."""

    NAMED = "it is not shown, and a sentence says why"
    SHOWN = "it is harmless: drawn, or its words read, and no sentence"
    EITHER = "named or shown, as libraries of other versions may differ in it"


@dataclass(frozen=True)
class Found:
    """A file before it is written."""

    what: str
    name: str
    content: bytes
    expect: Expect = Expect.NAMED
    encrypted: bool = False
    scripts: bool = False
    sparse: int = 0


@dataclass(frozen=True)
class Hostile:
    """A file that was written. ``name`` is what a person would see; ``path`` where it lies."""

    what: str
    name: str
    path: Path
    expect: Expect
    encrypted: bool
    scripts: bool


MB = 1 << 20


@cache
def zeros(megabytes: int, byte: bytes = b"\x00") -> bytes:
    """Deflated, with a header: a thousandth of its size, made without the work."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(byte * MB) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    if byte == b"\x00":
        check += (megabytes * MB % 65521) << 16  # what Adler's sum comes to, as quickly as that
    else:
        for _ in range(megabytes):
            check = zlib.adler32(byte * MB, check)
    return b"\x78\x9c" + block * megabytes + b"\x03\x00" + struct.pack(">I", check)


@cache
def raw_zeros(megabytes: int, byte: bytes = b"\x00") -> bytes:
    """As it lies in a zip archive."""
    return zeros(megabytes, byte)[2:-4]


def zipped(parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """A zip archive with a fixed date."""
    written = io.BytesIO()
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pairs:
            entry = zipfile.ZipInfo(name, (2014, 6, 11, 8, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return written.getvalue()


def zip_with_bomb(
    parts: Mapping[str, bytes],
    bomb_name: str,
    megabytes: int,
    *,
    byte: bytes = b" ",
    said: int | None = None,
    head: bytes = b"",
) -> bytes:
    """An archive one part of which unpacks to ``megabytes``; ``said``: the size it claims."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = packed.compress(head) + packed.flush(zlib.Z_FULL_FLUSH) if head else b""
    deflated = start + raw_zeros(megabytes, byte)
    size = megabytes * MB + len(head)
    check = zlib.crc32(head)
    for _ in range(megabytes):
        check = zlib.crc32(byte * MB, check)
    claimed = size if said is None else said
    name = bomb_name.encode()
    plain = zipped(parts)
    end = plain.rindex(b"PK\x05\x06")
    count, directory_size, directory = struct.unpack("<HII", plain[end + 10 : end + 20])
    local = struct.pack(
        "<4sHHHHHIIIHH",
        *(b"PK\x03\x04", 20, 0, 8, 0, 0x44CB, check, len(deflated), claimed, len(name), 0),
    )
    central = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        *(b"PK\x01\x02", 20, 20, 0, 8, 0, 0x44CB, check, len(deflated), claimed),
        *(len(name), 0, 0, 0, 0, 0, directory),
    )
    body = plain[:directory] + local + name + deflated
    entries = plain[directory : directory + directory_size] + central + name
    tail = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, count + 1, count + 1, len(entries), len(body), 0
    )
    return body + entries + tail
