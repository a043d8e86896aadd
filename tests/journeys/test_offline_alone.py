"""A phone that is left alone: killed, locked, full, lent, denied its storage. Nothing that was written is lost."""

import json
import subprocess
import tempfile
from pathlib import Path

import pytest
from django.utils import translation
from playwright.sync_api import expect

from concerto.groundwork.refusals import words_of
from concerto.journal.models import Entry

from .handset import PIN, Handset

# What a browser does that lets a page keep nothing, though it lets one sign in.
DENIED = """(() => {
  const no = () => { throw new DOMException("The operation is insecure.", "SecurityError"); };
  const all = ["indexedDB", "localStorage", "sessionStorage", "caches"];
  for (const name of all) Object.defineProperty(globalThis, name, {get: no});
  for (const name of ["locks", "storage"]) Object.defineProperty(Navigator.prototype, name, {get: no});
})()"""

# More than the page of a disk on which the last record ended still takes, and not to be squeezed.
LONG = "".join(chr(0x4E00 + n * 37) for n in range(400))


@pytest.fixture
def handset(taken, world):
    """lin's phone, set up, on which a card of her village lies."""
    phone = taken().on()
    phone.is_signed_in(world.lin)
    phone.is_set_up()
    phone.is_given_cards(world)
    phone.without_signal()
    return phone


def test_a_browser_killed_in_the_middle_of_a_form_gives_back_the_draft(handset, world):
    address = f"visit/{world.house_1.id}"
    handset.records_nobody_home(world.house_1.id)
    handset.go(address, "Record a visit")
    handset.page.locator("[name=words]").fill("冬草不够，要买三吨")
    handset.says("Draft kept on this phone", "#state")

    handset.kill()
    handset.on(f"/field/#{address}")

    handset.heading("This phone is locked")
    assert "冬草" not in handset.page.content()
    handset.opens()
    handset.heading("Record a visit")
    expect(handset.page.locator("[name=words]")).to_have_value("冬草不够，要买三吨")
    handset.page.locator("[name=words]").fill("")
    handset.page.locator("[name=words]").press_sequentially("a" * 40, delay=100)  # who writes on and on has a draft too
    kept = handset.shelf("(shelf, key) => shelf.draft(key)", address)
    assert len(kept["words"][0]) > 5

    handset.go("out", "Outbox")
    handset.go(address, "Record a visit")
    handset.says("Your draft of", "main")
    handset.look("a draft that is back")
    handset.press("Drop the draft")
    handset.says("The draft is gone.", "main")
    expect(handset.page.locator("[name=words]")).to_have_value("")
    assert handset.shelf("(shelf, key) => shelf.draft(key)", address) is None
    handset.press("Put it back")
    expect(handset.page.locator("[name=words]")).to_have_value("a" * 40)
    assert len(handset.shelf("(shelf, key) => shelf.draft(key)", address)["words"][0]) == 40
    handset.press("Drop the draft")
    handset.says("The draft is gone.", "main")
    handset.page.locator("[name=words]").fill("别的话")
    expect(handset.page.get_by_role("button", name="Put it back")).to_have_count(0)
    handset.go("out", "Outbox")
    house = str(world.house_1.id)
    head = handset.shelf("(shelf, house) => shelf.cards().then((all) => all.get(house).head)", house)
    handset.go(f"person-change/{house}/{head}", "What is different about them")
    expect(handset.page.locator("[name=relation]")).to_be_hidden()
    handset.go("out", "Outbox")
    expect(handset.page.locator("[data-group=waiting] li")).to_have_count(1)


def test_five_wrong_pins_make_one_wait_even_for_the_right_one_and_wipe_nothing(handset, world):
    handset.records_nobody_home(world.house_1.id)
    handset.kill()
    handset.on()
    handset.heading("This phone is locked")
    for left in ("4 more tries", "3 more tries", "2 more tries", "1 more try"):
        handset.opens("000000")
        handset.says(left)
    handset.opens("000000")
    expect(handset.page.locator(".notice")).to_have_text("That is not the PIN.")
    handset.says("Too many wrong tries.")
    expect(handset.page.get_by_role("button", name="Open", exact=True)).to_be_disabled()
    handset.look("waiting for another try")

    handset.kill()
    handset.on()
    handset.says("Nothing has been wiped.")  # before another try is made
    expect(handset.page.get_by_role("button", name="Open", exact=True)).to_be_disabled()
    handset.off()

    handset.off_by = 31
    handset.on()
    handset.opens()
    handset.heading("Households")
    handset.go("out", "Outbox")
    expect(handset.page.locator("[data-group=waiting] li")).to_have_count(1)


def test_a_reason_is_said_in_the_language_of_the_page_and_what_is_let_go_is_called_so(handset, world):
    handset.records_nobody_home(world.house_1.id)
    answer = {"outcome": "refused", "code": "day_not_come", "why": "这一天还没到。"}
    handset.shelf("async (shelf, told) => shelf.take([{ ...told, id: (await shelf.entries())[0].id }])", answer)
    handset.go("out", "Outbox")
    back = handset.page.locator("[data-group=back] li")
    with translation.override("en"):
        expect(back).to_contain_text(words_of("day_not_come"))
    expect(back).not_to_contain_text(answer["why"])

    back.get_by_role("link", name="Take it off the list").click()
    handset.heading("Take it off the list")
    handset.press("Take it off the list")
    handset.heading("Outbox")
    expect(handset.page.locator("[data-group=waiting] li")).to_contain_text("Not recorded after all")
    handset.look("let go")


def test_two_people_of_one_phone_see_each_their_own_shelf(handset, world):
    before = Entry.objects.filter(author=world.lin.id).count()
    handset.records_nobody_home(world.house_1.id)
    handset.in_signal_again()
    handset.is_signed_in(world.ma)
    handset.is_set_up("975310")
    handset.without_signal()
    handset.go("out", "Outbox")
    expect(handset.page.locator(".out-list li")).to_have_count(0)
    handset.go("list", "Households")
    expect(handset.page.get_by_text("阿依努尔")).to_have_count(0)
    assert Entry.objects.filter(author=world.lin.id).count() == before + 1  # hers went, sealed, while ma was in signal

    handset.kill()
    handset.on()
    handset.heading("This phone is locked")
    handset.page.get_by_label(world.lin.called).check(force=True)
    assert "阿依努尔" not in handset.page.content()
    handset.look("the lock of two")
    handset.opens("975310")
    handset.says("That is not the PIN.")
    handset.opens(PIN)
    handset.heading("Households")
    handset.says("阿依努尔")
    handset.go("me", "This phone")
    handset.says(world.lin.called, "main")


@pytest.fixture
def disk(tmp_path):
    """A disk of its own, which is soon full."""
    disk = Path(tempfile.mkdtemp(prefix="small-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can't be made here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)  # a browser that was killed lets go a moment later
    disk.rmdir()


def test_a_full_phone_keeps_what_is_being_written_and_killed_loses_nothing(browser_type, live_server, disk, world):
    before = Entry.objects.filter(author=world.lin.id).count()
    phone = Handset(browser_type, live_server.url, disk / "profile").on()
    try:
        phone.is_signed_in(world.lin)
        phone.is_set_up()
        phone.is_given_cards(world)
        phone.without_signal()
        phone.records_nobody_home(world.house_1.id)
        phone.go(f"visit/{world.house_1.id}", "Record a visit")
        phone.page.locator("[name=met][value=nobody_home]").check(force=True)
        fill(disk / "videos")
        phone.page.locator("[name=words]").fill(LONG)
        phone.press("Record it")
        phone.says("This phone is full.")
        expect(phone.page.locator("[name=words]")).to_have_value(LONG)
        phone.look("a full phone")
        with phone.page.expect_download() as saved:
            phone.press("Save or share it, sealed")
        assert LONG[:4] not in Path(saved.value.path()).read_text(encoding="utf-8")

        (disk / "videos").unlink()
        recorded = phone.page.get_by_role("heading", name="Recorded", exact=True)
        for _ in range(5):  # the browser may need a moment to see that there is room
            phone.press("Try again")
            recorded.or_(phone.page.locator("[data-full] [data-do=again]:not([aria-busy])")).first.wait_for()
            if recorded.is_visible():
                break
        phone.go("out", "Outbox")
        expect(phone.page.locator("[data-group=waiting] li")).to_have_count(2)

        phone.kill()  # what a full disk tore the browser now takes for broken, and drops
        phone.on()
        phone.heading("This phone is locked")
        expect(phone.page.locator('[data-put="queue"] li')).to_have_count(2)
        phone.look("what the browser lost")
        phone.in_signal_again()  # neither PIN nor session is there
        phone.page.locator('[data-put="queue"] li').first.wait_for(state="hidden")
        assert Entry.objects.filter(author=world.lin.id).count() == before + 2
        phone.opens()
        phone.go("out", "Outbox")
        expect(phone.page.locator("[data-group=sent] li")).to_have_count(2)
    finally:
        phone.off()


def fill(path: Path) -> None:
    """Take all the room there is."""
    with path.open("wb", buffering=0) as videos:
        for size in (1 << 20, 1 << 12, 1 << 9):
            try:
                while True:
                    videos.write(bytes(size))
            except OSError:
                continue


def test_where_storage_is_denied_each_record_becomes_a_file_at_once(browser_type, live_server, tmp_path, world):
    phone = Handset(browser_type, live_server.url, tmp_path / "profile").on()
    phone.context.add_init_script(DENIED)
    phone.page.reload()
    phone.says("This browser does not let the page keep anything.")
    expect(phone.page.locator("main .button-main")).to_have_text("Sign in, then record into files")
    expect(phone.page.get_by_text("stays on this phone")).to_have_count(0)
    phone.look("storage denied and signed out")
    phone.is_signed_in(world.lin)
    phone.page.reload()
    phone.says("This browser does not let the page keep anything.")
    phone.look("storage denied")
    phone.page.get_by_role("link", name="Record into files").click()
    phone.heading("Record into files")
    phone.look("into files")
    phone.press("Begin")
    phone.heading("Households")
    phone.page.locator(".house-row").first.wait_for()
    phone.go(f"visit/{world.house_1.id}", "Record a visit")
    phone.says("Nothing is kept here: save it as a file", "#state")
    phone.page.locator("[name=met][value=nobody_home]").check(force=True)
    phone.page.locator("[name=words]").fill("门前雪深")
    with phone.page.expect_download() as saved:
        phone.press("Record it")
    file = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    assert (file["concerto"], len(file["envelopes"])) == ("envelopes", 1)
    assert "门前雪深" not in json.dumps(file, ensure_ascii=False)
    phone.off()
    assert phone.said == []
