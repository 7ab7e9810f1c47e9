"""What the binder's own pages tell of an item: its words, and where its first page came to stand."""

from collections.abc import Callable
from dataclasses import dataclass

from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.thai import thai_date

Digits = Callable[[object], str]


@dataclass
class Entry:
    """An item on its way into the binder."""

    item: Evidence
    code: str
    """Of the divider it stands behind."""
    is_name_only: bool = False
    """A confidential one of which nothing but its name may be seen."""
    volume: int = 0
    """From 1; 0 while nobody knows."""
    first: int = 0
    """Number of its first page, counted through all volumes."""
    pages: int = 0

    def title(self, digits: Digits) -> str:
        """What a list calls it; of a confidential one with the word that says so."""
        name = self.item.title or digits(self.item.code)
        return f"{name} (ลับ)" if self.item.confidential else name

    def number_and_date(self, digits: Digits) -> str:
        if self.is_name_only:
            return ""
        day = digits(thai_date(self.item.date, short=True)) if self.item.date else ""
        return "\n".join(filter(None, (self.item.number, day)))
