"""Everything that is printed: each form as PDF and read back, the binder, and a printer."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from esa_desktop.self_test.main_job import FOREWORD
from esa_desktop.self_test.workshop import WORDS, Step, Workshop, expect, find_in_pdf
from esa_desktop.services.binder_memory import stored_binder_options
from esa_desktop.services.binder_wish import remember_bound, wish_for
from esa_desktop.services.binding import bind_evidence
from esa_desktop.services.exporting import export_pdf, remember_options, stored_options
from esa_desktop.services.reading import Reader


class OnPaper:
    """The steps in order; they need the project of the main job."""

    def __init__(self, shop: Workshop) -> None:
        self._shop = shop
        self._sheets = shop.folder / "แบบประเมิน.pdf"
        self._book = shop.folder / "เล่มรายงาน.pdf"
        self._binder = shop.folder / "แฟ้มหลักฐาน.pdf"
        self._volumes: list[Path] = []

    def steps(self) -> list[Step]:
        return [
            ("จำรูปแบบการพิมพ์", self.remember),
            ("พิมพ์เป็น PDF", lambda: self._export("sheets", self._sheets)),
            ("อ่าน PDF กลับได้ตรง", lambda: find_in_pdf(self._sheets, WORDS)),
            ("พิมพ์ทั้งเล่มเป็น PDF", lambda: self._export("book", self._book)),
            ("อ่านเล่มกลับได้ตรง", lambda: find_in_pdf(self._book, WORDS, FOREWORD)),
            ("แบบสำหรับคณะกรรมการ", self.committee),
            ("แบบฟอร์มเปล่า", self.blank),
            ("ส่งออกเครื่องพิมพ์", self.print_out),
            ("รวมแฟ้มหลักฐาน", self.bind),
            ("อ่านแฟ้มกลับได้ตรง", lambda: find_in_pdf(self._volumes[0], WORDS)),
        ]

    def remember(self) -> None:
        with self._shop.opened() as project:
            editor = project.editor
            chosen = replace(stored_options(editor), paper="a4-portrait", header=WORDS)
            editor.apply(remember_options(editor, chosen))
            project.flush()
        with self._shop.opened() as project:
            kept = stored_options(project.editor)
        expect(kept == chosen, "the options of printing are not remembered")

    def committee(self) -> None:
        pdf = self._shop.folder / "กรรมการ.pdf"
        self._export("committee", pdf)
        find_in_pdf(pdf, "กรรมการ")

    def blank(self) -> None:
        """Of two indicators: all of them take longer and say no more."""
        pdf = self._shop.folder / "เปล่า.pdf"
        self._export("blank", pdf, "1.1", "1.2")
        find_in_pdf(pdf, "วิธีการดำเนินงาน", "ผลการดำเนินงาน")

    def print_out(self) -> None:
        """The way to a printer, ending in a file: no printer may be there, and none may start."""
        from PySide6.QtPrintSupport import QPrinter

        from esa_desktop.self_test.on_screen import is_inked, start_application
        from esa_desktop.ui.pdf_reader import open_pdf
        from esa_desktop.ui.printing import make_printer, opened, page_picture, paint_pages
        from esa_desktop.ui.worker import TaskHandle

        start_application()
        sheet = self._shop.folder / "หนึ่งตัวบ่งชี้.pdf"
        self._export("sheets", sheet, "1.1")
        content = sheet.read_bytes()
        with opened(content) as document:
            printer = make_printer(document.pagePointSize(0))
        target = self._shop.folder / "เครื่องพิมพ์.pdf"
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        sides = paint_pages(content, printer, TaskHandle(lambda _done, _total: None))
        printed = open_pdf(target)
        try:
            expect(sides and printed.pageCount() == sides, "not every page is printed")
            expect(is_inked(page_picture(printed, 0, dpi=30)), "the printed page is empty")
        finally:
            printed.close()

    def bind(self) -> None:
        """In child processes, as always: what cannot start them cannot show a file either."""
        with self._shop.opened() as project, closing(Reader()) as reader:
            options = replace(stored_binder_options(project.editor), most_pages=20)
            wish = wish_for(project, options, self._binder)
            result = bind_evidence(wish, reader)
            remember_bound(project, wish)
            changes = wish_for(project, options, self._binder).changes
        bound = not result.troubles and len(result.volumes) >= 2
        expect(bound and not changes.changed, "not everything is bound")
        self._volumes = [Path(volume.path) for volume in result.volumes]

    def _export(self, form: str, pdf: Path, *indicators: str) -> None:
        with self._shop.opened() as project:
            options = stored_options(project.editor, form=form)
            export_pdf(
                project.editor.round,
                pdf,
                options,
                indicators=indicators or None,
                image=project.image_bytes,
            )
