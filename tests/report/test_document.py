from dataclasses import replace
from functools import partial
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.report.document import (
    LETTERS,
    Document,
    DrawnPage,
    Page,
    Series,
    Steps,
    front_number,
    page_numbers,
)
from esa_desktop.report.flow import flow_pages
from esa_desktop.report.fonts import typeface
from esa_desktop.report.measures import page_measures
from esa_desktop.report.slugs import Pen
from esa_desktop.report.text_layout import TextSetter
from esa_desktop.report.typesetter import Typesetter

PLAIN = PrintOptions(paper="a4-portrait")


def blank_page(series: Series, options: PrintOptions = PLAIN) -> Page:
    measures = page_measures(typeface(options.font), options, landscape=False)
    return Page(measures, lambda pen: None, series=series)


def text_pages(lines: list[str], options: PrintOptions = PLAIN) -> tuple[Typesetter, list[Page]]:
    """One page a line."""
    face = typeface(options.font)
    measures = page_measures(face, options, landscape=False)
    setter = TextSetter(Typesetter(face), measures.text)
    pages: list[Page] = []
    for place, line in enumerate(lines):
        slugs = setter.heading(line, level=1).lines(setter.typesetter, measures.width, 0.0, 0.0)
        pages += flow_pages(slugs, measures, footer=f"ท้าย {place}", outline=[(0, line)])
    return setter.typesetter, pages


def write(lines: list[str], options: PrintOptions = PLAIN, **more: object) -> bytes:
    typesetter, pages = text_pages(lines, options)
    document = Document(typesetter, options, "ชื่อเรื่อง", "สำนักงาน")
    return document.write(pages, Steps(len(pages)), **more)  # type: ignore[arg-type]


def texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    found = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return found


def test_pages_before_the_first_part_are_lettered_and_the_rest_counted_anew() -> None:
    series: list[Series] = ["unnumbered", "front", "front", "body", "body", "body"]
    numbers = page_numbers([blank_page(s) for s in series], thai=True)

    assert [n.words for n in numbers] == ["", "ก", "ข", "๑", "๒", "๓"]
    assert [n.total for n in numbers] == [1, 2, 2, 3, 3, 3]
    arabic = page_numbers([blank_page(s) for s in series], thai=False)
    assert [n.words for n in arabic][3:] == ["1", "2", "3"]


@given(st.integers(1, 300))
def test_no_two_preliminary_pages_have_one_letter(number: int) -> None:
    assert front_number(number) not in {front_number(n) for n in range(1, number)}
    assert set(front_number(number)) <= set(LETTERS)
    assert not set("ฃฅ") & set(LETTERS)


def test_some_pages_are_numbered_as_in_the_whole() -> None:
    content = write(["หนึ่ง", "สอง", "สาม", "สี่"], only={1, 3})

    found = texts(content)
    assert ["สอง" in found[0], "สี่" in found[1]] == [True, True]
    assert "หน้า๒จาก๔" in found[0]
    assert "หน้า๔จาก๔" in found[1]
    with pikepdf.open(BytesIO(content)) as document:
        labels = [str(label) for label in pikepdf.Array(document.Root.PageLabels.Nums)[1::2]]
        assert len(labels) == 2
        assert str(document.Root.PageLabels.Nums[1].P) == "๒"


def test_a_document_without_pages_can_still_be_opened() -> None:
    assert len(texts(write([]))) == 1


def test_bookmarks_lead_to_the_pages_they_are_named_after() -> None:
    content = write(["บทที่หนึ่ง", "บทที่สอง"])

    with pikepdf.open(BytesIO(content)) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root] == ["บทที่หนึ่ง", "บทที่สอง"]


def test_the_bookmarks_of_an_extract_hang_together_though_their_parents_are_not_printed() -> None:
    typesetter, pages = text_pages(["ส่วน", "มาตรฐาน", "ตัวบ่งชี้"])
    for depth, page in enumerate(pages):
        page.outline = [(depth, f"ชั้นที่ {depth}")]
    document = Document(typesetter, PLAIN, "", "")

    content = document.write(pages, Steps(3), only={2})

    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["ชั้นที่ 2"]


def test_names_that_no_file_can_hold_are_written_without_what_is_wrong_with_them() -> None:
    typesetter, pages = text_pages(["ก"])
    pages[0].outline = [(0, "ชื่อ\ud800\nสอง")]
    document = Document(typesetter, PLAIN, "เรื่อง\ud800\x00<&>", "สพป.\udfff")

    content = document.write(pages, Steps(1))

    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_outline() as outline:
        assert outline.root[0].title == "ชื่อ สอง"
        assert pdf.docinfo["/Title"] == "เรื่อง<&>"
        assert "เรื่อง&lt;&amp;&gt;" in pdf.Root.Metadata.read_bytes().decode("utf-8")


def test_even_pages_make_room_for_binding_on_the_other_side() -> None:
    options = PrintOptions(paper="a4-portrait", gutter_mm=12, duplex=True)
    content = write(["หน้า", "หน้า"], options)

    document = pypdfium2.PdfDocument(content)
    lefts = [page.get_textpage().get_charbox(0)[0] for page in document]
    document.close()
    assert lefts[0] - lefts[1] == pytest.approx(12 * 72 / 25.4, abs=0.05)


def test_the_mark_of_a_draft_lies_below_the_text_of_every_page() -> None:
    marked = write(["หนึ่ง", "สอง"], PrintOptions(paper="a4-portrait", watermark="ร่าง"))

    assert all("ร่าง" in text for text in texts(marked))
    with pikepdf.open(BytesIO(marked)) as document:
        operators = document.pages[0].Contents.read_bytes()
    assert operators.index(b" g ") < operators.index(b"/H1")


def test_printing_stops_between_two_pages_when_somebody_says_so() -> None:
    typesetter, pages = text_pages(["หนึ่ง", "สอง", "สาม"])
    drawn: list[str] = []
    for place, page in enumerate(pages):
        page.draw = partial(lambda pen, name: drawn.append(name), name=str(place))
    document = Document(typesetter, PLAIN, "", "")

    with pytest.raises(Cancelled):
        document.write(pages, Steps(3, cancelled=lambda: len(drawn) == 2))

    assert drawn == ["0", "1"]


# --- what a page held ----------------------------------------------------------------------------


def prints(lines: list[str], options: PrintOptions = PLAIN, foot: str = "ท้าย") -> list[DrawnPage]:
    """``foot``: of all pages; empty for another one on each."""
    drawn: list[DrawnPage] = []
    write(lines, replace(options, footer=foot), drawn=drawn)
    return drawn


def test_a_page_is_known_again_wherever_it_stands() -> None:
    before = prints(["แรก", "ภาพรวมของสำนักงาน", "ท้าย"])
    after = prints(["ใหม่ทั้งหน้า ๗", "แทรก", "แรก", "ภาพรวมของสำนักงาน", "ท้าย"])

    assert [p.fingerprint for p in after[2:]] == [p.fingerprint for p in before]
    assert [p.number for p in after[2:]] == ["๓", "๔", "๕"]


@given(st.text("กขคงจฉ ่้าิ", min_size=1, max_size=12).filter(str.strip))
def test_another_letter_is_another_page(words: str) -> None:
    other = words + "ฮ"
    drawn = prints([words, other, words])

    assert drawn[0].fingerprint != drawn[1].fingerprint
    assert drawn[0].fingerprint == drawn[2].fingerprint


def test_another_name_at_the_foot_is_another_page() -> None:
    first, second = prints(["คำ", "คำ"], foot="")

    assert first.fingerprint != second.fingerprint


def test_the_same_words_elsewhere_on_the_page_are_another_page() -> None:
    wide = prints(["คำ"], PrintOptions(paper="a4-portrait", margins_mm=(25, 15, 15, 18)))

    assert wide[0].fingerprint != prints(["คำ"])[0].fingerprint


def test_pictures_count(monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image as Pictures

    def picture(colour: str) -> bytes:
        made = BytesIO()
        Pictures.new("RGB", (40, 40), colour).save(made, "PNG")
        return made.getvalue()

    found = []
    for colour in ("red", "blue", "red"):
        typesetter, pages = text_pages(["ภาพ"])
        draw = pages[0].draw

        def with_picture(pen: Pen, draw: object = draw, colour: str = colour) -> None:
            pen.image(None, picture(colour), 100, 100, 50, 50)
            draw(pen)  # type: ignore[operator]

        pages[0].draw = with_picture
        drawn: list[DrawnPage] = []
        Document(typesetter, PLAIN, "", "").write(pages, Steps(1), drawn=drawn)
        found.append(drawn[0].fingerprint)
    assert found[0] == found[2]
    assert found[0] != found[1]
