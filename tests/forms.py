"""Filled-in forms for whole-program tests: the real one where it lies, else our own with its irregularities."""

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from esa_desktop.domain.thai import arabic_digits
from esa_desktop.paths import resources_folder


@dataclass(frozen=True)
class FormIssue:
    code: str
    title: str
    method: str
    results: str


@dataclass(frozen=True)
class FormIndicator:
    code: str
    level: int | None
    suggestions: str
    issues: tuple[FormIssue, ...]
    evidence: tuple[tuple[str, str], ...]
    """``(issue code, line as typed)``."""

    @property
    def words(self) -> str:
        """Everything somebody wrote about the indicator."""
        texts = [text for issue in self.issues for text in (issue.method, issue.results)]
        return "\n".join([*texts, self.suggestions, *(line for _, line in self.evidence)])


def read_form(seed: Path | None) -> tuple[FormIndicator, ...]:
    """The seed's form; where there is none, that of the shipped sample."""
    return _from_truth(seed / "truth.json") if seed else _from_sample()


def _from_truth(path: Path) -> tuple[FormIndicator, ...]:
    indicators = []
    for told in json.loads(path.read_text(encoding="utf-8")):
        code = f"{told['standard_no']}.{told['no']}"
        issues = tuple(
            FormIssue(f"{code}.{i['no']}", i["title"], i["method"], i["results"])
            for i in told["issues"]
        )
        evidence = tuple(_evidence(code, issues, told["evidence"]))
        indicators.append(FormIndicator(code, told["level"], told["opinions"], issues, evidence))
    return tuple(indicators)


def _evidence(code: str, issues: tuple[FormIssue, ...], text: str) -> list[tuple[str, str]]:
    """Lines by issue; a flat list belongs to the first issue of the form."""
    known = {issue.code for issue in issues}
    place = issues[0].code
    lines = []
    for line in text.split("\n"):
        heading = re.match("ประเด็นที่ *([๐-๙0-9]+)", line)
        if heading:
            named = f"{code}.{arabic_digits(heading[1])}"
            place = named if named in known else issues[0].code
        elif line.strip():
            lines.append((place, line))
    return lines


def _from_sample() -> tuple[FormIndicator, ...]:
    path = resources_folder() / "sample" / "sample.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    plain = lambda text: re.sub(r"\*\*|__", "", text.strip("\n"))  # noqa: E731
    by_code = {i["code"]: i for i in told["indicator"]}
    indicators = []
    for code in sorted({issue["code"].rpartition(".")[0] for issue in told["issue"]}):
        issues = tuple(
            FormIssue(i["code"], "", plain(i.get("method", "")), plain(i.get("results", "")))
            for i in told["issue"]
            if i["code"].rpartition(".")[0] == code
        )
        evidence = tuple(
            (item["issues"][0], item["title"])
            for item in told["evidence"]
            if item["issues"][0].rpartition(".")[0] == code
        )
        own = by_code.get(code, {})
        indicators.append(
            FormIndicator(
                code, own.get("level"), plain(own.get("suggestions", "")), issues, evidence
            )
        )
    return tuple(indicators)
