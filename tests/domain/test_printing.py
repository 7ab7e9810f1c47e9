import json
from dataclasses import fields, replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.book import DEFAULT_PARTS, Part
from esa_desktop.domain.printing import (
    COLUMNS_MM,
    GUTTERS_MM,
    LONGEST_LINE,
    MARGINS_MM,
    SIZES,
    Form,
    Paper,
    PrintOptions,
    options_from_values,
    options_to_values,
)

lines = st.text(max_size=LONGEST_LINE)
columns = st.tuples(*[st.floats(*COLUMNS_MM)] * 2)
options = st.builds(
    PrintOptions,
    form=st.sampled_from(get_args(Form)),
    paper=st.sampled_from(get_args(Paper)),
    font=st.sampled_from(["TH Sarabun New", "Sarabun"]),
    size_pt=st.floats(*SIZES),
    thai_digits=st.booleans(),
    page_numbers=st.sampled_from(["x_of_y", "plain", "none"]),
    evidence_codes=st.booleans(),
    pure_black=st.booleans(),
    distribute=st.booleans(),
    widths=st.none() | st.tuples(*[st.floats(1, 2000)] * 4),
    rubric_mm=st.none() | columns,
    evidence_mm=st.none() | columns,
    margins_mm=st.none() | st.tuples(*[st.floats(*MARGINS_MM)] * 4),
    gutter_mm=st.floats(*GUTTERS_MM),
    duplex=st.booleans(),
    header=lines,
    footer=lines,
    watermark=lines,
    only_ready=st.booleans(),
    signatures=st.booleans(),
    parts=st.sets(st.sampled_from(Part)).map(lambda some: tuple(p for p in Part if p in some)),
)


@given(options)
def test_what_a_project_keeps_is_what_was_chosen(chosen: PrintOptions) -> None:
    kept = json.loads(json.dumps(options_to_values(chosen)))

    assert options_from_values(kept) == chosen


@given(options, st.lists(st.text(), max_size=3).map(tuple))
def test_the_words_of_the_dictionary_are_not_stored_twice(
    chosen: PrintOptions, words: tuple[str, ...]
) -> None:
    assert options_to_values(replace(chosen, kept_words=words)) == options_to_values(chosen)


@given(options)
def test_only_what_differs_from_the_defaults_is_stored(chosen: PrintOptions) -> None:
    kept = options_to_values(chosen) or {}

    changed = {f.name for f in fields(chosen) if getattr(chosen, f.name) != f.default}
    assert set(kept) == changed


def test_nothing_chosen_stores_nothing() -> None:
    assert options_to_values(PrintOptions()) is None
    assert options_from_values(None) == PrintOptions()
    assert PrintOptions().parts == DEFAULT_PARTS


strange = st.recursive(
    st.integers() | st.none() | st.text() | st.floats() | st.booleans(),
    lambda inside: st.lists(inside, max_size=5) | st.dictionaries(st.text(), inside, max_size=2),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([f.name for f in fields(PrintOptions)]), strange) | strange)
def test_whatever_a_file_holds_the_options_can_be_printed_with(values: Any) -> None:
    found = options_from_values(values)

    assert found.form in get_args(Form)
    assert found.paper in get_args(Paper)
    assert SIZES[0] <= found.size_pt <= SIZES[1]
    assert GUTTERS_MM[0] <= found.gutter_mm <= GUTTERS_MM[1]
    assert found.font.strip()
    assert all(isinstance(part, Part) for part in found.parts)
    assert all(len(line) <= LONGEST_LINE for line in (found.header, found.footer, found.watermark))
    assert found.margins_mm is None or all(5 <= margin <= 60 for margin in found.margins_mm)
    assert found.kept_words == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("form", "poster"),
        ("paper", "a3-landscape"),
        ("size_pt", 9.9),
        ("size_pt", True),
        ("size_pt", float("nan")),
        ("thai_digits", 1),
        ("page_numbers", "roman"),
        ("widths", [10, 20, 30]),
        ("widths", [10, 20, 30, "40"]),
        ("margins_mm", [4, 20, 20, 20]),
        ("rubric_mm", 60),
        ("header", ["ก"]),
        ("font", "  "),
        ("parts", "cover"),
    ],
)
def test_a_value_of_a_newer_version_is_the_default(name: str, value: object) -> None:
    assert options_from_values({name: value, "colour": "pink"}) == PrintOptions()


def test_parts_of_the_book_are_kept_in_the_order_of_printing() -> None:
    found = options_from_values({"parts": ["sheets", "cover", "epilogue"]})

    assert found.parts == (Part.COVER, Part.SHEETS)


def test_a_paper_says_which_way_it_lies() -> None:
    assert [PrintOptions(paper=paper).landscape for paper in get_args(Paper)] == [
        True,
        False,
        True,
        False,
    ]
