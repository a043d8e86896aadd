"""The phone's one document: the same for everybody, in their language, with all that its pages ask for."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from django.utils import translation

from concerto.faces.field import shell, words
from concerto.faces.field.words import refused
from concerto.groundwork.refusals import WORDS
from tests.conftest import CHECKOUT

SCRIPTS = CHECKOUT / "src/concerto/faces/field/static/field/js"
PAGES = [*sorted((SCRIPTS / "pages").glob("*.js")), SCRIPTS / "field.js", SCRIPTS / "later.js"]
SPOKEN = "\n".join(path.read_text() for path in PAGES)


def written(language: str = "en") -> str:
    with translation.override(language):
        return shell.written() + shell.written_later()


def loaded(entry: str) -> set[Path]:
    """The page's own modules that an entry loads."""
    found, asked = set(), [SCRIPTS / entry]
    while asked:
        path = asked.pop()
        if path in found or (not path.is_relative_to(SCRIPTS / "pages") and path.parent != SCRIPTS):
            continue
        found.add(path)
        names = re.findall(r'^import .* from "(\.[^"]+)";', path.read_text(), re.M)
        asked += [(path.parent / name).resolve() for name in names]
    return found


def spoken(text: str) -> dict[str, object]:
    found = re.findall(r'<script id="(?:more-)?words" type="application/json">(.*?)</script>', text, re.S)
    return {name: said for words in found for name, said in json.loads(words).items()}


@pytest.mark.django_db
def test_who_is_signed_in_gets_the_same_as_who_is_not(client, lin):
    nobody = client.get("/field/").content
    client.force_login(lin)

    assert client.get("/field/").content == nobody


@pytest.mark.django_db
def test_it_is_asked_for_anew_in_each_language():
    answer = Client().get("/field/")

    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in answer.headers["Vary"]


def test_it_speaks_the_language_of_its_reader():
    assert 'lang="zh-Hans"' in written("zh-hans")
    assert "Waiting to be sent" in written("en")
    assert "Waiting to be sent" not in written("zh-hans")


def test_the_second_piece_names_its_language_and_the_first_where_the_rest_of_the_scripts_lies():
    with translation.override("en"):
        assert '<html lang="en">' in shell.written_later()
        facts = re.search(r'<script id="facts" type="application/json">(.*?)</script>', shell.written())
    assert facts is not None
    assert json.loads(facts[1])["later"] == staticfiles_storage.url("field/js/later.js")


def test_every_page_of_the_scripts_is_in_the_shell():
    asked = set(re.findall(r'\.begin\("([\w-]+)"', SPOKEN))

    assert asked - set(re.findall(r'data-view="([\w-]+)"', written())) == set()


def test_every_piece_of_the_scripts_is_in_the_shell():
    asked = set(re.findall(r'stamp\("([\w-]+)"', SPOKEN))
    asked |= {f"t-act-{name}" for name in re.findall(r'\bact\("(\w+)"', SPOKEN)}

    assert asked - set(re.findall(r'<template id="([\w-]+)"', written())) == set()


def test_the_first_pages_find_their_pieces_and_words_in_the_first_piece():
    first = "\n".join(path.read_text() for path in loaded("field.js") if path.name != "head.js")
    with translation.override("en"):
        shown = shell.written()
    pieces = set(re.findall(r'stamp\("([\w-]+)"', first)) | set(re.findall(r'\.begin\("([\w-]+)"', first))

    assert pieces - set(re.findall(r'<template (?:id|data-view)="([\w-]+)"', shown)) == set()
    asked = set(re.findall(r'\b(?:say|count)\("(\w+)"', first))
    assert asked - spoken(shown).keys() == set()


def test_every_sentence_of_the_scripts_is_in_the_shell():
    asked = set(re.findall(r'\b(?:say|count|label|labels)\("(\w+)"', SPOKEN))

    assert asked - spoken(written()).keys() == set()


def test_no_sentence_is_carried_for_nothing():
    named = set(re.findall(r'["`.](\w+)["`$;)}\]]', SPOKEN))
    by_state = {f"state_{state}" for state in ("waiting", "back", "clash", "pending", "settled")}
    by_code = {"no_shelf", "disk_full"}

    assert spoken(written()).keys() - named - by_state - by_code == set()


def test_every_title_and_help_is_there():
    pages = re.findall(r'<template data-view="([\w-]+)"([^>]*)>', written())

    assert [name for name, said in pages if 'data-title="' not in said] == []
    assert [name for name, said in pages if 'data-help="' not in said and name not in ("form",)] == []


def test_a_receipt_without_words_finds_them_by_its_code():
    with translation.override("en"):
        said = words.said_later()["refusals"]

    assert set(refused.CODES) == set(said) <= set(WORDS)


def test_no_script_of_the_pages_writes_markup():
    assert re.findall(r"innerHTML|insertAdjacentHTML|outerHTML|document\.write", SPOKEN) == []


def test_what_was_recorded_and_by_whom_stays_out_of_clear_storage():
    assert re.findall(r"localStorage", SPOKEN) == []


def test_keys_stand_hidden_until_it_is_known_which_of_them_are_of_use(client):
    text = client.get("/field/").content.decode()
    assert '<p class="buttons" data-slot="acts" hidden>' in text
    assert 'data-put="carry_part" hidden>' in text
