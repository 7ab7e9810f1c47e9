"""Pictures that are too large, lie about their size, or were cut off."""

import io
import random
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from tests import heic
from tests.hostile.kinds import Expect, Found, zeros

NAMED, SHOWN, EITHER = Expect.NAMED, Expect.SHOWN, Expect.EITHER
SIDE = 20_000


def picture_files() -> Iterator[Found]:
    yield from _png()
    yield from _jpeg()
    yield from _tiff()
    yield from _others()
    yield from _cut()


def saved(
    kind: str, size: tuple[int, int] = (320, 200), mode: str = "RGB", **more: object
) -> bytes:
    written = io.BytesIO()
    image = Image.linear_gradient("L").resize(size).convert(mode)
    image.save(written, kind, **more)
    return written.getvalue()


def png(width: int, height: int, depth: int, colour: int, *chunks: tuple[bytes, bytes]) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    out = b"\x89PNG\r\n\x1a\n"
    for name, content in ((b"IHDR", head), *chunks, (b"IEND", b"")):
        check = zlib.crc32(name + content)
        out += struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)
    return out


def _png() -> Iterator[Found]:
    rows = -(-SIDE * (SIDE + 1) >> 20)
    named: dict[str, tuple[bytes, Expect]] = {
        "20000 x 20000 in greys": (png(SIDE, SIDE, 8, 0, (b"IDAT", zeros(rows))), NAMED),
        "20000 x 20000 in colours": (png(SIDE, SIDE, 8, 2, (b"IDAT", zeros(3 * rows))), NAMED),
        "20000 x 20000 in black and white": (png(SIDE, SIDE, 1, 0, (b"IDAT", zeros(48))), NAMED),
        "20000 x 100": (png(SIDE, 100, 8, 0, (b"IDAT", zeros(2))), SHOWN),
        "100 x 20000": (png(100, SIDE, 8, 0, (b"IDAT", zeros(2))), SHOWN),
        "60000 x 60000 with nothing in it": (png(60_000, 60_000, 8, 2), NAMED),
        "of two thousand million pixels a side": (png(2**31 - 1, 2**31 - 1, 16, 6), NAMED),
        "without extent": (png(0, 0, 8, 2, (b"IDAT", zeros(1))), NAMED),
        "of an unknown depth": (png(9, 9, 7, 5, (b"IDAT", zeros(1))), NAMED),
        "with too little in it": (png(900, 900, 8, 2, (b"IDAT", zlib.compress(b"\0" * 99))), NAMED),
        "with far too much in it": (png(9, 9, 8, 2, (b"IDAT", zeros(512))), EITHER),
        "with 1 GB of words": (
            png(9, 9, 8, 0, (b"zTXt", b"Comment\0\0" + zeros(1024)), (b"IDAT", zeros(1))),
            EITHER,
        ),
        "with a colour profile of 1 GB": (
            png(9, 9, 8, 0, (b"iCCP", b"x\0\0" + zeros(1024)), (b"IDAT", zeros(1))),
            EITHER,
        ),
        "with a million empty parts": (
            png(9, 9, 8, 0, *[(b"teXt", b"")] * 20_000, (b"IDAT", zeros(1))),
            EITHER,
        ),
        "of noise": (png(99, 99, 8, 2, (b"IDAT", random.Random(2).randbytes(9000))), NAMED),
    }
    for what, (content, expect) in named.items():
        yield Found(f"PNG {what}", "picture.png", content, expect)


def _jpeg() -> Iterator[Found]:
    whole = saved("JPEG", (640, 480))
    frame = whole.index(b"\xff\xc0") + 5
    huge = whole[:frame] + struct.pack(">HH", SIDE, SIDE) + whole[frame + 4 :]
    widest = whole[:frame] + struct.pack(">HH", 65_500, 65_500) + whole[frame + 4 :]
    flat = whole[:frame] + struct.pack(">HH", 0, 0) + whole[frame + 4 :]
    progressive = saved("JPEG", (640, 480), progressive=True)
    frame = progressive.index(b"\xff\xc2") + 5
    lying = progressive[:frame] + struct.pack(">HH", SIDE, SIDE) + progressive[frame + 4 :]
    scan = progressive.index(b"\xff\xda")
    end = progressive.index(b"\xff\xda", scan + 2)
    scans = progressive[:end] + progressive[scan:end] * 3000 + progressive[end:]
    exif = b"Exif\0\0MM\0*" + struct.pack(">I", 8) + struct.pack(">H", 1)
    exif += struct.pack(">HHII", 0x8769, 4, 1, 8) + struct.pack(">I", 8)
    named: dict[str, tuple[bytes, Expect]] = {
        "20000 x 200": (saved("JPEG", (SIDE, 200)), SHOWN),
        "that says 20000 x 20000": (huge, EITHER),
        "that says 65500 x 65500": (widest, EITHER),
        "that says 0 x 0": (flat, NAMED),
        "in passes that says 20000 x 20000": (lying, EITHER),
        "of 3000 passes": (scans, EITHER),
        "whose EXIF goes in circles": (_with_exif(whole, exif), SHOWN),
        "whose EXIF is nonsense": (_with_exif(whole, b"Exif\0\0" + b"\xff" * 500), SHOWN),
        "turned by an orientation that is none": (_with_exif(whole, _orientation(77)), SHOWN),
        "in the colours of a printing house": (saved("JPEG", mode="CMYK"), SHOWN),
        "of noise": (whole[:300] + random.Random(3).randbytes(20_000), EITHER),
        "of its first bytes only": (b"\xff\xd8\xff\xe0", NAMED),
    }
    for what, (content, expect) in named.items():
        yield Found(f"JPEG {what}", "photo.jpg", content, expect)


def _with_exif(whole: bytes, exif: bytes) -> bytes:
    return whole[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + whole[2:]


def _orientation(value: int) -> bytes:
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, value, 0)
    return b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + b"\0" * 4


def tiff(entries: dict[int, tuple[int, int, int]], after: int = 0, tail: bytes = b"") -> bytes:
    """One directory; an entry is (type, count, value)."""
    out = b"II*\0" + struct.pack("<IH", 8, len(entries))
    for tag, (kind, count, value) in sorted(entries.items()):
        out += struct.pack("<HHII", tag, kind, count, value)
    return out + struct.pack("<I", after) + tail


def _tiff() -> Iterator[Found]:
    plain = {
        256: (4, 1, 64),
        257: (4, 1, 64),
        258: (3, 1, 8),
        259: (3, 1, 1),
        262: (3, 1, 1),
        273: (4, 1, 200),
        277: (3, 1, 1),
        278: (4, 1, 64),
        279: (4, 1, 4096),
    }
    room = b"\x80" * 6000
    size = {256: (4, 1, SIDE), 257: (4, 1, SIDE)}
    packed = zeros(-(-SIDE * SIDE >> 20))
    flate = plain | size | {259: (3, 1, 8), 278: (4, 1, SIDE), 279: (4, 1, len(packed))}
    named: dict[str, tuple[bytes, Expect]] = {
        "20000 x 20000 packed": (tiff(flate, tail=b"\0" * 200 + packed), NAMED),
        "20000 x 20000 in fax code": (
            tiff(plain | size | {258: (3, 1, 1), 259: (3, 1, 4), 278: (4, 1, SIDE)}, tail=room),
            NAMED,
        ),
        "20000 x 20000 with nothing in it": (tiff(plain | size), NAMED),
        "20000 x 100 by Pillow": (saved("TIFF", (SIDE, 100), compression="tiff_lzw"), SHOWN),
        "whose pages go in circles": (tiff(plain, after=8, tail=room), EITHER),
        "whose strips lie beyond its end": (tiff(plain | {273: (4, 1, 2**32 - 9)}), NAMED),
        "of strips without number": (
            tiff(plain | {273: (4, 2**31, 8), 279: (4, 2**31, 8)}, tail=room),
            NAMED,
        ),
        "of rows of nothing": (tiff(plain | {278: (4, 1, 0)}, tail=room), EITHER),
        "of 65535 bits a pixel": (tiff(plain | {258: (3, 1, 65535)}, tail=room), NAMED),
        "of 65535 colours": (tiff(plain | {277: (3, 1, 65535)}, tail=room), NAMED),
        "with a directory beyond its end": (b"II*\0" + struct.pack("<I", 2**31), NAMED),
        "packed in an unknown way": (tiff(plain | {259: (3, 1, 4711)}, tail=room), NAMED),
        "with JPEG in it that is none": (tiff(plain | {259: (3, 1, 7)}, tail=room), NAMED),
        "with a tag of 4 GB": (tiff(plain | {700: (1, 2**32 - 1, 8)}, tail=room), EITHER),
    }
    for what, (content, expect) in named.items():
        yield Found(f"TIFF {what}", "scan.tif", content, expect)
    pages, one = b"", len(tiff(plain)) - 8
    start = len(tiff(plain, tail=room))
    for number in range(1, 3_001):
        pages += tiff(plain, start + one * number if number < 3_000 else 0)[8:]
    yield Found("TIFF of 3000 pages", "scan.tif", tiff(plain, start, room) + pages, NAMED)


def _others() -> Iterator[Found]:
    bmp = struct.pack("<2sIHHI", b"BM", 0, 0, 0, 54)
    wide = bmp + struct.pack("<IiiHHIIiiII", 40, SIDE, SIDE, 1, 24, 0, 0, 0, 0, 0, 0)
    run = bmp + struct.pack("<IiiHHIIiiII", 40, SIDE, SIDE, 1, 8, 1, 0, 0, 0, 0, 0)
    lowest = bmp + struct.pack("<IiiHHIIiiII", 40, -(2**31), -(2**31), 1, 24, 0, 0, 0, 0, 0, 0)
    yield Found("BMP 20000 x 20000 with nothing in it", "picture.bmp", wide, NAMED)
    yield Found("BMP 20000 x 20000 in runs", "picture.bmp", run + b"\xff\x01" * 5000, NAMED)
    yield Found("BMP less than nothing wide", "picture.bmp", lowest, NAMED)
    yield Found("BMP 20000 x 20", "picture.bmp", saved("BMP", (SIDE, 20)), SHOWN)
    gif = saved("GIF", (64, 64))
    yield Found(
        "GIF that says 20000 x 20000",
        "moving.gif",
        gif[:6] + struct.pack("<HH", SIDE, SIDE) + gif[10:],
        EITHER,
    )
    yield Found(
        "GIF that says 65535 x 65535", "moving.gif", gif[:6] + b"\xff" * 4 + gif[10:], NAMED
    )
    yield Found("GIF 20000 x 20", "moving.gif", saved("GIF", (SIDE, 20)), SHOWN)
    frame = gif[gif.index(b",", 800) : -1]
    yield Found("GIF of 5000 pictures", "moving.gif", gif[:-1] + frame * 5000 + b";", EITHER)
    webp = saved("WEBP", (64, 64), lossless=True)
    at = webp.index(b"VP8L") + 9
    largest = struct.pack("<I", 16383 | 16383 << 14)
    yield Found(
        "WEBP that says 16383 x 16383", "sticker.webp", webp[:at] + largest + webp[at + 4 :], NAMED
    )
    yield Found("WEBP 16000 x 20", "sticker.webp", saved("WEBP", (16_000, 20)), SHOWN)
    lossy = saved("WEBP", (64, 64))
    at = lossy.index(b"\x9d\x01\x2a") + 3
    lying = lossy[:at] + struct.pack("<HH", 16383, 16383) + lossy[at + 4 :]
    yield Found("WEBP in loss that says 16383 x 16383", "sticker.webp", lying, EITHER)
    at = heic.PLAIN.index(b"ispe") + 8
    for side in (SIDE, 2**31 - 1):
        content = heic.PLAIN[:at] + struct.pack(">II", side, side) + heic.PLAIN[at + 8 :]
        yield Found(f"HEIC that says {side} x {side}", "IMG_0001.HEIC", content, EITHER)
    yield Found("HEIC of nothing", "IMG_0002.HEIC", heic.PLAIN[:32], NAMED)
    broken = bytearray(heic.PLAIN)
    broken[-80:] = random.Random(4).randbytes(80)
    yield Found("HEIC of noise", "IMG_0003.HEIC", bytes(broken), EITHER)
    endless = struct.pack(">I4s4sI4s", 20, b"ftyp", b"heic", 0, b"mif1") + struct.pack(
        ">I4s", 0, b"meta"
    )
    yield Found("HEIC whose box has no end", "IMG_0004.HEIC", endless + b"\0" * 500, NAMED)


def _cut() -> Iterator[Found]:
    """Every format cut in the middle of what it shows; a GIF's rest may still be a picture."""
    whole = {
        "photo.jpg": saved("JPEG", (800, 600)),
        "picture.png": saved("PNG", (800, 600)),
        "moving.gif": saved("GIF", (800, 600)),
        "picture.bmp": saved("BMP", (800, 600)),
        "scan.tif": saved("TIFF", (800, 600), compression="tiff_lzw"),
        "sticker.webp": saved("WEBP", (800, 600), lossless=True),
        "IMG_0005.HEIC": heic.PLAIN,
    }
    for name, content in whole.items():
        expect = EITHER if name.endswith("gif") else NAMED
        yield Found(f"{name} cut in the middle", name, content[: len(content) * 6 // 10], expect)
        yield Found(f"{name} cut after 40 bytes", name, content[:40], NAMED)
