import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.services.web_address import web_address


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (" https://www.obec.go.th/a?b=1#c ", "https://www.obec.go.th/a?b=1#c"),
        ("http://x.go.th/ข่าว", "http://x.go.th/ข่าว"),
        ("www.obec.go.th", "https://www.obec.go.th"),
        ("drive.google.com/file/d/1", "https://drive.google.com/file/d/1"),
    ],
)
def test_web_addresses_are_told_and_get_their_scheme(place: str, address: str) -> None:
    assert web_address(place) == address


@pytest.mark.parametrize(
    "place",
    [
        "",
        "ตู้ ๓ แฟ้ม ๒",
        "คำสั่ง.pdf",
        "a.pdf",
        "file:///etc/passwd",
        "file://server.go.th/share/a.exe",
        "ftp://www.example.com/a",
        "ms-word:ofe|u|https://x.com/a",
        "javascript:alert(1)",
        "ms-word:ofe|u|https://x.com/a.docx",
        "\\\\server\\share",
        "https://user:word@x.com/",
        "https://localhost",
        "https://[::1",
        "https://x.com:port/",
        "https://x.com/a b",
        "https://x.com/\n",
        "https://" + "x" * 3000 + ".com",
    ],
)
def test_everything_else_is_a_place_that_nobody_opens(place: str) -> None:
    if place.endswith("\n"):
        place += "b"
    assert web_address(place) == ""


@given(st.text(max_size=60))
def test_no_text_gives_anything_but_http(place: str) -> None:
    address = web_address(place)

    assert not address or address.startswith(("http://", "https://"))
    assert web_address(address) == address
