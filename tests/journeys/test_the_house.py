"""What holds on every page: whose places one sees, in which language and size, and in which world."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.cast import enter

from .walker import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(home):
    """The cast."""
    return enter()


def test_addresses_of_the_next_village_lead_nowhere(world, client, walker):
    walker.is_signed_in(client, world.ma)
    page = walker.page
    for name, thing in pasted(world).items():
        answer = page.goto(walker.home + reverse(f"desk:{name}", args=[thing]))
        assert (name, answer.status) == (name, 404)
        assert "阿依努尔" not in page.locator("body").inner_text()
        walker.look()
    assert "上泉村" not in the_file_of(walker)


def pasted(world):
    """What somebody of village A could send to somebody of village B."""
    house = world.house_1
    return {
        "household": house.id,
        "household-change": house.id,
        "visit-new": house.id,
        "resident-change": house.head,
        "entry": world.visit,
        "entry-correct": world.visit,
        "entry-withdraw": world.visit,
        "visit-saved": world.visit,
    }


def the_file_of(walker):
    """Take the ledger of visits away as a file, and read it."""
    walker.open("ledger-file", "visits")
    walker.look()
    walker.fill(purpose="for the half-year review")
    walker.tick("format", "csv")
    with walker.page.expect_download() as sent:
        walker.page.locator("main").get_by_role("button").last.click()
    return sent.value.path().read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_house_speaks_the_other_language_and_the_first_again(world, client, walker, size):
    walker.is_signed_in(client, world.lin)
    page = walker.page
    page.set_viewport_size(size)
    walker.open("ledger", "visits")
    for other, language, heading in (("中文", "zh-Hans", "走访"), ("English", "en", "Visit ledger")):
        page.get_by_role("button", name=other, exact=True).last.click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert heading in page.locator("h1").inner_text()
        walker.look()


def test_letters_grow_for_their_person_on_every_page(world, client, walker):
    walker.is_signed_in(client, world.lin)
    page = walker.page
    page.set_viewport_size(PHONE)
    walker.open("households")
    before = size_of_letters(page)
    walker.open("my-page")
    page.locator("main [name=text_size]").first.wait_for()
    chooses_the_largest(page)
    page.locator("main").get_by_role("button", name="Set").click()
    walker.look()
    walker.open("households")
    assert size_of_letters(page) > before
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert walker.obstacles() == []


def size_of_letters(page):
    return page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p, main td')).fontSize)")


def chooses_the_largest(page):
    field = page.locator("main [name=text_size]")
    if field.first.evaluate("e => e.tagName") == "SELECT":
        field.select_option(index=field.locator("option").count() - 1)
    else:
        field.last.check(force=True)


def test_the_practice_world_has_a_colour_of_its_own_and_says_so(world, client, walker, settings):
    walker.is_signed_in(client, world.lin)
    page = walker.page
    walker.open("households")
    earnest = paper(page)
    settings.PRACTICE = True
    page.reload()
    assert paper(page) != earnest
    expect(page.locator(".practice")).to_be_visible()
    assert walker.obstacles() == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # colours that are on their way have no contrast
    assert walker.obstacles() == []


def paper(page):
    return page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--paper') + "
        "getComputedStyle(document.querySelector('.practice, .rail, body')).backgroundColor"
    )
