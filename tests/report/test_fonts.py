import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from esa_desktop.domain.errors import ReportError
from esa_desktop.paths import fonts_folder
from esa_desktop.report import font_files, fonts
from esa_desktop.report.font_files import REQUIRED_THAI, read_font_file
from esa_desktop.report.fonts import fallback_face, line_measures, thai_typefaces, typeface
from esa_desktop.report.sheet import PrintOptions, render_sheets
from tests.report.reading import missing_runs, pdfium_pages
from tests.report.rounds import invented_round


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of fonts that is all this computer has."""
    folder = tmp_path / "Fonts"
    folder.mkdir()
    monkeypatch.setattr(font_files, "font_folders", lambda: [folder])
    _forget()
    yield folder
    _forget()


def _forget() -> None:
    font_files.installed_fonts.cache_clear()
    fonts.typeface.cache_clear()
    fonts.fallback_face.cache_clear()


def install(folder: Path, name: str, source: str = "Sarabun-Regular.ttf", **changes: int) -> Path:
    """A copy of a shipped font under another name; ``fsType`` and the like may be changed."""
    font = TTFont(fonts_folder() / source)
    for record in font["name"].names:
        if record.nameID in {1, 16}:
            record.string = name
        elif record.nameID in {4, 6}:
            record.string = name.replace(" ", "") + source
    for field, value in changes.items():
        setattr(font["OS/2"], field, value)
    path = folder / f"{name}-{source}"
    font.save(path)
    return path


def test_both_shipped_typefaces_have_four_styles() -> None:
    for name in ("TH Sarabun New", "Sarabun"):
        face = typeface(name)
        styles = {
            face.face(bold=bold, italic=italic).postscript_name
            for bold in (False, True)
            for italic in (False, True)
        }
        assert len(styles) == 4


def test_sarabun_is_set_as_wide_as_th_sarabun_new() -> None:
    pattern, other = typeface("TH Sarabun New"), typeface("Sarabun")
    widths = [fonts._sample_width(face.face()) * face.relative_size for face in (pattern, other)]
    assert widths[1] == pytest.approx(widths[0], rel=0.02)


def test_names_are_found_whatever_their_case(installed: Path) -> None:
    assert typeface("th sarabun new") is typeface("TH Sarabun New")
    install(installed, "Mali")
    assert typeface("mali").face().covered >= REQUIRED_THAI


@pytest.mark.parametrize("name", ["TH Sarabun New", "Sarabun"])
def test_lines_are_high_enough_for_two_stacks(name: str) -> None:
    """The table of the specification against what the glyphs of regular and bold measure."""
    face = typeface(name)
    measured = line_measures([face.face(), face.face(bold=True)])
    assert face.measures.ascent >= measured.ascent - 0.016
    assert face.measures.body >= measured.body - 0.03


def test_an_installed_thai_font_is_scaled_and_measured(installed: Path, tmp_path: Path) -> None:
    install(installed, "Chosen")
    install(installed, "Chosen", "Sarabun-Bold.ttf")
    face = typeface("Chosen")
    assert face.relative_size == pytest.approx(typeface("Sarabun").relative_size, rel=0.02)
    assert face.measures.body >= face.measures.ascent + 0.5
    assert face.face(bold=True) is not face.face()
    assert face.face(italic=True) is face.face()
    assert face.face(bold=True, italic=True) is face.face(bold=True)
    assessed = invented_round()
    pdf, _ = render_sheets(assessed, PrintOptions(font="Chosen"))
    target = tmp_path / "chosen.pdf"
    target.write_bytes(pdf)
    assert missing_runs(assessed, "".join(pdfium_pages(target)))[0] == []


def test_a_font_nobody_has_is_refused_with_advice(installed: Path) -> None:
    with pytest.raises(ReportError, match=r"ไม่พบแบบอักษร “Nowhere”.*TH Sarabun New"):
        typeface("Nowhere")


@pytest.mark.parametrize("fs_type", [0x0002, 0x0102, 0x0200])
def test_a_font_that_may_not_be_embedded_is_refused(installed: Path, fs_type: int) -> None:
    install(installed, "Closed", fsType=fs_type)
    with pytest.raises(ReportError, match="ไม่อนุญาตให้ฝัง"):
        typeface("Closed")
    assert "Closed" not in thai_typefaces()


@pytest.mark.parametrize("fs_type", [0x0000, 0x0004, 0x0008])
def test_a_font_that_may_be_embedded_is_offered(installed: Path, fs_type: int) -> None:
    install(installed, "Open", fsType=fs_type)
    assert thai_typefaces() == ["TH Sarabun New", "Sarabun", "Open"]


def test_a_font_without_thai_is_refused(installed: Path) -> None:
    path = install(installed, "Latin")
    font = TTFont(path)
    for table in font["cmap"].tables:
        table.cmap = {code: glyph for code, glyph in table.cmap.items() if code < 0x0E00}
    font.save(path)
    with pytest.raises(ReportError, match="ไม่มีอักษรไทยครบ"):
        typeface("Latin")
    assert "Latin" not in thai_typefaces()


def test_a_damaged_file_among_the_fonts_harms_nobody(installed: Path) -> None:
    (installed / "broken.ttf").write_bytes(b"\0\1\0\0\xff\xff nothing")
    (installed / "empty.ttf").write_bytes(b"")
    (installed / "cut.ttc").write_bytes(b"ttcf" + struct.pack(">2L", 0x10000, 9))
    install(installed, "Good")
    assert "Good" in thai_typefaces()


def test_a_missing_character_is_sought_in_other_faces(installed: Path) -> None:
    assert fallback_face("\u2603") is None
    fonts.fallback_face.cache_clear()
    path = install(installed, "Symbols")
    font = TTFont(path)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x2603] = "a"
    font.save(path)
    _forget()
    face = fallback_face("\u2603")
    assert face is not None
    assert face.path == path


def test_style_and_weight_are_read_from_the_file(tmp_path: Path) -> None:
    for suffix, bold, italic in (
        ("Regular", False, False),
        ("Bold", True, False),
        ("Italic", False, True),
        ("BoldItalic", True, True),
    ):
        path = Path(shutil.copy(fonts_folder() / f"Sarabun-{suffix}.ttf", tmp_path))
        (file,) = read_font_file(path)
        assert (file.bold, file.italic) == (bold, italic)
        assert "Sarabun" in file.families
        assert file.outlines
        assert file.embeddable
