from datetime import date
from pathlib import Path

from esa_desktop.services.attaching import attach, take_in
from esa_desktop.services.describing import Description, add_described, describe_as, said_about
from tests.projects import new_project, opened

ALL = Description(
    "โล่รางวัล", "รางวัล", "ที่ ๑", date(2014, 6, 11), "กลุ่มอำนวยการ", "ตู้ ๓ แฟ้ม ๒", confidential=True
)


def test_an_item_without_file_says_all_there_is_to_say_also_after_it_was_written(
    tmp_path: Path,
) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        issue = project.editor.round.framework.issue("1.2.1").id
        project.editor.apply(add_described(project.editor, issue, ALL))
    with opened(place) as project:
        (item,) = project.editor.round.items.values()

        assert said_about(item) == ALL
        assert (item.code, item.files) == ("1.2.1-01", ())


def test_describing_keeps_code_and_files_and_a_title(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("a")
    with opened(new_project(tmp_path)) as project:
        editor = project.editor
        issue = editor.round.framework.issue("1.2.1").id
        editor.apply(attach(editor, issue, take_in(project.folder, [source]).files))
        (item,) = editor.round.items.values()

        back = editor.apply(describe_as(editor, item.id, Description(" \n ", place=" ตู้\n๓ ")))
        changed = editor.round.items[item.id]
        editor.apply(back)

        assert (changed.title, changed.place) == ("a", "ตู้ ๓")
        assert (changed.code, changed.files) == (item.code, item.files)
        assert editor.round.items[item.id] == item
