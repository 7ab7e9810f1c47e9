"""The binder as people get it: by command, with hundreds of files that mean harm, watched from outside."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from esa_desktop.domain.binder import BinderOptions
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import item_field
from esa_desktop.services.attaching import attach, take_in
from esa_desktop.services.binder_changes import Bound
from esa_desktop.services.binder_memory import keep_bound
from esa_desktop.services.projects import Project
from tests.binders import attach_files, office, pdf, picture, write
from tests.conftest import CHECKOUT
from tests.e2e.shell import Shell
from tests.hostile import Expect, Hostile, build
from tests.projects import new_project, opened
from tests.reading import pdfium_pages, squeezed

THAI = re.compile("[ก-๛]")
SHORT = 2.0
"""Seconds for one look here; the program gives more, so that slow computers come along."""
THREE = {
    "1.1.1": {"รายงาน.pdf": pdf("report", 2), "ภาพ.jpg": picture()},
    "1.2.1": {"คำสั่ง.pdf": pdf("order")},
}


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(monkeypatch, capsys)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with office(tmp_path, THREE) as project:
        return project.folder


def text(target: Path) -> str:
    return squeezed("".join(pdfium_pages(target)))


def test_the_command_binds_and_says_what_it_did(shell: Shell, place: Path, tmp_path: Path) -> None:
    out = tmp_path / "แฟ้ม.pdf"

    told = shell.json("binder", place, "-o", out)

    (volume,) = told["volumes"]
    assert volume["file"] == str(out)
    assert volume["size"] == out.stat().st_size
    assert volume["pages"] == told["pages"] == len(pdfium_pages(out))
    assert (volume["first"], volume["last"]) == ("1.1.1-01", "1.2.1-01")
    assert told["items"] == 3
    assert told["troubles"] == []
    assert told["changes"]["since"] is None
    found = text(out)
    assert found.index("report1") < found.index("report2") < found.index("order1")


@pytest.mark.parametrize(
    ("words", "there", "missing"),
    [
        (("--issue", "๑.๒.๑"), "order1", "report1"),
        (("--indicator", "1.1"), "report1", "order1"),
        (("--standard", "1"), "order1", "nothing"),
        (("--indicator", "1.2", "--issue", "1.1.1"), "report1", "nothing"),
    ],
)
def test_a_part_of_the_framework_is_bound_alone(
    shell: Shell, place: Path, tmp_path: Path, words: tuple[str, ...], there: str, missing: str
) -> None:
    out = tmp_path / "แฟ้ม.pdf"

    shell.json("binder", place, "-o", out, *words)

    assert there in text(out)
    assert missing not in text(out)


def test_limits_make_volumes_and_the_next_binder_leaves_none_over(
    shell: Shell, place: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out" / "แฟ้ม.pdf"
    out.parent.mkdir()

    several = shell.json("binder", place, "-o", out, "--max-pages", "๘")
    made = sorted(path.name for path in out.parent.iterdir())
    shell.json("binder", place, "-o", out, "--max-mb", "10")

    assert len(several["volumes"]) > 1
    assert made == [Path(volume["file"]).name for volume in several["volumes"]]
    assert [path.name for path in out.parent.iterdir()] == ["แฟ้ม.pdf"]


def test_without_a_binder_to_complete_everything_is_bound(
    shell: Shell, place: Path, tmp_path: Path
) -> None:
    code, out, _ = shell.run("binder", place, "-o", tmp_path / "แฟ้ม.pdf", "--changed")

    assert code == 0
    assert "จึงรวมทั้งหมด" in out
    assert "๓ รายการ" in out
    assert "ฉบับเพิ่มเติม" not in text(tmp_path / "แฟ้ม.pdf")


def test_only_what_changed_is_bound_and_what_is_to_go_is_named(
    shell: Shell, place: Path, tmp_path: Path
) -> None:
    out = tmp_path / "แฟ้ม.pdf"
    shell.json("binder", place, "-o", out)
    assert shell.json("binder", place, "-o", tmp_path / "เพิ่ม.pdf", "--changed")["volumes"] == []

    with opened(place) as project:
        attach_files(project, "1.2.1", [write(tmp_path, "ใหม่.pdf", pdf("addition"))])
        item = next(i for i in project.editor.round.items.values() if i.title == "คำสั่ง")
        gone = project.editor.change(
            item_field(item.id), Evidence(**{**_values(item), "binned": True})
        )
        project.editor.apply(gone)
    told = shell.json("binder", place, "-o", tmp_path / "เพิ่ม.pdf", "--changed")

    assert told["changes"] | {"since": ""} == {
        "since": "",
        "new": 1,
        "changed": 0,
        "moved": 0,
        "gone": 1,
        "take_out": ["1.2.1-01"],
    }
    assert "addition1" in text(tmp_path / "เพิ่ม.pdf")
    assert "report1" not in text(tmp_path / "เพิ่ม.pdf")


def _values(item: Evidence) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__slots__}


def test_secret_files_are_bound_only_when_the_command_says_so(
    shell: Shell, place: Path, tmp_path: Path
) -> None:
    out = tmp_path / "แฟ้ม.pdf"
    with opened(place) as project:
        item = next(i for i in project.editor.round.items.values() if i.title == "คำสั่ง")
        secret = Evidence(**{**_values(item), "confidential": True})
        project.editor.apply(project.editor.change(item_field(item.id), secret))

    shell.json("binder", place, "-o", out)
    assert "order1" not in text(out)
    shell.json("binder", place, "-o", out, "--include-confidential")
    assert "order1" in text(out)
    shell.json("binder", place, "-o", out)
    assert "order1" not in text(out)


def test_stamps_are_asked_for_by_name(shell: Shell, place: Path, tmp_path: Path) -> None:
    plain, marked = tmp_path / "ก.pdf", tmp_path / "ข.pdf"

    shell.json("binder", place, "-o", plain)
    shell.json("binder", place, "-o", marked, "--qr", "--certified")

    assert "สำเนาถูกต้อง" in text(marked)
    assert "สำเนาถูกต้อง" not in text(plain)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "แฟ้ม.docx"), ".pdf"),
        (("-o", "แฟ้ม.pdf", "--issue", "9.9.9"), "9.9.9"),
        (("-o", "แฟ้ม.pdf", "--max-mb", "มาก"), "มาก"),
        (("-o", "แฟ้ม.pdf", "--max-pages", "1"), "๒ หน้าขึ้นไป"),
        (("-o", "ไม่มี/แฟ้ม.pdf"), "ไม่พบโฟลเดอร์"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(
    shell: Shell,
    place: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())

    assert said in shell.refusal("binder", place, *words)

    assert sorted(tmp_path.iterdir()) == before


def test_a_project_that_nobody_may_write_is_bound_all_the_same(
    shell: Shell, place: Path, tmp_path: Path
) -> None:
    with opened(place):  # somebody has it open
        told = shell.json("binder", place, "--read-only", "-o", tmp_path / "แฟ้ม.pdf")

    assert told["items"] == 3


# --- files that mean harm -----------------------------------------------------------------------


@dataclass(frozen=True)
class Besieged:
    """An office whose evidence is hostile, with one honest file for every issue."""

    place: Path
    files: dict[str, Hostile]
    """What was attached, by the code of its item."""
    honest: tuple[str, ...]
    """A word of every honest file."""


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Besieged]:
    folder = tmp_path_factory.mktemp("besieged")
    files = build(folder / "ไฟล์ แปลก")
    place = new_project(folder)
    with opened(place) as project:
        siege = _Siege(project, folder)
        issues = [issue.id for _, _, issue in project.editor.round.framework.issues()]
        for number, issue in enumerate(issues):
            siege.attach(issue, f"honest{number}words", files[number :: len(issues)])
        # LibreOffice, where it is installed, takes its minutes: that is for the long test.
        keep_bound(project.editor, BinderOptions(office_files=False), Bound("๑ ก.ย. ๒๕๕๗", ()))
    yield Besieged(place, siege.files, tuple(siege.honest))
    shutil.rmtree(folder)


class _Siege:
    def __init__(self, project: Project, folder: Path) -> None:
        self._project = project
        self._folder = folder
        self._known: set[bytes] = set()
        self.files: dict[str, Hostile] = {}
        self.honest: list[str] = []

    def attach(self, issue: str, word: str, hostile: Sequence[Hostile]) -> None:
        """One honest file that says ``word``, then the others; what is refused is so in words."""
        sources: list[Hostile | None] = [None]
        taken = list(
            take_in(self._project.folder, [write(self._folder, "honest.pdf", pdf(word))]).files
        )
        self.honest.append(word)
        for file in hostile:
            self._make_unlike(file)
            intake = take_in(self._project.folder, [file.path])
            assert all(THAI.search(error.sentence) for error in intake.refused)
            taken += intake.files
            sources += [file] * len(intake.files)
        editor = self._project.editor
        editor.apply(attach(editor, issue, taken))
        items = editor.round.evidence_of(issue)
        pairs = zip(items, sources, strict=True)
        self.files |= {item.code: file for item, file in pairs if file is not None}

    def _make_unlike(self, file: Hostile) -> None:
        """What has the same bytes as another one gets a tail: it is to be met for itself."""
        if 0 < file.path.stat().st_size < 1 << 20:
            content = file.path.read_bytes()
            if content in self._known:
                content += b"\n%%%d" % len(self._known)
                file.path.write_bytes(content)
            self._known.add(content)


@dataclass(frozen=True)
class BoundSiege:
    out: Path
    told: Any
    """What the command printed."""
    kept: dict[str, str]
    """The evidence as it was before."""


@pytest.fixture(scope="module")
def bound(besieged: Besieged, tmp_path_factory: pytest.TempPathFactory) -> BoundSiege:
    """All of it bound, by the command, in a process of its own."""
    out = tmp_path_factory.mktemp("out") / "แฟ้ม.pdf"
    kept = contents(besieged.place / "evidence")
    return BoundSiege(out, command("binder", besieged.place, "-o", out), kept)


def command(*words: str | Path, under: Sequence[str | Path] = (), seconds: float = SHORT) -> Any:
    """What a command of its own process printed; ``under``: the program that watches it."""
    program = (
        f"import sys; from esa_desktop.services import reading; reading.LOOKING = {seconds}\n"
        "from esa_desktop import cli; sys.exit(cli.run(sys.argv[1:]))"
    )
    done = subprocess.run(
        [*map(str, under), sys.executable, "-c", program, *map(str, words), "--json"],
        cwd=CHECKOUT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=900,
    )
    return json.loads(done.stdout)


def test_hundreds_of_hostile_files_are_each_named_or_bound_and_the_rest_with_them(
    besieged: Besieged, bound: BoundSiege
) -> None:
    check_siege(besieged, bound)


def check_siege(besieged: Besieged, bound: BoundSiege) -> None:
    told, out = bound.told, bound.out
    assert told["items"] == len(besieged.files) + len(besieged.honest)
    assert len(besieged.files) >= 200
    named = {trouble["code"]: trouble for trouble in told["troubles"]}
    assert set(named) <= set(besieged.files)  # no honest file is among them
    unnamed = [
        file.what
        for code, file in besieged.files.items()
        if file.expect is Expect.NAMED and code not in named
    ]
    assert unnamed == []
    assert all(THAI.search(trouble["sentence"]) for trouble in named.values())
    found = text(out)
    assert [word for word in besieged.honest if word not in found] == []
    assert [path.name for path in out.parent.iterdir()] == ["แฟ้ม.pdf"]
    assert contents(besieged.place / "evidence") == bound.kept
    assert list(Path("/tmp").glob("esa-slipped*")) == []
    assert list(Path("/tmp").glob("esa-executed*")) == []


def contents(folder: Path) -> dict[str, str]:
    """What lies below a folder, but for files of a gigabyte of nothing."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.stat().st_size < 1 << 28
    }


ACTING = {
    "/JavaScript", "/JS", "/AA", "/OpenAction", "/Launch", "/URI", "/SubmitForm", "/ImportData",
    "/GoToR", "/GoToE", "/EmbeddedFiles", "/EmbeddedFile", "/RichMedia", "/AcroForm", "/Annots",
    "/XFA", "/Encrypt", "/Filespec", "/FileAttachment",
}  # fmt: skip


def test_nothing_in_a_binder_acts_or_leads_outside(besieged: Besieged, bound: BoundSiege) -> None:
    import pikepdf

    named = {trouble["code"] for trouble in bound.told["troubles"]}
    acting = [code for code, file in besieged.files.items() if file.scripts and code not in named]
    assert acting  # so there was something to leave out
    assert any(acts(besieged.files[code].path) for code in acting)

    with pikepdf.open(bound.out) as document:
        met = set().union(*map(words_of, document.objects))

    assert met & ACTING == set()
    assert {"/Page", "/Font", "/XObject"} <= met


def acts(path: Path) -> bool:
    """Whether a PDF has any of that: the same look that finds nothing in the binder."""
    import pikepdf

    with pikepdf.open(path) as document:
        return bool(set().union(*map(words_of, document.objects)) & ACTING)


def words_of(thing: Any) -> set[str]:
    """Keys and names of an object, and of what stands directly in it."""
    import pikepdf

    if isinstance(thing, pikepdf.Stream):
        thing = thing.stream_dict
    if isinstance(thing, pikepdf.Dictionary):
        inner = [value for value in thing.as_dict().values() if not _is_indirect(value)]
        return set(thing.keys()).union(*map(words_of, inner))
    if isinstance(thing, pikepdf.Array):
        return set().union(*(words_of(value) for value in thing if not _is_indirect(value)))
    return {str(thing)} if isinstance(thing, pikepdf.Name) else set()


def _is_indirect(value: Any) -> bool:
    return bool(getattr(value, "is_indirect", False))


def whole_lines(log: str) -> list[str]:
    """Strace tells of a call in two halves where another process spoke in between."""
    begun: dict[str, str] = {}
    lines: list[str] = []
    for line in log.splitlines():
        process = line.split(maxsplit=1)[0] if line else ""
        if line.endswith("<unfinished ...>"):
            begun[process] = line
        else:
            lines.append((begun.pop(process, "") if " resumed>" in line else "") + line)
    return [*lines, *begun.values()]


@pytest.mark.skipif(sys.platform != "linux", reason="the processes of Linux are watched")
@pytest.mark.torture
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize(
    "part",
    [("--issue", "1.2.1"), pytest.param((), marks=pytest.mark.torture)],
    ids=["an issue", "everything"],
)
def test_binding_starts_no_program_and_asks_no_net(
    besieged: Besieged, tmp_path: Path, part: tuple[str, ...]
) -> None:
    seen = tmp_path / "seen"
    calls = "trace=socket,connect,execve,execveat"
    watcher = ("strace", "-f", "-qq", "-s", "300", "-e", calls, "-o", seen)

    told = command("binder", besieged.place, "-o", tmp_path / "แฟ้ม.pdf", *part, under=watcher)

    assert told["items"] > 20
    lines = whole_lines(seen.read_text(encoding="utf-8", errors="replace"))
    started = [line for line in lines if "exec" in line and " = 0" in line][1:]
    assert len(started) >= 2  # our own children are seen, so others would be
    assert [line for line in started if '"--child"' not in line] == []
    assert [line for line in lines if "AF_INET" in line or "AF_NETLINK" in line] == []


@pytest.mark.torture
def test_with_libreoffice_at_hand_it_is_no_other(besieged: Besieged, tmp_path: Path) -> None:
    with opened(besieged.place) as project:
        keep_bound(project.editor, BinderOptions(), Bound("๑ ก.ย. ๒๕๕๗", ()))
    kept = contents(besieged.place / "evidence")
    out = tmp_path / "out" / "แฟ้ม.pdf"
    out.parent.mkdir()

    told = command("binder", besieged.place, "-o", out, seconds=10)

    check_siege(besieged, BoundSiege(out, told, kept))
