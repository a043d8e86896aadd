"""What the door would refuse is said on the phone: beside its question, while it is written and when it is recorded."""

import pytest
from django.templatetags.static import static

pytestmark = pytest.mark.django_db(transaction=True)
HOUSE, VILLAGE = "00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"
PERSON, ACCOUNT = "00000000-0000-7000-8000-000000000003", "00000000-0000-7000-8000-000000000004"
CARD = {
    "id": HOUSE,
    "village": VILLAGE,
    "number": "12",
    "w": {},
    "people": [{"id": PERSON, "name": "阿依努尔", "phones": [], "relation": "head", "w": {}}],
    "members": [{"id": PERSON, "resident": PERSON}],
    "helpers": [{"agreement": "agreed", "since": "2026-01-01"}],
}
OPEN = """
async ([forms, checking, people, name, card]) => {
  const { blankOf, openPage, readForm, entriesOf, showErrors } = await import(forms);
  const { mistakesIn, watchWords } = await import(checking);
  await import(people);
  const text = await (await fetch(`/forms/${name}/`)).text();
  const { form } = openPage(name, { fragment: blankOf(text), card, today: "2026-07-01" });
  document.body.replaceChildren(form);
  watchWords(form);
  window.record = async () => {
    const writing = { card, account: "ACCOUNT", log: "ACCOUNT", now: "2026-07-01T04:00:00.000Z", today: "2026-07-01" };
    const told = await entriesOf(name, readForm(form), { ...writing, check: mistakesIn });
    if (told.errors) showErrors(form, told.errors);
    return told.errors?.map(({ field, code }) => `${field} ${code}`) ?? [];
  };
}
""".replace("ACCOUNT", ACCOUNT)


@pytest.fixture
def form(live_server, page, world):
    """Open a blank in a browser as a phone does."""
    page.goto(f"{live_server.url}/accounts/login/")
    modules = [static(f"field/js/forms/{name}.js") for name in ("fill", "checking", "people")]
    return lambda name: page.evaluate(OPEN, [*modules, name, CARD])


def test_words_that_are_not_kept_are_told_while_they_are_written(page, form):
    form("visit")
    note, mistake = page.locator("[name=words]"), page.locator("[data-field=words] [data-mistake]")
    note.fill("他是重点")
    assert mistake.count() == 0
    note.press_sequentially("人员")
    assert "重点人员" in mistake.inner_text()
    note.fill("他家缺草")
    assert mistake.count() == 0
    assert page.locator(".has-error").count() == 0


def test_what_a_body_may_not_say_is_told_beside_its_question(page, form):
    form("visit")
    page.locator("[name=met][value=nobody_home]").check(force=True)
    page.locator("[name=topics]").first.check(force=True)
    page.locator("[name=need_words_1]").fill("110105 19491231 002X 要查")
    page.locator("[name=words]").fill("涉 稳")
    assert page.evaluate("record()") == ["need_words_1 identity_number_not_kept"]
    page.locator("[name=need_words_1]").fill("")
    assert page.evaluate("record()") == [
        "words not_kept_here",
        "topics call_that_met_nobody_changed_nothing",
    ]
    assert page.locator("[data-field=topics].has-error [data-mistake]").inner_text() != ""
    page.locator("[name=words]").fill("")
    page.locator("[name=met][value=met]").check(force=True)
    assert page.evaluate("record()") == []
