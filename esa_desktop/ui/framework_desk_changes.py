"""What the framework desk does to an edition: each change one step on the undo stack, or a reason why not."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from esa_desktop.domain import framework_edits as edits
from esa_desktop.domain.edits import Edit
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.fields import framework_field
from esa_desktop.domain.framework import Framework, Node
from esa_desktop.domain.framework_tree import Place, children, places
from esa_desktop.domain.revision import FieldView
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.ui.framework_desk_rows import EDITION, Rank, rank_of, rank_word

Push = Callable[[Edit, str], None]
Make = Callable[[Framework], Framework]
"""The edition as it is to be, of the edition as it is when the change is made."""
ABOVE = {Rank.INDICATOR: Rank.STANDARD, Rank.ISSUE: Rank.INDICATOR}


class DeskChanges(QObject):
    """Ids are never touched: texts, evidence and levels stay with the node they were written for."""

    refused = Signal(object)
    """An `EsaError`: why something cannot be done."""

    def __init__(
        self, editor: Editor, push: Push, leave: Callable[[], None], parent: QObject
    ) -> None:
        """``leave`` ends what is being typed, so that no step stands on half a visit."""
        super().__init__(parent)
        self._editor = editor
        self._push = push
        self._leave = leave
        self.is_own = False
        """Whether a change that is heard of just now was made here."""

    # --- what there is ------------------------------------------------------------------------

    @property
    def framework(self) -> Framework:
        return self._editor.round.framework

    @property
    def view(self) -> FieldView:
        """Of the field that holds the edition."""
        return self._editor.view(framework_field(self._editor.round.fiscal_year))

    def place_of(self, node_id: str) -> Place | None:
        return places(self.framework).get(node_id)

    def is_used(self, node_id: str) -> bool:
        place = self.place_of(node_id)
        return place is not None and place.in_use

    def beside(self, parent_id: str) -> list[str]:
        """Ids of what is in use in a node, in order; the standards for ``""``."""
        parent = places(self.framework)[parent_id].node if parent_id else self.framework
        return [node.id for node in children(parent)]

    def near(self, rank: Rank, node_id: str) -> tuple[str, int] | None:
        """(id of the parent, place) for a new node of a rank near one there is.

        ``None`` where nothing could hold it.
        """
        chain = _chain(places(self.framework), node_id)
        if rank is Rank.STANDARD:
            beside = self.beside("")
            return "", beside.index(chain[0]) + 1 if chain else len(beside)
        depth = 1 if rank is Rank.INDICATOR else 2
        if len(chain) > depth:
            return chain[depth - 1], self.beside(chain[depth - 1]).index(chain[depth]) + 1
        parent = chain[depth - 1] if len(chain) == depth else self._last(chain, depth)
        return None if parent is None else (parent, len(self.beside(parent)))

    def _last(self, chain: Sequence[str], depth: int) -> str | None:
        """The last node that could hold it: in the chosen standard, else in all."""
        standards = list(chain[:1]) or list(reversed(self.beside("")))
        if depth == 1:
            return next(iter(standards), None)
        return next((n for s in standards for n in reversed(self.beside(s))), None)

    # --- one step -----------------------------------------------------------------------------

    def refuse_if_fixed(self) -> None:
        """Raise where nothing can be changed: a project only read, or two versions of the edition."""
        self._editor.refuse_if_read_only()
        if self.view.state != "clean":
            raise EsaError(
                self.tr(
                    "ฉบับมาตรฐานถูกแก้ไขไม่ตรงกันจากสองเครื่อง โปรแกรมเก็บไว้ทั้งสองฉบับ กรุณารวมงานให้เรียบร้อยก่อน แล้วจึงแก้ไขต่อ"
                )
            )

    def may_change(self) -> bool:
        """``False`` after saying why not."""
        try:
            self.refuse_if_fixed()
        except EsaError as error:
            self.refused.emit(error)
            return False
        return True

    def apply(self, make: Make, name: str) -> bool:
        """``False`` where nothing changed, or it was refused."""
        try:
            self.refuse_if_fixed()
            self._leave()
            before = self.framework
            after = make(before)
        except EsaError as error:
            self.refused.emit(error)
            return False
        except KeyError:  # what was shown is no longer in use
            return False
        if after == before:
            return False
        edit = self._editor.change(framework_field(self._editor.round.fiscal_year), after)
        was_own, self.is_own = self.is_own, True
        try:
            self._push(edit, name)
        finally:
            self.is_own = was_own
        return self.framework != before  # the same: refused by whoever pushes

    # --- the steps ----------------------------------------------------------------------------

    def rename(self, node_id: str, words: str) -> bool:
        if node_id == EDITION:
            name = self.tr("แก้ชื่อฉบับมาตรฐาน")
            return self.apply(lambda framework: edits.entitle(framework, title=words), name)
        place = self.place_of(node_id)
        rank = rank_word(rank_of(place.node)) if place is not None else ""
        name = self.tr("แก้ชื่อ{rank}").format(rank=rank)
        return self.apply(lambda framework: edits.rename(framework, node_id, words), name)

    def add(self, rank: Rank, parent_id: str, place: int, named: Sequence[tuple[str, str]]) -> bool:
        """Several ``(id, name)`` one behind another, from ``place`` on."""
        beside = self.beside(parent_id)
        after = beside[place - 1] if 0 < place <= len(beside) else None

        def make(framework: Framework) -> Framework:
            behind = after
            for node_id, words in named:
                framework = _added(framework, rank, parent_id, words, node_id, behind)
                behind = node_id
            return framework

        name = self.tr("เพิ่ม{rank}").format(rank=rank_word(rank))
        if len(named) > 1:
            name = thai_digits(self.tr("{add} {0} รายการ").format(len(named), add=name))
        return self.apply(make, name)

    def move(self, node_id: str, parent_id: str, place: int) -> bool:
        """``place`` among those in use there, without the node itself."""
        name = self.named(self.tr("ย้าย{node}"), node_id)
        return self.apply(lambda fw: edits.move(fw, node_id, parent_id, place), name)

    def step(self, node_id: str, by: int) -> bool:
        """Before or behind its neighbour; over the edge into the parent next to its own."""
        self._leave()
        known = places(self.framework)
        place = known.get(node_id)
        if place is None or not place.in_use:
            return False
        beside = self.beside(place.parent)
        at = beside.index(node_id) + by
        if 0 <= at < len(beside):
            return self.move(node_id, place.parent, at)
        parents = [p.node.id for p in known.values() if p.in_use and _may_hold(p.node, place.node)]
        next_to = parents.index(place.parent) + by if place.parent in parents else -1
        if not 0 <= next_to < len(parents):
            return False
        into = parents[next_to]
        return self.move(node_id, into, 0 if by > 0 else len(self.beside(into)))

    def retire(self, node_id: str) -> str:
        """Id of what stands beside it, where it was retired; else nothing."""
        place = self.place_of(node_id)
        if place is None or not place.in_use:
            return ""
        beside = self.beside(place.parent)
        at = beside.index(node_id)
        near = next(iter(beside[at + 1 :] or reversed(beside[:at])), place.parent or EDITION)
        name = self.named(self.tr("เลิกใช้{node}"), node_id)
        return near if self.apply(lambda fw: edits.retire(fw, node_id), name) else ""

    def take_back(self, node_id: str) -> bool:
        """In use again, where it stood."""
        place = self.place_of(node_id)
        if place is None or not place.retired:
            return False
        name = self.tr("นำ{rank}กลับมาใช้").format(rank=rank_word(rank_of(place.node)))
        return self.apply(lambda fw: edits.take_back(fw, node_id), name)

    def named(self, words: str, node_id: str) -> str:
        """The name of a step about a node: ``ย้ายตัวบ่งชี้ ๑.๒``."""
        place = self.place_of(node_id)
        if place is None:
            return words.format(node="")
        return words.format(node=f"{rank_word(rank_of(place.node))} {thai_digits(place.code)}")


def _chain(known: Mapping[str, Place], node_id: str) -> list[str]:
    """Ids from the standard down to the node; what is out of use counts as its parent."""
    chain: list[str] = []
    while node_id in known:
        if known[node_id].in_use:
            chain.insert(0, node_id)
        node_id = known[node_id].parent
    return chain


def _may_hold(parent: Node, node: Node) -> bool:
    return ABOVE.get(rank_of(node)) is rank_of(parent)


def _added(
    framework: Framework, rank: Rank, parent_id: str, name: str, node_id: str, after: str | None
) -> Framework:
    if rank is Rank.STANDARD:
        return edits.add_standard(framework, name, node_id=node_id, after=after)
    if rank is Rank.INDICATOR:
        return edits.add_indicator(framework, parent_id, name, node_id=node_id, after=after)
    return edits.add_issue(framework, parent_id, name, node_id=node_id, after=after)
