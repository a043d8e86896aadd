"""In which order people read names that are numbered: the second group before the tenth, in figures and in words."""

import re

DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
TENS = {"十": 10, "百": 100}
_NUMBERS = re.compile(f"([0-9]+|[{''.join((*DIGITS, *TENS))}]+)")


def as_counted(name: str) -> tuple[tuple[int, int, str], ...]:
    """Give what names are sorted by, so that numbers in them count as numbers; what is written alike stays alike.

    >>> sorted(["10组", "三组", "2组", "十一组", "二组", "1组", ""], key=as_counted)
    ['', '1组', '2组', '二组', '三组', '10组', '十一组']
    """
    parts = (part for part in _NUMBERS.split(name) if part)
    return tuple((0, number, part) if (number := _number(part)) is not None else (1, 0, part) for part in parts)


def _number(written: str) -> int | None:
    """Read a number in figures or in Chinese signs, also digit by digit; none where it is no number."""
    if written.isascii():
        return int(written) if written.isdigit() else None
    if not all(sign in DIGITS or sign in TENS for sign in written):
        return None
    if not any(sign in TENS for sign in written):
        return int("".join(str(DIGITS[sign]) for sign in written))
    whole, digit = 0, None
    for sign in written:
        if sign in TENS:
            whole += (1 if digit is None else digit) * TENS[sign]
            digit = None
        else:
            digit = DIGITS[sign]
    return whole + (digit or 0)
