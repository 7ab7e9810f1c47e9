import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from esa_desktop import cli
from esa_desktop.__main__ import main
from esa_desktop.cli.printing import FORMS
from tests.e2e.shell import Shell
from tests.forms import FormIndicator, read_form
from tests.reading import missing_runs, pdfium_pages, poppler_pages, squeezed, thai_runs

HEAD = "คำอธิบายระดับคุณภาพ"


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(monkeypatch, capsys)


def fill(shell: Shell, place: Path, form: tuple[FormIndicator, ...], scratch: Path) -> None:
    """Build the form's project with nothing but commands."""
    shell.json(
        "new", place, "--framework", "obec-2557", "--office", "สพป.ทดสอบ เขต ๒", "--year", "2557"
    )
    for indicator in form:
        for issue in indicator.issues:
            for field, text in (("method", issue.method), ("results", issue.results)):
                if text:
                    shell.json("set", place, issue.code, field, typed=text)
            shell.json("set", place, issue.code, "acted_on", typed="true")
        if indicator.suggestions:
            shell.json("set", place, indicator.code, "suggestions", typed=indicator.suggestions)
        if indicator.level:
            shell.json("set", place, indicator.code, "level", typed=str(indicator.level))
        for number, (code, line) in enumerate(indicator.evidence):
            file = scratch / f"{indicator.code}-{number}.txt"
            file.write_text(line, encoding="utf-8")
            (given,) = shell.json("attach", place, code, file, "--title", line)
            assert given.startswith(f"{code}-")


@pytest.fixture
def form(seed_folder: Path | None) -> tuple[FormIndicator, ...]:
    return read_form(seed_folder)


def test_a_form_goes_in_by_commands_and_is_shown_as_it_was_typed(
    shell: Shell, form: tuple[FormIndicator, ...], tmp_path: Path
) -> None:
    place = tmp_path / "งาน.esaproj"
    fill(shell, place, form, tmp_path)

    shown = shell.json("show", place)

    issues = {
        issue["code"]: issue
        for standard in shown["standards"]
        for indicator in standard["indicators"]
        for issue in indicator["issues"]
    }
    indicators = {i["code"]: i for s in shown["standards"] for i in s["indicators"]}
    titles = [item["title"] for item in shown["evidence"]]
    for told in form:
        assert indicators[told.code]["level"] == told.level
        assert indicators[told.code]["suggestions"] == told.suggestions
        for issue in told.issues:
            assert issues[issue.code]["method"] == issue.method
            assert issues[issue.code]["results"] == issue.results
            assert issues[issue.code]["acted_on"] is True
        for _, line in told.evidence:
            assert line.strip() in titles
    assert shown == shell.json("show", place)


@pytest.mark.parametrize("paper", ["a4-landscape", "a4-portrait"])
@pytest.mark.parametrize("font", ["TH Sarabun New", "Sarabun"])
def test_every_word_of_the_form_can_be_copied_out_of_the_pdf(
    shell: Shell, form: tuple[FormIndicator, ...], tmp_path: Path, paper: str, font: str
) -> None:
    place, pdf = tmp_path / "งาน.esaproj", tmp_path / "แบบ.pdf"
    fill(shell, place, form, tmp_path)

    told = shell.json("export", place, "-o", pdf, "--paper", paper, "--font", font)

    assert told["unknown_characters"] == []
    runs = [run for indicator in form for run in thai_runs(indicator.words)]
    for pages in (poppler_pages(pdf), pdfium_pages(pdf)):
        assert len(pages) == told["pages"]
        assert all(HEAD in squeezed(page) for page in pages)
        missing = missing_runs(runs, pages)
        assert len(missing) <= len(runs) * 0.005, missing


@pytest.fixture
def sample(shell: Shell, tmp_path: Path) -> Path:
    place = tmp_path / "ตัวอย่าง.esaproj"
    shell.json("sample", place)
    return place


def test_the_whole_report_is_one_command(shell: Shell, sample: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "เล่ม.pdf"

    told = shell.json("export", sample, "-o", pdf, "--form", "book")

    assert (told["form"], told["warning"], told["unknown_characters"]) == ("book", "", [])
    shown = shell.json("show", sample)
    printed = [text for name, text in shown["book"].items() if name != "committee"]
    runs = [run for text in printed for run in thai_runs(text.replace("[รูป]", ""))]
    assert len(runs) > 150
    for pages in (poppler_pages(pdf), pdfium_pages(pdf)):
        assert len(pages) == told["pages"]
        assert missing_runs(runs, pages) == []


@pytest.mark.parametrize("form", FORMS)
def test_every_form_comes_out_of_the_command_line(
    shell: Shell, sample: Path, tmp_path: Path, form: str
) -> None:
    pdf = tmp_path / "แบบ.pdf"

    told = shell.json("export", sample, "-o", pdf, "--form", form, "--paper", "f4-portrait")

    assert told["form"] == form
    assert len(pdfium_pages(pdf)) == told["pages"] > 0


def test_after_a_change_only_its_pages_are_printed(
    shell: Shell, sample: Path, tmp_path: Path
) -> None:
    whole, some = tmp_path / "เล่ม.pdf", tmp_path / "เปลี่ยน.pdf"
    first = shell.json("export", sample, "-o", whole, "--form", "book")
    assert first["changed_pages"] is None
    same = shell.json("export", sample, "-o", some, "--form", "book", "--changed")
    assert (same["file"], same["pages"], same["changed_pages"]) == (None, 0, [])
    assert not some.exists()

    shell.json("set", sample, "book", "foreword", typed="เรียนผู้อ่านทุกท่าน")
    told = shell.json("export", sample, "-o", some, "--form", "book", "--changed")

    assert (told["changed_pages"], told["removed_pages"]) == (["ก"], ["ก"])
    (page,) = pdfium_pages(some)
    assert "เรียนผู้อ่านทุกท่าน" in page
    assert told["warning"] == ""
    again = shell.json("export", sample, "-o", some, "--form", "book", "--changed")
    assert again["changed_pages"] == []


def test_pages_that_moved_are_warned_about(shell: Shell, sample: Path, tmp_path: Path) -> None:
    shell.json("export", sample, "-o", tmp_path / "x.pdf")
    longer = "๑. ประชุมชี้แจงผู้บริหารโรงเรียนทุกแห่งในเดือนตุลาคม\n" * 40
    shell.json("set", sample, "1.1.2", "results", typed=longer)

    code, out, err = shell.run("export", sample, "-o", tmp_path / "x.pdf", "--changed")

    assert (code, err) == (0, "")
    assert "เลขหน้าเลื่อน" in out
    assert "จำนวนหน้าทั้งหมดเปลี่ยนจาก" in out
    assert "ใส่หน้า" in out


def test_ready_draft_and_parts_choose_what_is_printed(
    shell: Shell, sample: Path, tmp_path: Path
) -> None:
    pdf = tmp_path / "x.pdf"
    whole = shell.json("export", sample, "-o", pdf)["pages"]

    assert 0 < shell.json("export", sample, "-o", pdf, "--ready")["pages"] < whole
    assert shell.json("export", sample, "-o", pdf, "--size", "๑๔")["pages"] < whole
    parts = ("--form", "book", "--parts", "foreword,cover")
    assert shell.json("export", sample, "-o", pdf, *parts)["pages"] == 2
    assert "คำนำ" in pdfium_pages(pdf)[1]
    shell.json("export", sample, "-o", pdf, *parts, "--draft")
    assert all("ร่าง" in page for page in pdfium_pages(pdf))


def test_texts_of_the_book_words_and_marks_go_in_by_commands(shell: Shell, sample: Path) -> None:
    shell.json("set", sample, "book", "basics_date", typed="๑ ตุลาคม ๒๕๖๘\n")
    shell.json("set", sample, "dictionary", "words", typed="ธารทอง\nเวียงใต้\n")
    shell.json("set", sample, "๑.๓", "status", typed="ready")
    shell.json("set", sample, "1.2", "status", typed="")

    shown = shell.json("show", sample)

    assert shown["book"]["basics_date"] == "๑ ตุลาคม ๒๕๖๘"
    assert shown["dictionary"] == ["ธารทอง", "เวียงใต้"]
    status = {i["code"]: i["status"] for s in shown["standards"] for i in s["indicators"]}
    assert (status["1.2"], status["1.3"]) == ("", "ready")


def test_the_same_round_printed_twice_gives_the_same_bytes(shell: Shell, tmp_path: Path) -> None:
    place = tmp_path / "ตัวอย่าง.esaproj"
    shell.json("sample", place)

    for name in ("one.pdf", "two.pdf"):
        shell.json("export", place, "-o", tmp_path / name)

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_the_program_runs_as_a_module_from_any_folder(tmp_path: Path) -> None:
    place = tmp_path / "ก ข.esaproj"
    done = subprocess.run(
        [sys.executable, "-m", "esa_desktop", "sample", str(place), "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"project": str(place)}


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (["set", "P", "1.2.9", "method"], "", "1.2.9"),
        (["set", "P", "1.2", "level"], "๗", "๑ ถึง ๕"),
        (["set", "P", "1.2.1", "acted_on"], "บางที", "true"),
        (["set", "P", "1.2.1", "level"], "3", "ตัวบ่งชี้"),
        (["set", "P", "1.2", "method"], "ก", "ประเด็น"),
        (["attach", "P", "1.2.1", "ไม่มีไฟล์นี้.pdf"], "", "ไม่มีไฟล์นี้.pdf"),
        (["show", "P", "--year", "2560"], "", "๒๕๕๗"),
        (["show", "P", "--year", "๑๒"], "", "สี่หลัก"),
        (["show", "ไม่มีโฟลเดอร์นี้"], "", "ไม่มีโฟลเดอร์นี้"),
        (["export", "P", "-o", "แบบ.odt"], "", ".pdf"),
        (["export", "P", "-o", "ก.pdf", "--indicator", "9.9"], "", "9.9"),
        (["export", "P", "-o", "ก.pdf", "--font", "ไม่มีแบบอักษรนี้"], "", "ไม่มีแบบอักษรนี้"),
        (["export", "P", "-o", "ไม่มี/ก.pdf"], "", "ไม่มี"),
        (["export", "P", "-o", "ก.pdf", "--changed", "--indicator", "1.2"], "", "--changed"),
        (["export", "P", "-o", "ก.pdf", "--changed", "--draft"], "", "--draft"),
        (["export", "P", "-o", "ก.pdf", "--parts", "cover"], "", "--form book"),
        (["export", "P", "-o", "ก.pdf", "--form", "book", "--parts", "ปก"], "", "ปก"),
        (["export", "P", "-o", "ก.pdf", "--form", "book", "--parts", ","], "", "cover"),
        (["export", "P", "-o", "ก.pdf", "--size", "๙"], "", "๑๐ ถึง ๒๔"),
        (["export", "P", "-o", "ก.pdf", "--size", "ใหญ่"], "", "ใหญ่"),
        (["export", "P", "-o", "ก.pdf", "--ready"], "", "พร้อม"),
        (["set", "P", "book", "method"], "", "foreword"),
        (["set", "P", "1.2", "foreword"], "", "book"),
        (["set", "P", "book", "words"], "", "foreword"),
        (["set", "P", "dictionary", "level"], "3", "words"),
        (["set", "P", "1.2", "status"], "เสร็จ", "ready"),
        (["set", "P", "1.2.1", "status"], "ready", "ตัวบ่งชี้"),
        (["new", "Q", "--framework", "obec-2557", "--office", "ก", "--year", "9999"], "", "9999"),
        (["new", "Q", "--framework", "obec-2557", "--office", "ก", "--year", "๑๒"], "", "๑๒"),
        (["new", "Q", "--framework", "obec-1999", "--office", "ก", "--year", "2557"], "", "1999"),
        (["new", "P", "--framework", "obec-2557", "--office", "ก", "--year", "2557"], "", "P"),
        (["set", "P"], "", "--help"),
        (["--json"], "", "--help"),
        (["--year", "2557", "show", "P"], "", "--help"),
        (["show", ""], "", "ว่างเปล่า"),
        (["sample", "  "], "", "ว่างเปล่า"),
        (["attach", "P", "1.2.1", ""], "", "ว่างเปล่า"),
        (["export", "P", "-o", " "], "", "ว่างเปล่า"),
    ],
)
def test_what_a_user_can_mend_is_one_sentence_on_standard_error(
    shell: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    typed: str,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    shell.json("new", "P", "--framework", "obec-2557", "--office", "สพป.ก", "--year", "2557")

    code, out, err = shell.run(*words, typed=typed)

    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert not (tmp_path / "Q").exists()


@pytest.mark.parametrize("name", cli.NOT_BUILT)
def test_a_command_of_a_later_version_opens_no_window(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    for words in ([name], [name, "P", "-o", "ก.pdf"], ["--json", name, "P"]):
        assert main(words) == 2
        out, err = capsys.readouterr()
        assert (out, err) == ("", f"คำสั่ง {name} ยังไม่มีในรุ่นนี้\n")


def test_json_may_be_asked_for_before_the_command(
    shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "P"
    shell.json("new", place, "--framework", "obec-2557", "--office", "สพป.ก", "--year", "2557")

    assert main(["--json", "show", str(place)]) == 0

    assert json.loads(capsys.readouterr().out) == shell.json("show", place)


@pytest.mark.parametrize(
    "words", [["งาน.esaproj"], ["--screenshot", "ก.png", "show"], ["--time-to-paint"], []]
)
def test_a_project_and_the_options_of_the_window_are_no_command(words: list[str]) -> None:
    assert not cli.is_command(words)


def test_files_may_stand_on_both_sides_of_an_option(shell: Shell, tmp_path: Path) -> None:
    place, one, two = tmp_path / "P", tmp_path / "a.txt", tmp_path / "b.txt"
    shell.json("new", place, "--framework", "obec-2557", "--office", "สพป.ก", "--year", "2557")
    one.write_text("ก", encoding="utf-8")
    two.write_text("ข", encoding="utf-8")

    shell.json("attach", place, "1.2.1", one, "--title", "คำสั่ง", two)

    (item,) = shell.json("show", place)["evidence"]
    assert item["title"] == "คำสั่ง"
    assert sorted(file["name"] for file in item["files"]) == ["a.txt", "b.txt"]


def test_a_file_whose_name_looks_like_an_option_can_be_attached(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shell.json("new", "P", "--framework", "obec-2557", "--office", "สพป.ก", "--year", "2557")
    Path("-ก.txt").write_text("ก", encoding="utf-8")

    code, out, err = shell.run("attach", "P", "1.2.1", "--", "-ก.txt")

    assert (code, out, err) == (0, "1.2.1-01\n", "")


def test_a_closed_standard_input_is_refused_with_a_sentence(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    place = tmp_path / "P"
    shell.json("new", place, "--framework", "obec-2557", "--office", "สพป.ก", "--year", "2557")
    monkeypatch.setattr(sys, "stdin", None)

    assert cli.run(["set", str(place), "1.2.1", "method"]) == 2
    assert "อินพุตมาตรฐาน" in capsys.readouterr().err


def test_text_that_is_not_utf8_is_refused_with_a_sentence(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    place = tmp_path / "P"
    shell.json("new", place, "--framework", "obec-2557", "--office", "สพป.ก", "--year", "2557")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("ก".encode("tis-620"))))

    assert cli.run(["set", str(place), "1.2.1", "method"]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_a_fault_of_the_program_is_a_sentence_too_and_its_details_are_in_the_log(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, profile: Path
) -> None:
    def broken(_given: object) -> cli.Answer:
        raise ZeroDivisionError("an inner fault")

    monkeypatch.setattr("esa_desktop.cli.writing.sample", broken)

    code, out, err = shell.run("sample", "x")

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "Traceback" not in err
    assert "an inner fault" in (profile / "log.txt").read_text(encoding="utf-8")
