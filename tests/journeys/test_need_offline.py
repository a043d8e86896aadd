"""A need on a phone without signal: its card says how far it is, a step and the household's word are a tap away."""

from datetime import timedelta
from uuid import uuid4

import msgspec
from playwright.sync_api import expect

from concerto.conductor.receive import receive
from concerto.groundwork import clock
from concerto.journal.kinds.households import Helper1
from concerto.journal.kinds.needs import Need1, NeedStep1
from concerto.journal.models import Proof, Tray
from concerto.parts.assistance.models import Need
from tests.cast import VILLAGE_A


def test_a_need_goes_on_without_signal_and_its_state_is_the_servers(phone, world):
    page = phone.page
    phone.without_signal()
    phone.go(f"card/{world.house_1.id}", "household")
    row = page.locator("[data-put=needs] li")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Heard")
    phone.look("open needs")
    row.get_by_role("link", name="Take it on").click()
    phone.heading("Take it on")
    page.locator(f"label:has([name=owner][value='{world.lin.id}'])").click()
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    phone.go(f"card/{world.house_1.id}", "household")
    expect(row).to_contain_text("Somebody sees to it")
    expect(row).to_contain_text("林晓 sees to it")
    row.get_by_role("link", name="It is done").click()
    phone.heading("It is done")
    phone.shot("need done")
    page.locator("label:has([name=outcome][value=solved])").click()
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    phone.go(f"card/{world.house_1.id}", "household")
    row.get_by_role("link", name="What the household says").click()
    page.locator("label:has([name=word][value=partly])").click()
    page.locator("label:has([name=through][value=visit])").click()
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    page.get_by_role("link", name="Open the entry").click()
    phone.says("Partly")
    phone.go(f"card/{world.house_1.id}", "household")
    said = row.locator("[data-put=meta]").inner_text()
    assert Need.objects.get(id=world.need).state == "heard"

    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(3, timeout=40_000)
    need = Need.objects.get(id=world.need)
    assert (need.state, need.owner) == ("reopened", world.lin.id)
    phone.go(f"card/{world.house_1.id}", "household")
    expect(row.locator("[data-put=here]")).to_have_count(0)
    expect(row.locator("[data-put=meta]")).to_have_text(said)


def test_a_need_that_is_not_ours_is_noted_without_signal_with_who_decides_it(phone, world):
    page = phone.page
    phone.without_signal()
    phone.go(f"card/{world.house_1.id}", "household")
    row = page.locator("[data-put=needs] li")
    row.get_by_role("link", name="Not ours").click()
    phone.heading("Not ours")
    phone.look("need not ours")
    page.locator("label:has([name=route][value=water])").click()
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    page.get_by_role("link", name="Open the entry").click()
    phone.says("Water affairs", "main")
    phone.go(f"card/{world.house_1.id}", "household")
    expect(row).to_contain_text("Not ours")
    expect(row.get_by_role("link")).to_have_count(0)
    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(1, timeout=40_000)
    assert Need.objects.get(id=world.need).state == "not_ours"


def test_a_need_is_walked_to_no_answer_without_signal_and_nothing_comes_back(phone, world):
    page = phone.page
    opened = clock.today() - timedelta(days=12)
    body = Need1(need=uuid4(), sort="water", words="", household=world.house_2.id)
    sealed = world.pen.seal(body.need, "水管坏了")
    body = msgspec.structs.replace(body, words=sealed.digest)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, at=clock.now(), on=opened, sealed=[sealed])
    [receipt] = receive([item], brought_by=world.lin, at=clock.now())
    assert receipt.stands, receipt
    phone.without_signal()
    phone.in_signal_again()
    phone.go(f"card/{world.house_2.id}", "household")
    row = page.locator("[data-put=needs] li")
    expect(row).to_contain_text("Heard", timeout=40_000)
    phone.without_signal()

    def step(name, *chosen, on=None, **written):
        phone.go(f"card/{world.house_2.id}", "household")
        row.get_by_role("link", name=name, exact=True).click()
        phone.heading(name)
        assert phone.obstacles() == []
        for one in chosen:
            page.locator(f"label:has({one})").click()
        if on:
            page.locator("label:has([name=day][value=other])").click()
            page.locator("[name=on]").fill(on.isoformat())
        for field, words in written.items():
            page.locator(f"[name={field}]").fill(words)
        phone.press("Record it")

    def recorded(name, *chosen, **more):
        step(name, *chosen, **more)
        page.get_by_role("heading", name="Recorded", exact=True).wait_for()

    step("The household was told", "[name=told_of][value=interim]", "[name=way][value=visit]", until=str(clock.today()))
    phone.says("choose a later one")
    phone.shot("told until when")
    page.locator("label:has([name=told_of][value=answer])").click()
    page.locator("label:has([name=day][value=other])").click()
    page.locator("[name=on]").fill((opened - timedelta(days=1)).isoformat())
    phone.press("Record it")
    phone.says("before")
    page.locator("[name=on]").fill(opened.isoformat())
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    assert page.evaluate("location.hash.startsWith('#done/')")
    recorded("Asked, not reached", "[name=way][value=visit]", on=opened)
    phone.go(f"card/{world.house_2.id}", "household")
    expect(row.get_by_role("link", name="No answer", exact=True)).to_have_count(0)
    recorded("Asked, not reached", "[name=way][value=message]")
    phone.go(f"card/{world.house_2.id}", "household")
    phone.look("a need that was asked twice")
    recorded("No answer")
    phone.go(f"card/{world.house_2.id}", "household")
    expect(row.locator("[data-put=meta]")).to_contain_text("No answer")
    expect(row.get_by_role("link")).to_have_count(0)

    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(4, timeout=40_000)
    assert Need.objects.get(id=body.need).state == "no_answer"
    assert not Tray.objects.exists()


def test_today_names_a_need_by_what_it_is_about_and_by_its_household(phone, world):
    page = phone.page
    phone.go("today", "Today")
    line = page.locator(".owed li", has_text="Water")
    expect(line.first).to_contain_text("阿依努尔")
    phone.without_signal()
    assert phone.obstacles() == []
    line.first.get_by_role("link").click()
    phone.heading("household")
    expect(page.locator("[data-put=needs] li")).to_contain_text("Water")


def test_two_who_name_an_owner_unseen_are_shown_both_and_mine_can_stand(phone, world):
    page, need = phone.page, world.need
    phone.without_signal()
    phone.go(f"card/{world.house_1.id}", "household")
    page.locator("[data-put=needs] li").get_by_role("link", name="Take it on").click()
    page.locator(f"label:has([name=owner][value='{world.lin.id}'])").click()
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    body = NeedStep1(need=need, household=world.house_1.id, step="owned", owner=world.sec.id)
    saw = {f"{need}.owner": None}
    item = world.pen.item(body, unit=VILLAGE_A, by=world.sec, at=clock.now(), on=clock.today(), saw=saw)
    [receipt] = receive([item], brought_by=world.sec, at=clock.now())
    assert receipt.stands, receipt

    phone.in_signal_again()
    phone.go("out", "Outbox")
    both = page.locator("main a", has_text="Look at both sides").get_attribute("href", timeout=40_000)
    phone.go(both.removeprefix("#"), "Two versions")
    expect(page.locator("[data-put=theirs]")).to_contain_text("赛力克·别克 sees to it", timeout=40_000)
    phone.look("two owners of a need")
    page.locator("label.version:has([value=mine])").click()
    phone.press("Let it stand so")
    expect(page.locator("[data-group=sent] li")).to_have_count(1, timeout=40_000)
    assert Need.objects.get(id=need).owner == world.lin.id


def test_a_good_thing_done_is_recorded_without_signal(phone, world):
    page = phone.page
    phone.without_signal()
    phone.go(f"card/{world.house_1.id}", "household")
    page.get_by_role("link", name="Record a good thing done").click()
    phone.heading("Record a good thing done")
    page.locator("[name=line]").fill("修好了羊圈")
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    page.get_by_role("link", name="Open the entry").click()
    phone.heading("Good thing done")
    phone.says("修好了羊圈")
    page.get_by_role("link", name="Correct").click()
    page.locator("[name=line]").fill("修好了羊圈和水槽")
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()

    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(2, timeout=40_000)
    assert Proof.objects.filter(kind="deed", about=world.house_1.id).count() == 1


def test_a_good_thing_done_for_several_households_is_one_entry(phone, world):
    page = phone.page
    for house in (world.house_2, world.house_3):
        body = Helper1(link=uuid4(), household=house.id, helper=world.lin.id, agreement="agreed")
        [receipt] = receive([world.pen.item(body, unit=VILLAGE_A, by=world.lin)], brought_by=world.lin, at=clock.now())
        assert receipt.stands, receipt
    phone.without_signal()
    phone.in_signal_again()
    phone.go(f"card/{world.house_3.id}", "household")
    page.get_by_text("What the household said:").wait_for(timeout=40_000)
    phone.without_signal()
    phone.go("record", "Record")
    page.locator("[data-put=deeds] a").click()
    phone.heading("Record a good thing done")
    phone.look("a good thing for several")
    page.locator(f"label:has([name=households][value='{world.house_2.id}'])").click()
    page.locator("[name=line]").fill("一起修了水渠")
    phone.press("Record it")
    phone.says("Choose two households at least")
    page.locator(f"label:has([name=households][value='{world.house_3.id}'])").click()
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    phone.says("2 households")
    page.get_by_role("link", name="Open the entry").click()
    phone.says("一起修了水渠")
    phone.says("王建国")

    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(1, timeout=40_000)
    assert set(Proof.objects.filter(kind="deed").values_list("about", flat=True)) == {
        world.house_2.id, world.house_3.id,
    }  # fmt: skip
