"""The self-test of the program that users get: it passes on a whole one and names what is missing."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest

from esa_desktop.paths import fonts_folder, resources_folder
from esa_desktop.self_test import outside, run_self_test
from esa_desktop.self_test.main_job import MainJob
from esa_desktop.self_test.on_paper import OnPaper
from esa_desktop.self_test.running import CLEARED, Part, _without_places
from esa_desktop.self_test.shipped import EDITIONS, FONTS
from tests.bundles import make_bundle, run_frozen
from tests.e2e.shell import Shell
from tools.freezing.thai_library import build

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="the frozen program is made of sh")
SHIPPED_STEPS = 6
RUN = """
import json
from esa_desktop.self_test import run_self_test
from esa_desktop.self_test.main_job import MainJob
from esa_desktop.self_test.outside import Outside
print(json.dumps(run_self_test(chain=[%s])))
"""
NO_STREAMS = """
sys.stdin = sys.stdout = sys.stderr = None
from esa_desktop.__main__ import main
sys.exit(main(["self-test", "-o", "ผล ทดสอบ.json"]))
"""


@pytest.fixture(scope="module")
def thai(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return build("linux", tmp_path_factory.mktemp("libthai"))


@pytest.fixture
def bundle(tmp_path: Path, thai: tuple[Path, Path]) -> Path:
    """Everything that belongs into a bundle; fonts and editions may be taken away."""
    inside = make_bundle(tmp_path / "โปรแกรม ของเรา")
    for part in thai:
        shutil.copy(part, inside)
    (inside / "fonts").unlink()
    shutil.copytree(fonts_folder(), inside / "fonts")
    (inside / "resources").unlink()
    (inside / "resources").mkdir()
    for path in resources_folder().iterdir():
        (inside / "resources" / path.name).symlink_to(path)
    (inside / "resources" / "frameworks").unlink()
    shutil.copytree(resources_folder() / "frameworks", inside / "resources" / "frameworks")
    (inside / "resources" / "help").unlink()
    shutil.copytree(resources_folder() / "help", inside / "resources" / "help")
    (inside / "licences").mkdir()
    (inside / "licences" / "Qt.txt").write_text("LGPL", "ascii")
    index = [{"name": "Qt", "version": "6", "licence": "LGPL", "files": ["Qt.txt"]}]
    (inside / "licences" / "index.json").write_text(json.dumps(index), "ascii")
    return inside


@only_linux
def test_a_whole_program_passes_without_streams_and_leaves_nothing_behind(
    bundle: Path, tmp_path: Path, profile: Path
) -> None:
    """As on Windows without a console; the temporary folder is Thai, the system's libthai hidden."""
    here, temporary, broken = (tmp_path / name for name in ("here", "ชั่ว คราว", "broken"))
    for folder in (here, temporary, broken):
        folder.mkdir()
    (broken / "libthai.so.0").write_bytes(b"no library")
    before = sorted(bundle.parent.rglob("*"))

    done = run_frozen(bundle, NO_STREAMS, here, TMPDIR=str(temporary), LD_LIBRARY_PATH=str(broken))

    report = json.loads((here / "ผล ทดสอบ.json").read_text("utf-8"))
    assert [step for step in report["steps"] if not step["ok"]] == []
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (report["ok"], report["frozen"], "running" in report) == (True, True, False)
    assert report["steps"][-1]["step"] == CLEARED
    assert len(report["steps"]) > 30
    assert list(temporary.iterdir()) == []
    assert sorted(bundle.parent.rglob("*")) == before
    assert [path.name for path in profile.iterdir() if not path.name.startswith(".")] == []
    assert str(tmp_path) not in json.dumps(report, ensure_ascii=False)


def remove(name: str) -> Callable[[Path], object]:
    return lambda inside: (inside / name).unlink()


def cut(name: str) -> Callable[[Path], object]:
    return lambda inside: os.truncate(inside / name, 5000)


def replace(name: str) -> Callable[[Path], object]:
    return lambda inside: (inside / name).write_bytes(b"no library")


def break_child(inside: Path) -> None:
    program = inside.parent / "esa-desktop"
    lines = program.read_text("utf-8").split("\n", 1)
    program.write_text(f'{lines[0]}\n[ "$1" = --child ] && exit 3\n{lines[1]}', "utf-8")


@only_linux
@pytest.mark.parametrize(
    ("fault", "step", "parts"),
    [
        (remove("fonts/THSarabunNew-Bold.ttf"), "แบบอักษรและการวางสระวรรณยุกต์", ""),
        (remove("fonts/EsaUI-SemiBold.ttf"), "แบบอักษรและการวางสระวรรณยุกต์", ""),
        (cut("fonts/Sarabun-Regular.ttf"), "แบบอักษรและการวางสระวรรณยุกต์", ""),
        (remove("libthai.so.0"), "ตัดคำไทยบนจอตรงกับบนกระดาษ", ""),
        (replace("libthai.so.0"), "ตัดคำไทยบนจอตรงกับบนกระดาษ", ""),
        (remove("thbrk.tri"), "ตัดคำไทยบนจอตรงกับบนกระดาษ", ""),
        (cut("thbrk.tri"), "ตัดคำไทยบนจอตรงกับบนกระดาษ", ""),
        (remove("resources/frameworks/obec-2560.toml"), "ฉบับมาตรฐานที่มากับโปรแกรม", ""),
        (remove("resources/help/pages/16-backup-restore.md"), "หน้าวิธีใช้และคู่มือสำหรับพิมพ์", ""),
        (remove("resources/help/pictures/evidence.png"), "หน้าวิธีใช้และคู่มือสำหรับพิมพ์", ""),
        (remove("licences/Qt.txt"), "สัญญาอนุญาต", ""),
        (remove("licences/index.json"), "สัญญาอนุญาต", ""),
        (break_child, "อ่านไฟล์ PDF", "MainJob, Outside"),
    ],
)
def test_what_is_missing_is_named(
    bundle: Path, tmp_path: Path, fault: Callable[[Path], object], step: str, parts: str
) -> None:
    fault(bundle)

    done = run_frozen(bundle, RUN % parts, tmp_path)

    report = json.loads(done.stdout)
    assert [one["step"] for one in report["steps"] if not one["ok"]] == [step]
    assert not report["ok"]


def test_the_fonts_and_editions_that_are_looked_for_are_those_there_are() -> None:
    assert sorted(FONTS) == sorted(path.stem for path in fonts_folder().glob("*.ttf"))
    editions = (resources_folder() / "frameworks").glob("*.toml")
    assert sorted(EDITIONS) == sorted(path.stem for path in editions)


@pytest.mark.parametrize(
    ("broken", "step", "parts"),
    [
        ("main_job.versions", "ประวัติการแก้ไข", [MainJob]),
        ("main_job.search_round", "ค้นหาในทั้งเล่ม", [MainJob]),
        ("main_job.back_up", "สำรองข้อมูล", [MainJob]),
        ("main_job.restore_to", "กู้คืนเป็นงานใหม่แล้วข้อมูลครบ", [MainJob]),
        ("on_paper.export_pdf", "อ่าน PDF กลับได้ตรง", [MainJob, OnPaper]),
    ],
)
def test_a_part_that_does_nothing_is_found(
    monkeypatch: pytest.MonkeyPatch, broken: str, step: str, parts: list[Part]
) -> None:
    monkeypatch.setattr(f"esa_desktop.self_test.{broken}", lambda *_, **__: ())
    told: list[dict[str, Any]] = []

    report = run_self_test(told.append, chain=parts)

    last = report["steps"][-1]
    assert (report["ok"], last["ok"], last["step"]) == (False, False, step)
    assert told[-1]["running"] == step
    assert len(report["steps"]) == len(told) > SHIPPED_STEPS


def test_a_program_that_fails_its_own_test_says_at_which_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shell, file = Shell(monkeypatch, capsys), tmp_path / "ผล.json"
    steps = [{"step": "ก", "ok": True}, {"step": "สำรองข้อมูล", "ok": False}]
    report = {"ok": False, "steps": steps}
    monkeypatch.setattr("esa_desktop.self_test.run_self_test", lambda tell: report)

    code, out, err = shell.run("self-test", "-o", file)

    assert (code, err.count("\n"), "“สำรองข้อมูล”" in err) == (1, 1, True)
    assert json.loads(out) == json.loads(file.read_text("utf-8")) == report


def test_a_report_that_cannot_be_written_is_said_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refusal = Shell(monkeypatch, capsys).refusal("self-test", "-o", tmp_path / "ไม่มี" / "ผล.json")

    assert "ผล.json" in refusal


def test_a_place_of_windows_is_taken_out_of_an_error_however_it_is_spelled() -> None:
    folder = PureWindowsPath(r"C:\Users\สมชาย\AppData\Local\Temp\esa-self-test-x")
    fault = FileNotFoundError(2, "No such file", str(folder / "a.pdf"))
    assert str(folder) not in str(fault), "the system's own words double the strokes"
    for words in (str(fault), str(folder), folder.as_posix()):
        assert "สมชาย" not in _without_places(words, folder)


def test_a_test_that_does_not_end_is_ended(tmp_path: Path) -> None:
    code = (
        "import time; from esa_desktop.cli import checking, run; import esa_desktop.self_test;"
        "checking.LONGEST_TEST = 0.5;"
        "esa_desktop.self_test.run_self_test = lambda tell: (tell({'running': 'x'}), time.sleep(30));"
        "run(['self-test', '-o', 'out.json'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
        timeout=20,
        check=False,
    )

    assert done.returncode == 1
    assert json.loads((tmp_path / "out.json").read_text("utf-8")) == {"running": "x"}


def test_a_child_that_is_late_once_is_no_fault_and_one_that_is_always_wrong_is() -> None:
    answers = iter([0, 7, 0])

    assert outside._patiently(lambda: next(answers), bool) == 7
    assert next(answers) == 0, "nobody was asked again after the right answer"
    assert outside._patiently(lambda: 0, bool) == 0
