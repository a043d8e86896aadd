"""Every sentence that the phone's scripts say by themselves, in the reader's language, as plain data."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from concerto.groundwork.refusals import WORDS
from concerto.journal.kinds import words as kinds
from concerto.places.sight import Part

from . import losing, words_needs, words_owed

# What the door may answer a phone; a receipt to an envelope carries the code alone.
CODES = (
    "signed_out", "other_person", "unknown_device", "not_a_signing_key", "envelope_not_opened",
    "not_a_file_of_envelopes", "file_of_another_version", "file_without_envelopes", "too_much_at_once",
    "not_as_a_phone_writes", "not_understood", "too_long", "digest_differs", "part_not_named", "part_missing",
    "part_unfit", "unknown_kind", "unknown_log", "not_the_author", "not_posted_there", "unknown_unit",
    "unknown_account", "never_posted", "device_of_another", "device_lost", "phone_lost", "device_revoked",
    "loses_words_unnamed",
    "merged_away", "number_used_twice", "day_not_come", "day_too_long_ago", "already_named", "another_sort_of_thing",
    "not_in_this_unit", "no_such_thing_yet", "erased_thing", "nothing_changed", "not_kept_here",
    "identity_number_not_kept", "other_name_in_lead", "words_missing", "asked_twice",
    "call_that_met_nobody_changed_nothing", "lesson_for_whom_and_how_long", "no_household_named",
    "moved_to_where_nobody_moved", "not_of_this_step", "before_it_was_told", "serial_wrong", "slip_void",
    "deed_for_two_sorts",
    "one_household_only", "gathering_names_several", "gathering_reports_no_change", "unknown_companion",
    "too_many_named", "too_many", "minutes_out_of_range", "left_before_it_came", "name_missing",
    "not_yours_to_correct", "kind_differs", "withdrawn_already", "seen_differently", "unseen_for_long", "already",
    "same_id_other_words", "counted_without_a_vote", "not_of_this_meeting", "base_leaves_out", "exempt_has_one_cell",
    "left_out_without_adoption", "from_to_or_a_length", "ends_before_it_begins", "nothing_held", "group_of_the_meeting",
    "base_of_the_meeting", "base_does_not_look_on", "left_out_is_there", "chaired_from_away",
    "away_who_was_not_there", "figures_without_a_vote",
    "ballot_keeps_no_figures", "figures_of_the_vote", "votes_do_not_add_up", "talked_as_another", "no_such_period",
    "waiver_asked_already", "waiver_granted_already",
    "period_not_over", "not_a_phone", "bad_identity_number", "rebuild_due",
)  # fmt: skip


def said() -> dict[str, Any]:
    """Give the words of the first pages by name: a sentence, a pair for one and for several, words of codes."""
    return {**_sentences(), **_numbers(NUMBERS), **_codes()}


def said_later() -> dict[str, Any]:
    """Give the words that no first page says."""
    owed = {**words_owed.sentences(), "owed_groups": words_owed.groups(), **_numbers(words_owed.NUMBERS)}
    owed |= {**words_owed.ways(), "way_whys": words_owed.whys(), **words_needs.said()}
    return {**_later_sentences(), **_numbers(NUMBERS_LATER), **owed, **_later_codes(), "refusals": _refusals()}


def not_posted(ended: date | None) -> str:
    """Say to somebody who is signed in why there is nothing to record: said by the server, where there is signal."""
    if ended is None:
        return _("You are posted nowhere, so there is nothing to record yet. Ask the township.")
    words = _("Your posting ended, its last day was {day}. If that is wrong, ask the township.")
    return words.format(day=date_format(ended, "DATE_FORMAT"))


def _sentences() -> dict[str, str]:
    return {
        # Translators: what stands between the members of a list
        "list": pgettext("list", ", "),
        # Translators: what stands between the parts of a line
        "clause": pgettext("clause", ", "),
        "site": _("Concerto"),
        "from_to": _("{first} to {last}"),
        "since": _("since {day}"),
        "until": _("until {day}"),
        "all_year": _("All year"),
        "recorded_in": _("Recorded in: {ledgers}"),
        "state_and": _("{state}. {words}"),
        # households
        "household_of": _("{name}'s household"),
        "household_number": _("Household {number}"),
        "household_nameless": _("Household without a name"),
        "nameless": _("Without a name"),
        "locked": _("Locked"),
        "number": _("No. {number}"),
        "helped": _("Helped household"),
        "helped_ones": _("Helped households"),
        "village_unnamed": _("Another village"),
        "last_time": _("last time {day}"),
        "last_signal": _("as of {at}"),
        # entries
        "kind_and_name": _("{kind}: {name}"),
        "correction_of": _("{kind}, corrected"),
        "taken_back": _("{kind}, taken back"),
        "recorded_at": _("recorded {at}"),
        "handed": _("Handed to the township's desk; it is looked at there."),
        "handed_wanted": _("Will be handed to the township's desk when there is signal."),
        "sent_number": _("Sent, No. {number}"),
        "sent": _("Sent"),
        "state_waiting": _("On this phone, not sent"),
        "state_back": _("Sent back"),
        "state_clash": _("Two versions, you decide"),
        "state_pending": _("Arrived, waits for another one"),
        "state_settled": _("Settled by another entry"),
        "state_mended": _("Mended by a later entry"),
        "waits_for": _("It waits for: {what}"),
        "waits_for_other": _("It waits for something that nobody has sent yet."),
        "rests_on_back": _("That one was sent back: mend it, and this one follows."),
        "code": _("Code {code}, for the administrator"),
        "settled_by": _("It was settled by {who}."),
        "nobody_knows": _("somebody"),
        # head and state
        "no_signal": _("No signal"),
        "sending": _("Sending"),
        "fetching": _("Fetching cards"),
        "all_sent": _("All sent {at}"),
        "draft_kept": _("Draft kept on this phone {at}"),
        "rest_coming": _("A part of this page is still coming; then it is recorded."),
        "draft_not_kept": _("Draft not kept: the phone is full"),
        "draft_beside": _("Kept in this page only: an earlier draft lies on the phone"),
        "draft_only_here": _("Nothing is kept here: save it as a file"),
        # forms and what follows
        "saved_file": _("Saved as {name}"),
        "not_saved": _("It could not be saved."),
        "saved_nothing": _("Nothing waits, so there is nothing to save."),
        "file_name": _("concerto-{day}.json"),
        "lock_words": _("An entry of {at}"),
        "correct": pgettext("verb", "Correct"),
        "mend": pgettext("verb", "Mend it"),
        # setting up, lock
        "as_who": _("You are signed in as {who}."),
        "start_sign_in": _("For that you sign in once, here in this browser, where there is signal."),
        "start_no_signal": _("The server can't be reached just now. Setting up needs signal once."),
        "into_files": _("Record into files"),
        "start_loosely": _(
            "Cards are here only while this page is open, in signal and signed in. "
            "Each entry is saved as a file at once: keep the files."
        ),
        "sign_in_loosely": _("Sign in, then record into files"),
        "start_denied": _("This browser does not let the page keep anything."),
        "wrong_pin": _("That is not the PIN."),
        "wait_words": _("Too many wrong tries. The next one can be made in {time}. Nothing has been wiped."),
        "wait_over": _("Now you can try again."),
        "opened": _("Opened."),
        "disk_full": _("This phone is full."),
        "make_room": _("Make room, then press again. What was recorded is still here."),
        "not_recorded": _("It was not recorded: make room, then press again."),
        "not_in_signal": _("That needs signal. Try it again later."),
        "unknown_thing": _("Somebody who is not on this phone"),
        "form_title": pgettext("key", "Record"),
    }  # fmt: skip


def _later_sentences() -> dict[str, str]:
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
        "lost_last": _("The browser lost the last of what this phone kept, most likely because the phone was full."),
        "lost_no_entries": _("Everything you had recorded had been sent before."),
        "lost_more": _(
            "The PIN is as before. Cards come again in signal; forms not finished have to be written again."
        ),
        "lost_here": _("What you were writing then is still here; forms begun earlier have to be written again."),
    }


NUMBERS: dict[str, Callable[[int], str]] = {
    "people": lambda n: ngettext("{n} person", "{n} people", n),
    "households": lambda n: ngettext("{n} household", "{n} households", n),
    "entries": lambda n: ngettext("{n} entry", "{n} entries", n),
    "found": lambda n: ngettext("{n} household fits", "{n} households fit", n),
    "badge": lambda n: ngettext(
        "{n} waiting, open me where there is signal", "{n} waiting, open me where there is signal", n
    ),
    "waiting": lambda n: ngettext("{n} waiting", "{n} waiting", n),
    "met": lambda n: ngettext("{n} met", "{n} met", n),
    "days": lambda n: ngettext("{n} day", "{n} days", n),
    "hours": lambda n: ngettext("{n} hour", "{n} hours", n),
    "minutes": lambda n: ngettext("{n} minute", "{n} minutes", n),
    "seconds": lambda n: ngettext("{n} second", "{n} seconds", n),
    "tries_left": lambda n: ngettext("{n} more try before a wait.", "{n} more tries before a wait.", n),
}

NUMBERS_LATER: dict[str, Callable[[int], str]] = {
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


def _numbers(of: Mapping[str, Callable[[int], str]]) -> dict[str, tuple[str, str]]:
    return {name: (words(1), words(2)) for name, words in of.items()}


def _codes() -> dict[str, dict[str, str]]:
    return {
        "kinds": {
            "meeting": pgettext("entry", "Meeting"),
            "study": pgettext("entry", "Lesson at home or training"),
            "own_study": pgettext("entry", "Own study"),
            "heart_talk": pgettext("entry", "Heart-to-heart talk"),
        },
    }


def _kinds() -> dict[str, str]:
    """Give those that the first pages name, which these stand in for once they came, and all others."""
    return {
        **_codes()["kinds"],
        "deed": pgettext("entry", "Good thing done"),
        "matter_slip": pgettext("entry", "Slip given"),
        "need_step": pgettext("entry", "Step on a need"),
        "need_word": pgettext("entry", "A household's word"),
        "household": pgettext("register entry", "Added to the register"),
        "household_change": pgettext("register entry", "Household changed"),
        "resident": pgettext("register entry", "Person added"),
        "resident_change": pgettext("register entry", "Person changed"),
        "settled": pgettext("entry", "Not recorded after all"),
    }


def _later_codes() -> dict[str, dict[str, str]]:
    return {
        "kinds": _kinds(),
        "channels": _plain(kinds.CHANNEL_WORDS),
        "outcomes": _plain(kinds.OUTCOME_WORDS),
        "ledgers_named": {
            Part.STUDY: pgettext("ledger", "Study"),
            Part.BRANCH: pgettext("ledger", "Branch"),
            Part.VISITS: pgettext("ledger", "Visits"),
            Part.DISPUTES: pgettext("ledger", "Disputes"),
            Part.ASSISTANCE: pgettext("ledger", "Assistance"),
        },
        "lines": {part: part.label for part in Part},
        "alarms": {**_plain(losing.WORDS), "given_again": _("Something you had sent was lost there.")},
        "marks": {
            "waiting": pgettext("mark", "not sent"),
            "withdrawn": pgettext("mark", "withdrawn"),
            "refused": pgettext("mark", "sent back"),
            "clash": pgettext("mark", "two versions"),
        },
        "relations": {
            "head": pgettext("relation", "Head"),
            "spouse": pgettext("relation", "Spouse"),
            "child": pgettext("relation", "Child"),
            "parent": pgettext("relation", "Parent"),
            "grandchild": pgettext("relation", "Grandchild"),
            "grandparent": pgettext("relation", "Grandparent"),
            "sibling": pgettext("relation", "Brother or sister"),
            "in_law": pgettext("relation", "Son- or daughter-in-law"),
            "other": pgettext("relation", "Other"),
        },
        "seasons": {
            "town": pgettext("season place", "Town home"),
            "spring": pgettext("season place", "Spring pasture"),
            "summer": pgettext("season place", "Summer pasture"),
            "autumn": pgettext("season place", "Autumn pasture"),
            "winter": pgettext("season place", "Winter pasture"),
            "other": pgettext("season place", "Another place"),
        },
        "reached": {
            "visit": pgettext("reached by", "A visit"),
            "phone": pgettext("reached by", "Phone"),
            "message": pgettext("reached by", "Message"),
        },
        "agreements": {
            "agreed": pgettext("agreement", "Agreed"),
            "declined": pgettext("agreement", "Does not want it"),
            "not_asked": pgettext("agreement", "Not asked yet"),
        },
        "standings": {
            "full": pgettext("standing", "Full member"),
            "probationary": pgettext("standing", "Probationary member"),
        },
        "fields": {
            "village": _("Village"),
            "number": pgettext("household", "Number"),
            "group": pgettext("household", "Group"),
            "places": _("Usual places"),
            "reached_by": _("Reached by"),
            "best_months": _("Best months"),
            "head": pgettext("relation", "Head"),
            "left_on": _("Left on"),
            "name": _("Name"),
            "aliases": _("Other spellings"),
            "phones": _("Phones"),
            "born": _("Born"),
            "home": pgettext("place", "Household"),
        },
    }


def _refusals() -> dict[str, str]:
    return {code: f"{WORDS[code].what} {WORDS[code].do}" for code in CODES if code in WORDS}


def _plain(words: Mapping[str, str | Promise]) -> dict[str, str]:
    return {code: str(text) for code, text in words.items()}
