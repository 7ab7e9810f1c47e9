"""What every form and part of the book is made from: the round, the options, and fonts shared by all pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.framework import Indicator, Standard
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.report.document import Steps
from esa_desktop.report.fonts import typeface
from esa_desktop.report.text_layout import ImageLoader
from esa_desktop.report.typesetter import Typesetter

Chosen = tuple[str, Standard, Indicator]
"""Code, standard and indicator of a sheet."""


@dataclass
class PrintJob:
    """One printing."""

    assessed: AssessmentRound
    options: PrintOptions
    image: ImageLoader | None
    steps: Steps
    chosen: Sequence[Chosen]
    """The indicators whose sheets are wanted, in the order of the framework."""
    widths: tuple[float, ...] = ()
    """Of the sheets' columns, once they are known."""

    @cached_property
    def typesetter(self) -> Typesetter:
        return Typesetter(typeface(self.options.font), words=self.options.kept_words)


def chosen_sheets(
    assessed: AssessmentRound, options: PrintOptions, codes: Sequence[str] | None
) -> list[Chosen]:
    """The sheets of some indicators (``None`` = all), only those marked ready where that is asked.

    ``UnknownCode`` for a code that is no indicator's.
    """
    framework = assessed.framework
    entries = list(framework.indicators())
    if codes is not None:
        wanted = {framework.code_of(framework.indicator(code).id) for code in codes}
        entries = [entry for entry in entries if entry[0] in wanted]
    if options.only_ready:
        entries = [entry for entry in entries if assessed.indicator(entry[2].id).is_ready]
    return entries
