"""The worker that keeps the phone's page: all that the page needs, under a name of its own, and nothing of anybody."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client

from concerto.faces.field import shell, worker
from tests.conftest import CHECKOUT

PAGES = CHECKOUT / "src/concerto/faces/field/static/field/js/pages"


@pytest.fixture(autouse=True)
def written_anew():
    worker._written.cache_clear()
    yield
    worker._written.cache_clear()


def asked(language: str = "en", client: Client | None = None) -> str:
    client = client or Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get("/field/sw.js").content.decode()


def kept(text: str) -> dict:
    return json.loads(re.search(r"= (\{.*\});$", text, re.M)[1])


def test_it_is_a_script_that_is_asked_for_each_time_and_may_fetch():
    answer = Client().get("/field/sw.js")

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_who_is_signed_in_gets_the_same_worker(client, lin):
    client.force_login(lin)

    assert asked(client=client) == asked()


@pytest.mark.django_db
def test_everything_it_keeps_is_there_without_signing_in():
    pages = kept(asked())["pages"]

    assert {page: Client().get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    assert {"/field/", "/field/more/", "/forms/visit/"} <= set(pages)


def test_it_keeps_every_form_that_the_page_asks_for():
    listed = re.search(r"FORMS = \[(.*?)\]", (PAGES / "blanks.js").read_text(), re.S)[1]
    first, others = [Client().get(page).content.decode() for page in worker.FORMS]

    [known] = re.findall(r'data-form="(\w+)"', first)
    names = re.findall(r'<template data-blank="(\w+)"', others)
    assert names == re.findall(r'data-form="(\w+)"', others)
    assert [known, *sorted(names)] == [known, *sorted(re.findall(r'"(\w+)"', listed)[1:])]


def test_each_language_is_kept_under_a_name_of_its_own_and_the_same_release_under_the_same():
    first = kept(asked("en"))["name"]
    worker._written.cache_clear()

    assert first == kept(asked("en"))["name"]
    assert first != kept(asked("zh-hans"))["name"]


def test_it_fetches_what_it_keeps_in_its_own_language_whatever_is_chosen_meanwhile():
    text = asked("en")

    assert kept(text)["language"] == "en"
    assert '{ credentials: "omit", headers: { "Accept-Language": LANGUAGE } }' in text


def test_a_language_that_was_chosen_is_remembered_for_a_year_and_none_is_chosen_for_anybody():
    client = Client()
    assert settings.LANGUAGE_COOKIE_NAME not in client.get("/field/sw.js").cookies

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    told = client.get("/field/sw.js").cookies[settings.LANGUAGE_COOKIE_NAME]

    assert (told.value, told["max-age"]) == ("en", 365 * 86_400)


def test_a_page_that_changed_is_another_release(monkeypatch):
    first = kept(asked())["name"]
    worker._written.cache_clear()
    before = shell.written()
    monkeypatch.setattr(shell, "written", lambda: before + "<!-- tomorrow -->")

    assert kept(asked())["name"] != first


def test_a_form_that_changed_is_another_release(monkeypatch):
    first = kept(asked())["name"]
    worker._written.cache_clear()
    monkeypatch.setattr(worker, "_text_at", lambda path: "tomorrow")

    assert kept(asked())["name"] != first


def test_no_answer_of_ours_empties_a_browsers_storage():
    source = "\n".join(path.read_text() for path in (CHECKOUT / "src").rglob("*.py"))

    assert re.findall(r"Clear-Site-Data", source) == []


def test_its_clean_up_leaves_alone_what_the_phone_has_recorded():
    prefix = re.search(r'PREFIX = "([\w-]+)"', asked())[1]
    second = re.search(r'SECOND = "([\w-]+)"', (PAGES.parent / "shelf/second.js").read_text())[1]

    assert kept(asked())["name"].startswith(prefix)
    assert not second.startswith(prefix)
