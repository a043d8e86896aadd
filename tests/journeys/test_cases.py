"""Cases in a real browser: from the first word to the return visit, by several people at several desks."""

import time

import pytest
from playwright.sync_api import expect

from concerto.journal.models import Entry, Tray
from concerto.parts.disputes.models import Case, CaseParty
from tests.cases import panel_line
from tests.cast import TOWNSHIP, VILLAGE_A, enter
from tests.needs import county_desk

from .test_look import CINNABAR, RUNS_OVER, TOO_SMALL, UNNAMED
from .test_need import DESK, PHONE, Walked, day

pytestmark = pytest.mark.django_db(transaction=True)


class Mediated(Walked):
    """One browser in which several people sign in, one after the other, and handle a case through its pages."""

    @property
    def row(self) -> Case:
        return Case.objects.get(id=self.case)

    def party(self, side: str) -> str:
        return str(CaseParty.objects.get(id=self.case, side=side).party)

    def triage(self, *answers: str) -> None:
        self.open("triage")
        for answer in answers:
            self.page.locator(f".triage-answers button[value={answer}]").click()

    def takes_in(self, **answers: str) -> None:
        """Fill the intake's own questions, as it stands open, and send it."""
        told = {
            "afraid": "no",
            "sort": "neighbours",
            "a": "杨春生",
            "b": "努尔兰",
            "summary": "水渠谁先放水",
            **answers,
        }
        self.fills(**told)
        self.page.get_by_role("button", name="Take it in").click()
        self.page.locator(".notice[role=status]").wait_for()
        self.case = self.page.url.rstrip("/").rsplit("/", 1)[1]

    def fills(self, **answers) -> None:
        for name, value in answers.items():
            field = self.page.locator(f"[name={name}]").first
            kind = field.evaluate("field => field.type")
            for one in value if isinstance(value, list) else [value]:
                if kind in ("radio", "checkbox"):
                    self.page.locator(f"[name={name}][value='{one}']").check(force=True)
                elif kind == "select-one":
                    field.select_option(one)
                else:
                    field.fill(one)

    def acts(self, act: str, days_ago: int = 0, *, party: str = "", **answers) -> None:
        """Go from the case's page to the form of a step, and record it."""
        self.open("case", self.case)
        named = self.page.locator(f"main a.button[href*='/{act}/'][href*='{party}']")
        link = named.first if named.count() else self.page.locator(f"main a.button[href*='/{act}/']").first
        if not link.is_visible():
            self.page.locator(".case-more > summary").click()
        link.click()
        answers |= {"party": party} if party else {}
        self.fills(**answers)
        self.page.fill("[name=on]", day(days_ago))
        self.page.get_by_role("button", name="Record it", exact=True).click()
        self.page.locator(".notice[role=status]").wait_for()

    def consents(self, days_ago: int, to: str = "mediation") -> None:
        for side in ("a", "b"):
            self.acts("consent", days_ago, to=to, answer="agreed", party=self.party(side), way="in_person")

    def agreed(self, line, days_ago: int, form: str = "written") -> None:
        """Talk, agree, and let everybody sign but who holds the seal."""
        self.acts("session", days_ago + 1, record="都愿意各让一步")
        self.acts("agree", days_ago, form=form, what_0="单日先上游，双日先下游", by_0=day(1))
        for signed in (f"party:{self.party('a')}", f"party:{self.party('b')}", f"mediator:{line}"):
            self.acts("sign", days_ago, signed=signed)


@pytest.fixture
def walked(page, client, live_server, home):
    return Mediated(page, client, live_server, enter())


@pytest.fixture
def line(walked):
    return panel_line(walked.world, walked.world.med, VILLAGE_A)


def under_way(walked, **answers) -> None:
    """Take a case in and on, forty days ago, with both sides willing."""
    walked.open("case-new")
    walked.takes_in(on=day(60), **answers)
    walked.acts("accept", 59)
    walked.consents(58)


def the_seal_is_set(walked, days_ago: int) -> None:
    """Sign in as who holds the township's seal, who learns a number, and record it."""
    panel_line(walked.world, walked.world.zhou, TOWNSHIP, holds_seal=True)
    walked.sign_in(walked.world.zhou)
    walked.open("cases")
    walked.page.locator(".notice").get_by_role("link", name="Record the seal").click()
    expect(walked.page.locator("main")).to_contain_text(walked.row.number)
    expect(walked.page.locator("main")).not_to_contain_text("杨春生")
    walked.page.locator("main").get_by_role("link", name="Record the seal").click()
    walked.page.fill("[name=on]", day(days_ago))
    walked.page.get_by_role("button", name="Record it").click()
    walked.page.locator(".notice[role=status]").wait_for()
    walked.sign_in(walked.world.med)


def test_on_a_phone_from_the_first_question_to_the_return_visit(walked, line):
    walked.sign_in(walked.world.med)
    walked.triage("neighbours", "no", "no", "talk")
    walked.page.get_by_role("link", name="Take it in").click()
    walked.takes_in(on=day(60))
    walked.acts("accept", 59)
    walked.consents(58)
    walked.acts("tell", 58, party=walked.party("a"), told_of="rights")
    walked.acts("mediator", 57, mediator=str(line))
    walked.agreed(line, 32)
    assert walked.row.stage == "agreed"  # the seal is left off: nothing of it is owed yet
    walked.open("case", walked.case)
    expect(walked.page.locator("#next")).to_contain_text("the committee's seal")
    the_seal_is_set(walked, 30)
    assert (walked.row.stage, walked.row.effect_on.isoformat()) == ("in_effect", day(30))
    walked.consents(20, to="confirmation")
    walked.acts("apply", 0)  # day 30 after the effect
    assert walked.row.court == "applied"
    walked.acts("perform", 0, how="kept")
    walked.acts("visit", 0, words="两家都说好")
    expect(walked.page.locator("#next")).to_contain_text("Nothing more is owed")
    assert walked.row.state == "resolved"
    assert not Tray.objects.exists()


def test_on_day_31_no_court_is_asked_and_the_page_says_why(walked, line):
    walked.sign_in(walked.world.med)
    walked.page.set_viewport_size(DESK)
    under_way(walked)
    walked.agreed(line, 33)
    the_seal_is_set(walked, 31)
    walked.consents(20, to="confirmation")
    walked.open("case", walked.case)
    expect(walked.page.locator(".not-yet")).to_contain_text("30 days")
    walked.open("case-step", walked.case, "apply")
    walked.page.get_by_role("button", name="Record it", exact=True).click()  # today is day 31
    expect(walked.page.locator("main")).to_contain_text("confirmation_out_of_time")
    assert walked.row.court == ""
    walked.acts("apply", 1)  # it was made yesterday, in time
    assert walked.row.court == "applied"


def test_a_divorce_has_no_confirmation(walked, line):
    walked.sign_in(walked.world.med)
    walked.page.set_viewport_size(DESK)
    under_way(walked, sort="marriage_and_family")
    walked.agreed(line, 3)
    the_seal_is_set(walked, 1)
    walked.open("case", walked.case)
    expect(walked.page.locator("main a[href*='/apply/']")).to_have_count(0)
    expect(walked.page.locator(".not-yet")).to_contain_text("No court confirms")


def test_not_ours_ends_within_30_seconds_with_the_right_way_and_no_name(walked):
    walked.sign_in(walked.world.med)
    before, begun = Entry.objects.count(), time.monotonic()
    walked.triage("crime")
    expect(walked.page.locator("main")).to_contain_text("110")
    assert time.monotonic() - begun < 30
    assert Entry.objects.count() == before
    assert walked.page.locator("main input[type=text], main textarea").count() == 0


def test_four_intakes_are_begun_put_aside_and_taken_up_again(walked):
    walked.sign_in(walked.world.med)
    page = walked.page
    for name in ("甲家", "乙家", "丙家"):
        walked.open("case-new")
        walked.fills(afraid="no", sort="neighbours", a=name, summary=f"{name}的事")
        page.get_by_role("button", name="Put it aside, hear another").click()
        expect(page.locator("[name=a]")).to_have_value("")
    expect(page.locator("[data-parked] li")).to_have_count(3)
    expect(page.locator("[data-parked]")).not_to_contain_text("甲家")
    page.locator("[data-take-up]").first.click()
    expect(page.locator("[name=a]")).to_have_value("甲家")
    page.get_by_role("button", name="Take it in").click()
    page.locator(".notice[role=status]").wait_for()
    assert Case.objects.count() == 1
    walked.open("case-new")
    expect(page.locator("[data-parked] li")).to_have_count(2)
    page.get_by_role("button", name="Sign out").first.click()
    walked.sign_in(walked.world.med)
    walked.open("case-new")
    expect(page.locator("[data-parked]")).to_be_hidden()


def test_two_browsers_end_one_case_differently_and_nothing_is_lost(walked, browser, live_server, line):
    walked.sign_in(walked.world.med)
    walked.page.set_viewport_size(DESK)
    under_way(walked)
    other = browser.new_context(viewport=DESK)
    other.add_cookies(walked.page.context.cookies())
    second = Mediated(other.new_page(), walked.client, live_server, walked.world)
    second.case = walked.case
    for one in (walked, second):
        one.open("case-step", walked.case, "end")
    walked.fills(how="not_settled", routes=["court"])
    walked.page.get_by_role("button", name="Record it", exact=True).click()
    walked.page.locator(".notice[role=status]").wait_for()
    second.fills(how="withdrawn", words="甲方说算了")
    second.page.get_by_role("button", name="Record it", exact=True).click()
    expect(second.page.locator(".case-moved-on")).to_contain_text("Somebody was first")
    expect(second.page.locator("[name=words]")).to_have_value("甲方说算了")
    assert walked.row.state == "not_settled"
    other.close()


def test_it_goes_to_a_county_desk_and_comes_back(walked, line):
    clerk = county_desk(walked.world)
    walked.sign_in(walked.world.med)
    walked.page.set_viewport_size(DESK)
    under_way(walked)
    walked.acts("hand", 10, where=str(walked.world.county.id), words="请水务局看看")
    walked.sign_in(clerk)
    walked.acts("receive", 8)
    assert walked.row.desk == walked.world.county.id
    expect(walked.page.locator("h1")).to_contain_text("杨春生")
    walked.acts("done-there", 5, words="水闸修好了")
    walked.open("cases")
    expect(walked.page.locator("main")).not_to_contain_text("杨春生")
    walked.sign_in(walked.world.med)
    walked.open("case", walked.case)
    expect(walked.page.locator(".case-path")).to_contain_text("水闸修好了")
    assert walked.row.desk == VILLAGE_A


def test_a_locked_out_owners_case_is_taken_over_and_its_words_open_only_then(walked):
    walked.sign_in(walked.world.med)
    walked.page.set_viewport_size(DESK)
    walked.open("case-new")
    walked.takes_in(on=day(20))
    walked.world.med.is_active = False
    walked.world.med.save()
    walked.sign_in(walked.world.zhou)
    walked.open("case", walked.case)
    expect(walked.page.locator("main")).not_to_contain_text("杨春生")
    walked.page.get_by_role("link", name="Take the case over").click()
    walked.page.locator("main button[type=submit]").click()
    walked.page.locator(".notice[role=status]").wait_for()
    walked.open("case", walked.case)
    expect(walked.page.locator("h1")).to_contain_text("杨春生")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_nobody_is_left_out_of_the_pages_of_cases(walked, line, obstacles, language):
    walked.sign_in(walked.world.med)
    under_way(walked)
    walked.reads(language)
    case, page = walked.case, walked.page
    acts = ("session", "consent", "agree", "hand", "end", "link", "conflict", "mediator", "weigh", "help", "party")
    pages = [("cases",), ("cases-numbers",), ("case-new",), ("spot",), ("case", case), ("case-openings", case),
             *(("case-step", case, act) for act in acts)]  # fmt: skip
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        for name, *about in pages:
            walked.open(name, *about)
            here = (name, *about, size["width"])
            assert (here, obstacles()) == (here, [])
            assert (here, page.evaluate(UNNAMED)) == (here, [])
            assert (here, page.evaluate(RUNS_OVER)) == (here, 0)
            assert (here, page.evaluate(CINNABAR) <= 1) == (here, True)
            if size is PHONE:
                assert (here, page.evaluate(TOO_SMALL)) == (here, [])
