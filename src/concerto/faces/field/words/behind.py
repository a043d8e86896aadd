"""What is said by pages behind the first form: setting up, entries by themselves, two versions, this phone."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext


def sentences() -> dict[str, str]:
    """Give what no first page says."""
    return {
        # setting up
        "say_name": _("Give the phone a name."),
        "pins_differ": _("The two PINs differ."),
        "pin_too_short": _("Too short: six digits or more, or a phrase of eight letters or more."),
        "shelf_here": _(
            "This phone is set up for you already. "
            "A new PIN begins an empty shelf; what waits under the old one is still sent."
        ),
        "shelf_open": _("Open it with the PIN"),
        "own_name": _("My phone"),
        "persist_yes": _("The browser keeps what is recorded here, even when the phone is short of room."),
        "persist_no": _(
            "The browser did not promise to keep what is recorded here when the phone is short of room: "
            "send often, and save to a file before long trips."
        ),
        "copied": _("Copied."),
        "not_copied": _("The browser does not allow copying here."),
        # entries by themselves
        "born": _("born {year}"),
        "words_erased": _("These words were erased."),
        "found_unread": _(
            "Whoever was added or renamed on this phone is found by pinyin once it was sent and the card came back. "
            "Until then look by the written name, an alias or the phone."
        ),
        "left_on": _("They left on {day}."),
        "withdrawn": pgettext("timeline", "Withdrawn"),
        "moved_places": _("It moved: put right where it is usually found."),
        "nothing": _("nothing"),
        "happened": _("Day"),
        "number_here": _("Number on this phone"),
        "number_there": _("Number in the book"),
        "settled_number": _("Settled by No."),
        "settled_at": _("Settled"),
        "received": _("Arrived"),
        "settled_already": _("It had been settled already; what was settled first stands."),
        "never_met": _("Not yet in signal"),
        "give_again": _(
            "The server was set back to an earlier state. "
            "Sign in, so that this phone can give it again what was lost there."
        ),
        "undone": _("Taken back."),
        "undone_sends": _("Both entries go off together; nothing was wiped."),
        "wrote": _("{who} wrote"),
        "wrote_before": _("You wrote at another time"),
        "both_of": _("You and {other} wrote it differently; you decide."),
        "both_mine": _("You wrote it twice, differently; you decide."),
        "is_there": _("What is there now"),
        "question_all": _("What shall stand?"),
        "whole_mine": _("As you say it now"),
        "whole_withdrawn": _("It was taken back"),
        "whole_changed": _("It was said anew after you had seen it. The phone does not hold the words of others."),
        "settled_now": _("It is settled on this phone; it goes off by itself."),
        "nothing_lost": _("What you wrote is all here."),
        "no_shelf": _("There is nothing of this person on this phone any more."),
        "shelf_gone": _(
            "This phone is full, and the browser let go of what it kept. "
            "What you recorded lies apart and is back as soon as there is room."
        ),
        "draft_back": _("Your draft of {at} is back."),
        "draft_gone": _("The draft is gone."),
        "draft_unread": _(
            "Whether you wrote something here before can't be read just now: this phone is full. "
            "It is not written over."
        ),
        "no_language": _("The other language comes with the next signal."),
        "language_coming": _("The other language is being fetched; on a slow line that takes a minute."),
        "pin_changed": _("The PIN is another one now."),
        "fact_who": _("Whose"),
        "fact_mark": _("Mark of this phone"),
        "fact_signal": _("Last in signal"),
        "fact_cards": _("Cards on this phone"),
        "fact_waits": _("Waits to be sent"),
        "fact_villages": _("Villages"),
        "entry_number": _("Entry {number}"),
        "exempt": pgettext("member", "not required to attend"),
        "floating": pgettext("member", "floating"),
        "helper_unnamed": _("Not named yet"),
        "left_stays": _("What was recorded stays."),
        "left_here": _("You recorded that they left; it has not been sent yet."),
        "new_here": _("You added this household on this phone; it has not been sent yet."),
        "back_here": _("Something you recorded here was sent back; it does not show on the card."),
        "clash_with": _("You and {other} changed this household differently; what is there stands until you decide."),
        "clash_here": _(
            "What you changed of this household was changed otherwise elsewhere; what is there stands until you decide."
        ),
        "not_written": _("Not written down yet."),
        "clock_ahead": _("The clock of this phone is ahead by {time}."),
        "clock_behind": _("The clock of this phone is behind by {time}."),
        "ended": _("Your posting here has ended."),
        "revoked": _("This phone was taken out of use."),
        "alike": _("There is already: {houses}. If it is another household, record it all the same."),
        "back_ended": _("Once you are posted again, sign in and set this phone up anew."),
        "back_revoked": _("To use it again, sign in and set it up anew: it is then another phone in your list."),
        "sign_in": _("Sign in"),
        "sign_in_anew": _("Sign in, then set this phone up anew"),
        "handed_none": _("Nothing was unsent."),
        "lost_all": _("The browser lost what this phone kept, most likely because the phone was full."),
        "missed": _(
            "Something that was recorded on this phone reached nobody: whoever recorded it, tell the township yourself."
        ),
        "unreached": _("What was for the centre did not reach it: speak with the township yourself. In danger: 110."),
        "lost_last": _("The browser lost the last of what this phone kept, most likely because the phone was full."),
        "lost_no_entries": _("Everything you had recorded had been sent before."),
        "lost_more": _(
            "The PIN is as before. Cards come again in signal; forms not finished have to be written again."
        ),
        "lost_here": _("What you were writing then is still here; forms begun earlier have to be written again."),
    }


NUMBERS: dict[str, Callable[[int], str]] = {
    "cards_here": lambda n: ngettext("{n} card is here.", "{n} cards are here.", n),
    "people_left": lambda n: ngettext("{n} person has left", "{n} people have left", n),
    "ledgers": lambda n: ngettext("Stands in {n} ledger", "Stands in {n} ledgers", n),
    "days_later": lambda n: ngettext("written down {n} day later", "written down {n} days later", n),
    "arrived": lambda n: ngettext("{n} entry has arrived.", "{n} entries have arrived.", n),
    "came_back": lambda n: ngettext("{n} entry was sent back.", "{n} entries were sent back.", n),
    "clashed": lambda n: ngettext("{n} entry needs your decision.", "{n} entries need your decision.", n),
    "pended": lambda n: ngettext("{n} entry waits for another one.", "{n} entries wait for another one.", n),
    "ended_handed": lambda n: ngettext(
        "{n} entry was handed over before that.", "{n} entries were handed over before that.", n
    ),
    "lost_entries": lambda n: ngettext(
        "{n} entry was kept apart: it is here again and is sent by itself.",
        "{n} entries were kept apart: they are here again and are sent by themselves.",
        n,
    ),
    "left_here": lambda n: ngettext(
        "{n} entry of somebody whose shelf this browser lost lies here, sealed, and could not be sent.",
        "{n} entries of somebody whose shelf this browser lost lie here, sealed, and could not be sent.",
        n,
    ),
    "left_arrived": lambda n: ngettext(
        "{n} entry of somebody whose shelf this browser lost was sent from here.",
        "{n} entries of somebody whose shelf this browser lost were sent from here.",
        n,
    ),
    "ios_days": lambda n: ngettext(
        "This page was not opened for {n} day.", "This page was not opened for {n} days.", n
    ),
    "with_it": lambda n: ngettext("with {n} more entry", "with {n} more entries", n),
    "places_open": lambda n: ngettext(
        "{n} place needs a look; nothing was recorded.", "{n} places need a look; nothing was recorded.", n
    ),
    "clashed_theirs": lambda n: ngettext(
        "{n} entry needs its author's decision.", "{n} entries need their authors' decision.", n
    ),
    "carried": lambda n: ngettext(
        "{n} entry of the file was carried in.", "{n} entries of the file were carried in.", n
    ),
}
