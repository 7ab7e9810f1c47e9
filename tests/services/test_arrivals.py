import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.services import arrivals
from esa_desktop.services.arrivals import (
    Arrivals,
    FolderTrouble,
    Stamp,
    half_written,
    look,
    may_be_evidence,
)

A, B = Stamp(10, 100), Stamp(20, 200)


def test_what_was_in_the_folder_at_the_first_look_is_never_new() -> None:
    came = Arrivals()
    old = {f"scan{n:04}.pdf": Stamp(n + 1, n) for n in range(500)}

    for now in range(5):
        came.note(old, now)

    assert came.new == ()
    assert not came.is_waiting


def test_a_file_is_new_when_it_stayed_as_it_is_for_a_second() -> None:
    came = Arrivals()
    came.note({}, 0)

    told = [came.note({"a.pdf": A}, now) for now in (1.0, 1.5, 2.0, 2.5)]

    assert told == [False, False, True, False]
    assert came.new == ("a.pdf",)


def test_a_file_that_grows_slowly_waits_until_it_is_whole() -> None:
    came = Arrivals()
    came.note({}, 0)
    for second in range(1, 20):
        came.note({"big.pdf": Stamp(second * 1000, second)}, second)
        assert came.new == ()
        assert came.is_waiting

    came.note({"big.pdf": Stamp(19_000, 19)}, 20)

    assert came.new == ("big.pdf",)


def test_the_newest_comes_first_whatever_its_name() -> None:
    came = Arrivals(set())
    found = {"ก.pdf": Stamp(1, 5), "a.pdf": Stamp(1, 9), "z.pdf": Stamp(1, 7)}

    came.note(found, 0)
    came.note(found, 1)

    assert came.new == ("a.pdf", "z.pdf", "ก.pdf")


def test_what_was_offered_is_not_new_again_but_another_file_under_its_name_is() -> None:
    came = Arrivals(set())
    for now in (0, 1):
        came.note({"scan.pdf": A}, now)

    came.offered(came.new)
    for now in (2, 3):
        came.note({"scan.pdf": A}, now)
    quiet = came.new
    for now in (4, 5):
        came.note({"scan.pdf": B}, now)

    assert quiet == ()
    assert came.new == ("scan.pdf",)


def test_a_file_that_vanishes_is_not_offered_any_more() -> None:
    came = Arrivals(set())
    for now in (0, 1):
        came.note({"a.pdf": A, "b.pdf": B}, now)

    assert came.note({"b.pdf": B}, 2)
    assert came.new == ("b.pdf",)


def test_a_file_that_changes_after_it_was_new_waits_again() -> None:
    came = Arrivals(set())
    for now in (0, 1):
        came.note({"a.pdf": A}, now)

    came.note({"a.pdf": B}, 2)
    between = came.new
    came.note({"a.pdf": B}, 3)

    assert (between, came.new) == ((), ("a.pdf",))


def test_an_old_file_that_is_renamed_is_still_old() -> None:
    came = Arrivals()
    came.note({"scan0001.pdf": A}, 0)

    for now in (1, 2, 3):
        came.note({"คำสั่ง.pdf": A}, now)

    assert came.new == ()


def test_a_copy_of_an_old_file_is_new_for_somebody_made_it_now() -> None:
    came = Arrivals()
    came.note({"a.pdf": A}, 0)

    for now in (1, 2):
        came.note({"a.pdf": A, "a (1).pdf": A}, now)

    assert came.new == ("a (1).pdf",)


def test_what_is_remembered_are_signs_of_files_that_are_still_there() -> None:
    came = Arrivals()
    came.note({"a.pdf": A, "b.pdf": B}, 0)

    again = Arrivals(set(came.remembered({"a.pdf": A})))
    for now in (0, 1):
        again.note({"a.pdf": A, "b.pdf": B}, now)

    assert again.new == ("b.pdf",)


@given(
    st.lists(
        st.dictionaries(st.sampled_from("abc"), st.integers(1, 3).map(lambda n: Stamp(n, n))),
        min_size=1,
        max_size=12,
    )
)
def test_no_file_is_ever_new_that_did_not_stand_still_for_two_looks(
    looks: list[dict[str, Stamp]],
) -> None:
    came = Arrivals()
    for now, found in enumerate(looks):
        came.note(found, now)
        for name in came.new:
            assert found[name] == looks[now - 1].get(name)
            assert name not in looks[0] or found[name] != looks[0][name]


@pytest.mark.parametrize(
    "name",
    [
        "scan.pdf.part",
        "ใบเสร็จ.pdf.crdownload",
        "a.TMP",
        "~$คำสั่ง.docx",
        ".syncthing.a.pdf",
        "Thumbs.db",
        "desktop.ini",
        "a.opdownload",
    ],
)
def test_what_programs_save_for_themselves_is_no_evidence(name: str) -> None:
    assert not may_be_evidence(name)


def test_a_look_sees_files_with_something_in_them_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "ก.pdf").write_bytes(b"x")
    (tmp_path / "ว่าง.pdf").write_bytes(b"")
    (tmp_path / "โฟลเดอร์").mkdir()
    (tmp_path / "b.pdf.part").write_bytes(b"x")
    (tmp_path / "หาย.pdf").symlink_to(tmp_path / "ไม่มี")

    assert list(look(tmp_path)) == ["ก.pdf"]


def test_a_folder_that_is_gone_or_is_none_is_told_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"x")

    with pytest.raises(FolderTrouble, match=r"ไม่พบโฟลเดอร์.*เลือกโฟลเดอร์ใหม่"):
        look(tmp_path / "ไม่มี")
    with pytest.raises(FolderTrouble, match="ไม่ใช่โฟลเดอร์"):
        look(file)


def test_a_folder_nobody_may_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)

    with pytest.raises(FolderTrouble, match=r"เปิดโฟลเดอร์.*ไม่ได้"):
        look(tmp_path)


def test_a_folder_of_thousands_is_refused_rather_than_half_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "MOST_FILES", 3)
    for number in range(5):
        (tmp_path / f"{number}.pdf").write_bytes(b"x")

    with pytest.raises(FolderTrouble, match="มากเกินไป"):
        look(tmp_path)


def test_what_has_no_end_is_told_from_what_is_whole_or_of_no_known_kind(tmp_path: Path) -> None:
    jpeg, png = b"\xff\xd8\xff\xe0 photo", b"\x89PNG\r\n\x1a\n"
    contents = {
        "half.pdf": b"%PDF-1.4" + b"x" * 5000,
        "whole.pdf": b"%PDF-1.4" + b"x" * 5000 + b"%%EOF\n",
        "half.jpg": jpeg,
        "whole.jpg": jpeg + b"\xff\xd9",
        "half.png": png,
        "whole.png": png + b"\0\0\0\0IEND\xaeB`\x82",
        "letter.docx": b"PK",
        "empty.pdf": b"",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)

    assert half_written(tmp_path, [*contents, "gone.pdf"]) == {"half.pdf", "half.jpg", "half.png"}


def test_a_file_without_end_is_new_in_the_end_lest_it_never_could_be_attached() -> None:
    came = Arrivals(set(), patience=30)
    told = {now: came.note({"a.pdf": A}, now, came.waiting) for now in range(0, 40, 5)}

    assert [now for now, is_new in told.items() if is_new] == [30]
