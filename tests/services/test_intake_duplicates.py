from dataclasses import replace
from pathlib import Path

from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.fields import item_field
from esa_desktop.services.attaching import attach, detach, share, take_in
from esa_desktop.services.intake_duplicates import holders, is_here, part, where_words
from esa_desktop.services.projects import Project
from tests.projects import new_project, opened


def files(project: Project, folder: Path, **contents: str) -> tuple[EvidenceFile, ...]:
    paths = [folder / f"{name}.txt" for name in contents]
    for path, content in zip(paths, contents.values(), strict=True):
        path.write_text(content, encoding="utf-8")
    return take_in(project.folder, paths).files


def test_files_are_parted_into_new_known_and_twice(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        editor = project.editor
        issue = editor.round.framework.issue("1.2.1").id
        editor.apply(attach(editor, issue, files(project, tmp_path, ก="หนึ่ง")))
        (old,) = editor.round.items.values()

        new, known, twice = part(
            editor.round, files(project, tmp_path, ข="สอง", ค="หนึ่ง", ง="สอง", จ="หนึ่ง")
        )

        assert [file.name for file in new] == ["ข.txt"]
        assert [(one.file.name, one.item_id) for one in known] == [("ค.txt", old.id)]
        assert [file.name for file in twice] == ["ง.txt", "จ.txt"]


def test_an_item_that_serves_goes_before_one_that_was_taken_out_and_the_bin_has_none(
    tmp_path: Path,
) -> None:
    with opened(new_project(tmp_path)) as project:
        editor = project.editor
        issue = editor.round.framework.issue("1.2.1").id
        kept = files(project, tmp_path, ก="หนึ่ง")
        editor.apply(attach(editor, issue, kept))
        editor.apply(attach(editor, issue, kept))
        first, second = editor.round.evidence_of(issue)
        editor.apply(detach(editor, issue, [first.id]))
        serving = holders(editor.round)[kept[0].sha256]
        for item in (first, second):
            editor.apply(editor.change(item_field(item.id), replace(item, binned=True)))

        assert serving == second.id
        assert holders(editor.round) == {}


def test_the_sentence_says_which_item_and_where_it_is_used(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        editor = project.editor
        find = editor.round.framework.issue
        kept = files(project, tmp_path, คำสั่ง12="หนึ่ง")
        editor.apply(attach(editor, find("1.2.1").id, kept))
        (item,) = editor.round.items
        editor.apply(share(editor, find("1.3.1").id, [item]))
        _, known, _ = part(editor.round, kept)
        used = where_words(editor.round, known)
        for code in ("1.2.1", "1.3.1"):
            editor.apply(detach(editor, find(code).id, [item]))

        assert used == "คือหลักฐาน ๑.๒.๑-๐๑ คำสั่ง12 (ใช้กับประเด็น ๑.๒.๑, ๑.๓.๑)"
        assert "ยังไม่ได้ใช้กับประเด็นใด" in where_words(editor.round, known)
        assert not is_here(editor.round, find("1.2.1").id, known)


def test_of_many_files_the_sentence_names_some_and_counts_the_rest(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        editor = project.editor
        issue = editor.round.framework.issue("1.2.1").id
        kept = files(project, tmp_path, **{f"ไฟล์{n}": str(n) for n in range(5)})
        editor.apply(attach(editor, issue, kept))

        words = where_words(editor.round, part(editor.round, kept)[1])

        assert words.count("คือหลักฐาน") == 3
        assert words.endswith("และอีก ๒ ไฟล์")
        assert "“ไฟล์0.txt”" in words
