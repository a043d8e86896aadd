"""What a phone says of an answer that it can't take: the words of the page, by code.

What the rules of a body refuse is not among them: a phone looks for that only once it knows all that a door refuses.
"""

from collections.abc import Iterable

from django.utils.translation import gettext, ngettext

from concerto.faces.desk.branch.forms import NOT_A_TIME
from concerto.faces.desk.branch.meeting_form import NOBODY_MARKED
from concerto.faces.desk.register.person_forms import CHECK_NAME
from concerto.groundwork.refusals import WORDS
from concerto.journal.kinds.asked import Sheet

from .rules import asks_words

# Which codes the reading of an answer may give; those of what is missing stand in the sheet.
UNFIT = {
    "words": ("too_many_letters", "identity_number_not_kept"),
    "plain": ("too_many_letters", "identity_number_not_kept"),
    "name": ("not_a_name", "too_many_letters"),
    "names": ("not_a_name", "too_many"),
    "phones": ("phone_unreadable", "phone_masked", "too_many"),
    "day": ("not_a_day", "future", "too_long_ago"),
    "ahead": ("not_a_day", "too_long_ago"),
    "born": ("not_a_day", "not_born_then"),
    "whole": ("not_a_number",),
    "time": ("not_a_time",),
}
NOT_KEPT = {"not_kept_here", "identity_number_not_kept"}  # said while one writes
ALWAYS = ("one_look", "some_looks", "said_before", "nothing_changed")


def words_for(sheets: Iterable[Sheet]) -> dict[str, str]:
    """Give the words for every code that the reading of these sheets may give, in the reader's language."""
    codes = set(ALWAYS)
    for sheet in sheets:
        codes |= {check.code for check in sheet.checks}
        codes |= {code for ask in sheet.asks.values() for code in UNFIT.get(ask.read, ())}
        codes |= NOT_KEPT if asks_words(sheet) else set()
        codes |= {"nobody_marked"} if sheet.kind == "meeting" else set()
        codes |= {"until_passed"} if sheet.kind == "need_step" else set()
    own = _by_code()
    refused = {code: f"{WORDS[code].what} {WORDS[code].do}" for code in sorted(codes) if code not in own}
    return {code: words for code, words in (own | refused).items() if code in codes}


def _by_code() -> dict[str, str]:
    looks = "{n} place needs a look; nothing was recorded.", "{n} places need a look; nothing was recorded."
    phones = gettext("A number can't be read. Write 11 digits beginning with 1, or area code and number.")
    born = gettext("This can't be a birth date: check the year.")
    return {
        "one_look": ngettext(*looks, 1),
        "some_looks": ngettext(*looks, 2),
        "said_before": gettext("as said before"),
        "still_missing": gettext("Still missing."),
        "choose_one": gettext("Choose one."),
        "say_the_day": gettext("Say which day it was."),
        "not_a_day": gettext("Enter a valid date."),
        "future": gettext("The day is in the future: choose today or an earlier day."),
        "too_long_ago": gettext("The day is too long ago: check the year."),
        "not_born_then": born,
        "not_a_number": gettext("Enter a whole number."),
        "not_a_time": str(NOT_A_TIME),
        "too_many_letters": gettext("There is too much written here: shorten it."),
        "too_many": gettext("At most six can be kept: leave the least used out."),
        "not_a_name": str(CHECK_NAME),
        "phone_unreadable": phones,
        "phone_masked": phones,
        "say_who_was_met": gettext("Say who was met, or that nobody was."),
        "one_or_the_other": gettext("Either somebody was met, or one of the others is so."),
        "write_a_few_words": gettext("Write a few words, or leave the whole line out."),
        "say_that_it_changed": gettext("Say that something changed, or take the words out."),
        "say_which_it_was": gettext("Say which of the two it was, or take the words out."),
        "choose_two_households": gettext("Choose two households at least."),
        "choose_one_of_the_households": gettext("Choose one of the households above."),
        "nobody_marked": str(NOBODY_MARKED),
        "until_passed": gettext("The day lies before they were told: choose a later one."),
        "nothing_changed": gettext("Nothing was altered."),
    }
