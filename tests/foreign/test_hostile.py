"""The battery of hostile files against the reader, with controls that show what the limits hold."""

import hashlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from esa_desktop.foreign import signs
from esa_desktop.services import reading
from esa_desktop.services.child_process import ChildFault, ChildProcess
from esa_desktop.services.reading import Drawing, Look, Reader
from tests.conftest import CHECKOUT
from tests.hostile import Expect, Hostile, build

OFFICE = ("document", "sheet", "slides")
THAI = re.compile("[ก-๛]")
PATIENCE = reading.LOOKING
SHORT = 2.0
"""Seconds for one question here; the program gives more, so that slow computers come along."""
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the limits of Linux")
has_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hostile, ...]]:
    folder = tmp_path_factory.mktemp("hostile") / "ไฟล์ แปลก"
    yield build(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    one = Reader(children=1)
    one.look(Path(__file__), "begun.txt")  # its thread is older than any test
    yield one
    one.close()


def named(files: tuple[Hostile, ...], what: str) -> Hostile:
    return next(file for file in files if file.what == what)


def misfit(file: Hostile, look: Look, drawing: Drawing | None, words: tuple[str, ...]) -> str:
    """What is wrong with how a file was met; empty where it is right."""
    can_be_seen = drawing is not None or bool(words) or look.kind in OFFICE
    shown = file.expect is Expect.SHOWN
    wrong = {
        "no sentence": file.expect is Expect.NAMED and not look.sentence,
        look.sentence: shown and bool(look.sentence),
        "no sentence, and nothing to be seen": not look.sentence and not can_be_seen,
        "no Thai sentence": bool(look.sentence) and not THAI.search(look.sentence),
        "not known to be encrypted": file.encrypted and not look.is_encrypted,
        "not known to act": file.scripts and not look.has_scripts,
        "said to act": shown and look.has_scripts and not file.scripts,
    }
    return "; ".join(why for why, is_so in wrong.items() if is_so)


def test_there_are_more_than_two_hundred_of_each_its_own(files: tuple[Hostile, ...]) -> None:
    contents = set()
    for file in files:
        with file.path.open("rb") as opened:
            contents.add(hashlib.sha256(opened.read(2_000_000)).digest())

    assert len(files) >= 400
    assert len(contents) >= 300
    assert sum(file.path.stat().st_blocks for file in files) * 512 < 60_000_000


def test_each_is_named_in_thai_or_shown_and_none_is_changed(
    files: tuple[Hostile, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LOOKING", SHORT)
    small = [file for file in files if file.path.stat().st_size < 1_000_000_000]
    before = {file.path: file.path.read_bytes() for file in small}
    reader = Reader(children=2)
    slowest = 0.0

    def meet(file: Hostile) -> str:
        nonlocal slowest
        begun = time.monotonic()
        look = reader.look(file.path, file.name)
        slowest = max(slowest, time.monotonic() - begun - reading.LOOKING)
        # What took too long once would do so again.
        shown = reader.draw(file.path, file.name, (84, 112)) if not look.sentence else None
        words = reader.words(file.path, file.name)
        return misfit(file, look, shown, words)

    with ThreadPoolExecutor(2) as pool:
        wrong = dict(zip(small, pool.map(meet, small), strict=True))
    # What had too little time beside the others gets the time that it has in the program.
    monkeypatch.setattr(reading, "LOOKING", PATIENCE)
    wrong |= {file: meet(file) for file, why in wrong.items() if why}
    reader.close()

    assert {file.what: why for file, why in wrong.items() if why} == {}
    assert slowest < 2.0
    assert all(path.read_bytes() == content for path, content in before.items())
    assert list(Path("/tmp").glob("esa-slipped*")) == []
    assert not list(CHECKOUT.glob("esa-executed"))


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("letter with macros that calls itself .docx", "แมโคร"),
        ("letter of 1 GB", "ใหญ่ผิดปกติ"),
        ("letter of 12000 parts", "ใหญ่ผิดปกติ"),
        ("billion laughs by a Word file", "คำสั่งแฝง"),
        ("document type behind a comment", "คำสั่งแฝง"),
        ("document type in UTF-16", "คำสั่งแฝง"),
        ("PNG 20000 x 20000 in greys", "ใหญ่เกิน"),
        ("TIFF 20000 x 20000 packed", "ใหญ่เกิน"),
        ("TIFF of 3000 pages", "จำนวนหน้ามากเกิน"),
        ("a million pages that are one", "จำนวนหน้ามากเกิน"),
        ("locked with AES 256", "รหัสผ่าน"),
        ("Word file with a password", "รหัสผ่าน"),
        ("OpenDocument with a password", "รหัสผ่าน"),
        ("photo.jpg cut in the middle", "เสียหาย"),
        ("document cut after a tenth", "เสียหาย"),
        ("nothing at all as .pdf", "ว่างเปล่า"),
        ("noise that calls itself .pdf", "ไม่รู้จัก"),
        ("shortcut that calls itself .pdf", "เป็นโปรแกรม"),
        ("program and PDF at once", "เป็นโปรแกรม"),
        ("archive that calls itself .docx", "บีบอัด"),
        ("film that calls itself .jpg", "วิดีโอ"),
        ("drawing that calls itself .jpg", "หน้าเว็บ"),
        ("words that call themselves .pdf", "ไม่ตรงกับนามสกุล"),
        ("workbook that calls itself a letter", "ไม่ตรงกับนามสกุล"),
        ("PDF that runs as .js", "สั่งงานเครื่อง"),
    ],
)
def test_the_sentence_names_the_very_trouble(
    files: tuple[Hostile, ...], reader: Reader, what: str, why: str
) -> None:
    file = named(files, what)

    assert why in reader.look(file.path, file.name).sentence


@pytest.mark.torture
def test_the_enormous_ones_are_met_too_and_memory_stays_bounded(
    files: tuple[Hostile, ...],
) -> None:
    """With the program's own limits, each in a child of its own: some minutes."""
    for file in files:
        reader = Reader(children=1)
        begun = time.monotonic()
        look = reader.look(file.path, file.name)
        drawing = reader.draw(file.path, file.name, (1400, 1400))
        words = reader.words(file.path, file.name)
        took = time.monotonic() - begun
        reader.close()
        assert misfit(file, look, drawing, words) == "", file.what
        assert took < 3 * reading.LOOKING + 2, file.what
        assert reader.peak_memory < reading.MEMORY + (64 << 20), file.what


@on_linux
def test_a_gigabyte_in_a_thousandth_of_it_stays_within_the_limit(
    files: tuple[Hostile, ...],
) -> None:
    bomb = named(files, "content of 1 GB packed twice")
    reader = Reader(children=1)

    look = reader.look(bomb.path, bomb.name)
    reader.close()

    assert look.sentence == reading.TOO_GREEDY
    assert reader.peak_memory < reading.MEMORY + (64 << 20)


@on_linux
@pytest.mark.torture
def test_without_the_limit_the_same_file_takes_two_gigabytes(files: tuple[Hostile, ...]) -> None:
    """The control: it is the limit that holds, not PDFium."""
    bomb = named(files, "content of 1 GB packed twice")
    free = ChildProcess("reader", memory=8 << 30)

    free.ask({"do": "look", "path": str(bomb.path), "name": bomb.name}, seconds=60)
    free.close()

    assert free.peak_memory > 2 * reading.MEMORY


@pytest.mark.alone
def test_a_page_without_end_is_ended(files: tuple[Hostile, ...]) -> None:
    endless = named(files, "tiles as small as dust")
    child = ChildProcess("reader", memory=reading.MEMORY)
    request = {"do": "look", "path": str(endless.path), "name": endless.name}
    took = []
    for seconds in (0.5, 2.0):  # the second is the control: it does not end by itself
        begun = time.monotonic()
        with pytest.raises(ChildFault) as fault:
            child.ask(request, seconds=seconds)
        took.append(time.monotonic() - begun)
        assert fault.value.kind == "time"
    child.close()

    assert took[0] < 1.5 < took[1]


ASKING = """
import sys
from pathlib import Path
from esa_desktop.services import child_limits, reading

reading.LOOKING = 5
reader = reading.Reader(children=1)
for line in sys.stdin.read().splitlines():
    path = Path(line)
    reader.look(path, "a" + path.suffix)
    reader.draw(path, "a" + path.suffix, (84, 112))
    reader.words(path, "a" + path.suffix)
reader.close()
"""


def attempts(tmp_path: Path, script: str, told: str) -> list[str]:
    """Calls for sockets and programs that any process made, but for the start of the children."""
    seen = tmp_path / "seen"
    # No --seccomp-bpf: it would not see what the child's own filter refuses.
    watched = ["strace", "-f", "-qq", "-e", "trace=socket,connect,execve,execveat", "-o", str(seen)]
    subprocess.run(
        [*watched, sys.executable, "-c", script],
        input=told,
        text=True,
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    calls = seen.read_text(encoding="utf-8", errors="replace").splitlines()
    return [call for call in calls if "--child" not in call and "(" in call][1:]


@on_linux
@pytest.mark.torture
@has_strace
def test_nothing_is_fetched_and_nothing_is_started(
    files: tuple[Hostile, ...], tmp_path: Path
) -> None:
    wishing = (b"192.0.2.1", b"/Launch", b"cmd.exe", b"cmd|", b"file:///", b"\x7fELF", b"#!/bin")
    wanting = [
        file.path
        for file in files
        if "\n" not in file.name
        and file.path.stat().st_size < 100_000
        and (file.scripts or any(wish in file.path.read_bytes() for wish in wishing))
    ]
    # Packed, so that their wishes cannot be seen from outside.
    wanting += [file.path for file in files if "fetched" in file.what or "link" in file.what]

    tried = attempts(tmp_path, ASKING, "\n".join(map(str, wanting)))

    assert len(wanting) > 60
    assert tried == []


TRYING = """
import sys
from esa_desktop.services import running_child
from esa_desktop.services.child_process import ChildProcess

running_child.command = lambda name: [sys.executable, "-m", "tests.odd_child", "--child"]
child = ChildProcess("reader", memory=300 << 20)
assert child.ask({"do": "attempt"}, seconds=30)[0]["done"] == []
child.close()
"""


@on_linux
@pytest.mark.torture
@has_strace
def test_an_attempt_would_have_been_seen(tmp_path: Path) -> None:
    """The control: a child that tries both, and may do neither."""
    tried = attempts(tmp_path, TRYING, "")

    assert any("socket(" in call and "EPERM" in call for call in tried)
    assert any("execve(" in call and "EPERM" in call for call in tried)


@pytest.mark.parametrize(
    ("start", "sort"),
    [
        (b"%PDF-1.4", "pdf"),
        (b"\x00" * 1000 + b"%PDF-", "pdf"),
        (b"MZ" + b"\x00" * 50 + b"%PDF-1.4", "program"),
        (b"BM not a picture", "text"),
        (b"\x00\x00\x00\x18ftypheic", "heic"),
        (b"\x00\x00\x00\x18ftypmp42", "film"),
        ("เรื่อง ประชุม".encode("cp874"), "text"),
        (b"\xff\xfe\x01\x0e", "text"),
        (b"\x01\x02\x03\x00", "unknown"),
        (b"  <SVG xmlns=''>", "web"),
        (b"<?xml version='1.0'?><note/>", "text"),
    ],
)
def test_a_file_is_known_by_its_first_bytes(start: bytes, sort: str) -> None:
    assert signs.sort_of(start) == sort
