"""Where a dispute belongs, on a phone without signal: the same questions, and no answer stays anywhere."""

from playwright.sync_api import expect


def test_where_a_dispute_belongs_is_asked_without_signal_and_nothing_stays(phone):
    page = phone.page
    phone.without_signal()
    phone.go("record", "Record")
    page.get_by_role("link", name="Where a dispute belongs").click()
    phone.heading("What happened?")
    phone.look("triage")
    page.get_by_role("button", name="Pasture, land, fence, lease").click()
    phone.heading("Is anybody in danger or afraid? Ask alone.")
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_role("button", name="Yes", exact=True).click()
    phone.heading("Whose it is, or who may use it: the government decides")
    expect(page.get_by_text("both sides leave things as they are")).to_be_visible()
    phone.look("triage end")
    page.get_by_role("button", name="Back one question").click()
    phone.heading("Is it about whose it is, or who may use it? (certificate, map, boundary)")
    assert page.url.endswith("#triage")
    page.reload()
    phone.heading("What happened?")  # nothing was kept, and no PIN is asked for it
    page.get_by_role("button", name="Violence or control at home").click()
    phone.heading("Protect the person first; no talking round")
    expect(page.locator("main a[href='tel:12338']")).to_have_count(1)
    expect(page.get_by_text("mediation committee")).to_have_count(0)
