"""A clash in its writer's hand: both versions side by side, settled once; whoever settles second is shown the first."""

import pytest
from playwright.sync_api import expect

from concerto.groundwork import clock
from concerto.journal.kinds.households import HouseholdChange1
from concerto.journal.kinds.keeping import Settled1
from concerto.journal.models import Entry, Tray
from concerto.register.models import Household
from tests.cast import TODAY, VILLAGE_A
from tests.faces.field.pulls import wording

from .handset import Handset


@pytest.fixture
def phone(phone, world):
    """lin's phone, out of signal, on which the numbers of two households were changed; the desk changed them too."""
    phone.without_signal()
    for house, mine, theirs in ((world.house_2, "78", "89"), (world.house_1, "77", "88")):
        phone.renumbers(house.id, mine)
        renumbered_by_another(world, house, theirs)
    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(phone.page.locator("[data-group=clash] li")).to_have_count(2, timeout=20_000)
    return phone


def renumbered_by_another(world, house, number: str) -> None:
    """Let the secretary give a household another number at the desk."""
    saw = {f"{house.id}.number": wording(house.id, "number")}
    item = world.pen.item(HouseholdChange1(household=house.id, number=number), unit=VILLAGE_A, by=world.sec, on=TODAY,
                          saw=saw)  # fmt: skip
    assert world.receive(item, by=world.sec, at=clock.now())[0].outcome == "accepted"


# Whose version it meets is told by the fetch that follows the receipt.
FORGETS_WHO = """async (shelf) => {
  const clashes = (await shelf.entries()).filter(({ state }) => state === "clash");
  await shelf.take(clashes.map(({ id, outcome, code, facts: { by, ...facts } }) => ({ id, outcome, code, facts })));
}"""


def looks_at_two_versions(phone: Handset) -> None:
    """Open the one that was recorded last: by its entry, which leads on to both sides."""
    phone.page.locator("[data-group=clash] li a.name").first.click()
    phone.heading("Household changed")
    phone.page.get_by_role("link", name="Look at both sides").click()
    phone.heading("Two versions")


def settles_for_mine(phone: Handset) -> None:
    """Let one's own version stand."""
    looks_at_two_versions(phone)
    phone.page.locator("input[value=mine]").check(force=True)
    phone.press("Let it stand so")
    phone.heading("Outbox")


def numbers(world) -> list[str]:
    return [Household.objects.get(id=house.id).number for house in (world.house_1, world.house_2)]


def test_two_versions_lie_side_by_side_and_a_second_settling_is_shown_the_first(phone, world):
    page = phone.page
    looks_at_two_versions(phone)
    versions = page.locator(".version")
    phone.says(f"You and {world.sec.called} wrote it differently", "main")
    expect(versions).to_have_count(2)
    expect(versions.first).to_contain_text("You wrote")
    expect(versions.first).to_contain_text("77")
    expect(versions.last).to_contain_text(f"{world.sec.called} wrote")
    expect(versions.last).to_contain_text("88")
    phone.press("Let it stand so")
    phone.says("What you wrote is all here.", "main")
    phone.look("two versions, none chosen")
    page.locator("input[value=theirs]").check(force=True)
    phone.shelf(FORGETS_WHO)
    expect(versions.last).to_contain_text("What is there now")
    phone.meets_the_server()
    expect(versions.last).to_contain_text(f"{world.sec.called} wrote")
    expect(page.locator("input[value=theirs]")).to_be_checked()
    assert numbers(world) == ["88", "89"]

    phone.go("out", "Outbox")
    settles_for_mine(phone)
    expect(page.locator("[data-group=clash] li")).to_have_count(1)
    expect(page.locator("[data-group=sent] li")).to_have_count(1, timeout=20_000)
    assert numbers(world) == ["77", "89"]

    phone.without_signal()
    settles_for_mine(phone)
    expect(page.locator("[data-group=waiting] li")).to_have_count(1)
    second = Tray.objects.get(outcome="clash").id
    stands = world.pen.item(Settled1(), unit=VILLAGE_A, by=world.sec, on=TODAY, instead_of=[second])
    assert world.receive(stands, by=world.sec, at=clock.now())[0].outcome == "accepted"
    phone.in_signal_again()
    expect(page.locator("[data-group=clash] li")).to_have_count(1, timeout=20_000)
    looks_at_two_versions(phone)
    phone.says("It is settled already.", "main")
    expect(page.locator(".version").first).to_contain_text("78")
    expect(page.locator(".version").last).to_contain_text("89")
    phone.look("settled by somebody else first")
    page.locator("input[value=theirs]").check(force=True)
    phone.press("Let it stand so")
    expect(page.locator("[data-group=clash] li")).to_have_count(0, timeout=20_000)
    assert numbers(world) == ["77", "89"]


def test_what_was_settled_says_which_number_is_that_of_its_settling(phone, world):
    settles_for_mine(phone)
    group = phone.page.locator("[data-group=settled]")
    expect(group.locator("li")).to_contain_text("It was settled by", timeout=20_000)
    group.locator("summary").click()
    group.locator("li a.name").click()
    phone.heading("Household changed")
    facts = phone.page.locator("main .aside .facts")
    expect(facts).to_contain_text(f"Settled by No.{Entry.objects.order_by('-seq')[0].seq:04d}")
    expect(facts).not_to_contain_text("Number in the book")
    phone.look("what was settled")


def test_a_number_changed_twice_is_held_beside_what_another_wrote_from_either_entry(phone, world):
    phone.without_signal()
    phone.renumbers(world.house_3.id, "76")
    phone.renumbers(world.house_3.id, "79")
    renumbered_by_another(world, world.house_3, "66")
    phone.in_signal_again()
    phone.go("out", "Outbox")
    clashes, versions = phone.page.locator("[data-group=clash] li"), phone.page.locator(".version")
    expect(clashes).to_have_count(4, timeout=20_000)
    for n in range(2):
        clashes.nth(n).locator("a.name").click()
        phone.heading("Household changed")
        phone.page.get_by_role("link", name="Look at both sides").click()
        phone.heading("Two versions")
        expect(versions.first).to_contain_text("79")
        expect(versions.last).to_contain_text("66")
        if n == 0:
            phone.go("out", "Outbox")
    phone.page.locator("input[value=theirs]").check(force=True)
    phone.press("Let it stand so")
    expect(clashes).to_have_count(2, timeout=20_000)
    assert Household.objects.get(id=world.house_3.id).number == "66"
