"""A blank form is the page's own, and nobody's: open to everybody, the same for all, with nothing of anybody in it."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from concerto.faces.desk.blank.blanks import BLANKS
from concerto.faces.desk.blank.rules import codes_for
from concerto.faces.desk.blank.words import UNFIT
from concerto.faces.field.words.refused import CODES
from concerto.journal.kinds.asked import SHEETS

pytestmark = pytest.mark.django_db


def blank(name: str, client: Client | None = None, **headers: str):
    return (client or Client()).get(reverse("desk:blank", args=[name]), headers=headers)


def asked_by(page: str) -> set[str]:
    """Name the questions of a page; a row that is a prototype asks under the names of the first."""
    form = page[page.index("<form") : page.index("</form>")]
    return {name.replace("{n}", "0") for name in re.findall(r'name="([^"]+)"', form)}


@pytest.mark.parametrize("name", BLANKS)
def test_a_blank_asks_what_its_sheet_reads(world, name):
    asks = {name for name in SHEETS[name].asks if not re.match(r"w[1-9]-|(who|how)_[1-9]", name)}
    if SHEETS[name].people:
        asks |= {f"p0-{name}" for name in SHEETS["person"].asks}
    hidden = {"channel", "met"} if name == "gathering" else set()
    assert asked_by(blank(name).content.decode()) == asks | hidden


@pytest.mark.parametrize("name", BLANKS)
def test_a_blank_holds_nothing_of_anybody(world, desk, name):
    signed_in, signed_out = blank(name, desk.of(world.lin)), blank(name)
    page = signed_out.content.decode()
    assert signed_in.content == signed_out.content
    for private in ("csrf", "draft", "initial-", 'name="identity"', *world.house_1.people, world.lin.called, "上泉村"):
        assert private not in page
    assert str(world.house_1.id) not in page
    assert "sessionid" not in signed_out.cookies


@pytest.mark.parametrize("name", BLANKS)
def test_a_blank_is_kept_and_asked_for_anew_by_its_name(world, name):
    answer = blank(name)
    assert answer["Cache-Control"] == "no-cache"
    assert blank(name, **{"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_blank_speaks_the_language_that_was_chosen(world):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Who was met" in blank("visit", client).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    assert "见到谁" in blank("visit", client).content.decode()


def test_what_the_register_gives_is_a_prototype(world):
    page = blank("visit").content.decode()
    assert set(re.findall(r'data-each="(\w+)"', page)) == {"people", "exempt", "members", "colleagues"}
    assert set(re.findall(r'data-each="(\w+)"', blank("gathering").content.decode())) == {"houses", "colleagues"}
    assert set(re.findall(r'data-each="(\w+)"', blank("household").content.decode())) == {"villages"}
    assert set(re.findall(r'data-each="(\w+)"', blank("household_change").content.decode())) == {"heads"}


@pytest.mark.parametrize("name", BLANKS)
def test_every_code_that_a_form_may_give_has_its_words(world, name):
    [words] = re.findall(
        r'<script id="blank-words" type="application/json">(.*?)</script>', blank(name).content.decode()
    )
    codes = {check.code for check in SHEETS[name].checks}
    codes |= {code for ask in SHEETS[name].asks.values() for code in UNFIT.get(ask.read, ())}
    assert codes <= set(json.loads(words))


def test_what_a_rule_refuses_is_said_by_the_words_that_a_phone_has_besides(world):
    for name, sheet in SHEETS.items():
        if name not in BLANKS:
            continue
        [told] = re.findall(
            r'<script id="blank-words" type="application/json">(.*?)</script>', blank(name).content.decode()
        )
        assert codes_for(sheet) <= {*json.loads(told), *CODES}


def test_there_is_no_other_form(world):
    assert blank("posting").status_code == 404
    assert Client().post(reverse("desk:blank", args=["visit"])).status_code == 405


def test_what_is_not_kept_comes_once_with_the_blank_of_a_visit(world):
    brings = {name for name in BLANKS if "不稳定因素" in blank(name).content.decode()}
    assert brings == {"visit"}
