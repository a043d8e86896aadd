"""Catalogues are compiled when they are newer than what was made of them, and only then."""

import gettext
import os

from concerto.config.words import compile_words

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Household"
msgstr "户"
"""


def write(room):
    written = room / "zh_Hans" / "LC_MESSAGES" / "django.po"
    written.parent.mkdir(parents=True)
    written.write_text(CATALOGUE, encoding="utf-8")
    return written


def test_a_written_catalogue_is_compiled(tmp_path):
    write(tmp_path / "desk")
    [made] = compile_words(tmp_path)
    with made.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Household") == "户"


def test_a_second_time_nothing_is_done_until_it_is_written_again(tmp_path):
    written = write(tmp_path / "desk")
    [made] = compile_words(tmp_path)
    assert compile_words(tmp_path) == []

    os.utime(written, (made.stat().st_mtime + 5,) * 2)
    assert compile_words(tmp_path) == [made]
