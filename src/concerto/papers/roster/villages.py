"""Finds which village of the township a heading, a sheet's title or a cell speaks of; what fits two fits none."""

import re
from collections.abc import Mapping

from concerto.groundwork.letters import HAN, packed

ENDINGS = re.compile(
    r"(村民委员会|居民委员会|牧民委员会|村委会|居委会|牧委会|村委|居委|行政村|社区|嘎查|委员会|村)+$",
)
NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
BEFORE = "乡镇街道办处县区市州省旗府会年度份月日件表号第"
NEXT = "村|社区|居委|牧委|嘎查|行政村|农户|牧户|农牧户|户|人口|党员"
TITLES = "花名|名册|台账|台帐|统计|登记|基本|信息"
AFTER = f"(?:{NEXT}|{TITLES}|$|[^{HAN}])"


class Villages:
    """The villages of one township, by their names; `given` are texts a person has said the village of."""

    def __init__(self, codes: Mapping[str, str], given: Mapping[str, str] | None = None) -> None:
        self.exact = {packed(text): code for text, code in {**codes, **(given or {})}.items()}
        self.stems = {_stem(name): code for name, code in codes.items() if _stem(name)}

    def named(self, text: object) -> str | None:
        """Return the code of the village that a cell names, and nothing else beside it but a township's name.

        >>> Villages({"红柳村村民委员会": "1", "新红柳村村民委员会": "2"}).named("新红柳村")
        '2'
        """
        seen = packed(text)
        if seen in self.exact:
            return self.exact[seen]
        if seen in self.exact.values():
            return seen
        return self.stems.get(_stem(seen)) or self.spoken_of(seen, ends=True)

    def spoken_of(self, text: object, *, ends: bool = False) -> str | None:
        """Return the code of the one village that a longer text speaks of.

        >>> Villages({"示范一村村民委员会": "1", "示范二村村民委员会": "2"}).spoken_of("示范乡示范1村农户花名册")
        '1'
        """
        seen = packed(text)
        if seen in self.exact:
            return self.exact[seen]
        if not seen:
            return None
        whole = _numbered(ENDINGS.sub("", seen) if ends else seen)
        found = {code for stem, code in self._longest_first() if self._stands_in(stem, whole, ends=ends)}
        return found.pop() if len(found) == 1 else None

    def leads(self, text: object) -> tuple[str, str] | None:
        """Part a text like "示范一村二组" into the village's code and the rest, or None when no village leads it."""
        seen = packed(text)
        for end in range(len(seen), 0, -1):
            code = self.exact.get(seen[:end])
            if code is None and ENDINGS.search(seen[:end]):
                code = self.stems.get(_stem(seen[:end]))
            if code:
                return code, seen[end:]
        return None

    def _longest_first(self) -> list[tuple[str, str]]:
        return sorted(self.stems.items(), key=lambda pair: -len(pair[0]))

    @staticmethod
    def _stands_in(stem: str, text: str, *, ends: bool) -> bool:
        """Tell whether the stem stands in the text as a name of its own, not as the tail or head of a longer one."""
        before, after = (f"[{BEFORE}]", "$") if ends else (f"[{BEFORE}]|[^{HAN}]", AFTER)
        alone = r"(?<!\d)" if stem[0].isdigit() else ""
        return re.search(f"(?:^|{before}){alone}{re.escape(stem)}{after}", text) is not None


def _stem(name: object) -> str:
    """Return what tells one village from another: the name without its ending, numerals as digits.

    >>> _stem("示范一村村民委员会"), _stem("示范1村"), _stem("村委会")
    ('示范1', '示范1', '')
    """
    return _numbered(ENDINGS.sub("", packed(name)))


def _numbered(text: str) -> str:
    return text.translate(NUMERALS)
