"""The rival of the paper benches: a form as a Word file, and LibreOffice that makes a PDF of it."""

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, Final

from esa_desktop.domain.framework import LEVELS
from esa_desktop.domain.richtext import Paragraph, from_plain
from esa_desktop.domain.richtext import Table as TypedTable
from esa_desktop.domain.thai import thai_digits
from esa_desktop.paths import fonts_folder

KIND: Final = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"}}'
)
"""The same kind of file as ours, PDF/A-2 with tags; it costs LibreOffice no time over a plain one."""
FONT: Final = "TH Sarabun New"
HEADS: Final = ("ระดับคุณภาพ", "คำอธิบายระดับคุณภาพ", "วิธี / ผล / ความเห็น", "เอกสาร/หลักฐานอ้างอิง")
LADDER: Final = ("มีการดำเนินการตามประเด็นการพิจารณาครบ ๔ ข้อ", "มีร่องรอยหลักฐานปรากฏชัดเจน")
"""What stands beside each level."""
WIDTHS: Final = (1.6, 3.1, 8.7, 3.6)
"""Of the columns, in centimetres, about as this program chooses them."""


class LibreOffice:
    """``soffice`` with a profile of its own, and with the fonts that this program brings along."""

    MISSING: Final = "LibreOffice is not installed on this machine"
    LONGEST: Final = 400.0
    """Seconds after which a conversion is given up."""

    def __init__(self, program: str, folder: Path) -> None:
        self._folder = folder
        self._command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        self._command += ["--headless", "--convert-to", KIND, "--outdir", str(folder)]
        fonts = folder / "fonts.conf"
        fonts.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
            '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
            f"<dir>{fonts_folder()}</dir><cachedir>{folder / 'fonts'}</cachedir></fontconfig>",
            encoding="utf-8",
        )
        self._environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}

    @classmethod
    def found(cls, folder: Path) -> "LibreOffice | None":
        """``None`` where the machine has none; ``folder`` takes profile and PDFs."""
        program = shutil.which("soffice")
        return cls(program, folder) if program else None

    def convert(self, document: Path) -> tuple[float, Path]:
        """Seconds of the whole process, its start included, and the PDF it made."""
        start = time.perf_counter()
        self._run(document)
        return time.perf_counter() - start, self._pdf(document)

    def convert_warm(self, first: Path, document: Path) -> tuple[float, Path]:
        """Seconds from one PDF to the next of one process: start and first use of all parts is over."""
        self._run(first, document)
        began, ended = (self._pdf(path).stat().st_mtime_ns for path in (first, document))
        return (ended - began) / 1e9, self._pdf(document)

    def _run(self, *documents: Path) -> None:
        for document in documents:
            self._pdf(document).unlink(missing_ok=True)
        command = [*self._command, *map(str, documents)]
        quiet = subprocess.DEVNULL
        subprocess.run(
            command,
            check=True,
            stdout=quiet,
            stderr=quiet,
            timeout=self.LONGEST,
            env=self._environment,
        )

    def _pdf(self, document: Path) -> Path:
        return self._folder / f"{document.stem}.pdf"


def write_docx(form: list[dict[str, Any]], target: Path) -> None:
    """The form as a clerk has it in Word: A4, a table an indicator, heads on every page, page x of y."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    _set_font(document.styles["Normal"])
    foot = page.footer.paragraphs[0]
    for words, field in (("หน้า ", "PAGE"), (" จาก ", "NUMPAGES")):
        foot.add_run(words)
        foot._p.append(_element("w:fldSimple", instr=field))  # noqa: SLF001 - no other way
    for number, told in enumerate(form, 1):
        title = document.add_paragraph()
        _add_bold(title, f"ตัวบ่งชี้ที่ {thai_digits(number)} : {told['title']}")
        title.paragraph_format.page_break_before = number > 1
        table = document.add_table(2, 4)
        table.style = "Table Grid"
        table.autofit = False
        for column, width in zip(table.columns, WIDTHS, strict=True):
            column.width = Cm(width)  # LibreOffice reads these, Word those of the cells
            for cell in column.cells:
                cell.width = Cm(width)
        table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))  # noqa: SLF001
        for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
            _add_bold(cell.paragraphs[0], head)
        _fill_row(table.rows[1].cells, told)
    document.save(str(target))


def _fill_row(cells: Any, told: dict[str, Any]) -> None:
    levels, words, text, evidence = cells
    for level in LEVELS:
        levels.add_paragraph(f"☐ {thai_digits(level)}")
        for line in LADDER:
            words.add_paragraph(line)
    for number, issue in enumerate(told["issues"], 1):
        parts = (("วิธีการดำเนินงาน", issue["method"]), ("ผลการดำเนินงาน", issue["results"]))
        _add_bold(text.add_paragraph(), f"{thai_digits(number)}. {issue['title']}")
        for heading, typed in parts:
            _add_bold(text.add_paragraph(), heading)
            _add_text(text, typed)
        items = issue.get("evidence", ())
        if items:
            heading = f"ประเด็นที่ {thai_digits(number)} ประกอบด้วย"
            _add_bold(evidence.add_paragraph(), heading)
            _add_text(evidence, "\n".join(f"{thai_digits(n)}. {t}" for n, t in enumerate(items, 1)))
    _add_bold(text.add_paragraph(), "ความเห็นและข้อเสนอแนะ")
    _add_text(text, told["opinions"])


def _add_bold(paragraph: Any, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.bold = run.font.cs_bold = True


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _set_font(style: Any) -> None:
    """Sixteen points, for the Thai letters too: Word keeps a second font and size for those.

    Without the font LibreOffice seeks every letter in every font of the machine: it takes ten times
    as long, and what it prints are boxes. That is no rival.
    """
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name = FONT
    style.font.size = Pt(16)
    style.paragraph_format.space_after = Pt(0)
    properties = style.element.get_or_add_rPr()
    properties.rFonts.set(qn("w:cs"), FONT)
    properties.append(_element("w:szCs", val="32"))


def _add_text(cell: Any, typed: str) -> None:
    """Paragraphs with hanging labels, and tables."""
    from docx.shared import Cm

    for block in from_plain(typed).blocks:
        if isinstance(block, TypedTable):
            table = cell.add_table(len(block.rows), len(block.widths))
            table.style = "Table Grid"
            for row, texts in zip(table.rows, block.rows, strict=True):
                for inner, paragraphs in zip(row.cells, texts, strict=True):
                    inner.text = "\n".join(paragraph.text for paragraph in paragraphs)
        elif isinstance(block, Paragraph):
            label = f"{block.label}\t" if block.label else ""
            paragraph = cell.add_paragraph(label + block.text)
            if label:
                paragraph.paragraph_format.left_indent = Cm(0.8 * (block.level + 1))
                paragraph.paragraph_format.first_line_indent = Cm(-0.8)
