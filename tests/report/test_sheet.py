import errno
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from esa_desktop.domain.assessment import AssessmentRound, IssueAssessment
from esa_desktop.domain.errors import Cancelled, ReportError, UnknownCode
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.richtext import Image, Paragraph, RichText, Run, Table, paragraph
from esa_desktop.report.sheet import SheetOptions, render_sheets, write_sheets

from rounds import (  # isort: skip
    framework,
    indicator,
    invented_round,
    one_issue_round,
    seed_round,
)
