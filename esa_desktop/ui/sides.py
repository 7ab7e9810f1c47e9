"""The three columns of a project: how wide tree and evidence are, and when they give up their room."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from esa_desktop.ui.evidence_pane import EvidencePane
from esa_desktop.ui.framework_pane import FrameworkPane

TREE, EVIDENCE, RAIL = 272, 264, 56
"""Widths in pixels: of the side panes at first, and of the folded tree."""
NARROW = 1000
"""Pixels; below this width (150 % on a small laptop) the tree folds by itself."""
VERY_NARROW = 760
"""Pixels; below this one (200 %) the evidence makes room, too, until it is asked for."""


class Sides(QSplitter):
    """Tree, middle, evidence. Widths that a person dragged are kept while the panes come and go.

    The panes are made as its children and then told with `hold`: each one that comes from another
    parent is dressed by the style sheet anew, with all that is in it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._widths = [TREE, EVIDENCE]
        self._wants_rail = False
        self._wants_evidence = True
        self._by_hand: bool | None = None
        self._asked_for = False

    def hold(self, tree: FrameworkPane, middle: QWidget, evidence: EvidencePane) -> None:
        self._tree = tree
        self._evidence = evidence
        for pane in (tree, middle, evidence):
            self.addWidget(pane)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._keep_widths)
        tree.folded.connect(self._fold_by_hand)

    @property
    def widths(self) -> list[int]:
        """Of tree and evidence, as they are when there is room for them."""
        return list(self._widths)

    def set_widths(self, widths: list[int]) -> None:
        """As `widths` told them; anything else leaves them as they are."""
        if len(widths) == 2 and all(width >= 120 for width in widths):
            self._widths = list(widths)
            self._arrange()

    def show_for(self, *, folded: bool, evidence: bool) -> None:
        """What the page in the middle wants of its sides."""
        self._wants_rail, self._wants_evidence = folded, evidence
        self._by_hand = None
        self._asked_for = False
        self._arrange()

    def toggle_evidence(self) -> None:
        """Show the evidence although there is little room for it, or let it go again."""
        self._asked_for = not self._evidence.isVisible()
        self._arrange()

    @property
    def is_short_of_room(self) -> bool:
        """Whether the evidence is away for want of room and not of the page."""
        return self._wants_evidence and self.width() < VERY_NARROW

    def _fold_by_hand(self, folded: bool) -> None:
        self._by_hand = folded
        self._arrange()

    def _keep_widths(self) -> None:
        now = self.sizes()
        if not self._tree.is_folded:
            self._widths[0] = now[0]
        if self._evidence.isVisible():
            self._widths[1] = now[2]

    def _arrange(self) -> None:
        folded = self._wants_rail or self.width() < NARROW
        if self._by_hand is not None:
            folded = self._by_hand
        if folded != self._tree.is_folded:
            self._tree.set_folded(folded)
        shown = self._wants_evidence and (self.width() >= VERY_NARROW or self._asked_for)
        self._evidence.setVisible(shown)
        left = RAIL if folded else self._widths[0]
        right = self._widths[1] if shown else 0
        if self.width() < NARROW:
            right = min(right, max(self.width() // 4, self._evidence.minimumWidth()))
        self.setSizes([left, max(self.width() - left - right, 1), right])

    # Qt override

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()
