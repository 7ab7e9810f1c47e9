"""Rounds and files to bind: real PDFs, pictures and documents made on the spot, and the binder read back."""

import datetime
import hashlib
import io
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image as Pictures
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from esa_desktop.domain.assessment import AssessmentRound, IssueAssessment
from esa_desktop.domain.binder import BinderOptions, BinderResult
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.framework import Standard
from esa_desktop.report.binder.binding import bind
from esa_desktop.report.binder.job import BinderJob, BoundFile, FileKind
from tests.report.reading import close, pdfium_pages
from tests.report.rounds import framework, indicator

KINDS: Mapping[str, FileKind] = {
    ".pdf": "pdf", ".jpg": "picture", ".png": "picture", ".tif": "picture", ".gif": "picture",
    ".txt": "text", ".docx": "document", ".odt": "document", ".xlsx": "sheet", ".pptx": "slides",
}  # fmt: skip


@dataclass
class Office:
    """An office with files in a folder, as a project keeps them; items are added to issues by code."""

    folder: Path
    indicators: int = 2
    issues: int = 3
    standards: int = 1
    items: dict[str, Evidence] = field(default_factory=dict)
    files: dict[str, BoundFile] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)

    def keep(self, name: str, content: bytes, **known: Any) -> EvidenceFile:
        """A file under its hash; ``known``: what was found when it was looked at."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.folder / sha256
        path.write_bytes(content)
        kind = KINDS.get(Path(name).suffix, "other")
        self.files[sha256] = BoundFile(str(path), name, **{"kind": kind, **known})
        return EvidenceFile(sha256, name, len(content))

    def item(
        self, issue: str, title: str, *files: EvidenceFile, also: Sequence[str] = (), **said: Any
    ) -> Evidence:
        number = sum(1 for item in self.items.values() if item.code.startswith(issue + "-")) + 1
        made = Evidence(
            f"item-{issue}-{number}", f"{issue}-{number:02}", title, files=files, **said
        )
        self.items[made.id] = made
        for code in (issue, *also):
            self.links.setdefault(code, []).append(made.id)
        return made

    def round(self) -> AssessmentRound:
        names = [
            "การบริหารจัดการที่ดี",
            "การพัฒนาสู่องค์การแห่งการเรียนรู้",
            "การกระจายอำนาจและการส่งเสริมการบริหารจัดการอย่างมีส่วนร่วม",
            "การติดตาม ตรวจสอบ ประเมินผล และนิเทศการศึกษาที่มีประสิทธิภาพ",
        ]
        questions = [
            "การใช้แผนเป็นเครื่องมือในการบริหารจัดการ",
            "ภาวะผู้นำของผู้บริหาร",
            "การสร้างหรือประยุกต์ใช้นวัตกรรม เทคโนโลยี เพื่อพัฒนาการบริหารจัดการขององค์การ",
        ]
        made = [
            indicator(n, names[(n - 1) % 4], [questions[p % 3] for p in range(self.issues)])
            for n in range(1, self.indicators + 1)
        ]
        whole = framework(made)
        first = whole.standards[0]
        others = []
        for number in range(2, self.standards + 1):
            moved = [
                replace(
                    one,
                    id=f"s{number}-{one.id}",
                    issues=tuple(replace(i, id=f"s{number}-{i.id}") for i in one.issues),
                )
                for one in first.indicators
            ]
            others.append(
                Standard(f"standard-{number}", number, "การบริหารและการจัดการศึกษา", tuple(moved))
            )
        whole = replace(whole, standards=(first, *others))
        issues = {}
        for code, ids in self.links.items():
            links = tuple((f"{place:05}", item) for place, item in enumerate(ids))
            issues[whole.node(code).id] = IssueAssessment(links=links)
        return AssessmentRound(2557, whole, "สพป.ตัวอย่าง เขต ๑", issues, items=dict(self.items))

    def job(self, *, name: str = "แฟ้ม", **chosen: Any) -> BinderJob:
        given = {
            k: chosen.pop(k)
            for k in ("changed", "gone", "completes", "emblem", "made")
            if k in chosen
        }
        options = BinderOptions(**chosen)
        return BinderJob(self.round(), options, self.files, name, **given)


@dataclass
class Bound:
    """A binder that was made, read back."""

    result: BinderResult
    steps: list[Any]

    @property
    def paths(self) -> list[Path]:
        return [Path(volume.path) for volume in self.result.volumes]

    def texts(self) -> list[str]:
        """Of every page of all volumes, without white."""
        return [close(page) for path in self.paths for page in pdfium_pages(path)]


def bound(office: Office, folder: Path, **chosen: Any) -> Bound:
    folder.mkdir(exist_ok=True)
    steps: list[Any] = []
    return Bound(bind(office.job(**chosen), folder, progress=steps.append), steps)


def pdf(*words: str, size: tuple[float, float] = (595.28, 841.89), **page: Any) -> bytes:
    """A PDF with one page for each of some words, upright in its middle; ``page``: entries of all pages."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=size, invariant=1)
    for line in words:
        canvas.setFont("Helvetica", min(size) / 20)
        canvas.drawCentredString(size[0] / 2, size[1] / 2, line)
        canvas.showPage()
    canvas.save()
    if not page:
        return written.getvalue()
    return changed(written.getvalue(), lambda made: [set_entries(p, page) for p in made.pages])


def set_entries(page: pikepdf.Page, entries: Mapping[str, Any]) -> None:
    for key, value in entries.items():
        page.obj[f"/{key}"] = value


def changed(content: bytes, change: Callable[[pikepdf.Pdf], Any]) -> bytes:
    """A PDF after something was done to it."""
    with pikepdf.open(io.BytesIO(content)) as document:
        change(document)
        written = io.BytesIO()
        document.save(written, deterministic_id=True)
    return written.getvalue()


def scans(count: int, *, width: int = 620, quality: int = 40, seed: int = 1) -> bytes:
    """Pages as a scanner writes them: a JPEG each, no two alike."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(595.28, 841.89), invariant=1)
    noise = Pictures.effect_noise((width, width * 1754 // 1240), 30).convert("L")
    for place in range(count):
        page = io.BytesIO()
        noise.rotate((place * 7 + seed) % 40 / 10).save(page, "JPEG", quality=quality)
        canvas.drawImage(ImageReader(page), 0, 0, 595.28, 841.89)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def photograph(
    across: int, down: int, *, kind: str = "JPEG", mode: str = "RGB", turned: int = 1, **how: Any
) -> bytes:
    """Its left half red, its right half blue, a white bar along the top, as it is stored."""
    picture = Pictures.new("RGB", (across, down), (200, 40, 40))
    picture.paste((40, 40, 200), (across // 2, 0, across, down))
    picture.paste((255, 255, 255), (0, 0, across, down // 8))
    written = io.BytesIO()
    exif = Pictures.Exif()
    if turned != 1:
        exif[0x0112] = turned
        how["exif"] = exif
    picture.convert(mode).save(written, kind, **how)
    return written.getvalue()


def rendered(path: Path, page: int, folder: Path, dpi: int = 60) -> Pictures.Image:
    """A page (from 1) as PDFium draws it, in red, green and blue."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return document[page - 1].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()


def page_texts(path: Path) -> Iterator[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, check=True, encoding="utf-8"
    )
    yield from (re.sub(r"\s+", "", page) for page in done.stdout.split("\f")[:-1])


DAY = datetime.date(2014, 6, 11)
