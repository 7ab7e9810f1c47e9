"""The main job: a project, an edit, evidence, a backup and its restoring, what is kept and found."""

from pathlib import Path
from typing import Any, Final

from esa_desktop.domain.fields import Kind, book_field, indicator_field, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.self_test.workshop import WORDS, Step, Workshop, expect
from esa_desktop.services.attaching import attach, take_in
from esa_desktop.services.backing_up import Reason, back_up
from esa_desktop.services.health import check_health
from esa_desktop.services.history import versions
from esa_desktop.services.restoring import restore_to
from esa_desktop.services.sample import make_sample
from esa_desktop.services.sample_files import write_evidence
from esa_desktop.services.searching import search_round
from esa_desktop.services.showing import show_round

FOREWORD: Final = "ทดสอบคำนำของเล่ม เขียนไว้ให้ผู้อำนวยการอ่าน"


class MainJob:
    """The steps in order; each leaves something for the next."""

    def __init__(self, shop: Workshop) -> None:
        self._shop = shop
        self._shown: dict[str, Any] = {}
        self._backup: Path | None = None

    def steps(self) -> list[Step]:
        return [
            ("สร้างงานตัวอย่าง", self.create),
            ("แก้ไขและแนบหลักฐาน", self.change),
            ("เปิดใหม่แล้วข้อมูลครบ", self.reopen),
            ("ประวัติการแก้ไข", self.look_back),
            ("ค้นหาในทั้งเล่ม", self.search),
            ("ตรวจสุขภาพของงาน", self.check),
            ("สำรองข้อมูล", self.back_up),
            ("กู้คืนเป็นงานใหม่แล้วข้อมูลครบ", self.restore),
        ]

    def create(self) -> None:
        make_sample(self._shop.project, self._shop.who)

    def change(self) -> None:
        note = self._shop.folder / "หลักฐาน.pdf"
        with self._shop.opened() as project:
            editor = project.editor
            year = editor.round.fiscal_year
            issue = editor.round.framework.issue("1.1.1")
            indicator = editor.round.framework.indicator("1.1")
            for field, value in (
                (issue_field(year, issue.id, Kind.METHOD), from_plain(f"๑. {WORDS}")),
                (indicator_field(year, indicator.id, Kind.LEVEL), 3),
                (book_field(year, "foreword"), from_plain(FOREWORD)),
            ):
                editor.apply(editor.change(field, value))
            write_evidence(note, "หลักฐานทดสอบ", WORDS)
            intake = take_in(project.folder, [note])
            editor.apply(attach(editor, issue.id, intake.files))
            project.flush()
            self._shown = show_round(editor.round)

    def reopen(self) -> None:
        with self._shop.opened() as project:
            expect(show_round(project.editor.round) == self._shown, "the reopened round differs")

    def look_back(self) -> None:
        with self._shop.opened() as project:
            assessed = project.editor.round
            issue = assessed.framework.issue("1.1.1")
            found = versions(project, issue_field(assessed.fiscal_year, issue.id, Kind.METHOD))
        expect(len(found) >= 2 and found[0].is_head, "a version of the text is missing")

    def search(self) -> None:
        with self._shop.opened() as project:
            hits = search_round(project.editor.round, WORDS)
        expect([hit.code for hit in hits] == ["1.1.1"], "the text is not found")

    def check(self) -> None:
        with self._shop.opened() as project:
            expect(check_health(project).is_whole, "the project is not healthy")

    def back_up(self) -> None:
        """Twice: the second finds nothing new."""
        with self._shop.opened() as project:
            made = back_up(project, Reason.ASKED)
            again = back_up(project, Reason.ASKED)
        expect(made and not again, "the backup does not see what is new")
        self._backup = made.folder if made else None

    def restore(self) -> None:
        """As a project of its own, its evidence compared byte by byte."""
        expect(self._backup, "there is no backup")
        assert self._backup is not None  # noqa: S101 - for the type checker
        restored = restore_to(self._backup, self._shop.folder / "กู้คืน.esaproj")
        with self._shop.opened() as project, self._shop.opened(restored) as other:
            same = show_round(other.editor.round) == show_round(project.editor.round)
            expect(same, "the restored round differs")
            for item in project.editor.round.items.values():
                for file in item.files:
                    ours, theirs = (side.path_of(file.sha256) for side in (project, other))
                    expect(ours.read_bytes() == theirs.read_bytes(), "restored evidence differs")
