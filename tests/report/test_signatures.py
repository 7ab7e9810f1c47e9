import pytest

from esa_desktop.domain.book import Member
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.report.document import Document, Steps
from esa_desktop.report.flow import flow_pages
from esa_desktop.report.fonts import typeface
from esa_desktop.report.measures import page_measures
from esa_desktop.report.signatures import signature_slugs
from esa_desktop.report.slugs import Slug
from esa_desktop.report.text_layout import TextSetter
from esa_desktop.report.typesetter import Typesetter
from tests.report.drawn import MM, dotted_lines, letters, pages, texts

ROOM_TO_SIGN = 38 * MM


def laid_out(
    signers: list[Member], width: float = 262 * MM, font: str = "TH Sarabun New", size: float = 16.0
) -> tuple[list[Slug], bytes]:
    """The bands, and a page with them."""
    options = PrintOptions(font=font, size_pt=size)
    face = typeface(font)
    measures = page_measures(face, options, landscape=True)
    setter = TextSetter(Typesetter(face), measures.text)
    bands = signature_slugs(setter, width, signers)
    drawn = Document(setter.typesetter, options, "ลงชื่อ", "").write(
        flow_pages(bands, measures), Steps(1)
    )
    return bands, drawn


def test_a_name_stands_in_brackets_under_the_line_with_the_role_behind_it() -> None:
    _, content = laid_out([Member("นายสมมุติ ตัวอย่าง", "ประธานกรรมการ")])
    assert "(ลงชื่อ)ประธานกรรมการ(นายสมมุติตัวอย่าง)วันที่เดือนพ.ศ." in texts(content)[0]


def test_without_a_name_there_is_a_dotted_line_between_the_brackets() -> None:
    _, named = laid_out([Member("นาย ก", "กรรมการ")])
    _, nameless = laid_out([Member("", "กรรมการ")])
    assert len(dotted_lines(pages(named)[0])) == 4  # to sign on; day, month, year
    assert len(dotted_lines(pages(nameless)[0])) == 5
    assert "(ลงชื่อ)กรรมการ()วันที่" in texts(nameless)[0]


@pytest.mark.parametrize("count", [1, 2, 3, 40])
def test_two_stand_side_by_side_in_order(count: int) -> None:
    signers = [Member(f"นายสมมุติที่{place:02}", "กรรมการ") for place in range(count)]
    bands, content = laid_out(signers)
    assert len(bands) == (count + 1) // 2
    printed = "".join(texts(content))
    places = [printed.index(f"(นายสมมุติที่{place:02})") for place in range(count)]
    assert places == sorted(places)
    assert printed.count("(ลงชื่อ)") == count


@pytest.mark.parametrize("font", ["TH Sarabun New", "Sarabun"])
@pytest.mark.parametrize("size", [10.0, 16.0, 24.0])
@pytest.mark.parametrize("width", [120 * MM, 175 * MM, 262 * MM])
@pytest.mark.parametrize(
    "signer",
    [
        Member("นาย ก", "กรรมการ"),
        Member("", ""),
        Member("นางสาวตัวอย่างนาม สกุลยาวกว่าที่ใครจะเขียนได้ในบรรทัดเดียวของช่องลงชื่อ", "กรรมการ"),
        Member("นาย ก", "ผู้อำนวยการโรงเรียนบ้านตัวอย่างราษฎร์บำรุงวิทยานุสรณ์ กรรมการและผู้ช่วยเลขานุการ"),
    ],
    ids=["short", "nobody", "long name", "long role"],
)
def test_there_is_always_room_to_sign_and_nothing_leaves_its_column(
    signer: Member, width: float, size: float, font: str
) -> None:
    _, content = laid_out([signer, signer], width, font, size)
    left = 20 * MM
    for page, on_page in zip(pages(content), letters(content), strict=True):
        lines = dotted_lines(page)
        assert all(left - 0.1 <= line.left < line.right <= left + width + 0.1 for line in lines)
        signs = [letter for letter in on_page if letter.bottom > 18 * MM]
        assert all(left - 1 <= letter.left for letter in signs)
        assert all(letter.right <= left + width + 1 for letter in signs)
    to_sign = dotted_lines(pages(content)[0])[0]
    assert to_sign.right - to_sign.left >= ROOM_TO_SIGN - 3


def test_a_long_role_goes_below_the_name() -> None:
    role = "ผู้อำนวยการโรงเรียนบ้านตัวอย่างราษฎร์บำรุงวิทยานุสรณ์ กรรมการและเลขานุการ"
    _, content = laid_out([Member("นาย ก", role)] * 2)
    printed = texts(content)[0]
    assert "(ลงชื่อ)(นายก)" in printed
    assert printed.index("(นายก)") < printed.index("ผู้อำนวยการ") < printed.index("วันที่")


def test_lines_to_sign_on_are_clear_of_what_is_above() -> None:
    """A signature needs height: the line hangs a good hand's breadth below the band's edge."""
    bands, content = laid_out([Member("นาย ก", "กรรมการ")])
    top = 595.28 - 15 * MM
    line = dotted_lines(pages(content)[0])[0]
    assert top - line.y >= 8 * MM
    assert bands[0].height >= 24 * MM


def test_a_block_is_never_torn_apart_by_a_page() -> None:
    signers = [Member(f"นายสมมุติที่{place:02}", "กรรมการ") for place in range(40)]
    _, content = laid_out(signers)
    assert len(texts(content)) > 2
    for page in texts(content):
        assert page.count("(ลงชื่อ)") == page.count("(นายสมมุติ") == page.count("วันที่เดือนพ.ศ.")
