import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from esa_desktop.domain import framework_edits as desk
from esa_desktop.domain.errors import FrameworkFileError
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.framework_problems import unfinished
from esa_desktop.storage.framework_file import framework_bytes, read_framework, shipped
from esa_desktop.storage.framework_toml import framework_toml
from tests.domain.framework_steps import frameworks, office

IN_A_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def read_again(framework: Framework, folder: Path) -> Framework:
    path = folder / "wst.toml"
    path.write_bytes(framework_bytes(framework, path))
    return read_framework(path)


@given(framework=frameworks())
@IN_A_FOLDER
def test_an_edition_is_read_as_it_was_written(framework: Framework, tmp_path: Path) -> None:
    again = read_again(framework, tmp_path)

    assert again == replace(framework, draft=framework.draft or unfinished(framework))


@given(framework=frameworks())
@IN_A_FOLDER
def test_a_finished_edition_is_refused_for_exactly_the_problems_that_are_said(
    framework: Framework, tmp_path: Path
) -> None:
    published = replace(framework, draft=False)
    path = tmp_path / "wst.toml"
    path.write_text(framework_toml(published), "utf-8")

    if unfinished(published):
        with pytest.raises(FrameworkFileError, match="กรุณาแก้บรรทัดที่"):
            read_framework(path)
    else:
        assert read_framework(path) == published


@pytest.mark.parametrize("place", [0, 1])
def test_what_is_shipped_is_read_as_it_was_written(place: int, tmp_path: Path) -> None:
    assert read_again(shipped()[place], tmp_path) == shipped()[place]


def test_an_office_is_written_on_lines_a_person_can_read() -> None:
    made = desk.weigh(office(1, 1, 4), "n0", 5, verified=True, source="คู่มือ หน้า ๔")
    text = framework_toml(desk.retire(made, "q3"))

    assert "    [[standard.indicator]]\n" in text
    assert "        [[standard.indicator.retired_issue]]\n" in text
    assert '    weight = 5\n    weight_verified = true\n    weight_source = "คู่มือ หน้า ๔"\n' in text
    assert max(map(len, text.split("\n"))) < 200


def test_what_is_out_of_use_may_be_unfinished_in_a_published_file(tmp_path: Path) -> None:
    made = desk.entitle(office(1, 2, 8), draft=False)
    made = desk.add_issue(desk.set_rows(made, "n1", ()), "n1", "", node_id="q90")
    made = desk.retire(made, "n1")

    again = read_again(made, tmp_path)

    assert again == made
    assert not again.draft


def test_a_count_stands_in_no_threshold_even_in_a_draft(tmp_path: Path) -> None:
    path = tmp_path / "wst.toml"
    text = framework_toml(office(1, 1, 4)).replace('"evidence_ladder"', '"threshold"')
    path.write_text(text, "utf-8")

    with pytest.raises(FrameworkFileError, match="ช่อง fewest ใช้กับตัวบ่งชี้แบบ threshold ไม่ได้"):
        read_framework(path)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("level = 4", "level = 5", "แถวเกณฑ์ต้องเรียงจากระดับที่สูงกว่าลงมา"),
        ("most = 3", "most = 100", "ช่อง most ต้องเป็นจำนวนเต็ม ๐ ถึง ๙๙"),
        ('type = "evidence_ladder"', 'type = "evidence_ladder"\nworks = 5', "ช่อง works ใช้กับ"),
        ("number = 2", "number = 1", "ซ้ำกับที่ใช้แล้ว"),
        ('id = "q1"', 'id = "q0"', "ซ้ำกับที่ใช้แล้วข้างบน"),
    ],
)
def test_what_a_draft_says_must_be_right(tmp_path: Path, was: str, now: str, said: str) -> None:
    path = tmp_path / "wst.toml"
    text = framework_toml(office(1, 1, 4))
    assert was in text
    path.write_text(text.replace(was, now, 1), "utf-8")

    with pytest.raises(FrameworkFileError, match=said):
        read_framework(path)


def test_an_edition_that_no_file_can_hold_is_refused_with_what_to_do() -> None:
    made = office(1, 1, 4)
    foreign = replace(
        made, title="ก\u200bข"
    )  # never made by the desk, which cleans what it is given

    with pytest.raises(FrameworkFileError, match=r"“wst\.toml” ไม่ได้"):
        framework_bytes(foreign, Path("wst.toml"))


@given(framework=frameworks())
@IN_A_FOLDER
def test_any_toml_reader_understands_it(framework: Framework) -> None:
    values = tomllib.loads(framework_toml(framework))

    assert values["id"] == framework.id
    assert len(values.get("standard", [])) == len(framework.standards)
