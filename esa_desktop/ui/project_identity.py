"""How the project that is open is named in the title bar and remembered for the next start."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from esa_desktop.domain.thai import thai_digits

if TYPE_CHECKING:
    from esa_desktop.services.projects import Project
    from esa_desktop.ui.preferences import Preferences


def window_title(project: "Project") -> str:
    """Office, year and folder: the wrong copy must be seen to be the wrong one."""
    assessed = project.editor.round
    year = QCoreApplication.translate("project_identity", "ปีงบประมาณ")
    words = [assessed.office, f"{year} {thai_digits(assessed.fiscal_year)}", str(project.folder)]
    if project.read_only:
        words.append(QCoreApplication.translate("project_identity", "เปิดดูอย่างเดียว"))
    return "  ·  ".join(words)


def remember_project(preferences: "Preferences", project: "Project") -> None:
    """On top of the list of the welcome page, with how far it is."""
    from esa_desktop.domain.assessment import progress

    assessed = project.editor.round
    count = progress(assessed)
    preferences.remember(
        project.folder,
        assessed.office,
        assessed.fiscal_year,
        done=count.done,
        total=count.total,
    )
