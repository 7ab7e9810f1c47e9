import contextlib
import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import EpsImagePlugin
from PIL import Image as Pictures

from esa_desktop.domain.richtext import Image, RichText
from esa_desktop.report.pictures import upright_picture
from esa_desktop.report.slugs import ImageSlug
from tests.report.set_lines import printed, read_slug, text_setter


def saved(picture: Pictures.Image, kind: str, **more: object) -> bytes:
    stream = BytesIO()
    picture.save(stream, kind, **more)
    return stream.getvalue()


def photograph(kind: str = "JPEG", orientation: int = 1) -> bytes:
    """Forty by twenty, red on the left and blue on the right."""
    picture = Pictures.new("RGB", (40, 20), (255, 0, 0))
    picture.paste((0, 0, 255), (20, 0, 40, 20))
    exif = Pictures.Exif()
    exif[0x0112] = orientation
    return saved(picture, kind, exif=exif.tobytes())


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_of_a_turned_camera_stands_upright(kind: str) -> None:
    upright = upright_picture(photograph(kind, orientation=6))
    assert upright is not None
    content, size = upright
    assert size == (20, 40)
    with Pictures.open(BytesIO(content)) as turned:
        assert turned.size == (20, 40)
        top = turned.convert("RGB").getpixel((10, 5))
        below = turned.convert("RGB").getpixel((10, 35))
    assert isinstance(top, tuple)
    assert isinstance(below, tuple)
    assert (top[0] > 200, top[2] > 60) == (True, False)
    assert (below[0] > 60, below[2] > 200) == (False, True)


def test_an_upright_picture_is_left_as_it_is() -> None:
    content = photograph()
    assert upright_picture(content) == (content, (40, 20))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("kept", [0.0, 0.3, 0.6])
def test_a_damaged_picture_is_none_and_said_to_be_one(kind: str, kept: float) -> None:
    noise = Pictures.effect_noise((300, 300), 80).convert("RGB")
    whole = saved(noise, kind)
    damaged = whole[: int(len(whole) * kept)]
    assert upright_picture(whole) is not None
    assert upright_picture(damaged) is None
    setter = text_setter(image=lambda _: damaged)
    slugs = setter.cell(RichText((Image("ab", 100.0),))).slugs(200)
    assert [read_slug(slug) for slug in slugs] == ["[รูป]"]


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("1", "PNG"),
        ("L", "PNG"),
        ("LA", "PNG"),
        ("P", "GIF"),
        ("P", "PNG"),
        ("RGBA", "PNG"),
        ("I;16", "PNG"),
        ("CMYK", "JPEG"),
        ("CMYK", "TIFF"),
        ("L", "JPEG"),
        ("RGB", "BMP"),
        ("RGBA", "WEBP"),
    ],
)
def test_every_kind_of_picture_offices_have_is_printed(mode: str, kind: str) -> None:
    content = saved(Pictures.new(mode, (40, 20)), kind)
    setter = text_setter(image=lambda _: content)
    slugs = setter.cell(RichText((Image("ab", 100.0),))).slugs(200)
    assert isinstance(slugs[0], ImageSlug)
    assert b"/Subtype /Image" in printed(setter, slugs)


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_a_drawing_that_is_a_program_starts_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pillow gives EPS to Ghostscript; the control is that it would."""
    ghostscript = tmp_path / "gs"
    ghostscript.write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran'\n", encoding="utf-8")
    ghostscript.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(EpsImagePlugin, "gs_binary", None)
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n%%EOF\n"

    assert upright_picture(eps) is None
    assert not (tmp_path / "ran").exists()

    with Pictures.open(BytesIO(eps)) as opened, contextlib.suppress(OSError):
        opened.load()
    assert (tmp_path / "ran").exists()
