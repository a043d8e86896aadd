"""Who sees a debt on the day of looking: whoever holds the post, the deputy, and while nobody does those above."""

from datetime import date

from concerto.rulebook.facts import Absence, Facts, Posting, Unit
from concerto.rulebook.owing import Owner, who_sees

DAY = date(2026, 5, 20)
UNITS = (
    Unit(id="T", kind="township"),
    Unit(id="V", kind="village", township="T"),
    Unit(id="B", kind="branch", township="T", serves="V"),
    Unit(id="centre", kind="desk", township="T"),
)
LIN = Posting(account="lin", role="instructor", unit="B", since=date(2026, 1, 1))
CHEN = Posting(account="chen", role="branch_secretary", unit="B", since=date(2026, 1, 1))
OUYANG = Posting(account="ouyang", role="township_organizer", unit="T", since=date(2026, 1, 1))
POST, BRANCH = Owner("post", "V", "instructor"), Owner("branch", "B")


def sees(owner: Owner, *postings: Posting) -> tuple:
    return who_sees(owner, Facts(units=UNITS, postings=postings), on=DAY)


def test_a_posts_debts_are_seen_by_whoever_holds_it_wherever_they_are_posted():
    assert sees(POST, LIN, CHEN, OUYANG) == ("lin",)


def test_all_who_overlap_see_them():
    ma = Posting(account="ma", role="instructor", unit="V", since=DAY)
    assert sees(POST, LIN, ma) == ("lin", "ma")


def test_the_deputy_sees_them_while_somebody_is_away():
    away = Posting(account="lin", role="instructor", unit="B", absences=[Absence(DAY, DAY, "ma")])
    assert sees(POST, away, CHEN) == ("ma",)


def test_while_the_post_is_vacant_the_secretary_then_the_organizer():
    gone = Posting(account="lin", role="instructor", unit="B", until=date(2026, 5, 19))
    assert sees(POST, gone, CHEN, OUYANG) == ("chen",)
    assert sees(POST, gone, OUYANG) == ("ouyang",)
    assert sees(POST, gone) == ()


def test_what_a_branch_owes_is_seen_by_secretary_and_instructor():
    assert sees(BRANCH, LIN, CHEN, OUYANG) == ("chen", "lin")
    assert sees(BRANCH, OUYANG) == ("ouyang",)


def test_a_desks_debts_are_seen_by_all_who_serve_there_and_a_persons_by_that_person():
    wu = Posting(account="wu", role="centre_desk", unit="centre")
    assert sees(Owner("desk", "centre"), wu, LIN) == ("wu",)
    assert sees(Owner("person", "lin"), LIN) == ("lin",)
