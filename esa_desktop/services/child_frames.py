"""What travels between the program and its child processes: a JSON object and some bytes a frame."""

import json
import struct
from typing import IO, Any, Final

_HEAD: Final = struct.Struct(">IQ")
"""Length of the JSON, length of the bytes."""
OWN_FOLDER: Final = "esa-child-"
"""How the name of a folder begins that was made for one child and goes with it."""
MOST_WORDS: Final = 32 << 20
MOST_BYTES: Final = 256 << 20
"""A child that was taken over by a stranger's file shall not fill the memory of its parent."""


class BadFrame(Exception):
    """What came is no frame: whoever wrote it is not to be talked with any longer."""


def write_frame(stream: IO[bytes], words: dict[str, Any], body: bytes = b"") -> None:
    """Write a whole frame and flush it; raises `OSError` where nobody listens any more."""
    said = json.dumps(words, ensure_ascii=True).encode("ascii")
    stream.write(_HEAD.pack(len(said), len(body)) + said)
    stream.write(body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Read the next frame, or ``None`` at the end of the stream. Raises `BadFrame`."""
    head = stream.read(_HEAD.size)
    if not head:
        return None
    if len(head) < _HEAD.size:
        raise BadFrame("cut off")
    words_length, body_length = _HEAD.unpack(head)
    if words_length > MOST_WORDS or body_length > MOST_BYTES:
        raise BadFrame("too long")
    said, body = stream.read(words_length), stream.read(body_length)
    if len(said) < words_length or len(body) < body_length:
        raise BadFrame("cut off")
    try:
        words = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise BadFrame("no JSON") from error
    if not isinstance(words, dict):
        raise BadFrame("no object")
    return words, body
