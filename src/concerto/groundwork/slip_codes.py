"""The code on a slip and the number outside on it: short, easily spoken and typed, and no slip of the pen goes through.

A word of signs is whole when its weighed sum is nothing modulo a prime. No weight is nothing and neighbours weigh
differently, so one wrong sign and two neighbours that changed places always show.
"""

import secrets
from collections.abc import Iterator, Sequence

from .letters import packed

# No 0 and O, no 1, I and L; of 8 and B, 5 and S, 2 and Z the digit alone: whoever types the letter means it.
SIGNS = "23456789ACDEFGHJKMNPQRTUVWXY"
LENGTH, GROUP = 10, 5
_MEANT = str.maketrans("BSZ", "852")
_PRIME = 29  # the next above the number of signs

DIGITS = "0123456789"
FIRST_SERIAL, SERIAL_LENGTH = 100_000, 7
_SERIAL_PRIME = 11


def code_from(drawn: Iterator[int]) -> str:
    """Make a code of numbers drawn evenly below `len(SIGNS)`: nine of them, and the sign that makes it whole.

    Now and then no sign does; then the nine are drawn anew.
    """
    while True:
        body = [next(drawn) for _ in range(LENGTH - 1)]
        last = _last(body, _PRIME)
        if last < len(SIGNS):
            return "".join(SIGNS[value] for value in (*body, last))


def draw_code() -> str:
    """Draw a code by chance."""
    return code_from(iter(lambda: secrets.randbelow(len(SIGNS)), -1))


def possible_codes() -> int:
    """Say how many codes are whole, at least: those who guess know as well which are."""
    bodies: int = len(SIGNS) ** (LENGTH - 1)
    return bodies * (len(SIGNS) - 1) // _PRIME


def read_code(typed: str) -> str | None:
    """Read a code as somebody typed it; None where it is no code at all, so that it is no guess either.

    >>> read_code(" ＤＷ８rg–６r7 mc"), read_code("DWBRG 6R7MC"), read_code("DW8RG-6R7MD")
    ('DW8RG6R7MC', 'DW8RG6R7MC', None)
    """
    signs = _signs(typed).upper().translate(_MEANT)
    if len(signs) != LENGTH or not set(signs) <= set(SIGNS):
        return None
    return signs if _is_whole([SIGNS.index(sign) for sign in signs], _PRIME) else None


def written(code: str) -> str:
    """Write a code as it is printed: in groups that one breath can say.

    >>> written("ACDEF23456")
    'ACDEF-23456'
    """
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def serials_after(last: str) -> Iterator[str]:
    """Give the numbers that follow a serial, or the first ones after nothing.

    >>> after = serials_after("")
    >>> next(after), next(after)
    ('1000008', '1000013')
    """
    number = int(last[:-1]) if last else FIRST_SERIAL - 1
    while True:
        number += 1
        check = _last([int(digit) for digit in str(number)], _SERIAL_PRIME)
        if check < len(DIGITS):
            yield f"{number}{check}"


def read_serial(typed: str) -> str | None:
    """Read a serial as it is typed off a slip; None when a digit is wrong.

    >>> read_serial("１０００ 008"), read_serial("1000080")
    ('1000008', None)
    """
    digits = _signs(typed)
    if not SERIAL_LENGTH <= len(digits) <= SERIAL_LENGTH + 2 or not set(digits) <= set(DIGITS):
        return None
    return digits if _is_whole([int(digit) for digit in digits], _SERIAL_PRIME) else None


def _signs(typed: str) -> str:
    return "".join(sign for sign in packed(typed[:200]) if sign not in "-‐‑–—－_.·")


def _weighed(values: Sequence[int]) -> int:
    return sum((place + 2) * value for place, value in enumerate(values))


def _last(body: Sequence[int], prime: int) -> int:
    """Find the value that, put last, makes it whole; it may be one that no sign stands for."""
    unweighed: int = pow(len(body) + 2, -1, prime)
    return -_weighed(body) * unweighed % prime


def _is_whole(values: Sequence[int], prime: int) -> bool:
    return _weighed(values) % prime == 0
