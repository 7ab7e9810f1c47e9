"""Projects with real files of evidence, for tests of the binder: small PDFs and pictures, quickly made."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from esa_desktop.domain.evidence import Evidence
from esa_desktop.services.attaching import attach, take_in
from esa_desktop.services.projects import Project
from tests.projects import new_project, opened


def pdf(words: str, pages: int = 1, *, remark: bytes = b"") -> bytes:
    """A PDF whose pages say in Latin letters ``words`` and their number; behind it a remark."""
    from reportlab.pdfgen.canvas import Canvas

    written = BytesIO()
    canvas = Canvas(written, pagesize=(595, 842), invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(100, 600, f"{words} {number}")
        canvas.showPage()
    canvas.save()
    return written.getvalue() + remark


def picture(size: tuple[int, int] = (640, 480), form: str = "JPEG") -> bytes:
    from PIL import Image

    written = BytesIO()
    Image.new("RGB", size, (180, 200, 220)).save(written, form)
    return written.getvalue()


def write(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


def attach_files(project: Project, code: str, files: Sequence[Path]) -> list[Evidence]:
    """An item for each file, in order."""
    editor = project.editor
    issue = editor.round.framework.issue(code)
    before = set(editor.round.items)
    intake = take_in(project.folder, files)
    assert not intake.refused
    editor.apply(attach(editor, issue.id, intake.files))
    return [item for item in editor.round.evidence_of(issue.id) if item.id not in before]


@contextmanager
def office(folder: Path, attached: Mapping[str, Mapping[str, bytes]]) -> Iterator[Project]:
    """A project that is open; ``attached``: contents by file name by the code of an issue."""
    place = new_project(folder)
    with opened(place) as project:
        for code, contents in attached.items():
            files = [write(folder / "ของเดิม", name, made) for name, made in contents.items()]
            attach_files(project, code, files)
        project.flush()
        yield project
