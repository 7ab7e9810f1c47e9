from pathlib import Path

from esa_desktop.services.identity import who_am_i


def test_the_device_id_is_made_once_and_kept(tmp_path: Path) -> None:
    first = who_am_i(tmp_path / "a")

    assert who_am_i(tmp_path / "a") == first
    assert who_am_i(tmp_path / "b").device != first.device


def test_a_broken_or_unwritable_profile_keeps_nobody_from_working(tmp_path: Path) -> None:
    (tmp_path / "device.json").write_text("{ไม่ใช่ json", encoding="utf-8")
    assert who_am_i(tmp_path).device

    in_the_way = tmp_path / "file"
    in_the_way.write_text("", encoding="utf-8")
    assert who_am_i(in_the_way / "below").device
