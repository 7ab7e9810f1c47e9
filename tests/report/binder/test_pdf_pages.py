"""Other people's pages: copied as they look, and nothing that does something comes along."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image as Pictures
from PIL import ImageChops

from esa_desktop.report.binder import pdf_pages
from esa_desktop.report.binder.pdf_pages import PageFault, SourceFile
from tests.report.binder.made import Office, bound, changed, pdf, rendered

NAME = pikepdf.Name
BARE = dict.fromkeys(
    ("cover", "spine", "index", "standard_dividers", "indicator_dividers", "issue_dividers"), False
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    folder = tmp_path / "files"
    folder.mkdir()
    return Office(folder)


def printed(office: Office, folder: Path, content: bytes, **chosen: Any) -> Path:
    """A binder with nothing in it but one PDF."""
    office.item("1.1.1", "ชิ้นเดียว", office.keep("a.pdf", content))
    made = bound(office, folder / "out", **{**BARE, "stamp": False, **chosen})
    assert made.result.troubles == ()
    return made.paths[0]


def as_it_was(content: bytes, folder: Path, dpi: int = 60) -> Pictures.Image:
    (folder / "source.pdf").write_bytes(content)
    return rendered(folder / "source.pdf", 1, folder, dpi)


def differ(one: Pictures.Image, other: Pictures.Image) -> bool:
    return one.size != other.size or ImageChops.difference(one, other).getbbox() is not None


@pytest.mark.parametrize("turn", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize("crop", [None, [100, 200, 400, 600], [-50, -50, 300, 300]])
def test_a_page_looks_as_it_did(
    office: Office, tmp_path: Path, turn: int, crop: list[int] | None
) -> None:
    entries: dict[str, Any] = {"Rotate": turn}
    if crop:
        entries["CropBox"] = pikepdf.Array(crop)
    content = pdf("as it was", **entries)
    assert not differ(
        rendered(printed(office, tmp_path, content), 1, tmp_path), as_it_was(content, tmp_path)
    )


def corners(picture: Pictures.Image) -> dict[str, bool]:
    """In which corners there is ink."""
    grey = picture.convert("L").point(lambda value: 255 if value < 160 else 0)
    width, height = grey.size
    across, up = width // 3, height // 5
    boxes = {
        "top-left": (0, 0, across, up),
        "top-right": (width - across, 0, width, up),
        "bottom-left": (0, height - up, across, height),
        "bottom-right": (width - across, height - up, width, height),
    }
    return {name: grey.crop(box).getbbox() is not None for name, box in boxes.items()}


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("corner", ["top-left", "top-right", "bottom-left", "bottom-right"])
@pytest.mark.parametrize("box", [[0, 0, 595, 842], [-300, 200, 295, 1042], [100, 50, 942, 645]])
def test_the_stamp_is_upright_in_the_corner_a_reader_sees(
    office: Office, tmp_path: Path, turn: int, corner: str, box: list[int]
) -> None:
    paper = pikepdf.Array([box[0] - 20, box[1] - 30, box[2] + 40, box[3] + 10])
    content = pdf("", Rotate=turn, MediaBox=paper, CropBox=pikepdf.Array(box))
    shown = rendered(
        printed(office, tmp_path, content, stamp=True, corner=corner), 1, tmp_path, 144
    )
    assert corners(shown) == {name: name == corner for name in corners(shown)}
    other = Office(office.folder)
    (tmp_path / "plain").mkdir()
    wide = shown.width > shown.height
    across, up = box[2] - box[0], box[3] - box[1]
    plain = pdf("", size=(up, across) if turn % 180 else (across, up))
    upright = rendered(
        printed(other, tmp_path / "plain", plain, stamp=True, corner=corner), 1, tmp_path, 144
    )
    assert wide == (upright.width > upright.height)
    difference = ImageChops.difference(shown, upright).convert("L")
    assert difference.point(lambda v: 255 if v > 200 else 0).getbbox() is None


@pytest.mark.parametrize(
    ("size", "least", "most"),
    [((595, 842), 0.1, 0.25), ((2384, 3370), 0.1, 0.25), ((120, 90), 0.5, 0.92), ((60, 800), 0.5, 0.92)],
)  # fmt: skip
def test_the_stamp_is_readable_on_pages_of_any_size(
    office: Office, tmp_path: Path, size: tuple[int, int], least: float, most: float
) -> None:
    shown = rendered(printed(office, tmp_path, pdf("", size=size), stamp=True), 1, tmp_path, 72)
    ink = shown.convert("L").point(lambda value: 255 if value < 128 else 0).getbbox()
    assert ink is not None
    assert least < (ink[2] - ink[0]) / shown.width < most
    assert ink[3] < shown.height


@pytest.mark.parametrize(
    "operators",
    [b"q 3 0 0 3 90 90 cm 1 0 0 rg", b"Q Q Q", b"BT /F1 9 Tf", b"1 0 0 RG 0 0 10 10 re W n"],
)
def test_what_a_page_leaves_behind_does_not_move_the_stamp(
    office: Office, tmp_path: Path, operators: bytes
) -> None:
    def spoil(document: pikepdf.Pdf) -> None:
        document.pages[0].contents_add(operators, prepend=False)

    spoilt = printed(office, tmp_path, changed(pdf(""), spoil), stamp=True)
    (tmp_path / "b").mkdir()
    plain = printed(Office(office.folder), tmp_path / "b", pdf(""), stamp=True)
    assert not differ(rendered(spoilt, 1, tmp_path, 100), rendered(plain, 1, tmp_path, 100))


def dangerous(document: pikepdf.Pdf) -> None:
    page = document.pages[0].obj
    script = pikepdf.Dictionary(S=NAME.JavaScript, JS="app.alert('run me')")
    launch = pikepdf.Dictionary(S=NAME.Launch, F="calc.exe")
    document.Root.OpenAction = script
    document.Root.AA = pikepdf.Dictionary(WC=script)
    page.AA = pikepdf.Dictionary(O=launch)
    page.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Subtype=NAME.Link,
                Rect=[0, 0, 600, 800],
                A=pikepdf.Dictionary(S=NAME.URI, URI="http://example.test/fetch-me"),
            )
        ]
    )
    document.attachments["payload.exe"] = b"MZ run me"
    document.Root.Names.JavaScript = pikepdf.Dictionary(Names=["x", script])
    # a resource nobody needs, through which everything could be reached
    page.Resources.Properties = pikepdf.Dictionary(
        MC0=document.make_indirect(script), MC1=document.Root
    )
    image = document.make_stream(b"\0" * 3)
    image.stream_dict = pikepdf.Dictionary(
        Type=NAME.XObject, Subtype=NAME.Image, Width=1, Height=1, BitsPerComponent=8,
        ColorSpace=NAME.DeviceRGB, F="http://example.test/fetch-me.jpg", OPI=pikepdf.Dictionary(),
        AF=pikepdf.Array([document.make_indirect(launch)]),
    )  # fmt: skip
    page.Resources.XObject = pikepdf.Dictionary(Im0=image)


def test_scripts_actions_links_and_attached_files_stay_behind(
    office: Office, tmp_path: Path
) -> None:
    content = changed(pdf("harmless"), dangerous)
    signs = (
        b"run me",
        b"calc.exe",
        b"fetch-me",
        b"JavaScript",
        b"Launch",
        b"/URI",
        b"/EmbeddedFile",
    )

    def signs_in(path: Path) -> set[bytes]:
        with pikepdf.open(path) as document:
            plain = io.BytesIO()
            document.save(
                plain,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                stream_decode_level=pikepdf.StreamDecodeLevel.all,
                compress_streams=False,
            )
        return {sign for sign in signs if sign in plain.getvalue()}

    source = tmp_path / "source.pdf"
    source.write_bytes(content)
    assert signs_in(source) == set(signs)  # the control: they are all in it
    made = printed(office, tmp_path, content)
    assert signs_in(made) == set()
    assert not differ(rendered(made, 1, tmp_path), as_it_was(pdf("harmless"), tmp_path))


def with_mark(flags: int, kind: str = "Square", **entries: Any) -> bytes:
    """A page with a red square as an annotation."""

    def add(document: pikepdf.Pdf) -> None:
        look = document.make_stream(b"1 0 0 rg 0 0 10 10 re f")
        look.stream_dict = pikepdf.Dictionary(
            Type=NAME.XObject, Subtype=NAME.Form, BBox=[0, 0, 10, 10], Matrix=[0, 2, -2, 0, 5, 5]
        )
        document.pages[0].obj.Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=NAME.Annot, Subtype=NAME("/" + kind), Rect=[200, 300, 300, 500], F=flags,
                    AP=pikepdf.Dictionary(N=look), **entries,
                )
            ]
        )  # fmt: skip
        if kind == "Widget":
            fields = pikepdf.Array([document.make_indirect(document.pages[0].obj.Annots[0])])
            document.pages[0].obj.Annots = fields
            document.Root.AcroForm = pikepdf.Dictionary(Fields=fields)

    return changed(pdf("words"), add)


def red(path: Path, folder: Path) -> tuple[int, ...] | None:
    """Where the red of a page is, in points from its upper left corner."""
    shown = rendered(path, 1, folder, 72)
    bands = shown.split()
    return ImageChops.subtract(bands[0], bands[1]).point(lambda v: 255 if v > 128 else 0).getbbox()


def test_marks_on_a_page_are_printed_where_they_were(office: Office, tmp_path: Path) -> None:
    box = red(printed(office, tmp_path, with_mark(4)), tmp_path)
    assert box is not None
    assert all(abs(a - b) <= 2 for a, b in zip(box, (200, 342, 300, 542), strict=True))


@pytest.mark.parametrize(
    ("flags", "kind"),
    [
        (2, "Square"),
        (32, "Square"),
        (4, "Popup"),
        (4, "FileAttachment"),
        (0, "Widget"),
        (4, "Link"),
    ],
)
def test_what_paper_does_not_show_is_left_behind(
    office: Office, tmp_path: Path, flags: int, kind: str
) -> None:
    assert red(printed(office, tmp_path, with_mark(flags, kind)), tmp_path) is None


def test_layers_that_were_switched_off_stay_invisible(office: Office, tmp_path: Path) -> None:
    def layered(document: pikepdf.Pdf) -> None:
        layers = [
            document.make_indirect(pikepdf.Dictionary(Type=NAME.OCG, Name=name))
            for name in ("seen", "hidden")
        ]
        page = document.pages[0]
        page.obj.Resources.Properties = pikepdf.Dictionary(L0=layers[0], L1=layers[1])
        page.contents_add(
            b"/OC /L0 BDC 0 0 1 rg 0 0 50 50 re f EMC /OC /L1 BDC 1 0 0 rg 200 200 90 90 re f EMC",
            prepend=False,
        )
        document.Root.OCProperties = pikepdf.Dictionary(
            OCGs=layers, D=pikepdf.Dictionary(OFF=[layers[1]], ON=[layers[0]])
        )

    content = changed(pdf("words"), layered)
    made = printed(office, tmp_path, content)
    assert red(made, tmp_path) is None
    assert not differ(rendered(made, 1, tmp_path), as_it_was(content, tmp_path))


def test_a_page_keeps_what_shines_through(office: Office, tmp_path: Path) -> None:
    def clear(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        page.obj.Group = pikepdf.Dictionary(S=NAME.Transparency, CS=NAME.DeviceRGB, I=True)
        page.obj.Resources.ExtGState = pikepdf.Dictionary(
            G0=pikepdf.Dictionary(ca=0.4, BM=NAME.Multiply)
        )
        page.contents_add(b"/G0 gs 1 0 0 rg 100 300 400 200 re f", prepend=False)

    content = changed(pdf("through"), clear)
    made = printed(office, tmp_path, content)
    assert not differ(rendered(made, 1, tmp_path), as_it_was(content, tmp_path))


def test_strings_that_look_like_references_are_left_alone(office: Office, tmp_path: Path) -> None:
    def say(document: pikepdf.Pdf) -> None:
        document.pages[0].obj.Resources.Properties = pikepdf.Dictionary(
            MC0=document.make_indirect(
                pikepdf.Dictionary(Words=pikepdf.String("see 1 0 R (or 2 0 R\\) 3 0 R"))
            )
        )

    made = printed(office, tmp_path, changed(pdf("x"), say))
    with pikepdf.open(made) as document:
        form = document.pages[0].obj.Resources.XObject.P
        assert str(form.Resources.Properties.MC0.Words) == "see 1 0 R (or 2 0 R\\) 3 0 R"


def test_typed_fields_are_printed(office: Office, tmp_path: Path) -> None:
    def form(document: pikepdf.Pdf) -> None:
        field = document.make_indirect(
            pikepdf.Dictionary(
                Type=NAME.Annot, Subtype=NAME.Widget, FT=NAME.Tx, T="name", V="typed words", F=4,
                Rect=[100, 100, 400, 130], DA="/Helv 12 Tf 0 g",
            )
        )  # fmt: skip
        document.pages[0].obj.Annots = pikepdf.Array([field])
        helvetica = pikepdf.Dictionary(Type=NAME.Font, Subtype=NAME.Type1, BaseFont=NAME.Helvetica)
        document.Root.AcroForm = pikepdf.Dictionary(
            Fields=[field], NeedAppearances=True, DA="/Helv 12 Tf 0 g",
            DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=document.make_indirect(helvetica))),
        )  # fmt: skip

    office.item("1.1.1", "แบบ", office.keep("f.pdf", changed(pdf("form"), form)))
    made = bound(office, tmp_path / "out", **BARE)
    assert "typedwords" in made.texts()[0]


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"PK\3\4", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj"]
)
def test_what_is_no_pdf_is_a_fault(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(PageFault):
        SourceFile(tmp_path / "x")


def test_a_file_with_too_many_pages_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x").write_bytes(pdf("a", "b", "c"))
    monkeypatch.setattr(pdf_pages, "MOST_PAGES", 2)
    with pytest.raises(PageFault, match="3 pages"):
        SourceFile(tmp_path / "x")


def test_a_file_whose_end_is_lost_is_mended(office: Office, tmp_path: Path) -> None:
    whole = pdf("first", "second")
    office.item("1.1.1", "ก", office.keep("a.pdf", whole[: whole.rindex(b"xref\n")]))
    made = bound(office, tmp_path / "out", **BARE)
    assert [("first" in t, "second" in t) for t in made.texts()] == [(True, False), (False, True)]


@pytest.mark.parametrize("name", ["/AA", "/JS", "/OpenAction"])
def test_a_picture_that_bears_the_name_of_a_deed_is_drawn(
    office: Office, tmp_path: Path, name: str
) -> None:
    def rename(document: pikepdf.Pdf) -> None:
        """As writers do that count their pictures in letters."""
        picture = document.make_stream(b"1 0 0 rg 0 0 300 300 re f")
        picture.stream_dict = pikepdf.Dictionary(
            Type=NAME.XObject, Subtype=NAME.Form, BBox=[0, 0, 300, 300]
        )
        drawn = document.make_indirect(pikepdf.Dictionary({name: picture}))
        page = document.pages[0].obj
        page.Resources = document.make_indirect(pikepdf.Dictionary(XObject=drawn))
        page.Contents = document.make_stream(f"q 1 0 0 1 100 100 cm {name} Do Q".encode())

    content = changed(pdf("x"), rename)
    made = printed(office, tmp_path, content)
    assert not differ(rendered(made, 1, tmp_path), as_it_was(content, tmp_path))


def test_what_acts_within_other_values_stays_behind(office: Office, tmp_path: Path) -> None:
    def hide(document: pikepdf.Pdf) -> None:
        deed = pikepdf.Dictionary(S=NAME.JavaScript, JS=pikepdf.String("app.alert(1)"))
        events = pikepdf.Dictionary(O=deed, C=pikepdf.Dictionary(S=NAME.GoTo))
        page = document.pages[0].obj
        page.Resources.Properties = pikepdf.Dictionary(MC0=pikepdf.Dictionary(AA=events))
        page.Resources.ExtGState = pikepdf.Dictionary(
            G0=pikepdf.Dictionary(A=pikepdf.Dictionary(S=NAME.URI, URI=pikepdf.String("http://a")))
        )
        page.Group = pikepdf.Dictionary(S=NAME.Transparency, OpenAction=deed)
        page.Contents.Hidden = pikepdf.Dictionary(AA=events)

    made = printed(office, tmp_path, changed(pdf("harmless"), hide)).read_bytes()
    for sign in (b"app.alert", b"/JavaScript", b"/URI", b"/AA", b"/OpenAction"):
        assert sign not in made
    assert not differ(
        rendered(tmp_path / "out" / "แฟ้ม.pdf", 1, tmp_path), as_it_was(pdf("harmless"), tmp_path)
    )


def test_a_list_of_layers_with_holes_costs_nothing(office: Office, tmp_path: Path) -> None:
    """The control is the file without them; a fault here would restart the whole binder."""

    def tear(document: pikepdf.Pdf) -> None:
        layer = document.make_indirect(pikepdf.Dictionary(Type=NAME.OCG, Name="x"))
        torn = pikepdf.Array([None, 7, layer, NAME.OFF])
        document.Root.OCProperties = pikepdf.Dictionary(
            OCGs=torn, D=pikepdf.Dictionary(OFF=torn, ON=5, BaseState=NAME.OFF)
        )

    made = printed(office, tmp_path, changed(pdf("plan"), tear))
    assert not differ(rendered(made, 1, tmp_path), as_it_was(pdf("plan"), tmp_path))
