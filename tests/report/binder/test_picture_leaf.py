"""Photographs and scans: upright, whole, as fine as paper shows, without what the camera noted."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image as Pictures

from esa_desktop.report.binder import picture_leaf
from esa_desktop.report.binder.picture_leaf import PictureFault, pictures_of
from esa_desktop.report.binder.volume_file import VolumeFile
from tests.report.binder.made import Office, bound, photograph, rendered

BARE = dict.fromkeys(
    ("cover", "spine", "index", "standard_dividers", "indicator_dividers", "issue_dividers", "stamp"),
    False,
)  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Office:
    folder = tmp_path / "files"
    folder.mkdir()
    return Office(folder)


def printed(
    office: Office, folder: Path, content: bytes, name: str = "p.jpg", **chosen: Any
) -> Path:
    office.item("1.1.1", "ภาพ", office.keep(name, content))
    made = bound(office, folder / "out", **{**BARE, **chosen})
    assert made.result.troubles == ()
    return made.paths[0]


def faults(path: Path, folder: Path) -> str:
    volume = VolumeFile(folder / "v.pdf")
    try:
        list(pictures_of(path, volume))
    except PictureFault as fault:
        return str(fault)
    finally:
        volume.close()
    return ""


def image_of(path: Path) -> tuple[dict[str, Any], bytes]:
    """Entries and stored samples of the picture on the first page."""
    with pikepdf.open(path) as document:
        image = document.pages[0].obj.Resources.XObject.P
        entries = {key: image[key] for key in ("/Width", "/Height")}
        return {**entries, "/Filter": str(image.Filter)}, image.read_raw_bytes()


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photograph_is_upright_however_it_was_held(
    office: Office, tmp_path: Path, turned: int
) -> None:
    # how a camera stores a scene that has red at the left, blue at the right, white above
    scene = Pictures.open(io.BytesIO(photograph(600, 400, kind="PNG")))
    back = {
        1: None, 2: Pictures.Transpose.FLIP_LEFT_RIGHT, 3: Pictures.Transpose.ROTATE_180,
        4: Pictures.Transpose.FLIP_TOP_BOTTOM, 5: Pictures.Transpose.TRANSPOSE,
        6: Pictures.Transpose.ROTATE_90, 7: Pictures.Transpose.TRANSVERSE,
        8: Pictures.Transpose.ROTATE_270,
    }[turned]  # fmt: skip
    stored = scene if back is None else scene.transpose(back)
    exif = Pictures.Exif()
    exif[0x0112] = turned
    written = io.BytesIO()
    stored.save(written, "JPEG", quality=95, exif=exif)
    shown = rendered(printed(office, tmp_path, written.getvalue()), 1, tmp_path, 72)
    box = shown.convert("L").point(lambda v: 255 if v < 150 else 0).getbbox()
    assert box is not None
    left, top, right, bottom = box
    middle = (top + bottom) // 2
    assert shown.getpixel((left + 10, middle))[0] > 150  # type: ignore[index]
    assert shown.getpixel((right - 10, middle))[2] > 150  # type: ignore[index]
    assert (right - left) > (bottom - top)


def test_the_samples_of_a_photograph_are_its_own(office: Office, tmp_path: Path) -> None:
    content = photograph(1000, 700, quality=93)
    entries, samples = image_of(printed(office, tmp_path, content))
    assert samples[-500:] == content[-500:]
    assert (entries["/Width"], entries["/Height"]) == (1000, 700)


def test_the_place_where_a_photograph_was_taken_stays_behind(
    office: Office, tmp_path: Path
) -> None:
    exif = Pictures.Exif()
    exif[0x010F] = "camera of mine"
    exif.get_ifd(0x8825)[29] = "2014:06:11"
    content = photograph(300, 200, exif=exif)
    assert b"camera of mine" in content
    assert b"2014:06:11" in content
    made = printed(office, tmp_path, content).read_bytes()
    assert b"camera of mine" not in made
    assert b"2014:06:11" not in made


def test_a_picture_finer_than_paper_shows_is_made_coarser(office: Office, tmp_path: Path) -> None:
    made = printed(office, tmp_path, photograph(7000, 5000))
    assert 2000 < image_of(made)[0]["/Width"] <= 3600


def test_a_small_picture_is_not_blown_up(office: Office, tmp_path: Path) -> None:
    shown = rendered(printed(office, tmp_path, photograph(100, 80)), 1, tmp_path, 72)
    box = shown.convert("L").point(lambda v: 255 if v < 150 else 0).getbbox()
    assert box is not None
    assert box[2] - box[0] <= 76


@pytest.mark.parametrize(
    ("mode", "kind", "name"),
    [("CMYK", "JPEG", "a.jpg"), ("L", "JPEG", "a.jpg"), ("P", "GIF", "a.gif"), ("RGBA", "PNG", "a.png"),
     ("LA", "PNG", "a.png"), ("1", "PNG", "a.png"), ("RGB", "TIFF", "a.tif"), ("CMYK", "TIFF", "a.tif")],
)  # fmt: skip
def test_every_mode_is_printed(
    office: Office, tmp_path: Path, mode: str, kind: str, name: str
) -> None:
    content = photograph(400, 300, mode=mode, kind=kind)
    shown = rendered(printed(office, tmp_path, content, name), 1, tmp_path, 72)
    left, right = shown.getpixel((200, 150)), shown.getpixel((400, 150))
    assert left != right
    assert shown.getpixel((300, 500)) == (255, 255, 255)


def test_sixteen_bits_are_not_burnt_to_white(office: Office, tmp_path: Path) -> None:
    ramp = Pictures.linear_gradient("L").resize((300, 300)).convert("I").point(lambda v: v * 257)
    written = io.BytesIO()
    ramp.convert("I;16").save(written, "PNG")
    shown = rendered(printed(office, tmp_path, written.getvalue(), "a.png"), 1, tmp_path, 72)
    middle = shown.getpixel((297, 62 + 112))
    assert 60 < middle[0] < 200  # type: ignore[index]


def test_what_is_transparent_is_white(office: Office, tmp_path: Path) -> None:
    clear = Pictures.new("RGBA", (200, 200), (0, 0, 0, 0))
    written = io.BytesIO()
    clear.save(written, "PNG")
    shown = rendered(printed(office, tmp_path, written.getvalue(), "a.png"), 1, tmp_path)
    assert shown.convert("L").getextrema() == (255, 255)


def test_black_and_white_scans_are_packed_as_fax_and_read_right(
    office: Office, tmp_path: Path
) -> None:
    scan = Pictures.new("1", (1240, 1754), 1)
    scan.paste(0, (100, 100, 600, 300))
    written = io.BytesIO()
    scan.save(written, "TIFF", compression="group4")
    made = printed(office, tmp_path, written.getvalue(), "a.tif")
    assert image_of(made)[0]["/Filter"] == "/CCITTFaxDecode"
    shown = rendered(made, 1, tmp_path, 72)
    assert shown.getpixel((100, 120)) == (0, 0, 0)
    assert shown.getpixel((400, 500)) == (255, 255, 255)


def test_every_page_of_a_scan_is_a_page(office: Office, tmp_path: Path) -> None:
    pages = [Pictures.new("L", (300, 400), grey) for grey in (0, 100, 200)]
    written = io.BytesIO()
    pages[0].save(written, "TIFF", save_all=True, append_images=pages[1:])
    made = printed(office, tmp_path, written.getvalue(), "a.tif")
    greys = [rendered(made, n, tmp_path).getpixel((248, 200))[0] for n in (1, 2, 3)]  # type: ignore[index]
    assert greys == [0, 100, 200]


def test_a_place_to_sign_is_not_on_the_picture(office: Office, tmp_path: Path) -> None:
    made = printed(office, tmp_path, photograph(900, 1600), certified=True)
    shown = rendered(made, 1, tmp_path, 72)
    row = [shown.getpixel((297, y)) for y in range(842 - 140, 842)]
    assert set(row) == {(255, 255, 255)}


@pytest.mark.parametrize("kept", [10, 200, 2_000])
def test_a_picture_that_breaks_off_is_a_fault(tmp_path: Path, kept: int) -> None:
    for kind in ("JPEG", "PNG"):
        (tmp_path / "x").write_bytes(photograph(900, 700, kind=kind)[:kept])
        assert faults(tmp_path / "x", tmp_path)


def test_a_bomb_is_a_fault_and_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = Pictures.new("1", (20_000, 20_000))
    bomb.save(tmp_path / "x", "PNG")
    assert faults(tmp_path / "x", tmp_path)
    assert (tmp_path / "v.pdf").stat().st_size < 1_000


def test_a_tiff_without_end_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_leaf, "MOST_FRAMES", 2)
    pages = [Pictures.new("L", (30, 40)) for _ in range(3)]
    pages[0].save(tmp_path / "x", "TIFF", save_all=True, append_images=pages[1:])
    assert faults(tmp_path / "x", tmp_path) == "3 frames"


def test_a_drive_that_is_full_is_not_the_fault_of_the_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: VolumeFile, entries: bytes, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(VolumeFile, "add_stream", full)
    (tmp_path / "x").write_bytes(photograph(300, 200))
    with pytest.raises(OSError, match="No space"):
        faults(tmp_path / "x", tmp_path)
