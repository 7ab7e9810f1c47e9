import getpass
import logging
import platform
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from esa_desktop.domain.errors import StorageError
from esa_desktop.logs import start_log
from esa_desktop.paths import user_folder
from esa_desktop.services.editing import Editor
from esa_desktop.services.hidden_words import HiddenWords, words_to_hide
from esa_desktop.services.problem_report import (
    MOST_LINES,
    NO_WORDS,
    hidden,
    last_crash,
    machine_facts,
    problem_report,
    read_log,
    save_report,
)
from esa_desktop.services.project_counts import count_project
from esa_desktop.services.projects import Project
from tests.services.marked_project import marked_project

LIBRARY_SAYS = "2026-11-23 04:38:51,120 WARNING esa_desktop.ui: {0} cannot be used"
"""A sentence of a library with a name or a word in it, past the log's own lock."""


def whole_report(project: Project, log: str, *, own: str = "", open_: bool = False) -> str:
    """``open_``: without the second lock, as a control."""
    words = HiddenWords() if open_ else words_to_hide(project, [user_folder(), project.folder])
    if open_:
        shown, crash = log, last_crash(log)
    else:
        shown, crash = hidden(words, log, last_crash(log))
    return problem_report(
        own,
        machine=machine_facts([user_folder(), project.folder]),
        project=count_project(project, user_folder()),
        log=shown,
        crash=crash,
    )


def log_full_of(marks: list[str], project: Project) -> str:
    names = [*marks, getpass.getuser(), platform.node(), str(project.folder), str(Path.home())]
    files = [f"{mark}.pdf" for mark in marks]
    lines = [LIBRARY_SAYS.format(word) for word in (*names, *files)]
    return "\n".join([*lines, *(line.replace("cannot", "CANNOT").upper() for line in lines)])


def found_in(text: str, marks: list[str], project: Project) -> list[str]:
    names = [*marks, platform.node(), str(project.folder), *project.folder.parts[-2:]]
    return [name for name in names if len(name) > 2 and name.casefold() in text.casefold()]


def test_no_word_of_the_project_its_people_files_and_folders_is_in_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "node", lambda: "Zmarknodeq")
    monkeypatch.setattr(getpass, "getuser", lambda: "Zmarkuserq")
    with marked_project(tmp_path) as (project, marks):
        planted = [*marks.made, "Zmarkuserq", "Zmarknodeq", "zmarkowned"]
        log = log_full_of(marks.made, project)

        report = whole_report(project, log)

        assert len(marks.made) > 40
        assert found_in(report, planted, project) == []
        assert str(Path.home()) not in report
        assert "cannot be used" in report, "what helps is still there"
        # The control: without the second lock every English one would have gone out.
        assert len(found_in(whole_report(project, log, open_=True), planted, project)) > 20


@pytest.mark.parametrize("part", ["machine", "project", "log", "crash"])
def test_a_word_planted_in_any_part_is_found_by_the_look_above(tmp_path: Path, part: str) -> None:
    with marked_project(tmp_path) as (project, marks):
        facts = (("อะไร", marks.made[0]),)
        parts = {"machine": (), "project": (), "log": "", "crash": ""}
        parts[part] = facts if part in ("machine", "project") else marks.made[0]

        report = problem_report("", **parts)  # type: ignore[arg-type]

        assert marks.made[0] in found_in(report, marks.made, project)


def test_the_log_that_the_program_itself_writes_says_nothing_either(
    tmp_path: Path, profile: Path
) -> None:
    with marked_project(tmp_path) as (project, marks):
        log = start_log()
        try:
            for mark in marks.made:
                log.warning("cannot use %s", mark)
                log.warning("kept: %s", OSError(13, "denied", str(project.folder / mark)))
                try:
                    raise_with(mark)
                except ValueError:
                    log.exception("unexpected error")
        finally:
            for handler in list(log.handlers):
                handler.close()
                log.removeHandler(handler)

        report = whole_report(project, read_log())

        assert found_in(report, marks.made, project) == []
        assert "ValueError" in report
        assert "test_problem_report.py" in report, "the place where it went wrong"


def raise_with(words: str) -> None:
    raise ValueError(f"no such value {words}")


def test_the_counts_are_there_and_are_numbers(tmp_path: Path) -> None:
    with marked_project(tmp_path) as (project, _):
        told = dict(count_project(project, user_folder()))

        assert told["มาตรฐาน"] == "3"
        assert told["ตัวบ่งชี้"] == "4"
        assert told["ประเด็นการพิจารณา"] == "18"
        assert told["รายการหลักฐาน"] == "1"
        assert told["ไฟล์ในโฟลเดอร์หลักฐาน"].startswith("1 ไฟล์")
        assert told["ฉบับมาตรฐาน"] == "ฉบับของสำนักงานเอง"
        assert int(told["การแก้ไขที่บันทึกไว้"]) > 10


def test_what_the_person_says_stands_first_and_as_it_was_typed() -> None:
    def made(words: str) -> str:
        return problem_report(words, machine=(), project=None, crash="", log="")

    assert "กดพิมพ์แล้ว\nหน้าว่าง" in made("  กดพิมพ์แล้ว\nหน้าว่าง ")
    assert NO_WORDS in made(" ")
    assert "ไม่ได้เปิดงานประเมิน" in made("")


def test_the_file_is_one_that_notepad_of_windows_shows(tmp_path: Path) -> None:
    target = tmp_path / "แจ้ง.txt"

    save_report("บรรทัดหนึ่ง\nบรรทัดสอง\n", target)

    assert target.read_bytes() == "\ufeffบรรทัดหนึ่ง\r\nบรรทัดสอง\r\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["แจ้ง.txt"]


def test_a_folder_that_takes_nothing_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="เลือกที่เก็บอื่น"):
        save_report("ข้อความ", tmp_path / "ไม่มี" / "แจ้ง.txt")


def test_the_last_lines_of_both_log_files_are_taken_in_order(profile: Path) -> None:
    (profile / "log.txt.1").write_text("\n".join(f"old {n}" for n in range(MOST_LINES)))
    (profile / "log.txt").write_text("new 1\nnew 2")

    lines = read_log().splitlines()

    assert lines[-3:] == [f"old {MOST_LINES - 1}", "new 1", "new 2"]
    assert len(lines) == MOST_LINES


def test_the_last_crash_comes_with_its_traceback_and_nothing_after() -> None:
    log = """2026-11-23 04:00:00,000 ERROR esa_desktop: unexpected error
  one.py:1 f
2026-11-23 04:01:00,000 ERROR esa_desktop: unexpected error
Traceback (most recent call last):
  two.py:2 g
2026-11-23 04:02:00,000 WARNING esa_desktop.ui: something else"""

    assert last_crash(log).splitlines()[1:] == [
        "Traceback (most recent call last):",
        "  two.py:2 g",
    ]
    assert last_crash("2026-11-23 04:02:00,000 INFO esa_desktop: ok") == ""


def test_places_in_the_program_survive_a_project_that_has_their_words() -> None:
    words = HiddenWords(words=["desktop storage writer sqlalchemy"])
    line = "  esa_desktop/storage/writer.py:120 commit"

    assert words.taken_out(line) == line
    assert "sqlalchemy" not in words.taken_out("sqlalchemy says no")


@pytest.mark.parametrize(
    "leak",
    [
        r"cannot open C:\Users\x\report one.docx",
        r"\\server\share\x refused",
        "/srv/office/plan refused",
        "cannot read plan-2568.xlsx now",
        r"PdfError: \\?\C:\Users\x\report one\plan b.pdf: unable to find trailer",
        r"cannot open C:\Users\x\office, plan; report.pdf now",
        "PdfError: /srv/office: report, plan b.pdf: unable to find trailer",
        "/office plan/docs/x.pdf refused",
        "cannot read office plan report.docx now",
        "cannot read ~office/plan",
        r"..\office\plan two",
        r"OFFICE\plan has no right",
        "cannot reach plan@office.go.th",
        "cannot read calendar.office.dwg",
        "plan.psd",
    ],
)
def test_paths_and_file_names_are_taken_out_though_nobody_named_them(leak: str) -> None:
    left = HiddenWords().taken_out(leak)

    assert not any(word in left for word in ("Users", "report", "server", "office", "plan"))


def test_a_line_without_end_is_left_out_at_once() -> None:
    start = time.monotonic()
    assert HiddenWords().taken_out("x" * 300_000) == "…"
    assert time.monotonic() - start < 5


def test_what_follows_a_name_in_a_path_goes_with_it() -> None:
    """The name was taken out first, and what was left no longer looked like a path."""
    shown = HiddenWords(names=["/home/somchai", "somchai"]).taken_out

    assert shown("PdfError: /home/somchai/New Plan/report: no trailer") == "PdfError: …"


@pytest.mark.parametrize(
    "kept",
    [
        "OperationalError: (sqlite3.OperationalError) disk I/O error",
        "esa_desktop 0.1.0, Python 3.11.20, Qt 6.11.35, Windows 10.0.22631",
        "ModuleNotFoundError: No module named 'sqlalchemy.exc'",
        "  esa_desktop/services/main.py:12 main",
    ],
)
def test_what_helps_and_names_no_file_stays(kept: str) -> None:
    assert HiddenWords(names=["main"]).taken_out(kept) == kept


def test_the_words_of_every_side_of_a_conflict_are_taken_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with marked_project(tmp_path) as (project, _):
        view = next(iter(project.editor.views.values()))
        other = replace(view.heads[0], body='"zotherside"')
        both = {view.field: replace(view, heads=(view.heads[0], other))}
        monkeypatch.setattr(Editor, "views", both)
        words = words_to_hide(project)

        assert "zotherside" not in words.taken_out("cannot set zotherside")


def test_a_name_of_a_person_goes_wherever_it_stands() -> None:
    shown: Callable[[str], str] = HiddenWords(names=["Somchai.J"]).taken_out

    assert "somchai" not in shown("token for somchai.j-2 expired").casefold()
    assert logging.getLevelName(30) in shown("2026-11-23 04:02:00,000 WARNING x: a")
