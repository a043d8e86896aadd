"""What a phone without room says on a small screen, in both languages: the browser refuses to write, page by page."""

import pytest
from playwright.sync_api import expect

from .handset import PIN

# A browser that has no room says so of every write; the page switches it on and off.
NO_ROOM = """(() => {
  const full = () => new DOMException("no room", "QuotaExceededError");
  globalThis.isFull = { database: false, cache: false };
  for (const name of ["put", "add"]) {
    const write = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...given) {
      if (isFull.database) throw full();
      return write.apply(this, given);
    };
  }
  const lay = Cache.prototype.put;
  Cache.prototype.put = function (...given) {
    return isFull.cache ? Promise.reject(full()) : lay.apply(this, given);
  };
})()"""
LANGUAGES = ("en", "zh-hans")
RECORD, TRY_AGAIN = '#dock [type="submit"], main form [type="submit"]', '[data-full] [data-do="again"]'
FULL = ("This phone is full.", "手机存满了。")
WORDS_STAY = ("What you wrote is all here on the screen.", "您写的都在屏幕上，没有丢。")
MAKE_ROOM = ("Make room, then press again. What was recorded is still here.", "先腾点地方，再按一次。记下的都还在。")
ONCE = ("This phone has hardly any room left.", "手机快存满了。")
WRITTEN_AGAIN = ("forms begun earlier have to be written again.", "更早没写完的表要重写。")


@pytest.fixture(params=LANGUAGES)
def spoken(request, taken, world):
    """lin's phone in one of the languages, with one entry that waits."""
    phone = taken().on()
    phone.context.add_init_script(NO_ROOM)
    phone.is_signed_in(world.lin)
    phone.is_set_up()
    phone.go("list", "Households")
    expect(phone.page.locator(".house-row")).to_have_count(3)
    phone.records_nobody_home(world.house_1.id)
    phone.go("out", "Outbox")
    expect(phone.page.locator("[data-group=sent] li")).to_have_count(1)
    if request.param != "en":
        phone.go("me", "This phone")
        phone.page.locator(f"[data-language={request.param}]").click()
        expect(phone.page.locator("html")).to_have_attribute("lang", "zh-Hans")
    phone.without_signal()
    phone.tongue = LANGUAGES.index(request.param)
    return phone


def has_no_room(phone, *, database=True, cache=True):
    phone.page.evaluate(f"Object.assign(isFull, {{database: {str(database).lower()}, cache: {str(cache).lower()}}})")


def test_every_page_of_a_full_phone_is_read_on_a_small_screen(spoken, world):
    phone, page, tongue = spoken, spoken.page, spoken.tongue
    named = lambda name: f"full disk {LANGUAGES[tongue]} {name}"  # noqa: E731
    phone.go(f"visit/{world.house_2.id}")
    page.locator("[name=met][value=nobody_home]").check(force=True)
    has_no_room(phone)
    page.locator("[name=words]").fill("门前雪深，没有人在家")
    page.wait_for_timeout(1500)
    phone.look(named("draft"))
    page.locator(RECORD).first.click()
    expect(page.locator("[data-full]")).to_contain_text(FULL[tongue])
    expect(page.locator("[data-full]")).to_contain_text(WORDS_STAY[tongue])
    expect(page.locator("[name=words]")).to_have_value("门前雪深，没有人在家")
    phone.look(named("form"))
    has_no_room(phone, database=False, cache=True)
    page.locator(TRY_AGAIN).click()
    expect(page.locator("[data-full]")).to_have_count(0)
    expect(page.locator("#notices")).to_contain_text(ONCE[tongue])
    phone.look(named("once"))

    entry = phone.shelf("(shelf) => shelf.entries().then((all) => all.at(-1).id)")
    phone.go(f"withdraw/{entry}")
    has_no_room(phone)
    page.locator('main [data-do="yes"]').click()
    expect(page.locator("main [data-full]")).to_contain_text(FULL[tongue])
    phone.look(named("withdraw"))

    has_no_room(phone, database=False, cache=False)
    phone.shelf("(shelf) => shelf.putState({ lost: { all: true, entries: 2, here: true } })")
    phone.go("out")
    expect(page.locator("#notices")).to_contain_text(WRITTEN_AGAIN[tongue])
    phone.look(named("lost"))

    phone.go("me")
    page.locator('main [data-do="lock"]').click()
    page.locator("#lock-pin").wait_for()
    has_no_room(phone)
    page.locator("#lock-pin").fill(PIN)
    page.locator("main form [type=submit]").click()
    expect(page.locator("main form .notice")).to_contain_text(MAKE_ROOM[tongue])
    phone.look(named("lock"))
