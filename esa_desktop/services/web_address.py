"""Places that are web addresses: told from "ตู้ ๓ แฟ้ม ๒", and made fit to be opened."""

import re
from typing import Final
from urllib.parse import urlsplit

LONGEST: Final = 2_000
_BARE: Final = re.compile(
    r"(?:www\.[a-z0-9.-]+|(?:[a-z0-9-]+\.)+(?:th|com|org|net|info))(?:[/?#]\S*)?", re.IGNORECASE
)
_SIGNS: Final = re.compile(r"[\s<>\"\\^`{|}\u0000-\u001f\u007f]")


def web_address(place: str) -> str:
    """The address with its scheme, or empty where the place is none.

    Only http and https: whatever else a stranger writes into a project (``file:``,
    ``javascript:``, ``ms-word:``) is a place like any other and is opened by nobody.
    """
    words = place.strip()
    if not words or len(words) > LONGEST or _SIGNS.search(words):
        return ""
    if _BARE.fullmatch(words):
        words = f"https://{words}"
    try:
        parts = urlsplit(words)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or "." not in host or parts.username:
        return ""
    return words
