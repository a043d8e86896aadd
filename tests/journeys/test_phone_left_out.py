"""Whom somebody leaves out of the week at the desk: on the phone they stand apart, still owed, without signal too."""

from playwright.sync_api import expect

from concerto.groundwork import clock
from concerto.places import leaving_out
from tests.cast import TOWNSHIP

LEFT_OUT = "Left out by you this week"


def test_whom_the_desk_leaves_out_stands_apart_on_the_phone_and_comes_back(phone, world):
    page = phone.page
    phone.go("today/trip", "Today")
    stop = page.locator(f"[data-put=groups] a[href^='#visit/{world.house_1.id}']")
    expect(stop).to_have_count(1)
    apart = page.locator("[data-put=groups] section", has_text=LEFT_OUT)
    expect(apart).to_have_count(0)

    leaving_out.leave_out(world.lin.id, TOWNSHIP, world.house_1.id, asof=clock.today())
    phone.meets_the_server()
    expect(apart).to_have_count(1)
    expect(apart.locator(f"a[href^='#visit/{world.house_1.id}']")).to_have_count(1)
    expect(stop).to_have_count(1)
    phone.without_signal()
    phone.go("today", "Today")
    phone.go("today/trip", "Today")
    expect(apart).to_contain_text("You left them out at the desk")
    phone.look("left out of the week")

    leaving_out.take_in(world.lin.id, TOWNSHIP, world.house_1.id, asof=clock.today())
    phone.in_signal_again()
    phone.meets_the_server()
    expect(apart).to_have_count(0)
    expect(stop).to_have_count(1)
