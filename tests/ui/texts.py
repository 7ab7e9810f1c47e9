"""Random texts of the model, for whatever must carry them unchanged."""

from __future__ import annotations

from hypothesis import strategies as st

from esa_desktop.domain.richtext import Image, Paragraph, RichText, Run, Table, map_text, tidy_runs
from esa_desktop.domain.thai import clean_text

LETTERS = "กขคงที่ป้ำญูฐุเแโ์ๆ๑๒ abZ.()|<&\u00a0\n😀👩‍🏫é"


def clean(text: str) -> str:
    return clean_text(text).replace("\ufffc", "")


words = st.one_of(
    st.text(LETTERS, max_size=12),
    st.text(max_size=8),
).map(clean)
runs = st.lists(st.builds(Run, words, st.booleans(), st.booleans(), st.booleans()), max_size=4).map(
    tidy_runs
)
labels = st.sampled_from(["", "", "๑.", "๑.๑", "๑๐๐.๑๐๐", "(๒)", "•", "-", "ก.", "1)", "a)"])
paragraphs = st.builds(
    Paragraph,
    runs,
    labels,
    st.integers(0, 4),
    st.sampled_from(["left", "center", "right", "justify"]),
)
cells = st.lists(paragraphs, max_size=2).map(tuple)
widths = st.floats(0.1, 500, allow_nan=False)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(1, 3))
    row = st.tuples(*[cells] * columns)
    rows = draw(st.lists(row, min_size=1, max_size=3))
    return Table(
        tuple(rows),
        tuple(draw(st.lists(widths, min_size=columns, max_size=columns))),
        draw(st.integers(0, 2)),
    )


images = st.builds(Image, st.text("0123456789abcdef", min_size=64, max_size=64), widths)
blocks = st.one_of(paragraphs, paragraphs, tables(), images)
# Two clean runs may meet in something unclean: a doubled mark, half a sara am.
texts = st.lists(blocks, max_size=6).map(lambda found: map_text(RichText(tuple(found)), clean))
