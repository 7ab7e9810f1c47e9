"""What a command gives back: values for ``--json``, words for a person, and a finding that is no success."""

from typing import Any

from esa_desktop.domain.errors import EsaError

Answer = tuple[Any, str]
"""What ``--json`` prints, and what a person reads."""


class Finding(EsaError):
    """The command did its work and what it found is not well: the answer is printed, then the
    sentence on standard error, and the exit code is 2, or 1 where nobody but us can mend it.
    """

    def __init__(self, sentence: str, answer: Answer, code: int = 2) -> None:
        super().__init__(sentence)
        self.answer = answer
        self.code = code
