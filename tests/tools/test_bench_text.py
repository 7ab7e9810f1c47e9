import json
import re
from collections import Counter

from esa_desktop.domain.richtext import Paragraph, Table, from_plain
from tools.bench_text import INDICATORS, ISSUES, Prose


def texts(seed: int, paragraphs: int) -> list[str]:
    return [
        text
        for indicator in Prose(seed).form(paragraphs)
        for issue in indicator["issues"]
        for text in (issue["method"], issue["results"])
    ]


def test_the_same_seed_writes_the_same_and_another_one_something_else() -> None:
    assert json.dumps(Prose(1).form(2)) == json.dumps(Prose(1).form(2))
    assert not set(texts(1, 2)) & set(texts(2, 2))


def test_no_sentence_is_told_twice_by_one_writer_or_by_two() -> None:
    writers = [Prose(seed) for seed in range(4)]
    told = [writer.sentence() for writer in writers for _ in range(3000)]

    assert len(set(told)) == len(told)
    assert 60 < sum(map(len, told)) / len(told) < 250


def test_stretches_between_blanks_seldom_come_again() -> None:
    """What a cache of such stretches could earn: numbers, units and names, as in real texts."""
    stretches = [
        stretch
        for text in texts(1, 8)
        for stretch in text.split()
        if len(stretch) > 20 and not stretch.startswith("http")
    ]
    again = sum(count - 1 for count in Counter(stretches).values())

    assert len(stretches) > 3000
    assert again / len(stretches) < 0.15


def test_words_come_as_often_as_their_rank_says() -> None:
    words = Counter(re.findall("ณ ห้องประชุม([ก-์]+)", "\n".join(texts(1, 60))))
    often = [count for _, count in words.most_common()]

    assert len(words) > 500
    assert often[0] > 5 * often[20] > 5


def test_a_form_is_read_as_labels_of_two_depths_and_tables() -> None:
    form = Prose(1).form(8)
    blocks = [b for text in texts(1, 8) for b in from_plain(text).blocks]
    depths = Counter(b.level for b in blocks if isinstance(b, Paragraph) and b.label)
    tables = [b for b in blocks if isinstance(b, Table)]

    assert len(form) == INDICATORS
    assert all(len(indicator["issues"]) == ISSUES for indicator in form)
    assert depths.keys() == {0, 1}
    assert len(tables) == INDICATORS * ISSUES
    assert all(len(table.rows[0]) == 4 and len(table.rows) >= 4 for table in tables)
