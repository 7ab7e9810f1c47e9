"""The command line in the process of the test."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from esa_desktop import cli


class Shell:
    """The command line, in this process: exit code, standard output and error of each command."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def run(self, *words: str | Path, typed: str = "") -> tuple[int, str, str]:
        stream = io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8")
        self._monkeypatch.setattr(sys, "stdin", stream)
        code = cli.run([str(word) for word in words])
        out, err = self._capsys.readouterr()
        return code, out, err

    def json(self, *words: str | Path, typed: str = "") -> Any:
        code, out, err = self.run(*words, "--json", typed=typed)
        assert (code, err) == (0, "")
        return json.loads(out)

    def refusal(self, *words: str | Path, typed: str = "") -> str:
        """The one sentence of a command that must not succeed and prints nothing else."""
        code, out, err = self.run(*words, typed=typed)
        assert (code, out, err.count("\n")) == (2, "", 1)
        return err
