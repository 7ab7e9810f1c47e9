import zlib
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pictures
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc

from esa_desktop.report.streams import Picture, Stream


def parts(written: bytes) -> tuple[bytes, int]:
    """The bytes between the words that open and close a stream, and the length it claims."""
    head, _, rest = written.partition(b"stream\n")
    length = int(head.split(b"/Length ")[1].split()[0].rstrip(b">"))
    return rest.removesuffix(b"\n").removesuffix(b"endstream"), length


ENDS_IN_A_RETURN = b"\f"
"""Compressed it ends with the low byte of one and the sum of its bytes: 13."""


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_a_stream_is_as_long_as_it_says_and_ends_on_a_line_of_its_own(content: bytes) -> None:
    body, length = parts(Stream(content, "/N 3").format(None))

    assert body[length:] == b"\n"
    assert zlib.decompressobj().decompress(body) == content


def test_a_return_that_ends_a_stream_by_chance_is_not_taken_for_the_end_of_a_line() -> None:
    content = ENDS_IN_A_RETURN
    assert zlib.compress(content).endswith(b"\r")
    body, length = parts(Stream(content).format(None))

    assert not body[:length].endswith(b"\r")
    assert zlib.decompressobj().decompress(body[:length]) == content


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_picture_is_ended_likewise(mode: str) -> None:
    made = BytesIO()
    Pictures.new(mode, (7, 5), 90 if mode == "L" else (9, 8, 7)).save(made, "PNG")
    picture = pdfdoc.PDFImageXObject("x", ImageReader(made))
    picture.__class__ = Picture
    document: Any = pdfdoc.PDFDocument()

    body, length = parts(picture.format(document))

    assert body[length:] == b"\n"
