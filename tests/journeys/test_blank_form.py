"""A blank of the desk, filled by a phone's modules in a real browser: one form for page and phone."""

import json

import pytest
from django.templatetags.static import static

pytestmark = pytest.mark.django_db(transaction=True)
OPEN = """
async ([module, name, opening]) => {
  const { blankOf, openPage } = await import(module);
  const text = await (await fetch(`/forms/${name}/`)).text();
  const { form, aside, dock, title } = openPage(name, { fragment: blankOf(text), ...opening });
  document.body.replaceChildren(form, ...[aside, dock].filter(Boolean));
  return title;
}
"""
DO = """
async ([module, people, act, ...given]) => {
  const forms = await import(module);
  await import(people);
  const form = document.querySelector("form");
  if (act === "read") return forms.readForm(form);
  if (act === "write") return forms.entriesOf(form.dataset.form, forms.readForm(form), given[0]).then((told) =>
    told.errors ?? told.entries.map((entry) => entry.write({ number: 1, device: "d" })));
  return forms.showErrors(form, given[0]);
}
"""
CARD = {
    "id": "h",
    "village": "v",
    "number": "12",
    "group": "",
    "head": "a",
    "w": {"": "w0", "number": "w1"},
    "places": [{"season": "winter", "from": 11, "to": 3, "words": "北山"}],
    "reached_by": ["phone"],
    "best_months": [5, 6],
    "people": [
        {
            "id": "a",
            "name": "阿依努尔·{name}",
            "phones": ["10020047715", "8221234"],
            "relation": "head",
            "w": {"": "w2"},
        },
        {"id": "b", "name": "木拉提", "phones": [], "relation": "other", "w": {"": "w3"}},
    ],
    "members": [{"id": "m", "resident": "a", "exempt": False}],
    "helpers": [{"agreement": "agreed", "since": "2026-01-01"}],
}
WRITING = {"card": CARD, "account": "me", "log": "l", "now": "2026-07-01T04:00:00.000Z", "today": "2026-07-01"}


@pytest.fixture
def phone(live_server, page, world):
    """Open a blank as a phone does, and act on it."""
    module, people = (static(f"field/js/forms/{name}.js") for name in ("fill", "people"))
    page.goto(f"{live_server.url}/accounts/login/")

    def opened(name: str, **opening):
        return page.evaluate(OPEN, [module, name, {"card": CARD, "today": "2026-07-01", **opening}])

    def act(what: str, *given):
        return page.evaluate(DO, [module, people, what, *given])

    opened.read = lambda: act("read")
    opened.write = lambda **more: act("write", {**WRITING, **more})
    opened.show = lambda errors: act("show", errors)
    return opened


def test_a_visit_is_filled_as_on_the_page(page, phone):
    assert phone("visit") == "Record a visit"
    assert page.get_by_label("阿依努尔·{name}").is_visible()
    assert page.locator("[data-each], [name=lesson_for], [name=made_with]").count() == 0
    assert phone.read() == {
        "day": ["today"], "channel": ["visit"], "words_for": ["author"], "told_by": ["household"],
    }  # fmt: skip
    assert not page.locator("[name=on]").is_visible()
    assert page.locator("[name=on]").get_attribute("max") == "2026-07-01"
    page.locator("[name=met][value=b]").check(force=True)
    page.locator("[name=change][value=no_change]").check(force=True)
    assert page.locator("[data-part=aside] .is-posted").count() == 2
    page.locator("[name=met][value=declined]").check(force=True)
    assert phone.read()["met"] == ["declined"]
    assert page.locator("[data-part=aside] .is-posted").count() == 2  # a helped household answered by it, too
    assert "2" in page.locator("[data-count]").inner_text()


def test_what_is_missing_is_said_where_it_is_missing(page, phone):
    phone("visit")
    page.locator("[name=lead][value=heard]").check(force=True)
    wrong = phone.write()
    assert [(one["field"], one["code"]) for one in wrong] == [
        ("met", "say_who_was_met"), ("lead_words", "write_a_few_words"),
    ]  # fmt: skip
    phone.show(wrong)
    assert page.locator("[data-field=met].has-error .error-words").inner_text() != ""
    assert page.get_by_role("alert").is_visible()
    phone.show([])
    assert page.locator(".has-error, [role=alert]").count() == 0


def test_a_change_shows_what_is_known_and_says_what_was_altered(page, phone):
    phone("household_change")
    assert phone.read() == {"number": ["12"], "head": ["a"], "reached_by": ["phone"], "best_months": ["5", "6"]}
    assert [one["code"] for one in phone.write()] == ["nothing_changed"]
    page.locator("[name=number]").fill("13")
    [entry] = phone.write()
    assert '"body":{"household":"h","number":"13"},"saw":{"h.number":"w1"}' in entry["item"]["said"]
    phone("resident_change", about="a")
    assert phone.read()["phones"] == ["10020047715, 8221234"]
    assert [one["code"] for one in phone.write(about="a")] == ["nothing_changed"]
    phone("household_places")
    assert page.locator("fieldset.place-row").count() == 3
    assert page.locator("[name=w1-season]").input_value() == "summer"
    assert [one["code"] for one in phone.write()] == ["nothing_changed"]


def test_a_household_takes_as_many_rows_as_it_has_people(page, phone):
    phone("household", card=None, each={"villages": [{"id": "v", "name": "上泉村"}]})
    assert page.locator("[name=village]").input_value() == "v"
    assert page.locator(".person-row").count() == 3
    page.locator("[data-more]").click()
    assert page.locator(".person-row").count() == 6
    page.locator("[name=p0-name]").fill("甲")
    page.locator("[name=p5-name]").fill("乙")
    assert len(phone.write(card=None)) == 3


def test_a_draft_and_a_correction_stand_in_the_form_again(page, phone):
    answers = {"day": ["other"], "on": ["2026-06-30"], "channel": ["visit"], "met": ["gone"], "words": ["记"]}
    phone("visit", draft=answers)
    assert phone.read() == answers
    body = {"channel": "phone_call", "households": ["h"], "outcome": "declined"}
    phone("visit", before={"first": "f", "last": "f", "body": body, "parts": {}, "happened_on": "2026-07-01"})
    assert phone.read() == {
        "day": ["today"], "channel": ["phone_call"], "met": ["declined"], "told_by": ["household"],
        "words_for": ["author"],
    }  # fmt: skip


def test_whoever_moved_is_asked_where_to_in_the_same_form(page, phone):
    phone("visit")
    assert not page.locator("[name=moved_to]").is_visible()
    page.locator("[name=met][value=moved]").check(force=True)
    page.locator("[name=moved_to]").fill("邻村二组")
    [entry] = phone.write()
    said = json.loads(entry["item"]["said"])
    assert said["body"]["outcome"] == "moved"
    assert said["sealed"] == [said["body"]["moved_to"]]
    [part] = entry["item"]["sealed"]
    assert (part["text"], part["audience"], part["about"]) == ("邻村二组", "place", "h")


def test_a_helped_household_that_wants_nothing_is_one_tap(page, phone):
    phone("visit")
    page.locator("[name=met][value=b]").check(force=True)
    page.locator("[name=wants]").check(force=True)
    [entry] = phone.write()
    assert json.loads(entry["item"]["said"])["body"]["wants"] == "nothing"
    phone("visit", card={**CARD, "helpers": []})
    assert page.locator("[name=wants]").count() == 0
