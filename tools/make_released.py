"""Makes the project that the tests keep of each released schema: ``tests/storage/released/<version>``.

``python -m tools.make_released`` is run once for a schema, by the last program that writes it and
before `SCHEMA_VERSION` is raised; what is there already is never made anew. `contents.json` beside
the project says what every later version of the program must read out of it.
"""

import json
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from esa_desktop.domain.book import BOOK_TEXTS
from esa_desktop.domain.fields import (
    DICTIONARY_FIELD,
    Field,
    Kind,
    book_field,
    encode,
    indicator_field,
    issue_field,
)
from esa_desktop.domain.revision import Revision, make_revision
from esa_desktop.domain.richtext import Paragraph, RichText, Run, from_plain
from esa_desktop.services.attaching import add_without_file, attach, detach, share, take_in
from esa_desktop.services.exporting import remember_options, stored_options
from esa_desktop.services.frameworks import find_framework
from esa_desktop.services.identity import Who
from esa_desktop.services.projects import Project, create_project, open_project
from esa_desktop.services.showing import show_round
from esa_desktop.storage.layout import DATABASE
from esa_desktop.storage.lock import Holder
from esa_desktop.storage.store import Draft, Store, Write
from esa_desktop.storage.tables import SCHEMA_VERSION

RELEASED: Final = Path(__file__).resolve().parent.parent / "tests" / "storage" / "released"
PROJECT: Final = "project"
CONTENTS: Final = "contents.json"
YEAR: Final = 2557
WHO: Final = Who("นางสาวพิมพ์ใจ", "0190a000-0000-7000-8000-000000000001", "PC-1")
OTHER: Final = Who("นายธีระ", "0190a000-0000-7000-8000-000000000002", "PC-2")
TIME: Final = "2026-11-22T03:00:00.000+00:00"
"""Of what is written here as the other laptop."""
BASE: Final = "๑. ประชุมชี้แจงผู้บริหารโรงเรียน\n๒. จัดทำแผนปฏิบัติการ\n๓. นิเทศ ติดตาม และประเมินผล"


def make(folder: Path) -> None:
    """A project with texts, levels, deletions, evidence, a draft, and fields of two heads."""
    framework = find_framework("obec-2557")
    create_project(folder, framework, office="สพป.ทดสอบ เขต ๒", fiscal_year=YEAR, who=WHO)
    project = open_project(folder, who=WHO)
    try:
        _write(project)
        _attach(project)
        project.flush()
        # Last: the window knows nothing of what another laptop wrote until the project is opened.
        write = _of_another(project)
        project.ask(lambda store: store.write(write)).result(30)
    finally:
        project.close()
    (folder / f"{DATABASE}-journal").unlink(missing_ok=True)  # empty: all is committed


def _write(project: Project) -> None:
    editor = project.editor
    issue, other = (editor.round.framework.issue(code).id for code in ("1.1.1", "1.1.2"))
    indicator = editor.round.framework.indicator("1.1").id
    rich = RichText(
        (
            Paragraph((Run("วิธีดำเนินงาน", bold=True), Run(" ที่ป้ำน้ำใจ", italic=True)), label="๑."),
            *from_plain("ข้อย่อย\nรายการ | จำนวน\nโรงเรียน | ๑๒๓").blocks,
        )
    )
    for field, value in (
        (issue_field(YEAR, issue, Kind.METHOD), rich),
        (issue_field(YEAR, issue, Kind.RESULTS), from_plain(BASE)),
        (issue_field(YEAR, issue, Kind.ACTED_ON), True),
        (issue_field(YEAR, issue, Kind.EVIDENCE_CLEAR), True),
        (issue_field(YEAR, other, Kind.METHOD), from_plain("ข้อความที่ลบแล้ว")),
        (issue_field(YEAR, other, Kind.METHOD), None),
        (indicator_field(YEAR, indicator, Kind.LEVEL), 3),
        (indicator_field(YEAR, indicator, Kind.REASON), "ผลงานเด่นระดับภาค"),
        (indicator_field(YEAR, indicator, Kind.STATUS), "ready"),
        (indicator_field(YEAR, indicator, Kind.SUGGESTIONS), from_plain("ควรขยายผล")),
        (book_field(YEAR, BOOK_TEXTS[0].name), from_plain("คำนำของเล่ม")),
        (DICTIONARY_FIELD, from_plain("ธารทอง\nเวียงใต้")),
    ):
        editor.apply(editor.change(field, value))
    editor.apply(remember_options(editor, stored_options(editor, paper="a4-portrait")))


def _attach(project: Project) -> None:
    """Two files, one of them for two issues; an item without a file; one that was taken out."""
    editor = project.editor
    issue, other = (editor.round.framework.issue(code).id for code in ("1.1.1", "1.1.2"))
    sources = [project.folder.parent / name for name in ("คำสั่งแต่งตั้ง.pdf", "ภาพกิจกรรม.jpg")]
    for number, source in enumerate(sources):
        source.write_bytes(bytes([number, 0, 255]) + source.name.encode() * 20)
    intake = take_in(project.folder, sources)
    editor.apply(attach(editor, issue, intake.files))
    editor.apply(add_without_file(editor, issue, "ตู้ ๓ แฟ้ม ๒"))
    first, second, _ = (item.id for item in editor.round.evidence_of(issue))
    editor.apply(share(editor, other, [first]))
    editor.apply(detach(editor, issue, [second]))
    for source in sources:
        source.unlink()


def _of_another(project: Project) -> Write:
    """What came from a second laptop: a text that merges, a level that does not, a draft."""
    view, framework = project.editor.view, project.editor.round.framework
    results = issue_field(YEAR, framework.issue("1.1.1").id, Kind.RESULTS)
    level = indicator_field(YEAR, framework.indicator("1.1").id, Kind.LEVEL)
    typed = issue_field(YEAR, framework.issue("1.2.1").id, Kind.METHOD)
    base = view(results).head_ids
    ours = BASE.replace("โรงเรียน", "โรงเรียนทุกแห่ง")
    theirs = BASE.replace("ประเมินผล", "ประเมินผลทุกเดือน")
    draft = Draft(
        typed, OTHER.device, OTHER.author, TIME, (), encode(typed.kind, from_plain("พิมพ์ค้างไว้"))
    )
    return Write(
        revisions=(
            _revision(WHO, results, base, from_plain(ours)),
            _revision(OTHER, results, base, from_plain(theirs)),
            _revision(OTHER, level, (), 5),
        ),
        drafts=(draft,),
    )


def _revision(who: Who, field: Field, parents: tuple[str, ...], value: Any) -> Revision:
    body = encode(field.kind, value)
    return make_revision(field, parents, body, author=who.author, device=who.device, time=TIME)


def contents_of(store: Store) -> dict[str, Any]:
    """Everything the rows of a project say, as JSON values."""
    contents = store.load()
    history = {field: store.history(field) for field in contents.heads}
    return {
        "project": contents.project_id,
        "revisions": {r.id: asdict(r) for found in history.values() for r in found},
        "heads": sorted(head.id for heads in contents.heads.values() for head in heads),
        "drafts": [asdict(draft) for draft in contents.drafts],
        "files": sorted(contents.files),
    }


def shown_of(folder: Path) -> dict[str, Any]:
    """What ``show`` tells of a project. Opening makes the draft a revision."""
    project = open_project(folder, who=WHO)
    try:
        return show_round(project.editor.round)
    finally:
        project.close()


def main() -> int:
    target = RELEASED / str(SCHEMA_VERSION)
    if target.exists():
        sys.exit(f"{target} is there already; a released schema does not change any more")
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / PROJECT
        make(place)
        shutil.copytree(place, target / PROJECT)
        store = Store.open(place, Holder(WHO.author, WHO.computer, TIME))
        try:
            told = contents_of(store)
        finally:
            store.close()
        told["shown"] = shown_of(place)
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    (target / CONTENTS).write_text(text + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
