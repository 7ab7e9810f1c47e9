"""The whole main job in a temporary folder: what support runs on an installed program."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from esa_desktop import __version__
from esa_desktop.domain.fields import Kind, book_field, indicator_field, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.attaching import attach, take_in
from esa_desktop.services.backing_up import Reason, back_up
from esa_desktop.services.binder_memory import stored_binder_options
from esa_desktop.services.binder_wish import remember_bound, wish_for
from esa_desktop.services.binding import bind_evidence
from esa_desktop.services.exporting import export_pdf, remember_options, stored_options
from esa_desktop.services.identity import Who
from esa_desktop.services.projects import Project, open_project
from esa_desktop.services.reading import Reader
from esa_desktop.services.restoring import restore_to
from esa_desktop.services.sample import make_sample
from esa_desktop.services.sample_files import write_evidence
from esa_desktop.services.showing import show_round

WORDS = "ทดสอบการพิมพ์ภาษาไทย ที่ป้ำน้ำใจ ๑๒๓"
FOREWORD = "ทดสอบคำนำของเล่ม เขียนไว้ให้ผู้อำนวยการอ่าน"


class SelfTest:
    """The steps in order; each leaves something for the next."""

    def __init__(self, folder: Path, who: Who) -> None:
        self._project = folder / "ทดสอบ.esaproj"
        self._pdf = folder / "แบบประเมิน.pdf"
        self._book = folder / "เล่มรายงาน.pdf"
        self._binder = folder / "แฟ้มหลักฐาน.pdf"
        self._note = folder / "หลักฐาน.pdf"
        self._who = who
        self._shown: dict[str, Any] = {}
        self._backup: Path | None = None
        self._volumes: list[Path] = []

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("สร้างงานตัวอย่าง", self.create),
            ("แก้ไขและแนบหลักฐาน", self.change),
            ("เปิดใหม่แล้วข้อมูลครบ", self.reopen),
            ("สำรองข้อมูล", self.back_up),
            ("กู้คืนเป็นงานใหม่แล้วข้อมูลครบ", self.restore),
            ("จำรูปแบบการพิมพ์", self.remember),
            ("พิมพ์เป็น PDF", self.export),
            ("อ่าน PDF กลับได้ตรง", self.read_back),
            ("พิมพ์ทั้งเล่มเป็น PDF", self.export_book),
            ("อ่านเล่มกลับได้ตรง", self.read_book_back),
            ("รวมแฟ้มหลักฐาน", self.bind),
            ("อ่านแฟ้มกลับได้ตรง", self.read_binder_back),
        ]

    def create(self) -> None:
        make_sample(self._project, self._who)

    def change(self) -> None:
        with self._opened() as project:
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
            write_evidence(self._note, "หลักฐานทดสอบ", WORDS)
            intake = take_in(project.folder, [self._note])
            editor.apply(attach(editor, issue.id, intake.files))
            project.flush()
            self._shown = show_round(editor.round)

    def reopen(self) -> None:
        with self._opened() as project:
            if show_round(project.editor.round) != self._shown:
                raise ValueError("the reopened round differs")

    def back_up(self) -> None:
        """Twice: the second finds nothing new."""
        with self._opened() as project:
            made = back_up(project, Reason.ASKED)
            again = back_up(project, Reason.ASKED)
        if made is None or again is not None:
            raise ValueError("the backup does not see what is new")
        self._backup = made.folder

    def restore(self) -> None:
        """As a project of its own, its evidence compared byte by byte."""
        if self._backup is None:
            raise ValueError("there is no backup")
        restored = restore_to(self._backup, self._project.with_name("กู้คืน.esaproj"))
        with self._opened() as project, self._opened(restored) as other:
            if show_round(other.editor.round) != show_round(project.editor.round):
                raise ValueError("the restored round differs")
            for item in project.editor.round.items.values():
                for file in item.files:
                    ours, theirs = (side.path_of(file.sha256) for side in (project, other))
                    if ours.read_bytes() != theirs.read_bytes():
                        raise ValueError("restored evidence differs")

    def remember(self) -> None:
        with self._opened() as project:
            editor = project.editor
            chosen = replace(stored_options(editor), paper="a4-portrait", header=WORDS)
            editor.apply(remember_options(editor, chosen))
            project.flush()
        with self._opened() as project:
            if stored_options(project.editor) != chosen:
                raise ValueError("the options of printing are not remembered")

    def export(self) -> None:
        with self._opened() as project:
            options = stored_options(project.editor, form="sheets")
            export_pdf(project.editor.round, self._pdf, options, image=project.image_bytes)

    def read_back(self) -> None:
        self._find(self._pdf, WORDS)

    def export_book(self) -> None:
        with self._opened() as project:
            options = stored_options(project.editor, form="book")
            export_pdf(project.editor.round, self._book, options, image=project.image_bytes)

    def read_book_back(self) -> None:
        self._find(self._book, WORDS, FOREWORD)

    def bind(self) -> None:
        """In child processes, as always: what cannot start them cannot show a file either."""
        with self._opened() as project, closing(Reader()) as reader:
            options = replace(stored_binder_options(project.editor), most_pages=20)
            wish = wish_for(project, options, self._binder)
            result = bind_evidence(wish, reader)
            remember_bound(project, wish)
            changes = wish_for(project, options, self._binder).changes
        if result.troubles or len(result.volumes) < 2 or changes.changed:
            raise ValueError("not everything is bound")
        self._volumes = [Path(volume.path) for volume in result.volumes]

    def read_binder_back(self) -> None:
        self._find(self._volumes[0], WORDS)

    @contextmanager
    def _opened(self, folder: Path | None = None) -> Iterator[Project]:
        project = open_project(folder or self._project, who=self._who)
        try:
            yield project
        finally:
            project.close()

    def _find(self, pdf: Path, *words: str) -> None:
        from esa_desktop.ui.pdf_reader import page_texts

        text = "".join("".join(page_texts(pdf)).split())
        if not all("".join(some.split()) in text for some in words):
            raise ValueError("the printed words cannot be read back")


def run_self_test(who: Who) -> dict[str, Any]:
    """``{"ok", "version", "steps": [{"step", "ok", "seconds", "error"?}]}``; stops at the first fault."""
    steps: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for name, step in SelfTest(Path(folder), who).steps():
            start = time.perf_counter()
            entry: dict[str, Any] = {"step": name, "ok": True}
            try:
                step()
            except Exception as error:  # noqa: BLE001 - a self-test reports every fault, whatever it is
                entry |= {"ok": False, "error": f"{type(error).__name__}: {error}"}
            entry["seconds"] = round(time.perf_counter() - start, 3)
            steps.append(entry)
            if not entry["ok"]:
                break
    return {"ok": all(step["ok"] for step in steps), "version": __version__, "steps": steps}
