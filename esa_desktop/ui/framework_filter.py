"""Which rows of the framework are shown: all or what is not complete, and those that words find."""

from enum import StrEnum

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel

from esa_desktop.domain.assessment import Status
from esa_desktop.domain.thai import arabic_digits, clean_text
from esa_desktop.ui.framework_model import FrameworkModel, Role
from esa_desktop.ui.framework_nodes import Grade

Index = QModelIndex | QPersistentModelIndex


class Shown(StrEnum):
    """What the segmented switch offers. "งานของฉัน" joins when issues can be assigned."""

    ALL = "all"
    NOT_COMPLETE = "not_complete"


class FrameworkFilter(QSortFilterProxyModel):
    """Issues are accepted one by one, standards and indicators because of an issue below them.

    An indicator without issues is accepted as an issue is; complete is what has a level.

    One issue can be kept whatever it says: the row a person works on must not vanish under
    their hands when the last missing tick is set.
    """

    def __init__(self, model: FrameworkModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = Shown.ALL
        self._words: tuple[str, ...] = ()
        self._kept = ""
        self._hidden: frozenset[str] = frozenset()
        self._model = model
        self.setRecursiveFilteringEnabled(True)
        self.setSourceModel(model)

    @property
    def shown(self) -> Shown:
        return self._shown

    @property
    def narrows(self) -> bool:
        """Whether rows may be missing."""
        return self._shown is not Shown.ALL or bool(self._words) or bool(self._hidden)

    def show(self, shown: Shown) -> None:
        if shown is not self._shown:
            self.beginFilterChange()
            self._shown = shown
            self.endFilterChange(self.Direction.Rows)

    def find(self, text: str) -> None:
        """Only issues in whose code or name every word of ``text`` occurs; any digits will do."""
        words = tuple(_plain(text).split())
        if words != self._words:
            self.beginFilterChange()
            self._words = words
            self.endFilterChange(self.Direction.Rows)

    def keep(self, issue_id: str) -> None:
        """Show this issue even when it is complete; empty for none."""
        old, self._kept = self._kept, issue_id
        moved = (old, issue_id) if old != issue_id else ()
        if self._shown is not Shown.ALL and any(map(self._is_done, moved)):
            self.beginFilterChange()
            self.endFilterChange(self.Direction.Rows)

    def _is_done(self, issue_id: str) -> bool:
        index = self._model.index_of(issue_id)
        return index.isValid() and is_leaf(index) and _is_complete(index)

    def hide(self, issue_ids: frozenset[str]) -> None:
        """Leave these issues out, whatever else holds."""
        self.beginFilterChange()
        self._hidden = issue_ids
        self.endFilterChange(self.Direction.Rows)

    def index_of(self, node_id: str) -> QModelIndex:
        """The shown row of a node; invalid when it is filtered out."""
        return self.mapFromSource(self._model.index_of(node_id))

    # Qt's names from here on.
    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        index = self._model.index(row, 0, parent)
        if not is_leaf(index):
            return not self.narrows
        issue_id = index.data(Role.ID)
        if issue_id in self._hidden:
            return False
        hides = self._shown is Shown.NOT_COMPLETE and issue_id != self._kept
        if hides and not index.data(Role.CONFLICT) and _is_complete(index):
            return False
        return not self._words or self._finds(index.data(Role.CODE), index.data(Role.NAME))

    def _finds(self, code: str, name: str) -> bool:
        place = _plain(name)
        return all(code.startswith(word) or word in place for word in self._words)


def is_leaf(index: Index) -> bool:
    """An issue, or an indicator that has none and is written on itself."""
    grade = index.data(Role.GRADE)  # no identity: it went through a QVariant
    return bool(grade == Grade.ISSUE or (grade == Grade.INDICATOR and not index.data(Role.TOTAL)))


def _is_complete(index: Index) -> bool:
    if index.data(Role.GRADE) == Grade.INDICATOR:
        return index.data(Role.LEVEL) is not None
    return bool(index.data(Role.STATUS) == Status.COMPLETE)


def _plain(text: str) -> str:
    return arabic_digits(clean_text(text)).casefold()
