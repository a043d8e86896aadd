"""Notice and consent on a phone without signal: each purpose by itself, of the household or of one of its people."""

import pytest
from playwright.sync_api import expect

from concerto.journal.models import Tray
from concerto.register.consents import Consent


@pytest.fixture
def row(phone):
    """The row of a purpose on the card of a household."""
    return lambda purpose: phone.page.locator("[data-put=consents] > div", has_text=purpose)


def test_a_household_agrees_one_of_its_people_does_not_and_one_answer_is_taken_back(phone, world, row):
    page, house = phone.page, world.house_1.id
    phone.without_signal()

    def opens(purpose, act, at=0):
        phone.go(f"card/{house}", "household")
        row(purpose).get_by_role("link", name=act).nth(at).click()
        phone.heading(purpose)

    def records(*chosen):
        for one in chosen:
            page.locator(f"label:has({one})").click()
        phone.press("Record it")

    def recorded():
        page.get_by_role("heading", name="Recorded", exact=True).wait_for()
        phone.go(f"card/{house}", "household")

    calling, places = "Keeping a telephone number and calling", "Writing down usual places by season"
    phone.go(f"card/{house}", "household")
    expect(page.locator("[data-put=consents] > div")).to_have_count(6)
    expect(row(calling)).to_contain_text("Not asked yet")
    phone.look("notice and consent")

    opens(calling, "Ask")
    records("[name=answer][value=agreed]")
    phone.says("language")
    phone.shot("agreed in which language")
    assert phone.obstacles() == []
    records("[name=told_in][value=kazakh]")
    recorded()
    expect(row(calling)).to_contain_text("Agreed")

    opens(places, "Ask")
    records(f"[name=who][value='{world.house_1.head}']", "[name=answer][value=declined]")
    recorded()
    expect(row(places).locator("dd")).to_have_count(2)
    expect(row(places)).to_contain_text("Does not agree")

    opens(calling, "Take back")
    expect(page.locator("[name=told_in], [name=who][type=radio]")).to_have_count(0)
    records()
    recorded()
    expect(row(calling)).to_contain_text("Taken back")
    page.get_by_role("link", name="Notice and consent").first.click()
    phone.says(calling)
    phone.look("an answer by itself")

    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(3, timeout=40_000)
    assert not Tray.objects.exists()
    rows = Consent.objects.order_by("seq").values_list("purpose", "answer", "resident", "language")
    assert list(rows) == [
        ("phone", "agreed", None, "kazakh"), ("places", "declined", world.house_1.head, ""),
        ("phone", "withdrawn", None, ""),
    ]  # fmt: skip
    phone.go(f"card/{house}", "household")
    expect(row(calling)).to_contain_text("Taken back")
    expect(page.locator("[data-put=consents] [data-put=here] *")).to_have_count(0)
