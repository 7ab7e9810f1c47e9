import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.measured import PERCENT, measured_words, parse_measured
from esa_desktop.domain.thai import thai_digits


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("๘๗.๕๐", "87.50"),
        ("ร้อยละ ๘๗.๕", "87.5"),
        ("87.5 %", "87.5"),
        ("๑,๒๓๔", "1234"),
        ("-3", "-3"),
        ("+5", "5"),
        ("  ", ""),
        (".5", "0.5"),
    ],
)
def test_what_a_person_types_is_read_with_its_decimals(typed: str, value: str) -> None:
    assert parse_measured(typed) == value


@pytest.mark.parametrize(
    "typed",
    ["มาก", "1e5", "๘๗ คะแนน", "1.2.3", "--1", "NaN", "inf", "½", "-", "๘๗,๕", "1,5", "12,34,567"],
)
def test_what_is_no_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueRefused, match=r"เช่น ๘๗\.๕๐"):
        parse_measured(typed)


@pytest.mark.parametrize("typed", ["100.01", "-1", "๑๐๑"])
def test_a_percentage_lies_between_nothing_and_a_hundred(typed: str) -> None:
    with pytest.raises(ValueRefused, match="๐ ถึง ๑๐๐"):
        parse_measured(typed, PERCENT)
    assert parse_measured(typed, "คะแนน")


@pytest.mark.parametrize("typed", ["10000000000", "0.1234567"])
def test_a_number_nobody_means_is_refused(typed: str) -> None:
    with pytest.raises(ValueRefused, match="สั้นกว่านี้"):
        parse_measured(typed)


@given(st.decimals(-(10**8), 10**8, places=4), st.booleans())
def test_a_value_is_read_as_it_was_typed_in_either_digits(value: Decimal, thai: bool) -> None:
    plain = f"{value:f}"
    read = parse_measured(thai_digits(plain) if thai else plain)

    assert Decimal(read) == value
    assert parse_measured(read) == read


@given(st.text(max_size=12))
def test_anything_typed_is_a_value_or_a_sentence(typed: str) -> None:
    said = ""
    try:
        value = parse_measured(typed)
    except ValueRefused as refused:
        value, said = "", refused.sentence

    assert said or re.fullmatch(r"|-?\d+(\.\d{1,6})?", value)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("87.50", "ร้อยละ", "ร้อยละ ๘๗.๕๐"),
        ("12", "โรงเรียน", "๑๒ โรงเรียน"),
        ("12", "", "๑๒"),
    ],
)
def test_percent_stands_in_front_and_other_units_behind(value: str, unit: str, words: str) -> None:
    assert measured_words(value, unit) == words
