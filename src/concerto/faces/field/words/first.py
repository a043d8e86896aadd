"""What the first pages say: those before anything is open, the list of households, a form."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext


def sentences() -> dict[str, str]:
    """Give what is said before anything else is there."""
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


NUMBERS: dict[str, Callable[[int], str]] = {
    "people": lambda n: ngettext("{n} person", "{n} people", n),
    "households": lambda n: ngettext("{n} household", "{n} households", n),
    "entries": lambda n: ngettext("{n} entry", "{n} entries", n),
    "found": lambda n: ngettext("{n} household fits", "{n} households fit", n),
    "badge": lambda n: ngettext(
        "{n} waiting, open me where there is signal", "{n} waiting, open me where there is signal", n
    ),
    "badge_open": lambda n: ngettext("{n} to be looked at", "{n} to be looked at", n),
    "waiting": lambda n: ngettext("{n} waiting", "{n} waiting", n),
    "met": lambda n: ngettext("{n} met", "{n} met", n),
    "days": lambda n: ngettext("{n} day", "{n} days", n),
    "hours": lambda n: ngettext("{n} hour", "{n} hours", n),
    "minutes": lambda n: ngettext("{n} minute", "{n} minutes", n),
    "seconds": lambda n: ngettext("{n} second", "{n} seconds", n),
    "tries_left": lambda n: ngettext("{n} more try before a wait.", "{n} more tries before a wait.", n),
}
