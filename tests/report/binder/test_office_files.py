"""Documents through LibreOffice: converted where it is installed, with nothing run and nothing fetched."""

import io
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from esa_desktop.report.binder import office_files, sentences
from esa_desktop.report.binder.office_files import convert, find_office
from tests.report.binder.made import Office, bound
from tests.report.reading import close, pdfium_pages

needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
needs_posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")

_MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_CONTENT = (
    '<?xml version="1.0"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'office:version="1.2"><office:body><office:text>{body}</office:text></office:body>'
    "</office:document-content>"
)


def odt(body: str) -> bytes:
    """A document of LibreOffice."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", _CONTENT.format(body=body))
        package.writestr("META-INF/manifest.xml", _MANIFEST)
    return written.getvalue()


def words(text: str) -> bytes:
    return odt(f"<text:p>{text}</text:p>")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    folder = tmp_path / "files"
    folder.mkdir()
    return Office(folder)


@pytest.fixture
def web() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine that remembers what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - names of the library

        def log_message(self, *words: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def files(folder: Path, **contents: bytes) -> dict[str, tuple[Path, str]]:
    made = {}
    for key, content in contents.items():
        path = folder / f"{key}.kept"
        path.write_bytes(content)
        made[key] = (path, f"{key}.odt")
    return made


@pytest.mark.torture
@needs_office
def test_documents_become_pages_in_thai_letters(office: Office, tmp_path: Path) -> None:
    office.item("1.1.1", "รายงาน", office.keep("รายงาน ผล.odt", words("ผลการดำเนินงานของสำนักงาน")))
    office.item("1.1.2", "เสีย", office.keep("เสีย.docx", b"PK\3\4 no document"))
    made = bound(office, tmp_path / "out")
    texts = made.texts()
    assert any(close("ผลการดำเนินงานของสำนักงาน") in text for text in texts)
    assert [trouble.name for trouble in made.result.troubles] == ["เสีย.docx"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["แฟ้ม.pdf"]


@pytest.mark.torture
@needs_office
def test_one_bad_document_does_not_stop_the_others(tmp_path: Path) -> None:
    given = files(tmp_path, a=words("first"), b=b"PK\3\4 broken", c=words("third"))
    told: list[str] = []
    made = convert(given, tmp_path / "work", told=told.append)
    assert {"a", "c"} <= set(made)
    assert told[0] == "a"
    assert "first" in pdfium_pages(made["a"])[0]
    assert "third" in pdfium_pages(made["c"])[0]
    left = {path.suffix for path in (tmp_path / "work").iterdir() if path.is_file()}
    assert left == {".pdf"}


@pytest.mark.torture
@needs_office
@pytest.mark.parametrize("locked", [True, False])
def test_nothing_is_fetched_for_a_document(
    tmp_path: Path, web: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch, locked: bool
) -> None:
    """The control, with LibreOffice as it comes, fetches."""
    if not locked:
        monkeypatch.setattr(office_files, "_SETTINGS", {("Common/Misc", "FirstRun"): False})
        environment = office_files._environment
        monkeypatch.setattr(
            office_files,
            "_environment",
            lambda home: {k: v for k, v in environment(home).items() if "proxy" not in k.lower()},
        )
    address, asked = web
    body = (
        '<text:p>before<draw:frame svg:width="5cm" svg:height="5cm"><draw:image '
        f'xlink:href="{address}/linked.png" xlink:type="simple" xlink:show="embed" '
        'xlink:actuate="onLoad"/></draw:frame>after</text:p>'
        f'<text:section text:name="s"><text:section-source xlink:href="{address}/section.odt"/>'
        "<text:p>kept</text:p></text:section>"
    )
    made = convert(files(tmp_path, a=odt(body)), tmp_path / "work")
    assert "before" in pdfium_pages(made["a"])[0]
    assert (asked == []) == locked


def stand_in(folder: Path, script: str) -> Path:
    """A program in the place of LibreOffice."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def has_ended(pid: int) -> bool:
    for _ in range(60):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


@needs_posix
def test_one_that_hangs_is_ended_with_everything_it_started(tmp_path: Path) -> None:
    sign = tmp_path / "pid"
    hanging = stand_in(tmp_path, f"sleep 300 & echo $! > {sign}; wait")
    start = time.monotonic()
    made = convert(
        files(tmp_path, a=words("x")), tmp_path / "work", office=hanging, seconds=(0.6, 0.0)
    )
    assert made == {}
    assert time.monotonic() - start < 5
    assert has_ended(int(sign.read_text()))


_CHILD = """
import sys
from pathlib import Path
from esa_desktop.report.binder.office_files import convert
folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
convert({"a": (folder / "a.kept", "a.odt")}, folder / "work", office=folder / "soffice",
        seconds=(seconds, 0.0))
print("still here", flush=True)
"""


@needs_posix
@pytest.mark.parametrize("killed", [False, True])
def test_in_a_child_process_it_ends_with_the_child_and_never_takes_it_along(
    tmp_path: Path, killed: bool
) -> None:
    sign = tmp_path / "pid"
    stand_in(tmp_path, f"sleep 300 & echo $! > {sign}; wait")
    files(tmp_path, a=words("x"))
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(tmp_path), "60" if killed else "0.6"],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    with child:
        while not (sign.exists() and sign.read_text().strip()):
            time.sleep(0.05)
        if killed:
            os.killpg(child.pid, signal.SIGKILL)
        assert child.stdout is not None
        assert (child.stdout.read() == b"still here\n") != killed
    assert has_ended(int(sign.read_text()))


@needs_posix
def test_cancelled_it_is_ended_at_once(tmp_path: Path) -> None:
    hanging = stand_in(tmp_path, "sleep 300")
    start = time.monotonic()
    calls = iter([False, False, True, True, True])
    convert(
        files(tmp_path, a=words("x")),
        tmp_path / "work",
        office=hanging,
        cancelled=lambda: next(calls),
    )
    assert time.monotonic() - start < 5


@needs_posix
def test_after_one_that_stops_all_each_is_tried_by_itself(tmp_path: Path) -> None:
    picky = stand_in(
        tmp_path,
        'for f in "$@"; do case "$f" in *bad*|*00001.odt) exit 1;; *.odt) '
        'echo made > "${f%.odt}.pdf";; esac; done',
    )
    given = files(tmp_path, a=words("1"), b=words("2"), c=words("3"))
    made = convert(given, tmp_path / "work", office=picky)
    assert set(made) == {"a", "c"}


@needs_posix
def test_it_is_started_with_a_profile_and_settings_of_its_own(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    spy = stand_in(
        tmp_path,
        f'{{ env; for a in "$@"; do echo "arg $a"; done; cat profile/user/*.xcu; }} > {seen}',
    )
    os.environ["ESA_SECRET_OF_MINE"] = "1"
    try:
        convert(files(tmp_path, a=words("x")), tmp_path / "work", office=spy)
    finally:
        del os.environ["ESA_SECRET_OF_MINE"]
    told = seen.read_text("utf-8")
    work = tmp_path / "work"
    assert f"arg -env:UserInstallation={(work / 'profile').as_uri()}" in told
    assert f"HOME={work}" in told
    assert "ESA_SECRET_OF_MINE" not in told
    for option in ("--headless", "--norestore", "--nolockcheck"):
        assert f"arg {option}" in told
    assert 'oor:name="DisableMacrosExecution" oor:op="fuse"><value>true' in told
    assert not (work / "profile").exists()


@needs_posix
def test_documents_made_to_carry_macros_are_never_handed_over(tmp_path: Path) -> None:
    sign = tmp_path / "started"
    spy = stand_in(tmp_path, f"touch {sign}")
    (tmp_path / "x").write_bytes(b"PK")
    given = {name: (tmp_path / "x", name) for name in ("a.docm", "b.xlsm", "c.exe", "d")}
    assert convert(given, tmp_path / "work", office=spy) == {}
    assert not sign.exists()


def test_without_it_a_page_says_where_the_document_is(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(office_files, "_FOLDERS", {})
    find_office.cache_clear()
    try:
        office.item("1.1.1", "รายงาน", office.keep("รายงาน.docx", b"PK"))
        made = bound(office, tmp_path / "out")
    finally:
        monkeypatch.undo()
        find_office.cache_clear()
    (page,) = [text for text in made.texts() if "รายงาน.docx" in text]
    assert "๑.๑.๑-๐๑" in page
    assert close("เปิดดูได้จากบัญชีหลักฐาน") in page
    assert [trouble.code for trouble in made.result.troubles] == ["1.1.1-01"]


def test_it_is_not_started_where_nobody_wants_it(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*arguments: object, **named: object) -> None:
        raise AssertionError("started")

    monkeypatch.setattr(subprocess, "Popen", never)
    office.item("1.1.1", "ก", office.keep("a.docx", b"PK"))
    made = bound(office, tmp_path / "out", office_files=False)
    assert len(made.result.troubles) == 1
    assert made.result.troubles[0].sentence == sentences.NO_OFFICE


@pytest.mark.torture
@needs_office
@pytest.mark.parametrize("name", ["แฟ้ม หลักฐาน", "ก%20ข #1"])
def test_it_works_in_folders_of_any_name_whatever_the_system_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("LC_CTYPE", raising=False)
    monkeypatch.setenv("LC_ALL", "C")
    folder = tmp_path / name
    folder.mkdir()
    wanted = files(folder, one=words("ผลการดำเนินงาน"))
    made = convert(wanted, folder / "office", seconds=(15, 5))
    assert list(made) == ["one"]
    assert close("ผลการดำเนินงาน") in close(pdfium_pages(made["one"])[0])
