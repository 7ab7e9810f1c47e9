"""An edition as one text, a line for each thing it says, so that two versions of it can be compared."""

from collections.abc import Iterator

from esa_desktop.domain import framework_words as words
from esa_desktop.domain.framework import LEVELS, Framework, Indicator, Node, Standard
from esa_desktop.domain.richtext import Paragraph, RichText, paragraph
from esa_desktop.domain.thai import thai_digits


def outline(framework: Framework) -> RichText:
    """The edition's own words first, then its nodes in printed order, what is out of use last."""
    return RichText(tuple(_lines(framework)))


def _lines(framework: Framework) -> Iterator[Paragraph]:
    yield from (paragraph(f"{name}: {said}") for name, said in words.titles(framework) if said)
    for code, node in framework.walk():
        depth = code.count(".")
        name = f"{node.name} ({words.mark(node.verified)})"
        yield paragraph(name, f"{thai_digits(code)}", depth)
        yield from (paragraph(line, level=depth + 1) for line in _about(node))
    for _, node in framework.retired_nodes():
        yield paragraph(f"เลิกใช้แล้ว: {node.name}")


def _about(node: Node) -> Iterator[str]:
    if isinstance(node, Standard):
        yield f"สัดส่วน: {words.weight(node)}"
    elif isinstance(node, Indicator):
        if node.lead_in:
            yield node.lead_in
        yield words.type_of(node)
        if node.rubric.unit:
            yield words.unit(node)
        yield f"น้ำหนัก: {words.weight(node)}"
        yield from (words.row(level, node.rubric.row(level)) for level in LEVELS)
