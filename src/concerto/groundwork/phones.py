"""Telephone numbers: read out of a cell that may hold several of them, and words between."""

import re
from dataclasses import dataclass
from enum import StrEnum

from concerto.groundwork.letters import HAN, packed, plain, says_nothing

BETWEEN = re.compile(r"[/\\、,，;；|\n]|或者|或|以及|及|和")
MOBILE = re.compile(r"(?<![\d*])(?:\(?(?:\+|00)?86\)?[-\s]?)?(1(?:[-\s.]?\d){10})(?![\d*])")
LANDLINE = re.compile(r"(?<![\d*])\(?(0(?:10|2\d|[3-9]\d{2}))\)?[-\s]?(\d{7,8})(?:(?:[-\s]|转|-转)(\d{1,5}))?(?![\d*])")
LOCAL = re.compile(r"(?<![\d*])([2-9]\d{6,7})(?![\d*])")
JOINED = re.compile(r"(?<!\d)((?:1\d{10}){2,3})(?!\d)")
NO_PHONE = frozenset(("无电话", "无手机", "没有电话", "没有手机", "无号码", "无联系方式"))
LABELS = re.compile(
    r"(联系)?(电话|手机|座机|固话|号码|方式|号)+\s*\d?\s*:?|tel[.:]?|[:()【】\[\]\"'`’‘]",
    re.IGNORECASE,
)
EXACT_BELOW = 10**15


class PhoneFault(StrEnum):
    """What is wrong with a telephone number; stable codes."""

    UNREADABLE = "phone_unreadable"
    MASKED = "phone_masked"


@dataclass(frozen=True, slots=True, repr=False)
class Phone:
    """One telephone number, and the words that stood beside it (whose it is, when to ring)."""

    number: str
    remark: str = ""

    def __repr__(self) -> str:
        return f"Phone({masked(self.number)})"


@dataclass(frozen=True, slots=True)
class PhonesRead:
    """The numbers of one cell in the order they stand there, each once, and what could not be read."""

    phones: tuple[Phone, ...] = ()
    fault: PhoneFault | None = None


def read_phones(raw: object) -> PhonesRead:
    """Read all numbers of a cell; words beside a number are its remark, "无" is no number.

    >>> [phone.number for phone in read_phones("100-7420-3556（妻）/ 10042983398").phones]
    ['10074203556', '10042983398']
    >>> read_phones("1007420").fault is None, read_phones("10074203").fault
    (False, <PhoneFault.UNREADABLE: 'phone_unreadable'>)
    """
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and abs(raw) >= EXACT_BELOW:
        return PhonesRead(fault=PhoneFault.UNREADABLE)
    text = JOINED.sub(lambda match: "/".join(re.findall(r"1\d{10}", match.group())), _lines(raw))
    read = [
        _read_one(piece) for piece in BETWEEN.split(text) if not says_nothing(piece) and packed(piece) not in NO_PHONE
    ]
    phones = {phone.number: phone for phone in reversed([phone for found, _ in read for phone in found])}
    faults = [fault for _, fault in read if fault]
    return PhonesRead(tuple(reversed(phones.values())), faults[0] if faults else None)


def _lines(raw: object) -> str:
    return "\n".join(plain(line) for line in str(raw).splitlines()) if isinstance(raw, str) else plain(raw)


def _read_one(piece: str) -> tuple[list[Phone], PhoneFault | None]:
    numbers: list[str] = []

    def take(match: re.Match[str]) -> str:
        numbers.append(_written(match))
        return " "

    rest = piece
    for shape in (MOBILE, LANDLINE, LOCAL):
        rest = shape.sub(take, rest)
    fault = _fault_in(rest, found=bool(numbers))
    remark = "" if fault else plain(LABELS.sub(" ", rest).strip(" -.+"))
    return [Phone(number, remark) for number in numbers], fault


def _written(match: re.Match[str]) -> str:
    if match.re is LANDLINE:
        area, number, extension = match.groups()
        return f"{area}-{number}" + (f"-{extension}" if extension else "")
    return re.sub(r"\D", "", match.group(1))


def _fault_in(rest: str, *, found: bool) -> PhoneFault | None:
    if re.search(r"\d[*xX]{2,}|[*]{2,}\d?", rest):
        return PhoneFault.MASKED
    if re.search(r"\d{3,}", rest):
        return PhoneFault.UNREADABLE
    only_a_label = not re.search(f"[{HAN}A-Za-z0-9]", LABELS.sub("", rest))
    return None if found or only_a_label else PhoneFault.UNREADABLE


def clean_phone(text: str) -> str | None:
    """Return the one number that was typed into a field, or None when it is none or more than one.

    >>> clean_phone(" 0937 8221234 ")
    '0937-8221234'
    """
    read = read_phones(text)
    return read.phones[0].number if len(read.phones) == 1 and read.fault is None else None


def phone_tail(number: str, *, digits: int = 4) -> str:
    """Return the last digits of a number, by which people find it.

    >>> phone_tail("0937-8221234")
    '1234'
    """
    return re.sub(r"\D", "", number)[-digits:]


def masked(number: str) -> str:
    """Return a number fit for a list that others see.

    >>> masked("10074203556")
    '100****3556'
    """
    return f"{number[:3]}****{number[-4:]}" if len(number) > 7 else "****"
