"""The project of a command: opened, committed, let go; and the person who gives the command."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from esa_desktop.cli.words import path
from esa_desktop.domain.thai import parse_fiscal_year
from esa_desktop.paths import user_folder

if TYPE_CHECKING:
    # SQLAlchemy takes longest to load: a line that cannot be meant is refused without it.
    from esa_desktop.services.identity import Who
    from esa_desktop.services.projects import Project


def on_project(made: Any, *, only_reads: bool = False, optional: bool = False) -> Any:
    """Let a command take a project, and say how it is opened; with ``only_reads`` it may be read
    while somebody else has it open, or where it cannot be written; one that is ``optional`` may
    be ``None``.
    """
    made.add_argument("project", type=path, metavar="PROJECT", nargs="?" if optional else None)
    made.add_argument("--year", help="ปีงบประมาณ (ถ้าไม่ใส่ใช้ปีล่าสุด)")
    made.add_argument(
        "--take-over",
        action="store_true",
        help="เปิดต่อแม้เครื่องอื่นยังเปิดค้างไว้ (ใช้เมื่อแน่ใจว่าไม่มีใครใช้อยู่)",
    )
    made.set_defaults(read_only=False)
    if only_reads:
        made.add_argument("--read-only", action="store_true", help="เปิดดูอย่างเดียว ไม่เขียนอะไรในงาน")
    return made


@contextmanager
def opened(given: argparse.Namespace) -> "Iterator[Project]":
    """The project of a command, open while the block runs and committed before it ends."""
    from esa_desktop.services.projects import open_project

    year = parse_fiscal_year(given.year) if given.year else None
    project = open_project(
        given.project,
        who=who(),
        year=year,
        take_over=given.take_over,
        read_only=given.read_only,
    )
    try:
        yield project
        project.flush()
    finally:
        project.close(timeout=5)


def who() -> "Who":
    from esa_desktop.services.identity import who_am_i

    return who_am_i(user_folder())
