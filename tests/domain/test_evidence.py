import datetime
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from esa_desktop.domain.evidence import (
    LONGEST_NAME,
    LONGEST_NAME_BYTES,
    Evidence,
    EvidenceFile,
    code_sort_key,
    evidence_from_dict,
    evidence_to_dict,
    file_name_around,
    safe_file_name,
)
from esa_desktop.domain.thai import clusters

FORBIDDEN = set('<>:"/\\|?*')
DEVICES = {"con", "prn", "aux", "nul", "clock$", "conin$", "conout$"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"
}
PIECES = st.one_of(
    st.sampled_from([*DEVICES, "CON", "Com1", "..", ".", " ", ".pdf", ".tar.gz", "\u202e", "\x00"]),
    st.sampled_from(["คำสั่ง", "ที่", "ศธ ๐๔๐๐๑", "น้ำ", "เเผน", "ก" * 130, "่" * 40, "👩‍🏫" * 30]),
    st.text(st.sampled_from('<>:"/\\|?*. ปีที่๑a_-\t\n'), max_size=6),
    st.text(max_size=12),
)
NAMES = st.lists(PIECES, max_size=6).map("".join)


@settings(max_examples=3000)
@given(NAMES)
@example("x" * 119 + ".y.pdf")
@example("..con..txt")
@example(". . .")
@example("a. .pdf")
@example("เอกสาร.pdf .")
@example("con .pdf")
@example("a" + "\u0301" * 300)
def test_any_name_becomes_one_that_windows_takes(name: str) -> None:
    safe = safe_file_name(name)

    assert safe
    assert not FORBIDDEN & set(safe)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in safe)
    assert safe[-1] not in " ."
    assert safe[0] != " "
    assert safe.split(".")[0].rstrip(" ").casefold() not in DEVICES
    assert len(safe) <= LONGEST_NAME
    assert len(safe.encode()) <= LONGEST_NAME_BYTES
    assert PureWindowsPath(safe).name == PurePosixPath(safe).name == safe


@settings(max_examples=3000)
@given(NAMES)
@example("x" * 119 + ".y.pdf")
@example("ก" * 79 + " .pdf")
@example("a.b" + "ก" * 200 + ".pdf")
def test_a_safe_name_stays_as_it_is(name: str) -> None:
    safe = safe_file_name(name)

    assert safe_file_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("คำสั่งที่ ๑๒/๒๕๖๘.pdf", "คำสั่งที่ ๑๒_๒๕๖๘.pdf"),
        ("รายงาน.PDF", "รายงาน.PDF"),
        ("con.pdf", "_con.pdf"),
        ("COM1", "_COM1"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("Contract.pdf", "Contract.pdf"),
        ("a?.jpg. . ", "a_.jpg"),
        ("", "เอกสาร"),
        (" .. ", "เอกสาร"),
        ("ประชุม\u202egpj.exe", "ประชุมgpj.exe"),
        ("ภาพ\nกิจกรรม.jpg", "ภาพ กิจกรรม.jpg"),
    ],
)
def test_a_name_stays_as_close_as_can_be(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


@pytest.mark.parametrize("name", ["a" * 116 + ".pdf", "ก" * 78 + "aa.pdf", "a" * 120])
def test_a_name_that_just_fits_is_kept_whole(name: str) -> None:
    assert safe_file_name(name) == name
    assert len(safe_file_name("a" + name)) <= len(name)


def test_names_leave_room_for_a_folder_on_windows_and_for_bytes_elsewhere() -> None:
    assert (LONGEST_NAME, LONGEST_NAME_BYTES) == (120, 240)
    assert safe_file_name("ก" * 200 + ".abcdefghij").endswith(".abcdefghij")
    assert not safe_file_name("ก" * 200 + ".abcdefghijk").endswith(".abcdefghijk")


@given(PIECES, st.sampled_from(["2570.pdf", "2570 ตัวบ่งชี้ 1.1.pdf", "2570"]))
@example("สำนักงานเขตพื้นที่การศึกษา" * 6, "2570 ตัวบ่งชี้ 1.1.pdf")
def test_of_a_name_around_something_long_only_that_is_shortened(long: str, after: str) -> None:
    name = file_name_around("แบบประเมิน", long, after)

    assert name.startswith("แบบประเมิน")
    assert name.endswith(f" {after}")
    assert len(name) <= LONGEST_NAME
    assert len(name.encode()) <= LONGEST_NAME_BYTES
    assert safe_file_name(name) == name


def test_what_is_shortened_ends_with_a_whole_cluster_and_fills_the_room() -> None:
    office = "น้ำที่นี่" * 30

    kept = file_name_around("", office, "2570").removesuffix(" 2570")

    whole = list(clusters(office))
    assert list(clusters(kept)) == whole[: len(list(clusters(kept)))]
    longer = kept + whole[len(list(clusters(kept)))]
    assert len(f"{longer} 2570".encode()) > LONGEST_NAME_BYTES


def test_of_a_book_pasted_as_a_name_no_more_than_can_fit_is_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken = []

    def counted(text: str) -> Iterator[str]:
        for cluster in clusters(text):
            taken.append(cluster)
            yield cluster

    monkeypatch.setattr("esa_desktop.domain.evidence.clusters", counted)
    name = file_name_around("", "a" * 100_000, "2570")
    assert len(name) == LONGEST_NAME
    assert name.endswith(" 2570")
    assert len(taken) <= LONGEST_NAME + 1


def test_a_long_thai_name_is_cut_between_clusters_and_keeps_its_suffix() -> None:
    name = "รายงานผลการดำเนินงานที่น่าชื่นชม" * 10 + ".docx"

    safe = safe_file_name(name)

    stem = safe.removesuffix(".docx")
    assert stem != safe
    assert name.startswith(stem)
    assert list(clusters(stem)) == list(clusters(name))[: len(list(clusters(stem)))]


def test_an_item_survives_being_stored_with_everything_and_with_nothing() -> None:
    full = Evidence(
        id="e1",
        code="1.2.3-04",
        title="คำสั่งแต่งตั้ง",
        kind="คำสั่ง",
        number="ที่ ศธ ๐๔๐๐๑/๑๒๓",
        date=datetime.date(2025, 6, 11),
        files=(EvidenceFile("a" * 64, "คำสั่ง.pdf", 12),),
    )
    bare = Evidence("e2", "1.2.3-05", "")

    for item in (full, bare):
        assert evidence_from_dict(item.id, evidence_to_dict(item)) == item
    assert evidence_to_dict(bare) == {"code": "1.2.3-05", "title": ""}


def test_codes_sort_by_number_and_not_by_letter() -> None:
    codes = ["1.2.3-04", "1.2.3-10", "1.2.10-01", "1.10.1-01", "2.1.1-01"]

    assert sorted(set(codes), key=code_sort_key) == codes
