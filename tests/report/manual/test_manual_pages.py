import re
from collections.abc import Mapping
from pathlib import Path

import page as validation
import pikepdf
import pytest

from esa_desktop.domain.manual import texts
from esa_desktop.domain.manual_text import parse_manual
from esa_desktop.domain.thai import thai_digits
from esa_desktop.report.document import Steps
from esa_desktop.report.manual import ManualResult, print_manual
from tests.help_pages import PAGES, PICTURES, picture
from tests.report.books import bookmarks, page_labels, roles
from tests.report.reading import close, letter_boxes, pdfium_pages

PROFILES = (validation.ValidationProfile.PDF_A_2U, validation.ValidationProfile.PDF_UA_1)
A_PAGE = "ข้อความยาวพอจะเต็มบรรทัดหนึ่งและอีกบรรทัดหนึ่งของหน้ากระดาษ " * 3


def printed(
    target: Path, files: Mapping[str, str] = PAGES, *, whole: bool = True
) -> tuple[list[str], ManualResult]:
    """Pages as PDFium reads them, without white."""
    pages = parse_manual(files, frozenset(PICTURES)).pages
    result = print_manual(pages, picture, version="1.2.3", whole=whole, steps=Steps(2 * len(pages)))
    target.write_bytes(result.content)
    return [close(page) for page in pdfium_pages(target)], result


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "manual.pdf"


def long_page(paragraphs: int, title: str = "ก") -> str:
    return f"# {title}\n" + "\n\n".join([A_PAGE] * paragraphs)


def test_everything_a_page_says_stands_on_paper(target: Path) -> None:
    shown, result = printed(target)

    everything = re.sub("[(]บทที่[๑๒][)]", "", "".join(shown))
    for page in parse_manual(PAGES, frozenset(PICTURES)).pages:
        for _, text in texts(page):
            assert all(close(part) in everything for part in text.split("  "))
    assert result.unknown_characters == ()
    assert result.pages == len(shown)


def test_it_is_an_archive_and_can_be_read_aloud(target: Path) -> None:
    printed(target)

    for profile in PROFILES:
        failures = validation.validate_pdf(str(target), profile=profile).failures
        assert [f"{failure.rule_id}: {failure.message}" for failure in failures] == []


def test_the_tree_knows_lists_notes_tables_and_pictures(target: Path) -> None:
    printed(target)

    found = roles(target)
    assert found.count("L") == 4  # steps, their points, steps again; points of the second page
    assert found.count("LI") == found.count("LBody") == 7
    assert found.count("Figure") == 3  # with the one on the cover
    assert found.count("Caption") == 2
    assert found.count("H1") >= 3
    assert found.count("Table") == 1


def test_the_cover_names_the_manual_and_the_version(target: Path) -> None:
    cover, *_ = printed(target)[0]

    assert cover.startswith("คู่มือการใช้งาน")
    assert cover.endswith(close("รุ่น ๑.๒.๓"))
    assert page_labels(target)[0] == ""


def test_the_contents_name_the_page_every_chapter_begins_on(target: Path) -> None:
    files = {f"{n:02}-p{n}.md": long_page(6, f"เรื่องที่{thai_digits(n)}") for n in range(1, 9)}
    shown, _ = printed(target, files)

    labels = page_labels(target)
    for depth, words, place in bookmarks(target):
        if depth == 0 and words[0] in "๑๒๓๔๕๖๗๘๙":
            assert close(words) in shown[place]
            assert close(words) + labels[place] in shown[1]


def test_headings_are_bookmarks_below_their_chapter(target: Path) -> None:
    printed(target)

    assert [(depth, words) for depth, words, _ in bookmarks(target)] == [
        (0, "คู่มือการใช้งาน"),
        (0, "สารบัญ"),
        (0, "๑. เริ่มใช้งาน"),
        (1, "สร้างงานใหม่"),
        (0, "๒. เขียนข้อความ"),
        (1, "น้ำหนักของประเด็นที่ ๑๒"),
    ]


def test_a_link_names_the_chapter_it_leads_to(target: Path) -> None:
    shown, _ = printed(target)

    assert close("หน้ากรอกข้อมูล (บทที่ ๒)") in "".join(shown)


def test_a_page_alone_has_no_number_and_names_no_chapter(target: Path) -> None:
    shown, _ = printed(target, whole=False)

    assert shown[0].startswith("เริ่มใช้งาน")
    assert "บทที่" not in "".join(shown)


def test_short_chapters_share_a_page_and_long_ones_begin_on_a_new_one(target: Path) -> None:
    short, _ = printed(target, {f"{n:02}-p{n}.md": long_page(2) for n in range(1, 3)})
    assert len(short) == 3

    long, _ = printed(target, {f"{n:02}-p{n}.md": long_page(8) for n in range(1, 3)})
    assert len(long) == 4


@pytest.mark.parametrize("paragraphs", range(1, 12))
def test_no_heading_stands_alone_at_the_foot_of_a_page(target: Path, paragraphs: int) -> None:
    files = {"01-a.md": f"{long_page(paragraphs)}\n\n## หัวข้อสุดท้าย\n\n1. ขั้นแรก\n2. ขั้นต่อไป"}

    shown, _ = printed(target, files)

    (page,) = [page for page in shown[2:] if "หัวข้อสุดท้าย" in page]
    assert close("ขั้นแรก") in page


@pytest.mark.parametrize("paragraphs", range(4, 9))
def test_a_picture_and_its_words_are_never_parted(target: Path, paragraphs: int) -> None:
    files = {"01-a.md": f"{long_page(paragraphs)}\n\n![คำบรรยายภาพ](welcome.png)\n\nตามหลัง"}

    shown, _ = printed(target, files)

    with pikepdf.open(target) as pdf:
        pictured = [n for n, page in enumerate(pdf.pages) if n > 1 and page.get_images()]
    assert [n for n, page in enumerate(shown) if n > 1 and close("คำบรรยายภาพ") in page] == pictured


def test_nothing_reaches_over_the_edge_of_the_column(target: Path) -> None:
    wide = "| " + " | ".join(["หัวข้อของตาราง"] * 5) + " |\n|" + " --- |" * 5
    row = "\n| " + " | ".join([A_PAGE] * 5) + " |"
    printed(target, {**PAGES, "03-wide.md": f"# ก\n{wide}{row}\n\n> {A_PAGE}"})

    for page in letter_boxes(target):
        for left, _, right, _ in page:
            assert left > 20 / 25.4 * 72 - 1
            assert right < 595.28 - 20 / 25.4 * 72 + 1


def test_the_same_help_gives_the_same_bytes(target: Path) -> None:
    assert printed(target)[1].content == printed(target)[1].content
