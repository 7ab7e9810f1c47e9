"""The sample project: a small invented office, from ``resources/sample``, with evidence files made on the spot."""

import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from esa_desktop.domain.edits import Batch, SetField
from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.fields import (
    DICTIONARY_FIELD,
    READY,
    Kind,
    book_field,
    indicator_field,
    issue_field,
    item_field,
)
from esa_desktop.domain.richtext import (
    Block,
    Image,
    Paragraph,
    RichText,
    Run,
    from_plain,
    tidy_runs,
)
from esa_desktop.paths import resources_folder
from esa_desktop.services.attaching import add_without_file, attach, share, take_in
from esa_desktop.services.editing import Editor
from esa_desktop.services.frameworks import find_framework
from esa_desktop.services.identity import Who
from esa_desktop.services.places import sample_place
from esa_desktop.services.projects import Project, create_project, open_project
from esa_desktop.services.sample_files import draw_emblem, write_evidence


def make_sample(folder: Path, who: Who) -> None:
    """A new project at ``folder`` with a filled round; refuses a folder that is in use."""
    told = tomllib.loads((resources_folder() / "sample" / "sample.toml").read_text("utf-8"))
    office = told["office"]
    framework = find_framework(office["framework"])
    create_project(folder, framework, office=office["name"], fiscal_year=office["year"], who=who)
    try:
        project = open_project(folder, who=who)
        try:
            _fill(project, told)
            project.flush()
        finally:
            project.close()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # made by us a moment ago, of no use half-filled
        raise


def sample_for_trying(user_folder: Path, who: Who) -> Path:
    """The sample to play with: made in the user's own folder the first time, as it was left after.

    It gets its name when it is whole: one that was cut off while it was made is made anew.
    """
    folder = sample_place(user_folder)
    if folder.exists():
        return folder
    unfinished = user_folder / "งานตัวอย่าง.new"
    try:
        if unfinished.exists():
            shutil.rmtree(unfinished)
        make_sample(unfinished, who)
        unfinished.rename(folder)
    except OSError as error:
        raise StorageError(
            f"สร้างงานตัวอย่างใน “{user_folder}” ไม่ได้ ปิดโปรแกรมอื่นที่เปิดโฟลเดอร์นี้อยู่แล้วลองอีกครั้ง"
        ) from error
    return folder


def _fill(project: Project, told: Mapping[str, Any]) -> None:
    editor = project.editor
    edits = [*_issue_edits(editor, told["issue"]), *_indicator_edits(editor, told["indicator"])]
    editor.apply(Batch(tuple(edits)))
    with tempfile.TemporaryDirectory() as scratch:
        for item in told["evidence"]:
            _attach(project, item, Path(scratch))
        _write_book(project, told["book"], Path(scratch))
    words = from_plain(told["dictionary"]["words"])
    editor.apply(editor.change(DICTIONARY_FIELD, words))


def _issue_edits(editor: Editor, issues: list[dict[str, Any]]) -> Iterator[SetField]:
    year = editor.round.fiscal_year
    for told in issues:
        issue = editor.round.framework.issue(told["code"])
        for kind in (Kind.ACTED_ON, Kind.EVIDENCE_CLEAR):
            if told.get(kind.value):
                yield editor.change(issue_field(year, issue.id, kind), True)
        for kind in (Kind.METHOD, Kind.RESULTS):
            if told.get(kind.value, "").strip():
                text = marked_text(told[kind.value].strip("\n"))
                yield editor.change(issue_field(year, issue.id, kind), text)


def _indicator_edits(editor: Editor, indicators: list[dict[str, Any]]) -> Iterator[SetField]:
    year = editor.round.fiscal_year
    for told in indicators:
        indicator = editor.round.framework.indicator(told["code"])
        if told.get("level"):
            yield editor.change(indicator_field(year, indicator.id, Kind.LEVEL), told["level"])
        if told.get("reason"):
            yield editor.change(indicator_field(year, indicator.id, Kind.REASON), told["reason"])
        if told.get("ready"):
            yield editor.change(indicator_field(year, indicator.id, Kind.STATUS), READY)
        if told.get("suggestions", "").strip():
            text = marked_text(told["suggestions"].strip("\n"))
            yield editor.change(indicator_field(year, indicator.id, Kind.SUGGESTIONS), text)


def _attach(project: Project, told: Mapping[str, Any], scratch: Path) -> None:
    editor = project.editor
    issues = [editor.round.framework.issue(code).id for code in told["issues"]]
    known = set(editor.round.items)
    if told.get("file"):
        source = scratch / told["file"]
        write_evidence(source, told["title"], told.get("content", ""))
        intake = take_in(project.folder, [source])
        if intake.refused:
            raise intake.refused[0]
        editor.apply(attach(editor, issues[0], intake.files, title=told["title"]))
    else:
        editor.apply(add_without_file(editor, issues[0], told["title"]))
    (item_id,) = set(editor.round.items) - known
    item = editor.round.items[item_id]
    described = replace(
        item,
        kind=told.get("kind", item.kind),
        number=told.get("number", ""),
        date=told.get("date"),
    )
    editor.apply(editor.change(item_field(item_id), described))
    for other in issues[1:]:
        editor.apply(share(editor, other, [item_id]))


def _write_book(project: Project, told: Mapping[str, str], scratch: Path) -> None:
    editor = project.editor
    emblem = scratch / "ตราสำนักงาน.png"
    draw_emblem(emblem)
    intake = take_in(project.folder, [emblem])
    if intake.refused:
        raise intake.refused[0]
    editor.keep_files(intake.files)
    evidence = (file for item in editor.round.items.values() for file in item.files)
    pictures = {file.name: file.sha256 for file in (*intake.files, *evidence)}
    year = editor.round.fiscal_year
    edits = []
    for name, text in told.items():
        width = _EMBLEM_WIDTH if name == "emblem" else _PICTURE_WIDTH
        written = _with_pictures(marked_text(text.strip("\n")), pictures, width)
        edits.append(editor.change(book_field(year, name), written))
    editor.apply(Batch(tuple(edits)))


def _with_pictures(text: RichText, pictures: Mapping[str, str], width: float) -> RichText:
    """Lines that name a picture become it."""
    blocks: list[Block] = []
    for block in text.blocks:
        line = block.text if isinstance(block, Paragraph) else ""
        is_picture = line.startswith(_PICTURE)
        name = line.removeprefix(_PICTURE).strip()
        blocks.append(Image(pictures[name], width) if is_picture else block)
    return RichText(tuple(blocks))


# --- texts ------------------------------------------------------------------------------------

_PICTURE: Final = "[ภาพ]"
_PICTURE_WIDTH: Final = 320.0
_EMBLEM_WIDTH: Final = 108.0
"""Points: an inch and a half, the usual size on a cover."""
_MARKS: Final = re.compile(r"\*\*(?P<b>.+?)\*\*|__(?P<u>.+?)__|(?<!:)//(?P<i>[^/]+?)//")


def marked_text(text: str) -> RichText:
    """Plain text (`from_plain`) with ``**bold**``, ``__underline__`` and ``//italic//``."""
    plain = from_plain(text)
    return RichText(tuple(_marked_block(block) for block in plain.blocks))


def _marked_block(block: Block) -> Block:
    if not isinstance(block, Paragraph):
        return block
    return replace(block, runs=tidy_runs(_marked_runs(block.text)))


def _marked_runs(text: str) -> Iterator[Run]:
    place = 0
    for match in _MARKS.finditer(text):
        yield Run(text[place : match.start()])
        yield Run(
            match["b"] or match["u"] or match["i"],
            bold=match["b"] is not None,
            italic=match["i"] is not None,
            underline=match["u"] is not None,
        )
        place = match.end()
    yield Run(text[place:])
