"""What rosters call things, and what the register calls them: a table of words, read once."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from concerto.groundwork.letters import packed


@lru_cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "wording.toml").read_text(encoding="utf-8"))


@lru_cache
def _relations() -> dict[str, str]:
    return {word: line["is"] for line in _table()["relation"] for word in line["words"]}


@lru_cache(maxsize=512)
def relation_of(text: str) -> str:
    """Return what a relation is in the register.

    >>> relation_of("之子"), relation_of("户主之妻"), relation_of("与户主为邻")
    ('child', 'spouse', 'other')
    """
    word = re.sub(r"^(户主|与户主)?(的|之)?(?=.)", "", packed(text)) or packed(text)
    return _relations().get(packed(text)) or _relations().get(word) or "other"


def places() -> list[tuple[str, str, int, int]]:
    """Give the columns that say where a household is: column, season, first and last month."""
    return [(line["column"], line["season"], line["from"], line["to"]) for line in _table()["place"]]


def best_months(text: str) -> list[int]:
    """Return the months a text about seasons speaks of, in the order of the year.

    >>> best_months("夏季、秋季"), best_months("5月至9月"), best_months("农闲")
    ([6, 7, 8, 9, 10, 11], [5, 6, 7, 8, 9], [])
    """
    spoken = packed(text)
    span = re.search(r"(\d{1,2})月?份?(?:至|到|-|~|—)(\d{1,2})月", spoken)
    if span and all(1 <= int(month) <= 12 for month in span.groups()):
        first, last = (int(month) for month in span.groups())
        return sorted((first + n - 1) % 12 + 1 for n in range((last - first) % 12 + 1))
    found = {
        month for line in _table()["season"] for word in line["words"] if word in spoken for month in line["months"]
    }
    found |= {int(month) for month in re.findall(r"(?<!\d)(\d{1,2})月", spoken) if 1 <= int(month) <= 12}
    return sorted(found)


def branch_name(village: str) -> str:
    """Return what the branch of a village is called when nobody has named it.

    >>> branch_name("示范一村村民委员会")
    '示范一村党支部'
    """
    named = _table()["branch"]
    ending = next((ending for ending in named["without"] if village.endswith(ending)), "")
    stem = village.removesuffix(ending)
    return f"{stem or village}{named['ending']}"
