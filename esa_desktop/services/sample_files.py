"""The files of the sample project, made on the spot: pages, pictures, and the emblem of no real office."""

from pathlib import Path


def write_evidence(target: Path, title: str, content: str) -> None:
    """A small file of the kind its name says: a PDF page, a picture, else text in UTF-8."""
    if target.suffix == ".pdf":
        from esa_desktop.report.note import write_note

        write_note(target, title, content)
    elif target.suffix in (".jpg", ".png"):
        _draw_picture(target, seed=len(title))
    else:
        target.write_text(f"\ufeff{content.strip()}\n", encoding="utf-8")


def _draw_picture(target: Path, seed: int) -> None:
    """A hill under a sky: enough of a photograph to see that it is one."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (640, 440), (196, 219, 238))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((460 - seed, 60, 540 - seed, 140), fill=(250, 226, 150))
    draw.ellipse((-160, 250, 420, 760), fill=(134, 168, 128))
    draw.ellipse((200, 290, 860, 820), fill=(111, 148, 110))
    for place in range(5):
        left = 90 + place * 95 + seed % 17
        draw.rectangle((left, 300, left + 60, 352), fill=(236, 231, 221))
        draw.polygon(((left - 8, 300), (left + 68, 300), (left + 30, 268)), fill=(160, 84, 70))
    picture.save(target)


def draw_emblem(target: Path) -> None:
    """A stream between two hills in a ring, no real office's; drawn large and made small."""
    from PIL import Image as Canvas
    from PIL import ImageDraw

    size, ring = 1200, (122, 84, 32)
    picture = Canvas.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((10, 10, 1190, 1190), fill=ring)
    draw.ellipse((40, 40, 1160, 1160), fill="white")
    draw.ellipse((70, 70, 1130, 1130), fill=ring)
    inside = Canvas.new("RGB", (size, size), (246, 238, 218))
    hills = ImageDraw.Draw(inside)
    hills.ellipse((500, 240, 700, 440), fill=(214, 160, 60))
    hills.polygon(((60, 860), (400, 380), (720, 860)), fill=(92, 128, 98))
    hills.polygon(((480, 860), (830, 430), (1140, 860)), fill=(70, 106, 84))
    hills.rectangle((0, 850, size, size), fill=(92, 128, 98))
    hills.polygon(((560, 850), (640, 850), (560, 1200), (880, 1200)), fill=(196, 219, 238))
    mask = Canvas.new("L", (size, size), 0)
    ImageDraw.Draw(mask).ellipse((84, 84, 1116, 1116), fill=255)
    picture.paste(inside, mask=mask)
    picture.resize((400, 400), Canvas.Resampling.LANCZOS).save(target)
