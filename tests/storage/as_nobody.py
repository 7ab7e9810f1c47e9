"""Meets folders without permission as a user who is not root; prints what was said as JSON."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from esa_desktop.domain.errors import EsaError
from esa_desktop.storage.evidence_files import keep
from esa_desktop.storage.store import Store
from tests.storage.projects import HOLDER

NOBODY = 65534


def attempt(action: Callable[[], object]) -> tuple[str, str]:
    try:
        action()
    except EsaError as error:
        return type(error).__name__, str(error)
    except Exception as error:  # noqa: BLE001 - it is printed and fails the test
        return "BUG", repr(error)
    return "done", ""


def main(place: Path) -> dict[str, object]:
    said: dict[str, object] = {}
    Store.create(place / "งาน.esaproj", HOLDER).close()
    project = place / "งาน.esaproj"

    def opened() -> None:
        Store.open(project, HOLDER).close()

    for case, folder_mode, file_mode in (
        ("read-only folder", 0o555, 0o644),
        ("read-only file", 0o755, 0o444),
        ("read-only both", 0o555, 0o444),
    ):
        project.chmod(folder_mode)
        (project / "project.db").chmod(file_mode)
        said[case] = attempt(opened)
    project.chmod(0o755)
    (project / "project.db").chmod(0o644)
    said["after the rights came back"] = "opened" if attempt(opened)[0] == "done" else "refused"

    fixed = place / "fixed"
    fixed.mkdir(mode=0o555)
    new = fixed / "ใหม่" / "งาน.esaproj"
    said["create below a read-only folder"] = attempt(lambda: Store.create(new, HOLDER))
    said["left by the failed creation"] = [path.name for path in fixed.iterdir()]

    secret = place / "ลับ.pdf"
    secret.write_bytes(b"x")
    secret.chmod(0)
    said["unreadable evidence"] = attempt(lambda: keep(secret, project))
    secret.chmod(0o644)
    (project / "evidence").chmod(0o555)
    said["read-only evidence folder"] = attempt(lambda: keep(secret, project))
    for path in (fixed, project / "evidence"):
        path.chmod(0o755)
    return said


if __name__ == "__main__":
    there = Path(tempfile.mkdtemp(prefix="as-nobody-"))
    there.chmod(0o777)
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        print(json.dumps(main(there)))
    finally:
        shutil.rmtree(there, ignore_errors=True)
