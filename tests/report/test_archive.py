"""Is it PDF/A-2u and PDF/UA-1? Asked of `page-validation`, which shares no code with the writer.

It checks what a machine can: structure, fonts, colours, metadata, tags. Whether an alternative text
says what a picture shows, and whether the order of reading makes sense to a person, no machine
tells; nor does it replace veraPDF, which needs Java.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, get_args

import page as validation
import pikepdf
import pytest
from PIL import Image as Pictures

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.printing import Form, Paper, PrintOptions
from esa_desktop.domain.richtext import Image, Paragraph, RichText, Run, from_plain, paragraph
from esa_desktop.report.printable_picture import printable_picture
from esa_desktop.report.sheet import render_sheets
from tests.report.rounds import framework, indicator, invented_round, one_issue_round

ARCHIVE: Final = validation.ValidationProfile.PDF_A_2U
ACCESSIBLE: Final = validation.ValidationProfile.PDF_UA_1
FONTS: Final = ("TH Sarabun New", "Sarabun")


def failures(content: bytes, folder: Path) -> list[str]:
    """The rules a file breaks."""
    target = folder / "archive.pdf"
    target.write_bytes(content)
    return [
        f"{failure.rule_id}: {failure.message}"
        for profile in (ARCHIVE, ACCESSIBLE)
        for failure in validation.validate_pdf(str(target), profile=profile).failures
    ]


def full_round() -> AssessmentRound:
    assessed = invented_round()
    pictured = RichText((paragraph("ดังภาพ"), Image("a" * 64, 200.0), paragraph("ภาพที่ ๑")))
    issues = dict(assessed.issues)
    issues["issue-1-3"] = replace(assessed.issue("issue-1-3"), results=pictured)
    book = {
        "committee": from_plain("นายสมมุติ ตัวอย่าง, ประธานกรรมการ\nนางสาวสมมุติ ชื่อยาว\nนาย ก"),
        "foreword": from_plain("คำนำของรายงาน\n๑. ข้อแรก\nก | ข\n๑ | ๒"),
        "emblem": RichText((Image("b" * 64, 90.0),)),
    }
    return replace(assessed, issues=issues, book=book)


def printed(
    assessed: AssessmentRound, options: PrintOptions | None = None, picture: bytes | None = None
) -> bytes:
    stored = picture or encoded("RGBA", "PNG")
    return render_sheets(assessed, options or PrintOptions(), image=lambda _: stored)[0]


@cache
def encoded(mode: str, kind: str, **how: object) -> bytes:
    """A picture of all shades in the given colours."""
    grey = Pictures.linear_gradient("L").resize((60, 40))
    turned = grey.transpose(Pictures.Transpose.FLIP_LEFT_RIGHT)
    colours = Pictures.merge("RGB", (grey, turned, grey))
    if mode == "I;16":
        drawn = grey.convert("I").point(lambda shade: shade * 256).convert("I;16")
    elif mode == "RGBA":
        drawn = Pictures.merge("RGBA", (*colours.split(), grey))
    elif mode == "LA":
        drawn = Pictures.merge("LA", (grey, turned))
    else:
        drawn = (grey if mode in {"L", "1"} else colours).convert(mode)
    written = BytesIO()
    drawn.save(written, kind, **how)
    return written.getvalue()


@pytest.mark.parametrize("paper", get_args(Paper))
@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("form", get_args(Form))
def test_every_form_is_fit_for_archives_and_readers(
    form: Form, font: str, paper: Paper, tmp_path: Path
) -> None:
    options = PrintOptions(form=form, font=font, paper=paper)
    assert failures(printed(full_round(), options), tmp_path) == []


@pytest.mark.parametrize(
    "options",
    [
        PrintOptions(watermark="ร่าง", header="หัวกระดาษ", footer="ท้ายกระดาษ", signatures=True),
        PrintOptions(watermark="ร่าง", pure_black=True, thai_digits=False),
        PrintOptions(gutter_mm=20, duplex=True, distribute=True, page_numbers="none"),
        PrintOptions(size_pt=24, margins_mm=(5, 5, 5, 5), evidence_codes=True),
    ],
    ids=["running lines", "black", "bound", "large"],
)
def test_so_is_it_with_every_option(options: PrintOptions, tmp_path: Path) -> None:
    assert failures(printed(full_round(), options), tmp_path) == []


@pytest.mark.parametrize(
    ("mode", "kind", "how"),
    [
        ("RGBA", "PNG", {}),
        ("LA", "PNG", {}),
        ("P", "PNG", {}),
        ("P", "PNG", {"transparency": 3}),
        ("1", "PNG", {}),
        ("I;16", "PNG", {}),
        ("L", "JPEG", {}),
        ("RGB", "JPEG", {"progressive": True}),
        ("CMYK", "JPEG", {}),
        ("CMYK", "TIFF", {}),
        ("YCbCr", "TIFF", {}),
        ("RGB", "BMP", {}),
        ("P", "GIF", {}),
    ],
)
def test_so_are_pictures_of_every_kind(
    mode: str, kind: str, how: dict[str, object], tmp_path: Path
) -> None:
    text = RichText((paragraph("ก่อน"), Image("a" * 64, 100.0)))
    content = printed(one_issue_round(text), picture=encoded(mode, kind, **how))
    with pikepdf.open(BytesIO(content)) as document:
        assert len(document.pages[0].get_images()) == 1
    assert failures(content, tmp_path) == []


@pytest.mark.parametrize(("mode", "kind"), [("CMYK", "JPEG"), ("CMYK", "TIFF"), ("I;16", "PNG")])
def test_converted_pictures_keep_their_shades(mode: str, kind: str) -> None:
    with Pictures.open(BytesIO(encoded("L" if mode == "I;16" else "RGB", "PNG"))) as meant:
        wanted = [meant.convert("RGB").getpixel((30, row)) for row in (1, 20, 38)]
    with Pictures.open(BytesIO(printable_picture(encoded(mode, kind), 72.0, 72.0))) as converted:
        assert converted.mode in {"RGB", "L"}
        found = [converted.convert("RGB").getpixel((30, row)) for row in (1, 20, 38)]
    assert len(set(wanted)) == 3
    for shade, meant_shade in zip(found, wanted, strict=True):
        assert shade == pytest.approx(meant_shade, abs=6)


def test_a_picture_an_archive_may_hold_stays_as_it_is() -> None:
    for mode, kind in (("RGB", "JPEG"), ("L", "PNG"), ("RGBA", "PNG"), ("P", "PNG")):
        assert printable_picture(encoded(mode, kind), 72.0, 72.0) is encoded(mode, kind)


@pytest.mark.parametrize(
    "odd",
    [
        "😀👍🏽",
        "\ue123\uf8ff",
        "ก\ud800ข\udfff",
        "ก\x07\x00ข",
        "教育التعليم",
        "\ufffe\uffff",
        "่ ็็ ำ",
    ],
    ids=["emoji", "private", "surrogates", "control", "foreign", "never", "marks alone"],
)
def test_odd_characters_break_no_rule(odd: str, tmp_path: Path) -> None:
    text = RichText((Paragraph((Run(f"ก่อน {odd} หลัง"),)),))
    assessed = replace(one_issue_round(text, text), office=f"สพป. {odd}")
    options = PrintOptions(header=odd, watermark=odd)
    assert failures(printed(assessed, options), tmp_path) == []


def test_a_round_without_anything_breaks_none(tmp_path: Path) -> None:
    empty = replace(one_issue_round(), office="")
    for form in get_args(Form):
        assert failures(printed(empty, PrintOptions(form=form)), tmp_path) == []
    nothing = replace(empty, framework=framework([]))
    for form in ("sheets", "blank", "committee"):
        assert failures(printed(nothing, PrintOptions(form=form)), tmp_path) == []


def test_nor_does_a_title_of_many_lines(tmp_path: Path) -> None:
    made = framework([indicator(1, "การบริหารจัดการที่ดี & <ดีมาก> " * 60, ["ประเด็น " * 80])])
    assessed = replace(one_issue_round("ทำ"), framework=replace(made, title="มาตรฐาน " * 90))
    assert failures(printed(assessed), tmp_path) == []


def test_pages_printed_apart_are_for_the_archive_and_claim_no_more(tmp_path: Path) -> None:
    """Headings and rows of theirs may begin on a page that is missing."""
    content, _ = render_sheets(full_round(), PrintOptions(), only=[1, 3])
    broken = [rule for rule in failures(content, tmp_path) if not rule.startswith("PDFUA1-")]
    assert broken == []
    with pikepdf.open(BytesIO(content)) as document:
        words = document.Root.Metadata.read_bytes()
    assert b"<pdfaid:part>2" in words
    assert b"<pdfuaid:part>" not in words


def _without_intent(document: pikepdf.Pdf) -> None:
    del document.Root.OutputIntents


def _without_metadata(document: pikepdf.Pdf) -> None:
    del document.Root.Metadata


def _without_unicode(document: pikepdf.Pdf) -> None:
    for font in document.pages[0].Resources.Font.values():
        del font["/ToUnicode"]


def _without_font_file(document: pikepdf.Pdf) -> None:
    for font in document.pages[0].Resources.Font.values():
        del font.DescendantFonts[0].FontDescriptor["/FontFile2"]


def _without_tree(document: pikepdf.Pdf) -> None:
    del document.Root.StructTreeRoot


def _without_language(document: pikepdf.Pdf) -> None:
    del document.Root.Lang


def _without_alternative(document: pikepdf.Pdf) -> None:
    for figure in _elements(document.Root.StructTreeRoot.K, "/Figure"):
        del figure["/Alt"]


def _without_scope(document: pikepdf.Pdf) -> None:
    for head in _elements(document.Root.StructTreeRoot.K, "/TH"):
        del head["/A"]


def _without_title_shown(document: pikepdf.Pdf) -> None:
    del document.Root.ViewerPreferences


def _unmarked(document: pikepdf.Pdf) -> None:
    name = next(iter(document.pages[0].Resources.Font))
    document.pages[0].contents_add(f"BT {name} 12 Tf 50 50 Td <0001> Tj ET".encode())


def _with_ink(document: pikepdf.Pdf) -> None:
    document.pages[0].contents_add(b"/Artifact BMC 0 1 0 0 k 9 9 9 9 re f EMC")


def _with_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
    )


def _elements(element: pikepdf.Object, role: str) -> Sequence[pikepdf.Object]:
    found = [element] if str(element.S) == role else []
    for kid in element.get("/K", []):
        if not isinstance(kid, int) and "/S" in kid:
            found += _elements(kid, role)
    return found


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (_without_intent, "PDFA2U-DEVICE-GRAY-001"),
        (_without_metadata, "PDFA2U-ID-SCHEMA-001"),
        (_without_unicode, "PDFA2U-UNICODE-MAPPING-001"),
        (_without_font_file, "PDFA2U-FONT-EMBEDDING-001"),
        (_with_ink, "PDFA2U-DEVICE-CMYK-001"),
        (_with_script, "PDFA2U-ACTION-TYPE-001"),
        (_without_tree, "PDFUA1-STRUCT-TREE-ROOT-001"),
        (_without_language, "PDFUA1-TEXT-LANGUAGE-001"),
        (_without_alternative, "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"),
        (_without_scope, "PDFUA1-TABLE-HEADERS-SCOPE-001"),
        (_without_title_shown, "PDFUA1-VIEWER-PREFERENCES-001"),
        (_unmarked, "PDFUA1-CONTENT-TAGGING-001"),
    ],
)
def test_files_that_must_fail_do(
    spoil: Callable[[pikepdf.Pdf], None], rule: str, tmp_path: Path
) -> None:
    """The same file with one thing wrong, so that the rest of this module proves something."""
    with pikepdf.open(BytesIO(printed(full_round()))) as document:
        spoil(document)
        written = BytesIO()
        document.save(written)
    assert rule in {failure.split(":")[0] for failure in failures(written.getvalue(), tmp_path)}


def test_an_unspoilt_file_survives_being_saved_again(tmp_path: Path) -> None:
    """So that no spoilt file fails for having been saved."""
    with pikepdf.open(BytesIO(printed(full_round()))) as document:
        written = BytesIO()
        document.save(written)
    assert failures(written.getvalue(), tmp_path) == []
