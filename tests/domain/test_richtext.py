import json
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from esa_desktop.domain.richtext import (
    EMPTY,
    MOST_LEVELS,
    DepthGuess,
    Image,
    Paragraph,
    RichText,
    Run,
    Table,
    canonical_json,
    from_json,
    from_plain,
    introduces,
    map_text,
    next_label,
    paragraph,
    renumber,
    split_label,
    tidy_runs,
    to_json,
)
from esa_desktop.domain.thai import clean_text, thai_digits

WORDS = st.sampled_from(
    ["แผน", "น้ำ", "ๆ", "ฯลฯ", " ", "  ", "|", " | ", "๒๕๖๘", "1.", "(", ")", "ก.", "A"]
)
LABELS = st.sampled_from(
    ["๑.", "๑.๑", "๑.๑.๑", "๑)", "(๑)", "1.", "2.10", "1)", "ก.", "ก)", "a)", "•", "·", "-", "๑๐."]
)
LINES = st.builds(
    lambda label, blank, words: label + blank + "".join(words),
    LABELS | st.just(""),
    st.sampled_from(["", " ", "  ", "\t"]),
    st.lists(WORDS, max_size=5),
)
TEXTS = st.one_of(
    st.lists(LINES, max_size=12).map("\n".join),
    st.text(max_size=60),
    st.text(st.sampled_from("ก๑1.)( |\n•-่ำ"), max_size=40),
)
FLAGS = st.booleans()
RUNS = st.builds(
    Run, text=st.text(min_size=1, max_size=8), bold=FLAGS, italic=FLAGS, underline=FLAGS
)
PARAGRAPHS = st.builds(
    Paragraph,
    runs=st.lists(RUNS, max_size=3).map(tidy_runs),
    label=LABELS | st.just(""),
    level=st.integers(0, MOST_LEVELS - 1),
    align=st.sampled_from(["left", "center", "right", "justify"]),
)
CELLS = st.lists(PARAGRAPHS, max_size=2).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(1, 3))
    rows = draw(st.lists(st.tuples(*[CELLS] * columns), min_size=1, max_size=3))
    widths = draw(st.tuples(*[st.floats(0.1, 9)] * columns))
    return Table(tuple(rows), widths, draw(st.integers(0, len(rows))))


IMAGES = st.builds(
    Image, sha256=st.text("0123456789abcdef", min_size=64, max_size=64), width=st.floats(1, 500)
)
RICH_TEXTS = st.lists(PARAGRAPHS | tables() | IMAGES, max_size=5).map(lambda b: RichText(tuple(b)))


# --- values -----------------------------------------------------------------------------------


def test_equal_looks_are_equal_values() -> None:
    runs = [Run("ก", bold=True), Run(""), Run("ข", bold=True), Run("ค")]

    assert tidy_runs(runs) == (Run("กข", bold=True), Run("ค"))


@given(st.lists(RUNS))
def test_tidying_keeps_the_text_and_leaves_no_equal_neighbours(runs: list[Run]) -> None:
    tidy = tidy_runs(runs)

    assert "".join(run.text for run in tidy) == "".join(run.text for run in runs)
    assert all(a.style != b.style for a, b in pairwise(tidy))
    assert tidy_runs(tidy) == tidy


def test_a_table_has_one_header_row_unless_told_otherwise() -> None:
    assert Table((((paragraph("ก"),),),), (1.0,)).header_rows == 1


def test_what_prints_nothing_is_blank_and_a_lone_label_is_not() -> None:
    assert EMPTY.is_blank
    assert RichText((paragraph("  "), paragraph(""))).is_blank
    assert not RichText((paragraph("", "๑."),)).is_blank
    assert not RichText((Image("a" * 64, 100.0),)).is_blank


def test_plain_text_is_a_line_a_paragraph_with_labels_tables_and_pictures() -> None:
    cell = (paragraph("น.ส.", "๑."), paragraph("กานดา\nธารทิพย์"))
    text = RichText(
        (
            paragraph("แผน", "๑."),
            paragraph("สอง\nบรรทัด"),
            Table((((paragraph("ที่"),), (paragraph("ชื่อ"),)), ((paragraph("๑"),), cell)), (1.0, 2.0)),
            Image("a" * 64, 100.0),
        )
    )

    assert text.plain.split("\n") == [
        "๑. แผน",
        "สอง",
        "บรรทัด",
        "ที่ | ชื่อ",
        "๑ | ๑. น.ส. กานดา ธารทิพย์",
        "[รูป]",
    ]
    assert [image.width for image in text.images()] == [100.0]


# --- labels -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "label", "text"),
    [
        ("๑. แผน", "๑.", "แผน"),
        ("๑.๑ แผน", "๑.๑", "แผน"),
        ("๑.๑. แผน", "๑.๑.", "แผน"),
        ("๑.๑) แผน", "๑.๑)", "แผน"),
        ("๑) แผน", "๑)", "แผน"),
        ("(๑) แผน", "(๑)", "แผน"),
        ("1. แผน", "1.", "แผน"),
        ("10.2.3 แผน", "10.2.3", "แผน"),
        ("ก. แผน", "ก.", "แผน"),
        ("ก) แผน", "ก)", "แผน"),
        ("• แผน", "•", "แผน"),
        ("· แผน", "·", "แผน"),
        ("- แผน", "-", "แผน"),
        ("๑. ", "๑.", ""),
        # typed in another way: the number stays in the text, exactly as it was
        ("๑.แผน", "", "๑.แผน"),
        ("๑.  แผน", "", "๑.  แผน"),
        (" ๑. แผน", "", " ๑. แผน"),
        ("๑ แผน", "", "๑ แผน"),
        ("๑.", "", "๑."),
        ("๒๕๖๘ แผน", "", "๒๕๖๘ แผน"),
        ("๑,๐๐๐ บาท", "", "๑,๐๐๐ บาท"),
        ("ก.ค.ศ. มีมติ", "", "ก.ค.ศ. มีมติ"),
        ("-แผน", "", "-แผน"),
        ("(๑๒ แผน", "", "(๑๒ แผน"),
        ("", "", ""),
    ],
)
def test_a_label_is_what_stands_in_front_with_one_blank(line: str, label: str, text: str) -> None:
    assert split_label(line) == (label, text)


@given(LINES)
def test_label_and_text_give_back_the_line(line: str) -> None:
    label, text = split_label(line)

    assert (f"{label} {text}" if label else text) == line


@pytest.mark.parametrize(
    ("label", "after"),
    [
        ("๑.", "๒."),
        ("๙.", "๑๐."),
        ("1.9", "1.10"),
        ("๑.๑", "๑.๒"),
        ("๑.๑)", "๑.๒)"),
        ("(๙)", "(๑๐)"),
        ("ก.", "ข."),
        ("ข)", "ค)"),
        ("ค.", "ง."),
        ("ฮ.", "ฮ."),
        ("a)", "b)"),
        ("z)", "z)"),
        ("•", "•"),
        ("-", "-"),
        ("", ""),
    ],
)
def test_enter_goes_on_counting_in_the_same_style(label: str, after: str) -> None:
    assert next_label(label) == after


def test_renumbering_counts_each_depth_anew() -> None:
    typed = [("๓.", 0), ("๓.๗", 1), ("๓.๗", 1), ("•", 2), ("๓.", 0), ("๙.๙", 1), ("", 0), ("๕.", 0)]
    blocks = [paragraph("x", label, level) for label, level in typed]

    counted = renumber(blocks)

    assert [b.label for b in counted if isinstance(b, Paragraph)] == [
        "๑.",
        "๑.๑",
        "๑.๒",
        "•",
        "๒.",
        "๒.๑",
        "",
        "๓.",
    ]


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ([("๓.", 0), ("๗)", 1), ("๗)", 1)], ["๑.", "๑)", "๒)"]),
        ([("๓.๗", 0), ("๓.๙", 0)], ["๓.๑", "๓.๒"]),
        ([("(4)", 0), ("๔.๔.", 1)], ["(1)", "1.๑."]),
        ([("๗.", 0), ("ค.", 0), ("-", 1)], ["๑.", "๒.", "-"]),
    ],
)
def test_a_renumbered_list_keeps_the_style_it_begins_with(
    typed: list[tuple[str, int]], counted: list[str]
) -> None:
    blocks = renumber([paragraph("x", label, level) for label, level in typed])

    assert [b.label for b in blocks if isinstance(b, Paragraph)] == counted


@given(st.lists(PARAGRAPHS | tables(), max_size=8))
def test_renumbering_touches_labels_only_and_is_done_after_once(
    blocks: list[Paragraph | Table],
) -> None:
    once = renumber(blocks)

    assert [b.text for b in once if isinstance(b, Paragraph)] == [
        b.text for b in blocks if isinstance(b, Paragraph)
    ]
    assert [b for b in once if isinstance(b, Table)] == [b for b in blocks if isinstance(b, Table)]
    assert renumber(once) == once


# --- plain text -------------------------------------------------------------------------------


@given(TEXTS)
@example("a | b | c\nd | e | f\n\n\n")
@example(" | | \n | | ")
@example("\n\nก")
def test_plain_text_comes_back_as_it_was_but_for_blank_lines_at_the_end(text: str) -> None:
    assert from_plain(text).plain == clean_text(text).rstrip("\n")


@pytest.mark.parametrize(
    "line",
    [
        "1" * 5000 + ". ก",
        "๑" * 5000 + ") ก",
        "(" + "1" * 10 + ") ก",
        "1." + "2" * 5000 + " ก",
        "1" * 5000 + ".2 ก",
    ],
)
def test_a_long_run_of_digits_is_no_number_and_none_of_its_parts_is(line: str) -> None:
    (block,) = from_plain(line).blocks

    assert isinstance(block, Paragraph)
    assert (block.label, block.level, block.text) == ("", 0, line)


@pytest.mark.parametrize("label", ["1" * 5000 + ".", "๑." + "๒" * 5000])
def test_a_label_with_too_many_digits_is_followed_by_itself(label: str) -> None:
    assert next_label(label) == label


def test_nine_digits_are_a_number_still() -> None:
    assert split_label("123456789. ก") == ("123456789.", "ก")
    assert next_label("๑๒๓๔๕๖๗๘๙.") == "๑๒๓๔๕๖๗๙๐."


@pytest.mark.parametrize("text", ["", "\n", "\r\n\r\n"])
def test_no_text_is_the_empty_text(text: str) -> None:
    assert from_plain(text) == EMPTY


def test_two_rows_of_three_cells_are_already_a_table() -> None:
    assert [type(block) for block in from_plain("ก | ข | ค\nง | จ | ฉ").blocks] == [Table]


def test_rows_become_a_table_with_a_header() -> None:
    text = from_plain("ดังนี้\nที่ | ชื่อ | โรง\n๑ | ธารทอง | ๙\n๒ |  | ๑๑\nจบ")

    assert [type(block) for block in text.blocks] == [Paragraph, Table, Paragraph]
    table = text.blocks[1]
    assert isinstance(table, Table)
    assert table.header_rows == 1
    assert [[cell[0].text for cell in row] for row in table.rows] == [
        ["ที่", "ชื่อ", "โรง"],
        ["๑", "ธารทอง", "๙"],
        ["๒", "", "๑๑"],
    ]


@pytest.mark.parametrize(
    "text",
    ["ก | ข | ค", "ก | ข\nค | ง", "ก | ข | ค\nง | จ", "ก|ข|ค\nง|จ|ฉ", "ก | ข | ค\n\nง | จ | ฉ"],
)
def test_what_is_hardly_a_table_stays_text(text: str) -> None:
    assert all(isinstance(block, Paragraph) for block in from_plain(text).blocks)


def test_depth_follows_the_style_of_the_labels() -> None:
    lines = ["๑.", "๑.๑", "๑)", "(๑)", "•", "•", "(๒)", "๒)", "๑.๒", "๒.", "๕.", "๕."]

    text = from_plain("\n".join(f"{label} ข้อ" for label in lines))

    levels = [block.level for block in text.blocks if isinstance(block, Paragraph)]
    assert levels == [0, 1, 2, 3, 4, 4, 3, 2, 1, 0, 0, 0]


def test_a_list_that_starts_again_below_an_announcement_is_one_deeper() -> None:
    text = from_plain("1. แต่งตั้งคณะทำงาน\n2. ดำเนินการ ดังนี้\n1. อบรม\n2. สรุป")

    assert [b.level for b in text.blocks if isinstance(b, Paragraph)] == [0, 0, 1, 1]


def test_a_label_goes_on_with_the_innermost_list_it_continues() -> None:
    text = from_plain("1. ก\n2. ดังนี้\n1. ข\n2. ค\n3. ง\n3. จ\n4. ฉ")

    assert [b.level for b in text.blocks if isinstance(b, Paragraph)] == [0, 0, 1, 1, 1, 0, 0]


def test_a_list_that_starts_again_without_one_is_not() -> None:
    text = from_plain("๑. อบรม\n๒. สรุป\nวันที่สอง\n๑. อบรม")

    assert [b.level for b in text.blocks if isinstance(b, Paragraph)] == [0, 0, 0, 0]


@given(st.lists(st.tuples(LABELS | st.just(""), st.sampled_from(["ก", "ดังนี้", "ได้แก่ :"]))))
def test_a_guessed_depth_can_always_be_stored(lines: list[tuple[str, str]]) -> None:
    guess = DepthGuess()

    for label, text in lines:
        depth = guess.depth(label, text)
        assert 0 <= depth < MOST_LEVELS
        assert label or depth == 0


@pytest.mark.parametrize("text", ["ดำเนินการดังนี้", "ประกอบด้วย :", "มี ๓ ข้อ คือ", "ได้แก่ ", "ดังต่อไปนี้:"])
def test_an_announcement_is_recognised(text: str) -> None:
    assert introduces(text)


@pytest.mark.parametrize("text", ["", "ดังนี้จึงเห็นชอบ", "ประกอบด้วยแผน", "สรุป"])
def test_other_lines_announce_nothing(text: str) -> None:
    assert not introduces(text)


# --- JSON -------------------------------------------------------------------------------------


@given(RICH_TEXTS)
def test_a_stored_text_comes_back_exactly(text: RichText) -> None:
    stored = json.loads(canonical_json(to_json(text)))

    assert from_json(stored) == text


def test_defaults_are_not_stored() -> None:
    assert to_json(RichText((paragraph("ก"),))) == [{"t": "p", "runs": [["ก", ""]]}]
    bold = RichText((Paragraph((Run("ก", bold=True, underline=True),), "๑.", 2, "center"),))
    assert to_json(bold) == [
        {"t": "p", "runs": [["ก", "bu"]], "label": "๑.", "level": 2, "align": "c"}
    ]


@pytest.mark.parametrize(
    "values",
    [
        [{}],
        [{"t": "x"}],
        [{"t": "p"}],
        [{"t": "p", "runs": [["ก"]]}],
        [{"t": "p", "runs": [], "level": 5}],
        [{"t": "p", "runs": [], "level": -1}],
        [{"t": "p", "runs": [], "align": "z"}],
        [{"t": "tbl", "rows": [], "w": [], "head": 0}],
        [{"t": "tbl", "rows": [[[]], [[], []]], "w": [1], "head": 0}],
        [{"t": "img", "id": "a"}],
        ["p"],
        [None],
        7,
    ],
)
def test_what_is_no_text_is_refused(values: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        from_json(values)  # type: ignore[arg-type]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(JSON_VALUES)
def test_one_value_has_one_spelling(value: object) -> None:
    spelled = canonical_json(value)

    assert canonical_json(json.loads(spelled)) == spelled
    assert json.loads(spelled) == value


def test_the_order_of_keys_and_thai_letters_do_not_change_the_spelling() -> None:
    assert canonical_json({"ข": 1, "ก": [True, None]}) == '{"ก":[true,null],"ข":1}'


@given(RICH_TEXTS)
def test_mapping_with_nothing_to_change_changes_nothing(text: RichText) -> None:
    assert map_text(text, lambda words: words) == text


def test_mapping_reaches_labels_runs_and_cells_and_keeps_styles() -> None:
    text = RichText(
        (
            Paragraph((Run("ปี 2568", bold=True),), "1."),
            Table((((paragraph("9"),),),), (1.0,)),
            Image("a" * 64, 1.0),
        )
    )

    changed = map_text(text, thai_digits)

    assert changed.blocks[0] == Paragraph((Run("ปี ๒๕๖๘", bold=True),), "๑.")
    assert changed.plain == "๑. ปี ๒๕๖๘\n๙\n[รูป]"
    assert changed.blocks[2] == text.blocks[2]
