"""Identity numbers (GB 11643): read from what people type, judged, hashed with a key, and never shown.

The region in a number is the place of issue and its seventeenth digit a convention: nothing is derived from either.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concerto.groundwork.letters import packed, says_nothing

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
LENGTH = 18
OLD_LENGTH = 15
OLDEST = "25"  # a whole number cut to fifteen digits would read as somebody born in 1919 or 1920
EXACT_BELOW = 10**15  # an office program keeps fifteen digits of a number and invents the others
NO_NUMBER = frozenset(("无证", "无号", "无身份证", "无身份证号", "没有身份证", "无身份证号码"))
AROUND = re.compile(r"^[\"'`´‘’“”,]+|[\"'`´‘’“”,;]+$|[-–—_·]")
BEFORE = re.compile(r"^(公民)?(居民)?(身份证|身份|证件)(号码|号)?[::]?(?=\d)")
SCIENTIFIC = re.compile(r"^\d(\.\d+)?e\+?\d+$", re.IGNORECASE)
HIDDEN_DIGITS = re.compile(r"[*＊●•■█#?]|x{2,}", re.IGNORECASE)
IN_WORDS = re.compile(r"(?<!\d)(\d{6}[-\s]?\d{8}[-\s]?\d{3}[\dXx]|\d{15})(?!\d)")


class Fault(StrEnum):
    """What is wrong with an identity number; stable codes."""

    TOO_SHORT = "identity_too_short"
    TOO_LONG = "identity_too_long"
    CHECK_DIGIT = "identity_check_digit"
    NO_SUCH_DAY = "identity_no_such_day"
    DAMAGED = "identity_damaged"
    MASKED = "identity_masked"
    OLD_FORM = "identity_old_form"
    UNREADABLE = "identity_unreadable"
    REPEATED = "identity_repeated"


@dataclass(frozen=True, slots=True, repr=False)
class IdentityNumber:
    """A whole and right identity number; it is compared and hashed, and neither printed nor logged."""

    digits: str

    def __repr__(self) -> str:
        return "IdentityNumber(…)"

    __str__ = __repr__

    def keyed_hash(self, key: bytes) -> str:
        """Return the hash that finds the same number again, worthless without the key."""
        return hmac.new(key, self.digits.encode(), hashlib.sha256).hexdigest()


def read_identity(raw: object) -> IdentityNumber | Fault | None:
    """Read a cell: the number when whole and right, what is wrong with it otherwise, None when there is none.

    >>> read_identity("'11010519491231002x ")
    IdentityNumber(…)
    >>> str(read_identity(1.1010519491231e17))
    'identity_damaged'
    """
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and abs(raw) >= EXACT_BELOW:
        return Fault.DAMAGED
    text = BEFORE.sub("", AROUND.sub("", packed(raw))).upper().replace("Х", "X")
    if not text or says_nothing(raw) or text in NO_NUMBER:
        return None
    if SCIENTIFIC.match(packed(raw)):
        return Fault.DAMAGED
    if HIDDEN_DIGITS.search(text):
        return Fault.MASKED
    return _judged(text)


def _judged(text: str) -> IdentityNumber | Fault:
    if not re.fullmatch(r"\d+X?", text, re.ASCII):
        return Fault.UNREADABLE
    if len(text) == OLD_LENGTH and text[6:8] >= OLDEST and is_day("19" + text[6:12]):
        return Fault.OLD_FORM
    if len(text) != LENGTH:
        return Fault.TOO_SHORT if len(text) < LENGTH else Fault.TOO_LONG
    if check_digit(text) != text[-1]:
        return Fault.CHECK_DIGIT
    return IdentityNumber(text) if is_day(text[6:14]) else Fault.NO_SUCH_DAY


def check_digit(number: str) -> str:
    """Return what the eighteenth sign has to be after the first seventeen digits.

    >>> check_digit("11010519491231002")
    'X'
    """
    return CHECKS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False)) % 11]


def is_day(digits: str) -> bool:
    """Tell whether eight digits name a day of the calendar."""
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def holds_identity_number(text: str) -> bool:
    """Tell whether an identity number stands in free text, right or wrong by its check digit.

    >>> holds_identity_number("他的证号是 110105 19491231 002X")
    True
    >>> holds_identity_number("打了电话 0937-8221234")
    False
    """
    found = (packed(match.group()).replace("-", "") for match in IN_WORDS.finditer(text.translate(_DIGITS)))
    return any(is_day("19" + one[6:12] if len(one) == OLD_LENGTH else one[6:14]) for one in found)


_DIGITS = {code: code - 0xFEE0 for code in [*range(0xFF10, 0xFF1A), 0xFF38, 0xFF58]} | {0x3000: 0x20}
