"""The phrases that stop a text at the door, as dated data."""

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files


@cache
def phrases() -> tuple[str, ...]:
    """Read the phrases, folded as texts are."""
    source = files("concerto.rulebook").joinpath("data/not-kept-here.toml").read_text(encoding="utf-8")
    return tuple(folded(phrase) for phrase in tomllib.loads(source)["phrases"])


def first_phrase(text: str) -> str | None:
    """Return the first phrase a text holds that is not kept here.

    >>> first_phrase("他是重 点 人 员")
    '重点人员'
    >>> first_phrase("冬草不够") is None
    True
    """
    words = folded(text)
    return next((phrase for phrase in phrases() if phrase in words), None)


def folded(text: str) -> str:
    """Fold a text for looking: compatibility forms, lower case, nothing between Chinese characters."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    kept = [
        char
        for at, char in enumerate(plain)
        if not (_is_gap(char) and (_is_han(plain[at - 1 : at]) or _is_han(plain[at + 1 : at + 2])))
    ]
    return "".join(char for char in kept if unicodedata.category(char) != "Cf")


def _is_gap(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cf", "Pd", "Po", "Pc", "Sk", "Sm", "So")


def _is_han(char: str) -> bool:
    return bool(char) and "\u3400" <= char <= "\u9fff"
