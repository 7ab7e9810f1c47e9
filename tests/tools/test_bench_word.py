from pathlib import Path

import docx

from esa_desktop.domain.richtext import from_plain
from tools.bench_text import INDICATORS, ISSUES, Prose
from tools.bench_word import FONT, write_docx


def test_the_word_file_holds_what_the_sheets_hold(tmp_path: Path) -> None:
    form = Prose(1).form(8)
    write_docx(form, tmp_path / "form.docx")

    read = docx.Document(str(tmp_path / "form.docx"))
    assert len(read.tables) == INDICATORS
    for table, told in zip(read.tables, form, strict=True):
        head, row = table.rows
        assert head._tr.trPr.xpath("./w:tblHeader")
        text = row.cells[2]
        lines = {paragraph.text.replace("\t", " ") for paragraph in text.paragraphs}
        assert len(text.tables) == ISSUES
        for issue in told["issues"]:
            typed = [b for b in from_plain(issue["results"]).blocks if hasattr(b, "text")]
            assert {block.text for block in typed} <= lines
            assert lines & {f"{n}. {issue['title']}" for n in "๑๒๓๔๕"}
        evidence = "\n".join(paragraph.text for paragraph in row.cells[3].paragraphs)
        assert all(title in evidence for issue in told["issues"] for title in issue["evidence"])


def test_thai_letters_have_the_font_and_the_size_of_the_sheets(tmp_path: Path) -> None:
    """Else LibreOffice is measured at seeking letters in other fonts."""
    write_docx(Prose(1).form(1), tmp_path / "form.docx")

    properties = docx.Document(str(tmp_path / "form.docx")).styles["Normal"].element.rPr
    assert properties.xpath("./w:rFonts/@w:cs") == [FONT]
    assert properties.xpath("./w:szCs/@w:val") == ["32"]
