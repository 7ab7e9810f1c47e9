"""The whole main job in a temporary folder: what support runs on an installed program."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from esa_desktop import __version__
from esa_desktop.domain.fields import Kind, indicator_field, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.attaching import attach, take_in
from esa_desktop.services.exporting import export_pdf, stored_options
from esa_desktop.services.identity import Who
from esa_desktop.services.projects import open_project
from esa_desktop.services.sample import make_sample, write_evidence
from esa_desktop.services.showing import show_round

WORDS = "ทดสอบการพิมพ์ภาษาไทย ที่ป้ำน้ำใจ ๑๒๓"


class SelfTest:
    """The steps in order; each leaves something for the next."""

    def __init__(self, folder: Path, who: Who) -> None:
        self._project = folder / "ทดสอบ.esaproj"
        self._pdf = folder / "แบบประเมิน.pdf"
        self._note = folder / "หลักฐาน.pdf"
        self._who = who
        self._shown: dict[str, Any] = {}

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("สร้างงานตัวอย่าง", self.create),
            ("แก้ไขและแนบหลักฐาน", self.change),
            ("เปิดใหม่แล้วข้อมูลครบ", self.reopen),
            ("พิมพ์เป็น PDF", self.export),
            ("อ่าน PDF กลับได้ตรง", self.read_back),
        ]

    def create(self) -> None:
        make_sample(self._project, self._who)

    def change(self) -> None:
        project = open_project(self._project, who=self._who)
        try:
            editor = project.editor
            year = editor.round.fiscal_year
            issue = editor.round.framework.issue("1.1.1")
            indicator = editor.round.framework.indicator("1.1")
            editor.apply(
                editor.change(issue_field(year, issue.id, Kind.METHOD), from_plain(f"๑. {WORDS}"))
            )
            editor.apply(editor.change(indicator_field(year, indicator.id, Kind.LEVEL), 3))
            write_evidence(self._note, "หลักฐานทดสอบ", WORDS)
            intake = take_in(project.folder, [self._note])
            editor.apply(attach(editor, issue.id, intake.files))
            project.flush()
            self._shown = show_round(editor.round)
        finally:
            project.close()

    def reopen(self) -> None:
        project = open_project(self._project, who=self._who)
        try:
            if show_round(project.editor.round) != self._shown:
                raise ValueError("the reopened round differs")
        finally:
            project.close()

    def export(self) -> None:
        project = open_project(self._project, who=self._who)
        try:
            export_pdf(project.editor.round, self._pdf, stored_options(project.editor))
        finally:
            project.close()

    def read_back(self) -> None:
        from esa_desktop.ui.pdf_reader import page_texts

        text = "".join(page_texts(self._pdf))
        if "".join(WORDS.split()) not in "".join(text.split()):
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
