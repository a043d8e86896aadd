"""Every text a person may see can be translated, and has been."""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path

import allauth
import django
import polib
import pytest

from .tree import CHECKOUT, SOURCE, files, shown

Phrase = tuple[str | None, str]
LETTERS = re.compile(r"[^\W\d_]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
SAID_ALIKE_EVERYWHERE = {"协奏", "Concerto", "中文", "English", "CSV", "XLSX"}
SHOWN_ATTRIBUTES = {"title", "alt", "placeholder", "aria-label", "label", "content"}


@pytest.fixture(scope="module")
def asked(tmp_path_factory) -> dict[Phrase, str]:
    """Every phrase that code and templates ask for, and where, as Django's own extractor finds them."""
    place = tmp_path_factory.mktemp("words")
    shutil.copytree(SOURCE, place / "concerto", ignore=shutil.ignore_patterns("static", "__pycache__"))
    (place / "locale").mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", "makemessages", "-l", "zh_Hans", "-e", "html,txt,svg,py", "--no-wrap"]
    answer = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    made = place / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    found = polib.pofile(str(made)) if made.exists() else []
    return {(entry.msgctxt, entry.msgid): entry.occurrences[0][0] for entry in found}


@pytest.fixture(scope="module")
def rooms() -> dict[str, list[polib.POEntry]]:
    """What each room's catalogue says in Chinese."""
    written = sorted((CHECKOUT / "locale").glob("*/zh_Hans/LC_MESSAGES/django.po"))
    return {path.parts[-4]: list(polib.pofile(str(path))) for path in written}


def test_every_phrase_has_its_chinese(asked, rooms):
    said = {
        (entry.msgctxt, entry.msgid)
        for entries in rooms.values()
        for entry in entries
        if "fuzzy" not in entry.flags and (entry.msgstr or "".join(entry.msgstr_plural.values()))
    }
    missing = [f"{asked[phrase]}: {phrase}" for phrase in asked.keys() - said]
    assert not missing, "\n".join(sorted(missing))


def test_a_phrase_is_said_alike_in_every_room(rooms):
    ways: dict[Phrase, set[str]] = defaultdict(set)
    for entries in rooms.values():
        for entry in entries:
            ways[entry.msgctxt, entry.msgid].add(entry.msgstr or str(entry.msgstr_plural))
    assert {phrase: said for phrase, said in ways.items() if len(said) > 1} == {}


def test_no_room_says_what_nobody_asks_for(asked, rooms):
    from_the_shelf = [
        gettext.translation("django", Path(package.__file__).parent / where, ["zh_Hans"], fallback=True)
        for package, where in ((django, "conf/locale"), (allauth, "locale"))
    ]

    def known_elsewhere(phrase: str) -> bool:
        return any(shelf.gettext(phrase) != phrase for shelf in from_the_shelf)

    idle = [
        f"{room}: {entry.msgid}"
        for room, entries in rooms.items()
        for entry in entries
        if (entry.msgctxt, entry.msgid) not in asked and not known_elsewhere(entry.msgid)
    ]
    assert idle == []


def test_a_translation_fills_the_same_gaps(rooms):
    differing = [
        f"{room}: {entry.msgid}"
        for room, entries in rooms.items()
        for entry in entries
        if entry.msgstr and set(PLACEHOLDERS.findall(entry.msgid)) != set(PLACEHOLDERS.findall(entry.msgstr))
    ]
    assert differing == []


class BareText(HTMLParser):
    """Collects what a template shows outside of every translation tag."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style", "code", "kbd"}
        said = dict(attrs)
        if tag == "meta":
            return
        self.found += [said[name] or "" for name in SHOWN_ATTRIBUTES & said.keys()]
        if tag == "input" and said.get("type") in {"submit", "button"}:
            self.found.append(said.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style", "code", "kbd"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def bare_words(template: str) -> list[str]:
    """What is left when everything the template engine says is taken out."""
    template = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", template, flags=re.S)
    template = re.sub(r"{%\s*block \w*class\s*%}.*?{%\s*endblock\b.*?%}", "", template, flags=re.S)
    template = re.sub(r"{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}", "", template, flags=re.S)
    reader = BareText()
    reader.feed(re.sub(r"{{.*?}}|{%.*?%}", " ", template, flags=re.S))
    words = (text for found in reader.found for text in LETTERS.findall(found))
    return [word for word in words if word not in SAID_ALIKE_EVERYWHERE]


def test_every_text_of_a_template_can_be_translated():
    said = {shown(path): words for path in files(".html", under=SOURCE) if (words := bare_words(path.read_text()))}
    assert said == {}


def test_the_reader_of_bare_words_sees_what_it_should():
    assert bare_words('<p>Hello <b>{{ name }}</b></p><img alt="A house">') == ["Hello", "house"]
    assert bare_words('<p>{% translate "Hello" %}</p>{# a note #}<kbd>Esc</kbd><h1>协奏</h1>') == []


def test_no_page_speaks_chinese_past_the_catalogue():
    def speaks(path: Path) -> bool:
        tree = ast.parse(path.read_text())
        notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        words = (
            n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in notes
        )
        return any(CHINESE.search(word.value) and word.value not in SAID_ALIKE_EVERYWHERE for word in words)

    assert [shown(path) for path in files(".py", under=SOURCE / "faces" / "desk") if speaks(path)] == []
