"""The library of Thai words that a bundle brings along, alone on its machine and among others."""

import _ctypes
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bundles import make_bundle, run_frozen
from tools.freezing.thai_library import build

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="hides the system's by the linker")

SONAME = "libthai.so.0"
WORDS = "การบริหารจัดการองค์การสู่ความเป็นเลิศของสำนักงานเขตพื้นที่การศึกษา"
ENDS = [3, 9, 15, 22, 25, 29, 33, 37, 40, 48, 51, 58, 61]
LOOK = f"""
import json, logging
from pathlib import Path
logging.basicConfig(filename="log.txt")
from esa_desktop.app import make_application
app = make_application()
from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtGui import QTextLayout
words = {WORDS!r}
finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, words)
ends = []
while (end := finder.toNextBoundary()) > 0:
    ends.append(end)
layout = QTextLayout(words, app.font())
layout.beginLayout()
line = layout.createLine()
line.setLineWidth(150)
layout.endLayout()
from esa_desktop.report.line_break import LineBreaker
from esa_desktop.report.word_engines import default_breaker
taken = {{l.split(maxsplit=5)[5].strip() for l in Path("/proc/self/maps").open() if "thai" in l}}
print(json.dumps({{
    "screen": ends,
    "line": line.textLength(),
    "paper": list(default_breaker().word_ends(words)),
    "pieces": LineBreaker(default_breaker()).pieces(words),
    "taken": [name for name in taken if Path(name).name.startswith("libthai")],
}}))
"""


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with our own build of it and its dictionary."""
    library, words = build("linux", tmp_path_factory.mktemp("libthai"))
    assert (library.name, words.parent) == (SONAME, library.parent)
    return library.parent


@pytest.fixture
def hidden(tmp_path: Path) -> dict[str, str]:
    """An environment in which the linker finds a broken file instead of the system's library."""
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / SONAME).write_bytes(b"no library")
    return {"LD_LIBRARY_PATH": str(folder), "LIBTHAI_DICTDIR": str(folder)}


def look(inside: Path, folder: Path, environment: dict[str, str]) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    done = run_frozen(inside, LOOK, folder, **environment)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_screen_and_paper_find_the_same_words_with_the_bundled_library_alone(
    tmp_path: Path, ours: Path, hidden: dict[str, str]
) -> None:
    inside = make_bundle(tmp_path / "โปรแกรม ของเรา")
    for part in ours.iterdir():
        shutil.copy(part, inside)

    seen = look(inside, tmp_path / "here", hidden)

    assert seen["taken"] == [str(inside / SONAME)]
    assert seen["screen"] == [*ENDS, len(WORDS)]
    assert seen["paper"] == ENDS
    assert seen["line"] in ENDS
    assert {"สำนักงาน", "เขต", "การศึกษา"} & set(seen["pieces"])
    assert "".join(seen["pieces"]) == WORDS


def test_without_it_no_line_breaks_at_a_word(tmp_path: Path, hidden: dict[str, str]) -> None:
    """The control: what the other tests see comes from nowhere else."""
    seen = look(make_bundle(tmp_path / "program"), tmp_path / "here", hidden)

    assert (seen["screen"], seen["paper"], seen["taken"]) == ([len(WORDS)], [], [])
    assert "bundled library of Thai words is missing" in log(tmp_path)


def test_a_library_in_the_current_folder_is_not_taken(
    tmp_path: Path, ours: Path, hidden: dict[str, str]
) -> None:
    here = tmp_path / "ไฟล์ที่ได้รับมา"
    shutil.copytree(ours, here)
    for name in ("libthai.so", "thai", "thai.dll", "libthai.dylib"):
        shutil.copy(ours / SONAME, here / name)

    seen = look(make_bundle(tmp_path / "program"), here, hidden)

    assert (seen["screen"], seen["paper"], seen["taken"]) == ([len(WORDS)], [], [])


@pytest.mark.parametrize("broken", [b"", b"\x7fELF no library"])
def test_a_bundled_library_that_does_not_load_is_told_and_no_other_is_taken_on_paper(
    tmp_path: Path, broken: bytes
) -> None:
    """With the system's library in sight."""
    inside = make_bundle(tmp_path / "program")
    (inside / SONAME).write_bytes(broken)

    seen = look(inside, tmp_path / "here", {})

    assert seen["paper"] == []
    assert "bundled library of Thai words does not load" in log(tmp_path)
    assert "lines of paper break at blanks only" in log(tmp_path)


def test_another_library_of_that_name_is_told(tmp_path: Path) -> None:
    inside = make_bundle(tmp_path / "program")
    shutil.copy(_ctypes.__file__, inside / SONAME)

    seen = look(inside, tmp_path / "here", {})

    assert seen["paper"] == []
    assert "bundled library of Thai words is another one" in log(tmp_path)


def test_a_bundle_without_the_dictionary_breaks_at_blanks(
    tmp_path: Path, ours: Path, hidden: dict[str, str]
) -> None:
    inside = make_bundle(tmp_path / "program")
    shutil.copy(ours / SONAME, inside)

    seen = look(inside, tmp_path / "here", hidden)

    assert (seen["screen"], seen["paper"]) == ([len(WORDS)], [])
    assert "libthai has no dictionary" in log(tmp_path)


def log(folder: Path) -> str:
    return (folder / "here" / "log.txt").read_text("utf-8")
