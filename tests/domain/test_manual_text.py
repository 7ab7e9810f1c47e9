from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from esa_desktop.domain.manual import (
    Block,
    Heading,
    Item,
    Items,
    ManualFault,
    Note,
    Page,
    Picture,
    Span,
    Table,
    Text,
    Words,
    bold_words,
    plain,
    texts,
)
from esa_desktop.domain.manual_text import parse_manual, parse_page
from tests.help_pages import PAGES, PICTURES, START


def of(text: str) -> Page:
    return parse_page("07-page.md", text)


def test_a_page_holds_everything_in_its_order() -> None:
    page = parse_page("01-start.md", START)

    assert (page.id, page.title, page.source) == ("start", "เริ่มใช้งาน", "01-start.md")
    assert page.search_words == ("เปิดโปรแกรม", "งานใหม่")
    kinds = [type(block).__name__ for block in page.blocks]
    assert kinds == ["Text", "Picture", "Heading", "Items", "Picture", "Items", "Note", "Table"]


def test_words_are_bold_or_lead_on() -> None:
    first = of("# ก\nเลือก **ไฟล์ > เปิด…** ดู[หน้าอื่น](other) ต่อ").blocks[0]

    assert first == Text(
        (
            Span("เลือก "),
            Span("ไฟล์ > เปิด…", bold=True),
            Span(" ดู"),
            Span("หน้าอื่น", link="other"),
            Span(" ต่อ"),
        )
    )


def test_a_line_goes_on_in_the_next_one() -> None:
    blocks = of("# ก\nหนึ่ง\nสอง\n\n> ข้อ\n> ควรรู้\n\n- จุด\n  ต่อ\n").blocks

    assert [plain(block.words) for block in blocks if isinstance(block, Text | Note)] == [
        "หนึ่ง สอง",
        "ข้อ ควรรู้",
    ]
    assert blocks[2] == Items((Item(0, (Span("จุด ต่อ"),)),))


def test_steps_go_on_counting_after_a_picture() -> None:
    page = of("# ก\n1. หนึ่ง\n\n![ภาพ](a.png)\n\n2. สอง\n\n## ข\n1. ใหม่")

    lists = [block for block in page.blocks if isinstance(block, Items)]
    assert [[item.number for item in block.items] for block in lists] == [[1], [2], [1]]


def test_steps_may_be_numbered_in_thai() -> None:
    steps = of("# ก\n๑. หนึ่ง\n๒. สอง").blocks[0]

    assert isinstance(steps, Items)
    assert [item.number for item in steps.items] == [1, 2]


def test_points_stand_one_deeper_below_a_step() -> None:
    blocks = of("# ก\n1. หนึ่ง\n   - จุด\n\n   - จุดสอง\n2. สอง").blocks

    first, second = blocks[0].items if isinstance(blocks[0], Items) else ()
    assert [plain(item.words) for item in first.items] == ["จุด", "จุดสอง"]
    assert (second.number, second.items) == (2, ())


def test_steps_and_points_side_by_side_are_two_lists() -> None:
    blocks = of("# ก\n- จุด\n\n1. ขั้น").blocks

    assert [[item.number for item in b.items] for b in blocks if isinstance(b, Items)] == [[0], [1]]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("ไม่มีชื่อ", 1),
        ("## ไม่ใช่ชื่อ", 1),
        ("# ก", 1),
        ("# ก\nข\n\n# ชื่อที่สอง", 4),
        ("# ก\n### ลึกไป", 2),
        ("# ก\n\n* จุด", 3),
        ("# ก\n```\n", 2),
        ("# ก\n---", 2),
        ("# ก\n    เยื้อง", 2),
        ("# ก\nตัว *เอียง*", 2),
        ("# ก\n**ไม่ปิด", 2),
        ("# ก\nหนึ่ง\nใช้ `รหัส`", 2),
        ("# ก\n<b>หนา</b>", 2),
        ("# ก\nดู https://example.org", 2),
        ("# ก\nก ![ภาพ](a.png)", 2),
        ("# ก\n![ภาพ](../a.png)", 2),
        ("# ก\n![ภาพ](a.jpg)", 2),
        ("# ก\n![](a.png)", 2),
        ("# ก\n[ไป](https://x)", 2),
        ("# ก\n[ไป](Two Words)", 2),
        ("# ก\n[**หนา**](b)", 2),
        ("# ก\n1. หนึ่ง\n3. สาม", 3),
        ("# ก\n2. สอง", 2),
        ("# ก\n- จุด\n  - ลึก\n    - ลึกกว่า", 4),
        ("# ก\n  - เยื้องแต่แรก", 2),
        ("# ก\n| ก | ข |\n| ค | ง |", 3),
        ("# ก\n| ก | ข |\n| --- | --- |", 3),
        ("# ก\n| ก | ข |\n| --- | --- |\n| ค |", 4),
        ("# ก\n| ก | ข |\n| --- |\n| ค | ง |", 3),
        ("# ก\n| ก | ข", 2),
    ],
)
def test_what_is_not_in_the_subset_is_a_fault_with_its_line(text: str, line: int) -> None:
    with pytest.raises(ManualFault, match=r"07-page\.md, line ") as caught:
        of(text)

    assert caught.value.line == line


@pytest.mark.parametrize("name", ["start.md", "01-Start.md", "01_start.md", "01-start.txt", "1.md"])
def test_a_file_is_named_by_order_and_id(name: str) -> None:
    with pytest.raises(ManualFault):
        parse_page(name, START)


def test_pages_come_in_the_order_of_their_numbers() -> None:
    manual = parse_manual(dict(reversed(PAGES.items())), frozenset(PICTURES))

    assert [page.id for page in manual.pages] == ["start", "write"]
    assert manual.page("write") is manual.pages[1]
    assert manual.page("none") is None


def test_a_link_to_no_page_is_a_fault_with_its_line() -> None:
    files = {**PAGES, "03-more.md": "# ก\n\nดู\n[ไป](nowhere)"}

    with pytest.raises(ManualFault, match="no page 'nowhere'") as caught:
        parse_manual(files, frozenset(PICTURES))
    assert (caught.value.source, caught.value.line) == ("03-more.md", 3)


def test_a_picture_that_is_not_there_is_a_fault_with_its_line() -> None:
    with pytest.raises(ManualFault, match=r"no picture small\.png") as caught:
        parse_manual(PAGES, frozenset({"welcome.png"}))
    assert START.split("\n")[caught.value.line - 1] == "![กล่องสร้างงาน](small.png)"


def test_two_pages_of_one_name_are_a_fault() -> None:
    with pytest.raises(ManualFault, match="two pages"):
        parse_manual({**PAGES, "09-start.md": "# ก\nข"}, frozenset(PICTURES))


def test_the_texts_of_a_page_come_with_the_heading_above_them() -> None:
    told = list(texts(parse_page("01-start.md", START)))

    assert told[0][0] == ""
    assert ("สร้างงานใหม่", "ปีงบประมาณ") in told
    assert ("สร้างงานใหม่", "พิมพ์  Ctrl+P") in told


def test_bold_words_are_found_wherever_they_stand() -> None:
    bold = list(bold_words(parse_page("01-start.md", START)))

    assert bold == ["ไฟล์ > เปิดงานประเมิน…", "สร้างงานประเมิน", "Ctrl+E"]


# --- any page, written down and read again ------------------------------------------------------

LETTERS = st.text("กขคงจฉชabcXYZ๑๒123 ", min_size=1, max_size=12)
WORD = LETTERS.map(lambda text: " ".join(text.split())).filter(bool).map(lambda text: f"ก{text}")
SPANS = st.lists(
    st.one_of(
        st.builds(Span, WORD),
        st.builds(Span, WORD, bold=st.just(True)),
        st.builds(Span, WORD, link=st.sampled_from(["start", "save-2"])),
    ),
    min_size=1,
    max_size=5,
)


def joined(spans: list[Span]) -> Words:
    """Plain words beside plain words are one span."""
    made: list[Span] = []
    for span in spans:
        if made and not (made[-1].bold or made[-1].link or span.bold or span.link):
            made[-1] = replace(span, text=made[-1].text + span.text)
        else:
            made.append(span)
    return tuple(made)


WORDS = SPANS.map(joined)
DEEP = st.lists(WORDS, max_size=3).map(lambda all_: tuple(Item(0, words) for words in all_))


def numbered(items: list[tuple[Words, tuple[Item, ...]]], steps: bool) -> Items:
    return Items(
        tuple(Item(n if steps else 0, words, deep) for n, (words, deep) in enumerate(items, 1))
    )


LISTS = st.builds(numbered, st.lists(st.tuples(WORDS, DEEP), min_size=1, max_size=4), st.booleans())
TABLES = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(WORDS, min_size=columns, max_size=columns).map(tuple), min_size=2, max_size=4
    ).map(lambda rows: Table(rows[0], tuple(rows[1:])))
)
BLOCKS: st.SearchStrategy[list[Block]] = st.lists(
    st.one_of(
        st.builds(Heading, WORD),
        st.builds(Text, WORDS),
        LISTS,
        st.builds(Note, WORDS),
        TABLES,
        st.builds(Picture, st.just("a-1.png"), WORD),
    ),
    min_size=1,
    max_size=8,
)


def apart(blocks: list[Block]) -> tuple[Block, ...]:
    """Lists of one kind below one another would be one list: a heading between them."""
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Items):
            made.append(Heading("ก"))
        made.append(block)
    return tuple(made)


def written(block: Block) -> str:
    match block:
        case Heading(text):
            return f"## {text}"
        case Text(words):
            return marked(words)
        case Note(words):
            return f"> {marked(words)}"
        case Picture(name, caption):
            return f"![{caption}]({name})"
        case Items(items):
            return "\n".join(line for item in items for line in item_lines(item))
        case Table(head, rows):
            lines = ["| " + " | ".join(map(marked, row)) + " |" for row in (head, *rows)]
            lines.insert(1, "|" + " --- |" * len(head))
            return "\n".join(lines)


def item_lines(item: Item) -> list[str]:
    label = f"{item.number}." if item.number else "-"
    return [f"{label} {marked(item.words)}", *(f"   - {marked(i.words)}" for i in item.items)]


def marked(words: Words) -> str:
    return "".join(
        f"**{s.text}**" if s.bold else f"[{s.text}]({s.link})" if s.link else s.text for s in words
    )


@given(BLOCKS, st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_is_read(blocks: list[Block], end: str) -> None:
    wanted = apart(blocks)
    text = "\n\n".join(["# ชื่อ", *map(written, wanted)]).replace("\n", end)

    assert of(text).blocks == wanted


@example("|1|")
@given(st.text("#*-1. |>![]()กab\n`<"))
def test_any_text_is_a_page_or_a_fault_in_one_of_its_lines(text: str) -> None:
    found = 0
    try:
        found = len(of(f"# ก\n{text}").blocks)
    except ManualFault as fault:
        found = fault.line

    assert 1 <= found <= text.count("\n") + 2
