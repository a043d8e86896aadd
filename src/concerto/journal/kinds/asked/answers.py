"""Answers as they are meant: what keyboards hid is taken out, and what is missing or can't be meant is named."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from concerto.groundwork.identity import holds_identity_number
from concerto.groundwork.letters import plain
from concerto.groundwork.names import clean_name
from concerto.groundwork.phones import read_phones
from concerto.groundwork.slip_codes import read_serial

from .composing import holds
from .language import Answers, Ask, Check, Sheet

MOST_OF_A_SORT = 6
MOST_TYPED = 1000
FIRST_DAY, OLDEST = date(1949, 1, 1), date(1890, 1, 1)
IN_A_LIST = re.compile(r"[,，、;；/\n]+")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Fault(NamedTuple):
    """What is wrong with the answer to one question; `code` names the rule."""

    field: str
    code: str


class Read(NamedTuple):
    """Answers as they are meant, and what a writer is asked to look at."""

    answers: dict[str, list[str]]
    faults: list[Fault]


class Unfit(ValueError):
    """An answer that can't be meant; its code."""


def read_answers(sheet: Sheet, raw: Answers, today: date, sheets: Mapping[str, Sheet]) -> Read:
    """Read the answers to the questions of a sheet; others are passed over."""
    answers, faults = _read(sheet, raw, today, "")
    if sheet.people is not None:
        of_person = sheets[sheet.people.sheet]
        for n in range(sheet.people.most):
            prefix = sheet.people.prefix.replace("{n}", str(n))
            row, wrong = _read(of_person, raw, today, prefix)
            if n == 0 or wrong or any(given for name, given in row.items() if name != f"{prefix}relation"):
                answers |= row
                faults += wrong + _missing(of_person, row, wrong, prefix)
    return Read(answers, faults + _missing(sheet, answers, faults, ""))


def _read(sheet: Sheet, raw: Answers, today: date, prefix: str) -> tuple[dict[str, list[str]], list[Fault]]:
    answers: dict[str, list[str]] = {}
    faults: list[Fault] = []
    for name, ask in sheet.asks.items():
        try:
            given = READERS[ask.read](raw.get(prefix + name, []), ask, today)
        except Unfit as wrong:
            faults.append(Fault(prefix + name, str(wrong)))
            continue
        if given:
            answers[prefix + name] = given
    return answers, faults


def _missing(sheet: Sheet, answers: Answers, faults: list[Fault], prefix: str) -> list[Fault]:
    told = {name.removeprefix(prefix): given for name, given in answers.items() if name.startswith(prefix)}
    wrong = {fault.field for fault in faults}
    return [Fault(prefix + check.of, check.code) for check in sheet.checks if prefix + check.of not in wrong and
            _is_missing(check, told)]  # fmt: skip


def _is_missing(check: Check, answers: Answers) -> bool:
    if check.when is not None and not holds(check.when, answers):
        return False
    if check.unless is not None and holds(check.unless, answers):
        return False
    given = answers.get(check.of, [])
    if check.values:
        return not any(one in check.values for one in given)
    if check.among:
        return not any(one in answers.get(check.among, []) for one in given)
    return len(given) < check.least


def _one(given: list[str], ask: Ask, today: date) -> list[str]:
    return [text for text in given[:1] if text]


def _many(given: list[str], ask: Ask, today: date) -> list[str]:
    return [text for text in dict.fromkeys(given) if text]


def _words(given: list[str], ask: Ask, today: date) -> list[str]:
    return _fits([text.strip().replace("\r\n", "\n") for text in given[:1]], ask)


def _plain(given: list[str], ask: Ask, today: date) -> list[str]:
    return _fits([plain(text) for text in given[:1]], ask)


def _name(given: list[str], ask: Ask, today: date) -> list[str]:
    names = [clean_name(text.strip()) for text in given[:1]]
    for name in names:
        if name and (holds_identity_number(name) or not any(sign.isalpha() for sign in name)):
            raise Unfit("not_a_name")
    return _fits(names, ask)


def _names(given: list[str], ask: Ask, today: date) -> list[str]:
    names = [clean_name(part) for text in given[:1] for part in IN_A_LIST.split(text[:MOST_TYPED])]
    kept = [name for name in dict.fromkeys(names) if name]
    if any(len(name) > ask.most or holds_identity_number(name) for name in kept):
        raise Unfit("not_a_name")
    return _few(kept)


def _phones(given: list[str], ask: Ask, today: date) -> list[str]:
    read = read_phones("".join(given[:1])[:MOST_TYPED])
    if read.fault is not None:
        raise Unfit(str(read.fault))
    return _few([phone.number for phone in read.phones])


def _day(given: list[str], ask: Ask, today: date) -> list[str]:
    return _days(given, today, "future", FIRST_DAY, "too_long_ago")


def _ahead(given: list[str], ask: Ask, today: date) -> list[str]:
    """A day that may still come: by when something is to be done."""
    return _days(given, date.max, "not_a_day", FIRST_DAY, "too_long_ago")


def _born(given: list[str], ask: Ask, today: date) -> list[str]:
    return _days(given, today, "not_born_then", OLDEST, "not_born_then")


def _days(given: list[str], today: date, late: str, first: date, early: str) -> list[str]:
    for text in [one.strip() for one in given[:1] if one.strip()]:
        try:
            day = date.fromisoformat(text) if DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            raise Unfit("not_a_day")
        if day > today:
            raise Unfit(late)
        if day < first:
            raise Unfit(early)
        return [text]
    return []


def _whole(given: list[str], ask: Ask, today: date) -> list[str]:
    for text in [one.strip() for one in given[:1] if one.strip()]:
        if not re.fullmatch(r"\d{1,6}", text, re.ASCII) or not ask.least <= int(text) <= ask.most:
            raise Unfit("not_a_number")
        return [str(int(text))]
    return []


def _time(given: list[str], ask: Ask, today: date) -> list[str]:
    for text in [one.strip() for one in given[:1] if one.strip()]:
        if not TIME.fullmatch(text):
            raise Unfit("not_a_time")
        return [text]
    return []


def _serial(given: list[str], ask: Ask, today: date) -> list[str]:
    for text in [one.strip() for one in given[:1] if one.strip()]:
        serial = read_serial(text)
        if serial is None:
            raise Unfit("serial_wrong")
        return [serial]
    return []


def _fits(texts: list[str], ask: Ask) -> list[str]:
    if any(len(text) > ask.most for text in texts):
        raise Unfit("too_many_letters")
    if ask.free and any(holds_identity_number(text) for text in texts):
        raise Unfit("identity_number_not_kept")
    return [text for text in texts if text]


def _few(kept: list[str]) -> list[str]:
    if len(kept) > MOST_OF_A_SORT:
        raise Unfit("too_many")
    return kept


READERS: dict[str, Callable[[list[str], Ask, date], list[str]]] = {
    "one": _one,
    "many": _many,
    "words": _words,
    "plain": _plain,
    "name": _name,
    "names": _names,
    "phones": _phones,
    "day": _day,
    "ahead": _ahead,
    "born": _born,
    "whole": _whole,
    "time": _time,
    "serial": _serial,
}
