import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.versions import is_newer, known_version


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0.2", "0.1.9"),
        ("0.10.0", "0.9.0"),
        ("1.0", "0.99.99"),
        ("1.0.1", "1.0"),
        ("2.0-rc1", "1.9"),
    ],
)
def test_versions_are_compared_by_their_numbers(one: str, other: str) -> None:
    assert is_newer(one, other)
    assert not is_newer(other, one)


@pytest.mark.parametrize(("one", "other"), [("1.0", "1.0.0"), ("", "1.0"), ("ก.ข", "1.0")])
def test_what_is_equal_or_no_version_is_not_newer(one: str, other: str) -> None:
    assert not is_newer(one, other)


@given(st.text(max_size=40))
def test_nothing_but_a_version_is_shown_to_people(text: str) -> None:
    shown = known_version(text)

    assert shown in ("", text)
    assert shown == "" or (shown[0].isdigit() and len(shown) < 60)


@pytest.mark.parametrize("text", ["1", "1.2.3.4.5", "1.0 ลองกด http://x", "", None, 12, b"1.0"])
def test_other_things_are_no_version(text: object) -> None:
    assert known_version(text) == ""
