"""Makes the compiled catalogues (.mo) of every room under locale/, where the written ones (.po) are newer.

It needs neither Django nor gettext's own tools, so that setting up needs no system package.
"""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[3] / "locale"


def compile_words(locale: Path = LOCALE) -> list[Path]:
    """Compile each catalogue that is newer than its compiled twin, and return those that were made."""
    return [made for written in sorted(locale.glob("*/*/LC_MESSAGES/*.po")) if (made := _compile(written))]


def _compile(written: Path) -> Path | None:
    made = written.with_suffix(".mo")
    if made.exists() and made.stat().st_mtime >= written.stat().st_mtime:
        return None
    fresh = made.with_suffix(".mo.new")
    polib.pofile(str(written)).save_as_mofile(str(fresh))
    fresh.replace(made)  # a server that is reading sees the old one or the new one, never half of it
    return made


if __name__ == "__main__":
    for path in compile_words():
        print(f"words: {path.relative_to(LOCALE)}")
