"""A photo of what both signed goes with a settlement on a phone: without signal, killed on the way, in pieces."""

import time

import pytest
from playwright.sync_api import expect

from concerto.conductor import attachments
from concerto.conductor.copied import note_copied
from concerto.conductor.heads import heads
from concerto.groundwork import clock
from concerto.journal.kinds.panel import PanelMember1
from concerto.journal.models import Attachment, Entry
from tests.cast import TOWNSHIP, VILLAGE_A

from .test_attachments import photo

PDF = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
KEPT = """async () => {
  const name = (await indexedDB.databases()).map((one) => one.name).find((one) => one.startsWith("concerto-papers-"));
  if (!name) return [];
  const base = await new Promise((done) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => done(asked.result);
  });
  const files = await new Promise((done) => {
    const asked = base.transaction("files").objectStore("files").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  base.close();
  return files.map(({ box }) => new TextDecoder("latin1").decode(box));
}"""


@pytest.fixture
def on_the_panel(world) -> None:
    """lin mediates for village A, by a line of the panel."""
    body = PanelMember1(
        panel_member=world.pen.new_id(), unit=VILLAGE_A, how="elected", since=clock.today(), account=world.lin.id
    )
    item = world.pen.item(body, unit=VILLAGE_A, by=world.wang, on=clock.today(), at=clock.now())
    [receipt] = world.receive(item, by=world.wang, at=clock.now())
    assert receipt.stands, receipt


def settles(phone) -> None:
    """Settle a goat quarrel on the spot."""
    page = phone.page
    phone.go("spot", "Settled on the spot")
    page.locator("label:has([name=afraid][value=no])").click()
    page.get_by_label("What it was about").select_option(label="Damage by livestock")
    page.get_by_label("Side A, name").fill("杨春生")
    page.get_by_label("Side B, name").fill("努尔兰·别克")
    page.get_by_label("What they agreed").fill("赔一百块，羊圈修好")
    for side in ("a", "b"):
        page.locator(f"label:has([name={side}_wanted])").click()
    page.locator("label.choice", has_text="林晓").click()
    phone.press("Read it over")
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()


def test_a_photo_is_attached_without_signal_and_leaves_the_phone_once_a_copy_has_it(on_the_panel, phone, world):
    page = phone.page
    taken = photo(page)
    phone.without_signal()
    settles(phone)
    page.get_by_role("link", name="Photo of the paper").click()
    phone.heading("Photo of the paper")
    phone.press("Attach it")
    expect(page.get_by_text("Take a photo or choose a file first")).to_be_visible()  # nothing was recorded
    page.locator("input[type=file]").set_input_files({"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": taken})
    expect(page.get_by_text("Ready,")).to_be_visible()
    phone.look("paper")
    phone.press("Attach it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    [kept] = page.evaluate(KEPT)
    assert "JFIF" not in kept  # sealed: nobody looks at it here
    assert not Attachment.objects.exists()

    phone.kill()
    phone.on("/field/#out")
    phone.in_signal_again()
    phone.is_signed_in(world.lin)
    phone.opens()
    phone.go("out", "Outbox")
    expect(phone.page.locator("[data-group=sent] li")).to_have_count(2, timeout=40_000)
    digest = waits_for(lambda: Attachment.objects.values_list("digest", flat=True).first())
    data = attachments.read(TOWNSHIP, digest, at=clock.now())
    assert data is not None
    assert b"Exif" not in data
    assert b"JFIF" in data
    assert Entry.objects.get(kind="case_attachment").author == world.lin.id
    assert len(phone.page.evaluate(KEPT)) == 1  # no copy has it yet

    before = Entry.objects.count()
    phone.records_nobody_home(world.house_1.id)
    waits_for(lambda: Entry.objects.count() > before)  # a copy that holds it is later than the file
    note_copied(heads())
    phone.page.reload()
    phone.opens()
    waits_for(lambda: phone.page.evaluate(KEPT) == [])


def test_a_pdf_is_attached_as_a_photo_is_and_what_the_server_can_t_take_is_said(on_the_panel, phone, world):
    page = phone.page
    phone.without_signal()
    settles(phone)
    page.get_by_role("link", name="Photo of the paper").click()
    chosen = page.locator("input[type=file]")
    chosen.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"no pdf"})
    phone.says("neither a photo (JPEG, PNG) nor a PDF")
    chosen.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-" + b" " * (5 << 20)})
    phone.says("A file has at most 5 MB.")
    phone.press("Attach it")
    assert phone.shelf("shelf => shelf.entries().then((rows) => rows.length)") == 1  # the settlement alone
    chosen.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(page.get_by_text("Ready,")).to_be_visible()
    phone.press("Attach it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    phone.in_signal_again()
    digest = waits_for(lambda: Attachment.objects.values_list("digest", flat=True).first())
    assert attachments.read(TOWNSHIP, digest, at=clock.now()) == PDF

    phone.go("paper/" + str(Entry.objects.get(kind="spot_settlement").id), "Photo of the paper")
    told = PDF.replace(b"%%EOF", b"/Author (Lin)\n%%EOF")
    page.locator("input[type=file]").set_input_files({"name": "b.pdf", "mimeType": "application/pdf", "buffer": told})
    phone.press("Attach it")
    phone.says("A paper that you attached was not taken. This file tells more than the paper")
    phone.look("paper-untaken")
    notice = page.locator("#notices .notice", has_text="was not taken")
    notice.get_by_role("button", name="I have read it").click()
    expect(page.locator("#notices")).not_to_contain_text("was not taken")


def waits_for(found, seconds: int = 40):
    """Wait until something is so, and give it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what := found():
            return what
        time.sleep(0.2)
    raise AssertionError("it did not come")
