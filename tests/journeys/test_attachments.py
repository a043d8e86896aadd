"""A photo as a phone takes it is attached to a case in a browser; what its camera wrote beside the picture stays."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from concerto.conductor import attachments
from concerto.journal.models import Attachment
from tests.attached import EXIF, jpeg, pdf
from tests.cases import Matter, panel_line
from tests.cast import TOWNSHIP, VILLAGE_A

from .walker import DESK, PHONE

# A canvas of this browser, large enough to be drawn smaller.
DRAW = """async ([wide, high]) => {
  const canvas = new OffscreenCanvas(wide, high), pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; pen.fillRect(0, 0, wide, high); pen.fillStyle = "#000"; pen.fillRect(40, 40, 900, 60);
  const drawn = await canvas.convertToBlob({ type: "image/jpeg" });
  return [...new Uint8Array(await drawn.arrayBuffer())];
}"""


@pytest.fixture
def matter(world) -> Matter:
    panel_line(world, world.med, VILLAGE_A, holds_seal=True)
    return Matter(world, by=world.med, on="2026-06-20")


@pytest.fixture
def at_the_case(walker, client, world, matter):
    walker.is_signed_in(client, world.med)
    walker.open("case", matter.id)
    return walker


def photo(page) -> bytes:
    """A photo as a camera writes it: with the place, behind its first segment."""
    plain = bytes(page.evaluate(DRAW, [3000, 4000]))
    return plain[:2] + EXIF + plain[2:]


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_photo_leaves_the_browser_as_a_picture_alone(at_the_case, size, tmp_path):
    page = at_the_case.page
    page.set_viewport_size(size)
    taken = photo(page)
    at_the_case.follow("Attach a paper")
    files = [
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": taken},
        {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": pdf()},
    ]
    page.locator("[name=files]").set_input_files(files)
    at_the_case.press("Attach it")
    expect(page.get_by_text("The papers are attached.")).to_be_visible()
    kept = [attachments.place(TOWNSHIP, one.digest).read_bytes() for one in Attachment.objects.all()]
    assert pdf() in kept
    [drawn] = [data for data in kept if data != pdf()]
    assert b"Exif" not in drawn
    assert len(drawn) < len(taken)
    at_the_case.follow("Open the papers")
    expect(page.locator("main article")).to_have_count(1)
    page.screenshot(path=tmp_path / f"papers-{size['width']}.png", full_page=True)
    with page.expect_download() as saved:
        page.locator("main li", has_text="PDF").get_by_role("button", name="Open").click()
    assert saved.value.path().read_bytes() == pdf()
    page.locator("main li", has_text="Photo").get_by_role("button", name="Open").click()
    page.wait_for_url("**/papers/*/")
    assert page.evaluate("document.images[0].naturalHeight") == 2400


def test_without_scripts_a_photo_that_tells_more_is_refused_and_why_is_said(
    browser, live_server, client, world, matter, settings
):
    client.force_login(world.med)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}{reverse('desk:case-attachments', args=[matter.id])}")
    told = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": jpeg(EXIF)}
    page.locator("[name=files]").set_input_files(told)
    page.locator("main form[enctype] button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("file_tells_more")
    assert not Attachment.objects.exists()
    context.close()
