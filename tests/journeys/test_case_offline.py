"""A case in a mediator's hands, on the pasture: its steps are recorded one behind the other without signal."""

import pytest
from playwright.sync_api import expect

from concerto.groundwork import clock
from concerto.journal.models import Attachment
from concerto.parts.disputes.models import Case, CaseItem, CaseStep
from tests.cases import Matter, panel_line
from tests.cast import TOWNSHIP, VILLAGE_A
from tests.journeys.test_attachments_offline import PDF
from tests.journeys.test_spot import REFUSED, button


@pytest.fixture
def matter(world) -> Matter:
    """A case that lin mediates, by a line of the panel: taken on, nobody asked yet."""
    line = panel_line(world, world.lin, VILLAGE_A)
    found = Matter(world, on="2026-11-19")
    assert found.step("accepted", "2026-11-20") == "accepted"
    assert found.step("mediator", "2026-11-20", mediator=line, account=world.lin.id) == "accepted"
    return found


def opens_it(phone, words: str = "杨春生 and 努尔兰·别克") -> None:
    phone.go("today", "Today")
    phone.page.locator("main").get_by_role("link", name=words).click(timeout=40_000)
    phone.heading(words)


def chooses(phone, name: str, words: str) -> None:
    phone.page.locator(f"[data-field={name}] label.choice", has_text=words).first.click()


def records(phone) -> None:
    phone.press("Record it")
    phone.page.get_by_role("heading", name="Recorded", exact=True).wait_for()


def test_without_signal_two_consents_a_talk_and_what_they_agreed_are_recorded_in_order(matter, phone):
    page = phone.page
    opens_it(phone)
    phone.says("界桩被水冲走了", "main")
    phone.says("Ask each party by itself", "main")
    phone.look("case taken on")
    phone.without_signal()
    for name in ("杨春生", "努尔兰·别克"):
        page.locator("main .call-row", has_text=name).get_by_role("link", name="Record what they say").click()
        phone.heading("What a party says")
        expect(page.locator("[data-field=party] label.choice:has(:checked)")).to_have_text(name)
        chooses(phone, "answer", "Yes")
        phone.look("case consent")
        records(phone)
        page.locator("main").get_by_role("link", name="To the case").click()
    phone.says("Both sides are willing", "main")
    page.locator("main").get_by_role("link", name="They were talked with").click()
    phone.heading("They were talked with")
    page.get_by_label("What was said", exact=True).fill("都愿意各让一步")
    page.get_by_label("What side A said alone").fill("想要一句道歉")
    phone.look("case talk")
    records(phone)
    page.locator("main").get_by_role("link", name="To the case").click()
    phone.says("Talk again, or write down", "main")
    page.locator("main").get_by_role("link", name="What they agreed").click()
    phone.heading("What they agreed")
    chooses(phone, "form", "By word")
    page.get_by_label("What is to be done").first.fill("立三根界桩")
    page.locator("[name=amount_0]").fill("120.5")
    phone.look("case agreement")
    records(phone)
    page.locator("main").get_by_role("link", name="Photo of the paper").click()
    paper = {"name": "调解书.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.locator("input[type=file]").set_input_files(paper)
    phone.press("Attach it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    phone.go(f"case/{matter.id}", "杨春生 and 努尔兰·别克")
    phone.says("Ask whether what was agreed is done", "main")
    phone.says("立三根界桩", "main")
    expect(page.locator("main .out-list li")).to_have_count(5)
    phone.look("case in effect")
    assert matter.row.stage == "accepted"

    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(5, timeout=40_000)
    row = Case.objects.get(log=TOWNSHIP, id=matter.id)
    assert (row.stage, row.state, row.outcome) == ("in_effect", "resolved", "oral")
    path = list(CaseStep.objects.filter(log=TOWNSHIP, id=matter.id, on=clock.today()).order_by("n").values_list("kind"))
    kinds = [kind for (kind,) in path]
    assert kinds == ["consent", "consent", "willing", "session", "agreement", "in_effect"]
    [item] = CaseItem.objects.filter(log=TOWNSHIP, id=matter.id)
    assert item.amount == 12050
    expect(page.locator("[data-group=sent] li")).to_have_count(5)
    for _ in range(100):  # the paper goes behind what tells of it, in pieces
        if Attachment.objects.filter(log=TOWNSHIP).exists():
            break
        page.wait_for_timeout(200)
    assert Attachment.objects.filter(log=TOWNSHIP).count() == 1


def test_what_is_missing_is_said_and_a_step_is_undone_where_it_was_recorded(matter, phone):
    page = phone.page
    opens_it(phone)
    phone.without_signal()
    page.locator("main .call-row", has_text="杨春生").get_by_role("link", name="Record what they say").click()
    phone.press("Record it")
    expect(page.locator(".has-error")).to_have_count(1)
    chooses(phone, "answer", "No")
    records(phone)
    button(page, "Undo").click()
    phone.says("What a party says, taken back", "main")
    page.locator("main").get_by_role("link", name="To the case").click()
    expect(page.locator("main .call-row", has_text="杨春生")).to_contain_text("not asked yet")


def test_a_case_that_left_these_hands_leaves_the_phone_with_what_was_being_written_of_it(matter, phone, world):
    page = phone.page
    opens_it(phone)
    page.locator("main").get_by_role("link", name="End it").click()
    page.get_by_label("What is to be noted").fill("还没写完")
    page.wait_for_timeout(1500)
    assert phone.shelf("(shelf) => shelf.drafts().then((all) => all.length)") == 1
    other = panel_line(world, world.ma, VILLAGE_A)
    assert matter.step("mediator", "2026-11-20", mediator=other, account=world.ma.id) == "accepted"
    phone.go("out", "Outbox")
    phone.meets_the_server()
    phone.go("today", "Today")
    expect(page.get_by_role("link", name="杨春生 and 努尔兰·别克")).to_have_count(0, timeout=40_000)
    assert phone.shelf("(shelf) => shelf.drafts().then((all) => all.length)") == 0
    phone.go(f"case/{matter.id}", "Nothing here by that name")


def test_what_was_sent_back_comes_with_words_and_is_mended_with_what_was_written(matter, phone):
    page = phone.page
    opens_it(phone)
    phone.without_signal()
    page.locator("main").get_by_role("link", name="End it").click()
    chooses(phone, "how", "They withdraw it")
    page.get_by_label("What is to be noted").fill("双方都不想再说")
    records(phone)
    assert matter.consent(matter.a, on="2026-11-20") == "accepted"
    assert matter.step("ended", "2026-11-20", how="withdrawn") == "accepted"  # somebody else was first
    phone.in_signal_again()
    phone.go("out", "Outbox")
    clash = page.locator("[data-group=clash] li, [data-group=back] li")
    expect(clash).to_have_count(1, timeout=40_000)
    phone.look("case outbox")
    clash.get_by_role("link").last.click()
    expect(page.locator("main")).to_contain_text("双方都不想再说")
    phone.look("case two versions")


def takes_in(phone) -> None:
    page = phone.page
    phone.go("case/new/intake", "Take it in as a case")
    expect(page.locator("main [data-field]:visible")).to_have_count(1)  # first whether anybody is afraid
    chooses(phone, "afraid", "No")


def test_without_signal_a_quarrel_is_taken_in_and_after_signal_the_desk_has_it_without_an_answer_yet(taken, world):
    phone = taken().on()
    phone.is_signed_in(world.med)
    phone.is_set_up()
    phone.go("list", "Households")
    expect(phone.page.locator(".house-row").first).to_be_visible()
    page = phone.page
    phone.without_signal()
    takes_in(phone)
    phone.press("Record it")
    expect(page.locator(".has-error")).to_have_count(3)
    phone.look("case taken in")
    page.get_by_label("What it was about").select_option(label="Marriage and family")
    page.get_by_label("Side A, name").fill("杨春生")
    page.get_by_label("Side B, name").fill("努尔兰·别克")
    page.get_by_label("What happened, and what is wanted").fill("老人留下的草场怎么分")
    records(phone)
    assert not Case.objects.exists()
    assert phone.shelf("(shelf) => shelf.drafts().then((all) => all.length)") == 0

    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(1, timeout=40_000)
    row = Case.objects.get(log=TOWNSHIP)
    assert (row.stage, row.desk, row.unit, row.sort) == ("brought", VILLAGE_A, VILLAGE_A, "marriage_and_family")
    assert (row.accepted_on, row.parties, row.brought_by) == (None, 2, world.med.id)
    opens_it(phone)
    phone.says("老人留下的草场怎么分", "main")
    phone.says("Say whether it is taken on", "main")


def test_from_triage_it_is_taken_in_and_one_that_was_sent_back_is_mended_as_the_same_case(phone):
    page = phone.page
    phone.without_signal()
    phone.go("triage", "What happened?")
    for answer in ("Neighbours", "No", "No", "Somebody to help"):
        page.locator("main .choices button", has_text=answer).first.click()
    page.locator("main").get_by_role("link", name="Take it in as a case").click()
    phone.heading("Take it in as a case")
    chooses(phone, "afraid", "No")
    page.get_by_label("What it was about").select_option(label="Debts")
    page.get_by_label("Side A, name").fill("杨春生")
    page.get_by_label("What happened, and what is wanted").fill("借了不还")
    records(phone)
    phone.shelf(REFUSED)
    phone.go("out", "Outbox")
    page.locator("[data-group=back] li a.name").click()
    for words in ("杨春生", "借了不还", "Debts"):
        expect(page.locator("main .facts").first).to_contain_text(words)
    page.go_back()
    page.locator("[data-group=back] li").get_by_role("link", name="Mend it").click()
    phone.heading("Take it in as a case")
    expect(page.get_by_label("What happened, and what is wanted")).to_have_value("借了不还")
    phone.look("case taken in, sent back")
    page.get_by_label("Side B, name").fill("努尔兰·别克")
    records(phone)
    first, again = phone.shelf("(shelf) => shelf.entries().then((all) => all.map(({ item }) => JSON.parse(item.said)))")
    assert again["instead_of"] == [first["id"]]
    assert again["body"]["case"] == first["body"]["case"]
    assert again["body"]["parties"][0]["party"] == first["body"]["parties"][0]["party"]
    assert [one["side"] for one in again["body"]["parties"]] == ["a", "b"]
    phone.go(f"case/new/intake/{first['id']}", "Nothing here by that name")  # it was mended already


def test_of_somebody_afraid_nothing_of_what_was_written_stays(phone):
    phone.without_signal()
    takes_in(phone)
    phone.page.get_by_label("Side A, name").fill("杨春生")
    phone.page.wait_for_timeout(1500)
    assert phone.shelf("(shelf) => shelf.drafts().then((all) => all.length)") == 1
    chooses(phone, "afraid", "Yes")
    phone.page.locator("main").get_by_role("link", name="Note it for the centre alone").wait_for()
    assert phone.shelf("(shelf) => shelf.drafts().then((all) => all.length)") == 0
    expect(phone.page.locator("body")).not_to_contain_text("Draft kept")
    phone.go("today", "Today")
    takes_in(phone)
    expect(phone.page.get_by_label("Side A, name")).to_have_value("")


def test_in_chinese_it_is_the_same(matter, taken, world):
    phone = taken(locale="zh-CN").on()
    phone.is_signed_in(world.lin)
    phone.page.goto(f"{phone.home}/field/#enrol")
    phone.page.reload()
    phone.page.locator("[name=private][value=no]").check(force=True)
    for name in ("pin", "again"):
        phone.page.locator(f"[name={name}]").fill("482913")
    phone.page.locator("main button[type=submit]").click()
    phone.heading("手机设好了")
    phone.go("today", "今天")
    phone.look("case today")
    phone.page.locator("main").get_by_role("link", name="杨春生与努尔兰·别克").click(timeout=40_000)
    phone.heading("杨春生与努尔兰·别克")
    phone.look("case")
    phone.page.locator("main .call-row").first.get_by_role("link").first.click()
    phone.page.locator("main form [data-field=answer]").wait_for()
    phone.look("case consent")
    phone.go("today", "今天")
    phone.page.locator("main").get_by_role("link", name="登记受理").click()
    phone.heading("登记受理")
    phone.page.locator("[data-field=afraid] label.choice").first.click()
    phone.page.get_by_label("甲方姓名").fill("杨春生")
    phone.look("case taken in")
