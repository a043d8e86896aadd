"""Which village a text speaks of."""

import pytest

from concerto.papers.roster.villages import Villages

TOWNSHIP = Villages(
    {"红柳村村民委员会": "1", "新红柳村村民委员会": "2", "示范三村村民委员会": "3", "阳光社区居委会": "4"}
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("红柳村", "1"),
        ("新红柳村", "2"),
        ("红柳", "1"),
        ("示范3村", "3"),
        ("示范三村（2026）", "3"),
        ("示范乡示范三村农户花名册", "3"),
        ("填报单位：红柳村村委会（盖章）", "1"),
        ("2026年红柳村户籍人口统计表", "1"),
        ("阳光社区", "4"),
        ("红柳村、新红柳村", None),
        ("大红柳村农户花名册", None),
        ("全乡", None),
        ("", None),
    ],
)
def test_a_text_speaks_of_the_one_village_that_stands_in_it_as_a_name_of_its_own(text, code):
    assert (TOWNSHIP.named(text) or TOWNSHIP.spoken_of(text)) == code
