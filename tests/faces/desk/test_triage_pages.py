"""Where a dispute belongs, as pages: nothing is kept, no answer stands in an address, and every way ends somewhere."""

import re

import pytest
from django.urls import reverse

from concerto.journal.kinds.case_steps import ROUTES
from concerto.journal.models import Entry, Tray
from concerto.places.models import Opening
from concerto.rulebook.routes import routes
from concerto.rulebook.triage import triage

pytestmark = pytest.mark.django_db
ASK = "desk:triage"


def shown(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def answered(client, **given: str) -> str:
    return shown(client.post(reverse(ASK), given))


def heading(text: str) -> str:
    return re.search(r"<h1[^>]*>(.*?)</h1>", text, re.S)[1].strip()


def test_four_taps_lead_from_the_first_question_to_where_it_is_taken_in(desk, world):
    client = desk.of(world.lin)
    assert heading(shown(client.get(reverse(ASK)))) == "出了什么事？"
    text = answered(client, what="neighbours")
    assert "单独问" in heading(text)
    assert '<input type="hidden" name="what" value="neighbours">' in text
    text = answered(client, what="neighbours", danger="no", busy="no", wanted="talk")
    assert heading(text) == "可以调解"


def test_nothing_is_kept_of_any_of_it_and_no_address_tells_an_answer(desk, world):
    client = desk.of(world.lin)
    before = (Entry.objects.count(), Tray.objects.count(), Opening.objects.count())
    for step in triage().paths():
        text = answered(client, **step.given)
        assert heading(text) == step.end.title.zh
        assert not re.search(r"triage/\?", text)
    assert (Entry.objects.count(), Tray.objects.count(), Opening.objects.count()) == before


def test_no_question_asks_for_words(desk, world):
    client = desk.of(world.lin)
    for step in [triage().step({}), *(triage().step(dict(list(one.given.items())[:-1])) for one in triage().paths())]:
        text = answered(client, **step.given)
        inside = text[text.index('<form class="form triage"') : text.index("</form>", text.index("form triage"))]
        kinds = set(re.findall(r'<(?:input|textarea|select)[^>]*?(?:type="(\w+)")?[^>]*>', inside))
        assert "<textarea" not in inside
        assert 'type="text"' not in inside
        assert kinds <= {"hidden", ""}


def test_of_violence_at_home_there_is_nothing_to_print_and_no_way_to_take_it_in(desk, world):
    text = answered(desk.of(world.lin), what="violence")
    assert heading(text) == "先保护人，不劝和"
    assert reverse("desk:routes") not in text
    assert 'href="tel:12338"' in text
    assert "人民调解委员会" not in text


def test_back_asks_the_last_question_again_with_what_was_answered_before(desk, world):
    client = desk.of(world.lin)
    text = answered(client, what="pasture", danger="no", owns="yes", back="1")
    assert "是谁的、归谁用吗" in heading(text)
    assert 'name="owns" value="yes"' in text  # as a button again
    assert '<input type="hidden" name="owns"' not in text
    assert heading(answered(client, what="violence", back="1")) == "出了什么事？"


def test_pasture_prints_for_both_sides_that_things_stay_as_they_are(desk, world):
    client = desk.of(world.lin)
    text = answered(client, what="pasture", danger="no", owns="yes")
    where = re.search(r'href="([^"]*keeps=ownership)"', text)[1]
    sheet = shown(client.get(where))
    assert sheet.count("双方都维持现状") == 2
    assert "both sides leave things as they are" in sheet
    assert "keep-slip" not in shown(client.get(reverse("desk:routes") + "?keeps=nonsense"))


def test_the_leaflet_tells_every_route_in_both_languages_with_a_blank_where_no_number_holds(desk, world):
    text = shown(desk.of(world.zhou).get(reverse("desk:routes")))
    for route in routes().values():
        assert route.name.zh in text
        assert route.name.en.replace("'", "&#x27;") in text
        assert not route.phone or route.phone in text
    assert text.count('class="hand"') == sum(not route.phone for route in routes().values())


def test_every_route_that_an_entry_may_name_stands_on_the_leaflet():
    assert set(ROUTES) - {"other"} <= set(routes())


def test_it_is_read_in_english_too(desk, world):
    client = desk.of(world.lin)
    client.cookies.load({"django_language": "en"})
    text = shown(client.post(reverse(ASK), {"what": "violence"}, headers={"Accept-Language": "en"}))
    assert "Protect the person first" in text
