"""Editions of the standards as files: those that come with the program, and those offices exchange."""

from pathlib import Path

from esa_desktop.domain.errors import FrameworkFileError, StorageError
from esa_desktop.domain.framework import Framework
from esa_desktop.storage import framework_file
from esa_desktop.storage.durable import write_durably

TOML, EXCEL = ".toml", ".xlsx"


def shipped_frameworks() -> tuple[Framework, ...]:
    return framework_file.shipped()


def find_framework(name: str) -> Framework:
    """A framework by its id (``obec-2557``), or from a file; raises `FrameworkFileError`."""
    if name.lower().endswith((TOML, EXCEL)) or Path(name).is_file():
        return read_edition(Path(name), None)
    return framework_file.shipped_framework(name)


def read_edition(path: Path, current: Framework | None) -> Framework:
    """The edition in a ``.toml`` file or an Excel form.

    Rows of a form that do not say which node they are, are looked for in ``current``
    (`storage.framework_form.read_form`). `FrameworkFileError` names the line, or sheet and
    cell, and what to do. Nothing is merged: that is `domain.framework_changes.merge_edition`.
    """
    if path.suffix.lower() == EXCEL:
        from esa_desktop.storage.framework_form import read_form  # openpyxl, only when asked for

        return read_form(path, current)
    if path.suffix.lower() in {".xls", ".xlsm", ".xlsb", ".ods", ".csv"}:
        raise FrameworkFileError(f"ใช้ไฟล์ “{path.name}” ไม่ได้ กรุณาเปิดด้วย Excel แล้วบันทึกใหม่เป็น .xlsx")
    return framework_file.read_framework(path)


def write_edition(framework: Framework, path: Path) -> None:
    """To a ``.toml`` file or an Excel form by the ending of the name, whole or not at all.

    What is written has been read back before: an edition that lacks something is written as a
    draft. `FrameworkFileError` if no file can hold it, `StorageError` if the disk refuses.
    """
    if path.suffix.lower() == EXCEL:
        from esa_desktop.storage.framework_form import form_bytes

        _write(path, form_bytes(framework, path))
    elif path.suffix.lower() == TOML:
        _write(path, framework_file.framework_bytes(framework, path))
    else:
        raise FrameworkFileError(
            f"บันทึกเป็น “{path.name}” ไม่ได้ กรุณาตั้งชื่อไฟล์ให้ลงท้ายด้วย .xlsx หรือ .toml"
        )


def write_template(path: Path) -> None:
    """An empty Excel form with its instructions; ``path`` ends in ``.xlsx``."""
    from esa_desktop.storage.framework_workbook import workbook_bytes

    _write(path, workbook_bytes(None))


def _write(path: Path, content: bytes) -> None:
    try:
        write_durably(path, content)
    except OSError as error:
        raise StorageError(
            f"บันทึกไฟล์ “{path.name}” ไม่ได้ กรุณาปิดไฟล์นี้ในโปรแกรมอื่น ตรวจว่าที่เก็บยังมีที่ว่าง แล้วลองอีกครั้ง"
        ) from error
