"""What the manual says is what the program does: its words, menus, keys and pictures are looked up."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QImageReader
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from esa_desktop.app import open_window
from esa_desktop.domain.manual import Items, Manual, Page, Table, bold_words, plain, texts, walked
from esa_desktop.domain.manual_text import parse_manual
from esa_desktop.paths import resources_folder
from esa_desktop.services.manual_search import ManualIndex
from esa_desktop.ui.actions import ACTIONS
from esa_desktop.ui.help_side import words_of
from tests.projects import new_project

CODE = Path(__file__).parent.parent / "esa_desktop"
HELP = resources_folder() / "help"
BOLD_PATH = " > "
PAGES = (
    "start",
    "screen",
    "write",
    "level",
    "evidence",
    "scan",
    "register",
    "binder",
    "preview-print",
    "book",
    "forms",
    "framework",
    "overview",
    "search",
    "history-undo",
    "backup-restore",
    "health-recovery",
    "usb-two-computers",
    "keys",
    "install",
    "problems",
    "questions",
)
LARGEST_PICTURE = 92_160
ALL_PICTURES = 1_677_722
NAMED_WITH_DIGITS = re.compile(r"Windows \d+|รุ่น 1809|Windows 11|A4|F4")
"""Names of things that are written so by those who made them."""
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def read_pages() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in (HELP / "pages").glob("*")}


def pictures() -> frozenset[str]:
    return frozenset(path.name for path in (HELP / "pictures").iterdir())


@pytest.fixture(scope="module")
def manual() -> Manual:
    return parse_manual(read_pages(), pictures())


@pytest.fixture
def menus(qtbot: QtBot, tmp_path: Path) -> Iterator[dict[str, list[QAction]]]:
    """The menus of the real window with a project open, by their titles; under "" all of its tools."""
    window = open_window(new_project(tmp_path))
    qtbot.waitExposed(window)
    found = {}
    for title in window.top_bar.menus.actions():
        menu = title.menu()
        assert isinstance(menu, QMenu)
        found |= steps_in(menu, title.text())
    assert window.workspace is not None
    pane = window.workspace.evidence_pane
    tools = window.top_bar.findChildren(QToolButton)
    found["tools"] = [action for tool in tools for action in tool.actions()]
    found["evidence"] = [*pane.list.actions(), *pane.actions()]
    yield found
    window.close()
    window.deleteLater()


def steps_in(menu: QMenu, path: str) -> dict[str, list[QAction]]:
    """The actions of a menu and of those in it, by the way to them."""
    found = {path: menu.actions()}
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            found |= steps_in(inner, f"{path}{BOLD_PATH}{action.text()}")
    return found


def steps_of(menus: dict[str, list[QAction]]) -> set[str]:
    return {
        f"{title}{BOLD_PATH}{action.text()}"
        for title, actions in menus.items()
        for action in actions
        if title not in ("tools", "evidence") and action.text()
    }


def texts_of_the_program() -> set[str]:
    """Every literal of the code that a person may see: the window's, and names it takes from inside."""
    found: set[str] = set()
    for path in (
        *(CODE / "ui").glob("*.py"),
        CODE / "domain" / "book.py",
        CODE / "domain" / "binder.py",
    ):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value.strip())
    return found


def is_said(words: str, said: set[str]) -> bool:
    """Whether the program has these words, also with something filled in."""
    if words in said:
        return True
    filled = (text for text in said if "{" in text and len(PLACEHOLDER.sub("", text).strip()) > 2)
    return any(
        re.fullmatch(".+".join(re.escape(part) for part in PLACEHOLDER.split(text)), words)
        for text in filled
    )


def rows(page: Page) -> Iterator[tuple[str, str]]:
    """(keys, words) of the tables of a page with two columns."""
    for block in page.blocks:
        if isinstance(block, Table) and len(block.head) == 2:
            yield from ((plain(row[0]), plain(row[1])) for row in block.rows)


def page_of(manual: Manual, page_id: str) -> Page:
    page = manual.page(page_id)
    assert page is not None
    return page


def test_the_pages_are_there_once_in_their_order_and_each_link_and_picture_leads_somewhere(
    manual: Manual,
) -> None:
    assert tuple(page.id for page in manual.pages) == PAGES


def test_every_page_has_a_heading_search_words_and_at_most_two_pages_of_text(
    manual: Manual,
) -> None:
    for page in manual.pages:
        length = sum(len(words) for _, words in texts(page))
        assert page.search_words, page.id
        assert "## " in read_pages()[page.source], f"{page.id} has no heading"
        assert 500 < length < 4200, (page.id, length)


def test_every_picture_is_used(manual: Manual) -> None:
    used = {r.target for page in manual.pages for r in page.references if r.is_picture}

    assert pictures() == used


def test_pictures_are_small_and_whole() -> None:
    sizes = {path.name: path.stat().st_size for path in (HELP / "pictures").iterdir()}

    assert {name: size for name, size in sizes.items() if size > LARGEST_PICTURE} == {}
    assert sum(sizes.values()) <= ALL_PICTURES
    for name in sizes:
        picture = QImageReader(str(HELP / "pictures" / name)).read()
        assert not picture.isNull(), name
        assert 200 <= picture.width() <= 1366, name
        assert 80 <= picture.height() <= 698, name


def test_every_path_through_the_menus_is_one_of_the_window(
    manual: Manual, menus: dict[str, list[QAction]]
) -> None:
    told = {words for page in manual.pages for words in bold_words(page) if BOLD_PATH in words}

    assert told - steps_of(menus) == set()
    assert len(told) > 25  # else nothing was looked up


def test_every_other_bold_word_is_a_text_of_the_program(
    manual: Manual, menus: dict[str, list[QAction]]
) -> None:
    said = texts_of_the_program()
    said |= {action.text().rstrip("…") for action in menus["tools"]}

    unknown = {
        f"{page.id}: {words}"
        for page in manual.pages
        for words in bold_words(page)
        if BOLD_PATH not in words and not is_said(words, said)
    }

    assert unknown == set()


def test_the_keys_told_are_those_of_the_actions_none_missing_none_invented(
    manual: Manual, menus: dict[str, list[QAction]]
) -> None:
    evidence = {(a.shortcut().toString(), a.text()) for a in menus["evidence"]}
    in_window = {(row.shortcut, row.text) for row in ACTIONS if row.shortcut}
    told = {(keys, words.split(BOLD_PATH)[-1]) for keys, words in rows(page_of(manual, "keys"))}

    assert in_window - told == set()
    of_texts = {"Tab และ Shift+Tab", "Ctrl+Shift+V", "Ctrl และลูกศรซ้ายขวา", "Enter"}
    invented = {
        (keys, words) for keys, words in told - in_window - evidence if keys not in of_texts
    }
    assert invented == set()


def test_keys_named_on_other_pages_are_told_on_the_page_of_keys(manual: Manual) -> None:
    known = {keys for keys, _ in rows(page_of(manual, "keys"))} | {
        "Ctrl+C",
        "Shift+Tab",
        "Alt+Shift",
    }
    named = {
        (page.id, found)
        for page in manual.pages
        for _, words in texts(page)
        for found in re.findall(r"(?:(?:Ctrl|Alt|Shift)\+[\w+]*[A-Za-z0-9]|\bF\d\b)", words)
        if page.id != "keys"
    }

    assert {(page, keys) for page, keys in named if keys not in known and keys != "F4"} == set()
    assert len(named) > 10


def test_an_assessment_is_never_called_a_funded_project(manual: Manual) -> None:
    for page in manual.pages:
        for _, words in texts(page):
            assert "โครงการ" not in words, page.id


def test_nothing_is_called_by_a_word_of_those_who_make_programs(manual: Manual) -> None:
    for page in manual.pages:
        for _, words in texts(page):
            assert "การ์ด" not in words, page.id
            assert "mirror" not in words or "สำเนาข้อความ" in words, page.id
    assert not [said for said in texts_of_the_program() if "การ์ด" in said]


def test_digits_are_thai_but_in_keys_and_names(manual: Manual) -> None:
    for page in manual.pages:
        for _, words in texts(page):
            rest = re.sub(
                r"(?:(?:Ctrl|Alt|Shift)\+)+\S+|\bF\d\b", "", NAMED_WITH_DIGITS.sub("", words)
            )
            assert not re.search("[0-9]", rest), (page.id, words)


def test_numbers_of_marks_follow_each_other_in_the_text(manual: Manual) -> None:
    """A text that points to ③ in a picture points to ① and ② as well."""
    for page in manual.pages:
        told = " ".join(words for _, words in texts(page))
        marks = {int(found) for found in re.findall(r"\(([๑-๙])\)", told)}
        assert marks == set(range(1, len(marks) + 1)), page.id


def test_steps_begin_with_what_to_do_and_are_short(manual: Manual) -> None:
    for page in manual.pages:
        for block in page.blocks:
            for item in walked(block.items) if isinstance(block, Items) else ():
                assert len(plain(item.words)) < 190, (page.id, plain(item.words))


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("ส่งงานให้เพื่อน", "usb-two-computers"),
        ("ส่งงาน", "usb-two-computers"),
        ("แชร์", "usb-two-computers"),
        ("ส่งไลน์", "usb-two-computers"),
        ("ย้ายเครื่อง", "usb-two-computers"),
        ("โปรแกรมค้าง", "problems"),
        ("ลบรูป", "evidence"),
        ("พิมพ์ไม่ออก", "preview-print"),
        ("ไฟล์หาย", "register"),
        ("เลิกทำ", "history-undo"),
        ("ลืมบันทึก", "questions"),
        ("เครื่องพัง", "backup-restore"),
        ("ไวรัส", "backup-restore"),
        ("ตัวหนังสือเล็ก", "screen"),
        ("ลายเซ็น", "forms"),
        ("เพิ่มกรรมการ", "forms"),
        ("อัปเดต", "install"),
    ],
)
def test_everyday_words_bring_the_page_that_helps_first(
    manual: Manual, typed: str, page: str
) -> None:
    assert ManualIndex(manual, words_of).search(typed).hits[0].page == page
