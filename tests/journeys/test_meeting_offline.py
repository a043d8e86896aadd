"""A meeting is recorded on a phone without signal: who was there, how it voted; and sent when there is signal again."""

import json

import pytest
from playwright.sync_api import expect

from concerto.journal.models import Entry
from concerto.register.models import Household
from tests.faces.desk.test_meeting_form import seat, twenty

__all__ = ["twenty"]
pytestmark = pytest.mark.django_db(transaction=True)


def opens_the_form_without_signal(taken, world, sec):
    phone = taken(locale="en-GB").on()
    phone.is_signed_in(sec)
    phone.is_set_up()
    phone.meets_the_server()
    phone.without_signal()
    phone.go(f"meeting/{world.branch_a.id}", "Record a meeting")
    return phone


def test_ten_of_twenty_do_not_carry_eleven_do_and_it_is_sent(taken, world, sec, twenty):
    phone = opens_the_form_without_signal(taken, world, sec)
    page = phone.page
    page.locator("[name=form][value=members]").check(force=True)
    away = [one for one in twenty["voters"] if one not in twenty["exempt"]][:3]
    for member in away:
        page.locator(f'[data-member="{member}"] [value=absent]').check(force=True)
    phone.press("All others present")
    expect(page.locator("[data-how] [value=absent]:checked")).to_have_count(3)
    expect(page.get_by_text("This phone knows no member")).to_be_hidden()
    for member in twenty["exempt"]:
        page.locator(f'[data-member="{member}"] [value=present]').check(force=True)
    for member in twenty["exempt"]:
        expect(page.locator(f'[data-member="{member}"] [type=radio]')).to_have_count(1)
    for member in twenty["others"]:
        assert page.locator(f'[data-member="{member}"]').get_attribute("data-has-vote") is None

    page.locator("[name=item_1][value=vote]").check(force=True)
    page.locator("[name=yes_1]").fill("10")
    expect(page.locator("[data-vote-line]").first).to_have_text("due 20, present 17, at least 11")  # it adds up to 10
    phone.press("Record it")
    expect(page.locator("[data-field=yes_1].has-error [data-mistake]")).to_be_visible()
    phone.shot("meeting-refused")
    page.locator("[name=no_1]").fill("7")
    expect(page.locator("[data-vote-line]").first).to_have_text(
        "due 20, present 17, at least 11, in favour 10, not passed"
    )
    page.locator("[name=yes_1]").fill("11")
    page.locator("[name=no_1]").fill("6")
    expect(page.locator("[data-vote-line]").first).to_have_text("due 20, present 17, at least 11, in favour 11, passed")
    phone.shot("meeting")
    phone.press("Record it")  # whoever goes on before it is recorded is not called back
    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(1)

    body = json.loads(Entry.objects.get(kind="meeting").said)["body"]
    assert sorted(body["base"]) == sorted(twenty["voters"])
    assert body["items"][0]["votes"] == {"yes": 11, "no": 6}


def test_of_a_committees_meeting_one_tap_marks_its_seats_alone(taken, world, sec, twenty):
    seated = twenty["voters"][2:5]
    for member in seated:
        seat(world, member)
    phone = opens_the_form_without_signal(taken, world, sec)
    page = phone.page
    expect(page.get_by_role("button", name="All others present")).to_be_hidden()
    page.locator("[name=form][value=committee]").check(force=True)
    due = [row for row in seated if row not in twenty["exempt"]]
    phone.press("All others present")
    expect(page.locator("[data-how] [value=present]:checked")).to_have_count(len(due))
    expect(page.locator("[data-how]:visible")).to_have_count(len(seated))
    page.locator("[data-rest] summary").click()
    page.locator(f'[data-rest] [data-member="{twenty["others"][0]}"] [value=observer]').check(force=True)
    expect(page.locator("[data-rest] summary")).to_contain_text("marked among them: 1")
    phone.shot("meeting-committee")
    for member in set(seated) - set(due):
        page.locator(f'[data-member="{member}"] [value=present]').check(force=True)
    phone.press("Record it")
    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(1)
    body = json.loads(Entry.objects.get(kind="meeting").said)["body"]
    assert sorted(body["base"]) == sorted(seated)
    assert len(body["attendance"]) == len(seated) + 1


def test_that_nobody_is_marked_is_asked_once_and_then_recorded(taken, world, sec, twenty):
    phone = taken(locale="en-GB").on()
    phone.is_signed_in(sec)
    phone.is_set_up()
    phone.meets_the_server()
    phone.holds(Household.objects.filter(village=world.village_a.id).count())  # who is on the roll comes with the cards
    phone.go(f"meeting/{world.branch_a.id}", "Record a meeting")
    page = phone.page
    page.locator("[name=form][value=none]").check(force=True)
    page.locator("[name=contents][value=theme_day]").check(force=True)
    asked = page.locator("[data-notice]", has_text="Nobody is marked as there")
    phone.press("Record it")
    expect(asked).to_be_visible()
    phone.press("Record it")
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(1)
    assert "attendance" not in json.loads(Entry.objects.get(kind="meeting").said)["body"]


def test_a_form_opened_before_the_first_fetch_gets_its_roll_and_keeps_what_was_said(taken, world, sec, twenty):
    phone = taken(locale="en-GB").on()
    page = phone.page
    held, is_held = [], True
    phone.context.route("**/field/pull/", lambda route: held.append(route) if is_held else route.continue_())
    phone.is_signed_in(sec)
    phone.is_set_up()
    phone.go(f"meeting/{world.branch_a.id}", "Record a meeting")
    expect(page.get_by_text("This phone knows no member")).to_be_visible()
    page.locator("[name=form][value=members]").check(force=True)
    page.locator("[name=item_1][value=vote]").check(force=True)
    page.locator("[name=yes_1]").fill("12")

    is_held = False
    for route in held:
        route.continue_()
    expect(page.locator("[data-how]")).to_have_count(len(twenty["voters"]) + len(twenty["others"]))
    expect(page.get_by_text("This phone knows no member")).to_be_hidden()
    phone.holds(Household.objects.filter(village=world.village_a.id).count())
    page.wait_for_timeout(600)  # the last of its cards may be followed by another look
    expect(page.locator("[name=form][value=members]")).to_be_checked()
    expect(page.locator("[name=yes_1]")).to_have_value("12")
    expect(page.locator("[name=yes_1]")).to_be_focused()
    page.locator("[name=yes_1]").press_sequentially("3")  # whoever types goes on where they were
    expect(page.locator("[name=yes_1]")).to_have_value("123")
