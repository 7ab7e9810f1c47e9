"""What of an element's looks survives a paste: bold, italic, underline, alignment."""

from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from esa_desktop.domain.richtext import Align

_ALIGN: Final[dict[str, Align]] = {
    "left": "left",
    "start": "left",
    "center": "center",
    "middle": "center",
    "right": "right",
    "end": "right",
    "justify": "justify",
}
_BOLD: Final = frozenset("b strong h1 h2 h3 h4 h5 h6 th".split())
_ITALIC: Final = frozenset("i em cite dfn var".split())


@dataclass(frozen=True, slots=True)
class Style:
    bold: bool = False
    italic: bool = False
    underline: bool = False
    align: Align = "left"
    keeps_lines: bool = False
    """Blanks and line ends count (``pre``)."""


def css_of(element: etree._Element) -> dict[str, str]:
    """The inline style, names and values in lower case; later ones win."""
    css: dict[str, str] = {}
    for declaration in (element.get("style") or "").split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            css[name.strip().lower()] = value.replace("!important", "").strip().lower()
    align = element.get("align")
    if align:
        css.setdefault("text-align", align.lower())
    return css


def style_of(tag: str, css: dict[str, str], outer: Style) -> Style:
    """The style inside an element."""
    style = outer
    if tag in _BOLD:
        style = replace(style, bold=True)
    if tag in _ITALIC:
        style = replace(style, italic=True)
    if tag in ("u", "ins"):
        style = replace(style, underline=True)
    weight = css.get("font-weight", "")
    if weight:
        heavy = weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) >= 600)
        style = replace(style, bold=heavy)
    slant = css.get("font-style", "")
    if slant:
        style = replace(style, italic=slant in ("italic", "oblique"))
    lines = f"{css.get('text-decoration', '')} {css.get('text-decoration-line', '')}"
    if "underline" in lines:
        style = replace(style, underline=True)
    elif "none" in lines:
        style = replace(style, underline=False)
    if "text-align" in css:
        style = replace(style, align=_ALIGN.get(css["text-align"], style.align))
    if tag == "pre" or css.get("white-space", "").startswith("pre"):
        style = replace(style, keeps_lines=True)
    return style
