"""The words of slips and of the residents' page, a file a language; a text that no named person checked is a draft.

Who checked one stands in `checked-texts.toml` of the home, with the version they read:
`kk = { by = "…", version = 1 }`. A text that changes has a new version, and is a draft again.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

CHECKED = "checked-texts.toml"
LANGUAGES = ("zh", "en", "kk")  # Chinese first


@dataclass(frozen=True)
class Words:
    """Everything in one language."""

    key: str
    version: int
    lang: str
    dir: str
    called: str
    draft: str
    print: dict[str, str] = field(repr=False)
    page: dict[str, str] = field(repr=False)
    states: dict[str, str] = field(repr=False)
    steps_named: dict[str, str] = field(repr=False)
    suggestion: dict[str, str] = field(repr=False)

    @property
    def checked_by(self) -> str:
        """Name who checked this very text; nobody, where it is a draft."""
        told = _checked().get(self.key, {})
        return str(told.get("by", "")) if told.get("version") == self.version else ""

    @property
    def draft_mark(self) -> str:
        """What a draft says of itself; nothing, once somebody checked it."""
        return "" if self.checked_by else self.draft


@cache
def words_in(language: str) -> Words:
    """Read the words of a language."""
    told: dict[str, Any] = tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))
    return Words(language, **told)


def _checked() -> dict[str, dict[str, Any]]:
    """Read who checked which text; a file that cannot be read names nobody."""
    try:
        told = tomllib.loads((settings.CONCERTO_HOME / CHECKED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {key: value for key, value in told.items() if isinstance(value, dict)}
