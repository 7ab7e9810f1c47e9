"""The help of the program on paper: cover, contents, and every page of help as a chapter."""

from esa_desktop.report.manual.pages import ManualResult, print_manual

__all__ = ["ManualResult", "print_manual"]
