import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esa_desktop.domain.errors import FrameworkFileError
from esa_desktop.domain.framework import (
    Framework,
    IndicatorType,
    framework_from_dict,
    framework_to_dict,
)
from esa_desktop.domain.thai import arabic_digits
from esa_desktop.paths import resources_folder
from esa_desktop.storage.framework_file import (
    list_frameworks,
    read_framework,
    shipped,
    shipped_framework,
)

FULL = resources_folder() / "frameworks" / "obec-2557.toml"
FULL_LINES = FULL.read_text("utf-8").split("\n")

SMALL = """\
id = "wst-2568"
title = "ฉบับทดลอง"
year = 2568

[[standard]]
id = "wst-s1"
number = 1
name = "มาตรฐานหนึ่ง"
share = 60
share_verified = true

[[standard.indicator]]
id = "wst-n1"
number = 1
name = "ตัวบ่งชี้นับหลักฐาน"
type = "evidence_ladder"
weight = 5.5
    [[standard.indicator.rubric]]
    level = 5
    lines = ["ครบ", "ทุกข้อ"]
    fewest = 4
    most = 4
    [[standard.indicator.rubric]]
    level = 4
    lines = ["ครบ"]
    fewest = 3
    most = 3
    [[standard.indicator.rubric]]
    level = 3
    lines = ["ครบ"]
    fewest = 2
    most = 2
    [[standard.indicator.rubric]]
    level = 2
    lines = ["ครบ"]
    fewest = 1
    most = 1
    [[standard.indicator.rubric]]
    level = 1
    lines = ["ไม่มี"]
    fewest = 0
    most = 0
    [[standard.indicator.issue]]
    id = "wst-q1"
    number = 1
    name = "ประเด็นหนึ่ง"
    [[standard.indicator.issue]]
    id = "wst-q2"
    number = 2
    name = "ประเด็นสอง"
    [[standard.indicator.issue]]
    id = "wst-q3"
    number = 3
    name = "ประเด็นสาม"
    [[standard.indicator.issue]]
    id = "wst-q4"
    number = 4
    name = "ประเด็นสี่"

[[standard.indicator]]
id = "wst-n2"
number = 2
name = "ตัวบ่งชี้ร้อยละ"
type = "threshold"
unit = "ร้อยละ"
    [[standard.indicator.rubric]]
    level = 5
    lines = ["ตั้งแต่ร้อยละ ๙๐"]
    at_least = 90
    [[standard.indicator.rubric]]
    level = 4
    lines = ["ตั้งแต่ร้อยละ ๘๐"]
    at_least = 80
    [[standard.indicator.rubric]]
    level = 3
    lines = ["ตั้งแต่ร้อยละ ๗๐"]
    at_least = 70.5
    [[standard.indicator.rubric]]
    level = 2
    lines = ["ตั้งแต่ร้อยละ ๖๐"]
    at_least = 60
    [[standard.indicator.rubric]]
    level = 1
    lines = ["ต่ำกว่าร้อยละ ๖๐"]
    at_least = 0

[[standard]]
id = "wst-s2"
number = 2
name = "มาตรฐานสอง"
"""


def write(folder: Path, text: str | bytes, name: str = "wst.toml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refusal(path: Path) -> tuple[int, str]:
    """The line the refusal names and what it expects there."""
    with pytest.raises(FrameworkFileError) as caught:
        read_framework(path)
    return parts(str(caught.value), path.name)


def parts(sentence: str, name: str) -> tuple[int, str]:
    match = re.fullmatch(rf"ใช้ไฟล์ “{re.escape(name)}” ไม่ได้ กรุณาแก้บรรทัดที่ ([๐-๙]+): (.+)", sentence)
    assert match, sentence
    return int(arabic_digits(match[1])), match[2]


def line_of(text: str, piece: str, occurrence: int = 1) -> int:
    """The line on which the n-th ``piece`` stands."""
    at = -1
    for _ in range(occurrence):
        at = text.index(piece, at + 1)
    return text.count("\n", 0, at) + 1


# --- what is shipped --------------------------------------------------------------------------


def test_both_editions_are_shipped_and_readable() -> None:
    assert [framework.id for framework in shipped()] == ["obec-2557", "obec-2560"]
    assert shipped_framework("obec-2557").title == "มาตรฐานสำนักงานเขตพื้นที่การศึกษา พ.ศ. ๒๕๕๗"
    assert [framework.draft for framework in shipped()] == [False, True]


def test_no_shipped_name_carries_a_remark_that_would_be_printed_in_the_form() -> None:
    for framework in shipped():
        names = [framework.title, *(node.name for _, node in framework.walk())]
        assert [name for name in names if re.search("ตรวจ.*กับประกาศ|ร่าง|ยังไม่ครบ", name)] == []
        assert not any(name != name.strip() for name in names)
        unknown = {code for code, node in framework.walk() if "ยังไม่ทราบ" in node.name}
        assert unknown == ({"2", "3"} if framework.id == "obec-2557" else set())


def test_an_issue_whose_name_is_not_known_is_named_by_its_number() -> None:
    framework = shipped_framework("obec-2557")

    names = [framework.issue(f"1.1.{number}").name for number in range(1, 6)]

    assert names == [f"ประเด็นที่ {digit}" for digit in "๑๒๓๔๕"]
    assert shipped_framework("obec-2560").issue("1.1.1").name == "ภาวะผู้นำของผู้บริหาร…"


def test_an_edition_that_is_not_shipped_is_refused_with_the_names_of_those_that_are() -> None:
    with pytest.raises(FrameworkFileError, match="obec-2557 หรือ obec-2560"):
        shipped_framework("obec-2599")


def test_standard_one_of_2557_has_the_indicators_and_issues_of_the_form() -> None:
    framework = shipped_framework("obec-2557")

    counts = {code: len(indicator.issues) for code, _, indicator in framework.indicators()}

    assert counts == {"1.1": 6, "1.2": 4, "1.3": 4, "1.4": 4}
    assert len(framework.standards) == 3
    assert framework.standards[0].share == 30


def test_the_names_are_those_of_the_real_form(seed_folder: Path | None) -> None:
    if seed_folder is None:
        pytest.skip("the real form is not here")
    form = re.sub(r"\s+", "", (seed_folder / "form.txt").read_text("utf-8"))

    for code, node in shipped_framework("obec-2557").walk():
        if node.verified:
            assert re.sub(r"\s+", "", node.name) in form, code
    for _, _, indicator in shipped_framework("obec-2557").indicators():
        assert re.sub(r"\s+", "", indicator.lead_in) in form
        for row in indicator.rubric.rows:
            if row.verified:
                assert re.sub(r"\s+", "", "".join(row.lines)) in form


def test_what_the_form_does_not_say_is_marked_as_unverified() -> None:
    framework = shipped_framework("obec-2557")
    unverified = {code for code, node in framework.walk() if not node.verified}
    rows = {
        (code, row.level)
        for code, _, indicator in framework.indicators()
        for row in indicator.rubric.rows
        if not row.verified
    }

    assert unverified == {"1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.5", "2", "3"}
    assert rows == {("1.1", 5)}
    assert all(indicator.weight is None for _, _, indicator in framework.indicators())


def test_the_draft_of_2560_knows_ranked_works_and_no_rubric() -> None:
    framework = shipped_framework("obec-2560")

    assert framework.indicator("3.1").type is IndicatorType.RANKED_WORKS
    assert framework.indicator("3.1").rubric.rows == ()
    assert framework.indicator("1.1").type is IndicatorType.FREE
    assert {code for code, node in framework.walk() if node.verified} == {"1", "1.1", "2", "3"}


def test_no_id_is_used_in_two_shipped_editions() -> None:
    ids = [node.id for framework in shipped() for _, node in framework.walk()]

    assert len(set(ids)) == len(ids)


# --- what is read -----------------------------------------------------------------------------


def test_everything_a_file_can_say_arrives(tmp_path: Path) -> None:
    framework = read_framework(write(tmp_path, SMALL))

    standard = framework.standards[0]
    ladder, threshold = standard.indicators
    assert (framework.id, framework.year, framework.draft, framework.notes) == (
        "wst-2568",
        2568,
        False,
        (),
    )
    assert (standard.share, standard.share_verified, standard.verified) == (60.0, True, False)
    assert (ladder.weight, ladder.weight_verified, ladder.lead_in) == (5.5, False, "")
    assert [row.level for row in ladder.rubric.rows] == [5, 4, 3, 2, 1]
    assert ladder.rubric.rows[0].lines == ("ครบ", "ทุกข้อ")
    assert threshold.rubric.unit == "ร้อยละ"
    assert [row.at_least for row in threshold.rubric.rows] == [90, 80, 70.5, 60, 0]
    assert framework.standards[1].indicators == ()


def test_notepads_mark_and_line_ends_are_no_trouble(tmp_path: Path) -> None:
    plain = read_framework(write(tmp_path, SMALL))

    windows = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()

    assert read_framework(write(tmp_path, windows)) == plain


def test_inline_tables_say_the_same_as_headers(tmp_path: Path) -> None:
    head = 'id = "wst"\ntitle = "ก"\nyear = 2568\n'
    inline = head + 'standard = [{id = "wst-s1", number = 1, name = "ข"}]\n'
    headed = head + '[[standard]]\nid = "wst-s1"\nnumber = 1\nname = "ข"\n'

    assert read_framework(write(tmp_path, inline)) == read_framework(write(tmp_path, headed))


def test_texts_are_cleaned_and_trimmed(tmp_path: Path) -> None:
    text = SMALL.replace('"ประเด็นหนึ่ง"', '" เเผน\\u200bงาน\\tนํ้า "')

    assert read_framework(write(tmp_path, text)).issue("1.1.1").name == "แผนงาน น้ำ"


@pytest.mark.parametrize("path", sorted((resources_folder() / "frameworks").glob("*.toml")))
def test_a_shipped_edition_survives_being_pinned_in_a_project(path: Path) -> None:
    framework = read_framework(path)

    assert framework_from_dict(framework_to_dict(framework)) == framework


def test_a_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    write(tmp_path, SMALL, "a.toml")
    write(tmp_path, "id = ", "b.toml")
    write(tmp_path, SMALL, "c.toml")
    broken: list[FrameworkFileError] = []

    listed = list_frameworks(tmp_path, broken.append)

    assert [path.name for path, _ in listed] == ["a.toml", "c.toml"]
    assert ["b.toml" in str(error) for error in broken] == [True]
    with pytest.raises(FrameworkFileError):
        list_frameworks(tmp_path)
    assert list_frameworks(tmp_path / "missing") == ()


# --- what is refused --------------------------------------------------------------------------


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FrameworkFileError, match=r"ไม่พบไฟล์ “no\.toml”"):
        read_framework(tmp_path / "no.toml")


def test_a_folder_is_no_framework_file(tmp_path: Path) -> None:
    with pytest.raises(FrameworkFileError, match="เปิดไฟล์ไม่ได้"):
        read_framework(tmp_path)


@pytest.mark.parametrize("encoding", ["tis-620", "utf-16"])
def test_a_file_in_another_encoding_is_refused_on_its_first_thai_line(
    tmp_path: Path, encoding: str
) -> None:
    line, expected = refusal(write(tmp_path, SMALL.encode(encoding)))

    assert line == (2 if encoding == "tis-620" else 1)
    assert "UTF-8" in expected


def test_a_file_over_two_megabytes_is_refused_unread(tmp_path: Path) -> None:
    most = 2 * 1024 * 1024 - len(SMALL.encode())

    line, expected = refusal(write(tmp_path, SMALL + "#" * (most + 1)))

    assert (line, "๒ MB" in expected) == (1, True)
    assert read_framework(write(tmp_path, SMALL + "#" * most)).id == "wst-2568"


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('name = "มาตรฐานหนึ่ง"', 'name = "มาตรฐานหนึ่ง', 'name = "มาตรฐานหนึ่ง'),
        ("year = 2568", "year = ๒๕๖๘", "year ="),
        ("share = 60", "share 60", "share 60"),
        ("share = 60", "share = 60\nshare = 60", "share = 60\nshare_verified"),
        ('unit = "ร้อยละ"', "unit = “ร้อยละ”", "unit ="),
    ],
)
def test_a_slip_in_the_writing_names_its_line(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    text = SMALL.replace(old, new, 1)

    line, expected = refusal(write(tmp_path, text))

    assert line == line_of(text, where)
    assert "TOML" in expected


@pytest.mark.parametrize("text", ["", "\n\n\n", "# ว่าง\n"])
def test_an_empty_file_lacks_its_id(tmp_path: Path, text: str) -> None:
    assert refusal(write(tmp_path, text)) == (1, "ส่วนต้นของไฟล์ต้องมีช่อง id")


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "id = " + "9" * 10_000, "year = 1e999"])
def test_hostile_toml_is_refused_like_any_other(tmp_path: Path, text: str) -> None:
    assert refusal(write(tmp_path, text))[0] == 1


REPLACED = [
    # what is put in the place of what, the n-th of its kind, and what the refusal speaks of
    ("year = 2568", "year = 2025", 1, "๒๕๔๐ ถึง ๒๖๔๐"),
    ("year = 2568", 'year = "2568"', 1, "จำนวนเต็ม"),
    ("year = 2568", "year = true", 1, "จำนวนเต็ม"),
    ('title = "ฉบับทดลอง"', "title = 7", 1, "ข้อความ"),
    ('title = "ฉบับทดลอง"', 'title = ""', 1, "ต้องไม่ว่าง"),
    ('title = "ฉบับทดลอง"', 'title = "  \\u200b "', 1, "ต้องไม่ว่าง"),
    ('title = "ฉบับทดลอง"', 'title = "ก\\u0007"', 1, "อักขระควบคุม"),
    ('title = "ฉบับทดลอง"', 'title = "ก\\nข"', 1, "บรรทัดเดียว"),
    ('title = "ฉบับทดลอง"', 'title = "ก\\u2028ข"', 1, "บรรทัดเดียว"),
    ('title = "ฉบับทดลอง"', f'title = "{"ก" * 2001}"', 1, "๒๐๐๐ ตัวอักษร"),
    ('id = "wst-s2"', 'id = "wst-s1"', 1, "ซ้ำ"),
    ('id = "wst-q3"', 'id = "wst-2568"', 1, "ซ้ำ"),
    ('id = "wst-q3"', 'id = "ประเด็น"', 1, "a-z"),
    ('id = "wst-q3"', 'id = "a:b"', 1, "a-z"),
    ("number = 2", "number = 1", 1, "ซ้ำ"),
    ("number = 2", "number = 1", 2, "ซ้ำ"),
    ("number = 2", "number = 1", 3, "ซ้ำ"),
    ("number = 2", "number = 0", 3, "๑ ถึง ๙๙"),
    ('name = "ประเด็นสาม"', 'nmae = "ประเด็นสาม"', 1, "หมายถึง name หรือไม่"),
    ("share = 60", "share = 0", 1, "ตัวเลข"),
    ("share = 60", "share = nan", 1, "ตัวเลข"),
    ("share = 60", "share = inf", 1, "ตัวเลข"),
    ("share_verified = true", 'share_verified = "true"', 1, "true"),
    ("weight = 5.5", "weight_verified = true", 1, "weight"),
    ('type = "evidence_ladder"', 'type = "count"', 1, "evidence_ladder หรือ threshold"),
    ("level = 4", "level = 3", 1, "ระดับ ๔"),
    ("level = 4", "level = 6", 1, "๑ ถึง ๕"),
    ('lines = ["ครบ"]', 'lines = "ครบ"', 1, "รายการข้อความ"),
    ('lines = ["ครบ"]', "lines = []", 1, "รายการข้อความ"),
    ('lines = ["ครบ"]', 'lines = ["ครบ", ""]', 2, "ต้องไม่ว่าง"),
    ('lines = ["ครบ"]', "lines = [1]", 3, "ข้อความ"),
    ("fewest = 2", "fewest = 1", 1, "ซ้อน"),
    ("fewest = 3", "fewest = 4", 1, "ข้าม"),
    ("fewest = 0", "fewest = 1", 1, "ข้าม"),
    ("most = 4", "most = 5", 1, "๐ ถึง ๔"),
    ("most = 1", "most = 0", 1, "ไม่น้อยกว่า fewest"),
    ("fewest = 2", "at_least = 2", 1, "fewest"),
    ("at_least = 70.5", "at_least = 80", 1, "น้อยกว่า"),
    ("at_least = 70.5", "at_least = 95", 1, "น้อยกว่า"),
    ("at_least = 60", "at_least = 60\n    most = 1", 1, "most"),
]


@pytest.mark.parametrize(("old", "new", "occurrence", "word"), REPLACED)
def test_a_wrong_value_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, occurrence: int, word: str
) -> None:
    lines = SMALL.split("\n")
    places = [n for n, line in enumerate(lines) if line.strip() == old]
    place = places[occurrence - 1]
    lines[place] = lines[place].replace(old, new)
    header = max(n for n in range(place) if lines[n].strip().startswith("[[")) if place > 3 else 0

    line, expected = refusal(write(tmp_path, "\n".join(lines)))

    assert word in expected
    missing = "ต้องมีช่อง" in expected
    assert line == (header + 1 if missing else place + 1 + new.count("\n"))


def test_shares_that_add_up_to_more_than_the_whole_are_refused(tmp_path: Path) -> None:
    text = SMALL + "share = 41\n"

    line, expected = refusal(write(tmp_path, text))

    assert line == line_of(text, "share = 41")
    assert "๑๐๐" in expected


@pytest.mark.parametrize("kind", ["evidence_ladder", "threshold"])
def test_a_counting_indicator_needs_its_rubric(tmp_path: Path, kind: str) -> None:
    indicator = f'[[standard.indicator]]\nid = "wst-n9"\nnumber = 1\nname = "ก"\ntype = "{kind}"\n'
    text = SMALL + indicator

    assert refusal(write(tmp_path, text))[0] == line_of(text, "[[standard.indicator]]", 3)


@pytest.mark.parametrize("kind", ["ranked_works", "free"])
def test_an_indicator_that_a_person_judges_may_come_without_rubric(
    tmp_path: Path, kind: str
) -> None:
    indicator = f'[[standard.indicator]]\nid = "wst-n9"\nnumber = 1\nname = "ก"\ntype = "{kind}"\n'

    framework = read_framework(write(tmp_path, SMALL + indicator))

    assert framework.indicator("2.1").rubric.rows == ()


def test_a_single_bracket_header_is_told_how_to_be_written(tmp_path: Path) -> None:
    head = 'id = "wst"\ntitle = "ก"\nyear = 2568\n'
    text = head + '[standard]\nid = "wst-s1"\nnumber = 1\nname = "ข"\n'

    line, expected = refusal(write(tmp_path, text))

    assert (line, "[[standard]]" in expected) == (4, True)


def test_a_row_too_many_and_a_row_too_few_are_refused(tmp_path: Path) -> None:
    extra = (
        '    [[standard.indicator.rubric]]\n    level = 1\n    lines = ["ก"]\n    at_least = -1\n'
    )
    text = SMALL.replace('\n[[standard]]\nid = "wst-s2"', extra + '\n[[standard]]\nid = "wst-s2"')
    assert refusal(write(tmp_path, text))[0] == line_of(text, "[[standard.indicator.rubric]]", 11)

    few = SMALL.replace(
        "    [[standard.indicator.rubric]]\n    level = 1\n"
        '    lines = ["ต่ำกว่าร้อยละ ๖๐"]\n    at_least = 0\n',
        "",
    )
    assert refusal(write(tmp_path, few))[0] == line_of(few, "[[standard.indicator]]", 2)


FOURTH_ISSUE = """    [[standard.indicator.issue]]
    id = "wst-q4"
    number = 4
    name = "ประเด็นสี่"
"""


def test_an_issue_more_than_the_rows_count_is_named_at_the_best_row(tmp_path: Path) -> None:
    fifth = FOURTH_ISSUE.replace("q4", "q5").replace("4", "5")
    text = SMALL.replace(FOURTH_ISSUE, FOURTH_ISSUE + fifth)

    line, expected = refusal(write(tmp_path, text))

    assert (line, "คือ ๕" in expected) == (line_of(text, "most = 4"), True)


def test_three_issues_are_too_few_for_five_rows(tmp_path: Path) -> None:
    line, expected = refusal(write(tmp_path, SMALL.replace(FOURTH_ISSUE, "")))

    assert (line, "๔ ประเด็น" in expected) == (line_of(SMALL, "[[standard.indicator]]"), True)


def test_ninety_nine_tables_of_a_kind_are_enough(tmp_path: Path) -> None:
    head = 'id = "wst"\ntitle = "ก"\nyear = 2568\n'
    many = [f'[[standard]]\nid = "s{n}"\nnumber = {n}\nname = "ก"\n' for n in range(1, 101)]

    assert len(read_framework(write(tmp_path, head + "".join(many[:99]))).standards) == 99
    assert refusal(write(tmp_path, head + "".join(many)))[0] == 4 + 99 * 4


@pytest.mark.parametrize("value", ["[1]", '["ก"]', "7", "[{}, 1]"])
def test_what_is_no_table_is_told_how_to_be_written(tmp_path: Path, value: str) -> None:
    text = f'id = "wst"\ntitle = "ก"\nyear = 2568\nstandard = {value}\n'

    line, expected = refusal(write(tmp_path, text))

    assert (line, "[[standard]]" in expected) == (4, True)


# --- every line of the real file, broken in every way -----------------------------------------

OPTIONAL = {"lead_in", "verified", "share_verified", "source", "draft"}


def key_lines() -> list[int]:
    """Places of the lines ``key = value`` outside the list of notes."""
    return [n for n, line in enumerate(FULL_LINES) if re.match(r"\s*[a-z_]+ = (?!\[$)", line)]


def header_before(place: int) -> int:
    """The line of the table a key belongs to; the first line for the file's own keys."""
    headers = [n for n in range(place) if FULL_LINES[n].strip().startswith("[[")]
    return headers[-1] + 1 if headers else 1


@pytest.mark.parametrize("place", key_lines())
def test_a_deleted_key_is_missed_at_the_header_of_its_table(tmp_path: Path, place: int) -> None:
    key = FULL_LINES[place].split("=")[0].strip()
    path = write(tmp_path, "\n".join(FULL_LINES[:place] + FULL_LINES[place + 1 :]))

    if key in OPTIONAL:
        assert isinstance(read_framework(path), Framework)
    elif key == "share":  # a share that is not there cannot have been verified
        assert refusal(path)[0] == place + 1
    else:
        line, expected = refusal(path)
        assert line == header_before(place)
        assert f"ต้องมีช่อง {key}" in expected


@pytest.mark.parametrize("place", key_lines())
@pytest.mark.parametrize("value", ["{}", "[[]]", "1979-05-27"])
def test_a_value_of_a_wrong_type_is_named_on_its_line(
    tmp_path: Path, place: int, value: str
) -> None:
    key = FULL_LINES[place].split("=")[0]
    lines = [*FULL_LINES]
    lines[place] = f"{key}= {value}"

    assert refusal(write(tmp_path, "\n".join(lines)))[0] == place + 1


@pytest.mark.parametrize("place", [n for n in key_lines() if " id = " in FULL_LINES[n]])
def test_a_repeated_id_is_named_where_it_stands_again(tmp_path: Path, place: int) -> None:
    lines = [*FULL_LINES]
    lines[place] = 'id = "obec-2557"'

    line, expected = refusal(write(tmp_path, "\n".join(lines)))

    assert (line, "ซ้ำ" in expected) == (place + 1, True)


Mutation = Callable[[list[str], int, Any], None]


def delete(lines: list[str], place: int, _: Any) -> None:
    del lines[place]


def repeat(lines: list[str], place: int, _: Any) -> None:
    lines.insert(place, lines[place])


def swap(lines: list[str], place: int, draw: Any) -> None:
    other = draw(st.integers(0, len(lines) - 1))
    lines[place], lines[other] = lines[other], lines[place]


def revalue(lines: list[str], place: int, draw: Any) -> None:
    values = '0 -1 7 99999 1.5 nan "" "x" [] ["a"] {} true 2557-01-01 "obec57-q1" "free"'
    lines[place] = lines[place].split("=")[0] + "= " + draw(st.sampled_from(values.split()))


def scribble(lines: list[str], place: int, draw: Any) -> None:
    at = draw(st.integers(0, len(lines[place])))
    lines[place] = lines[place][:at] + draw(st.text(max_size=3)) + lines[place][at:]


def cut_off(lines: list[str], place: int, _: Any) -> None:
    del lines[place:]


MUTATIONS: list[Mutation] = [delete, repeat, swap, revalue, scribble, cut_off]


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(choices=st.data())
def test_whatever_is_done_to_a_file_it_is_whole_or_refused_with_a_line_of_its_own(
    tmp_path: Path, choices: st.DataObject
) -> None:
    lines = [*FULL_LINES]
    for _ in range(choices.draw(st.integers(1, 3))):
        mutate = choices.draw(st.sampled_from(MUTATIONS))
        mutate(lines, choices.draw(st.integers(0, max(len(lines) - 1, 0))), choices.draw)
        lines = lines or [""]
    text = "\n".join(lines)
    path = write(tmp_path, text.encode("utf-8", "replace"))

    try:
        framework = read_framework(path)
    except FrameworkFileError as error:
        sentence = str(error)
        assert "\n" not in sentence
        line, _ = parts(sentence, path.name)
        assert 1 <= line <= text.count("\n") + 1
    else:
        assert framework_from_dict(framework_to_dict(framework)) == framework


@given(content=st.binary(max_size=200))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    refusal(write(tmp_path, content))
