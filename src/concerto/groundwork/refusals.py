"""Every refusal there is: a stable code, what happened, and what to do next. Nothing is lost when one is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Something can't be accepted as it stands; `code` names the rule, `facts` fill its words."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts: dict[str, Any] = facts

    def __str__(self) -> str:
        return f"{words_of(self.code, self.facts)} [{self.code}]"


def refuse(wrong: bool, code: str, **facts: Any) -> None:  # noqa: FBT001  (reads as a sentence: refuse(not met, "…"))
    """Raise `Refused(code)` when the thing named by the code is so."""
    if wrong:
        raise Refused(code, **facts)


@dataclass(frozen=True)
class Words:
    """What a refusal says: what happened and why, then what to do. Both may name facts in braces."""

    what: str | Promise
    do: str | Promise


def words_of(code: str, facts: Mapping[str, Any] | None = None) -> str:
    """Say a refusal in the reader's language; an unknown code is said by its name alone."""
    words = WORDS.get(code)
    if words is None:
        return code
    return f"{words.what} {words.do}".format_map(_Gaps(facts or {}))


class _Gaps(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


WORDS: dict[str, Words] = {
    # What a phone sends
    "signed_out": Words(_("Nobody is signed in here."), _("Sign in; what is on the phone stays there until then.")),
    "other_person": Words(
        _("Somebody else is signed in here."), _("Sign out, then sign in under the name that recorded it.")
    ),
    "unknown_device": Words(
        _("This phone is not known here."), _("Set it up again; what is on it can be saved to a file.")
    ),
    "not_a_signing_key": Words(
        _("The phone's key can't be read."), _("Open the page again and set the phone up anew.")
    ),
    "envelope_not_opened": Words(
        _("The envelope can't be opened: it was sealed to another server, or was damaged."),
        _("Send it from the phone on which it was recorded, with that person signed in."),
    ),
    "not_a_file_of_envelopes": Words(
        _("This is not a file of envelopes."), _("Choose the file that the phone saved from its outbox.")
    ),
    "file_of_another_version": Words(
        _("This file of envelopes is of another version."), _("Update this server, then bring it in again.")
    ),
    "file_without_envelopes": Words(
        _("There is no envelope in this file."), _("Nothing waited on the phone when it was saved.")
    ),
    "too_much_at_once": Words(_("More than {most} bytes came at once."), _("Send fewer entries at a time.")),
    # The envelope of an entry
    "not_as_a_phone_writes": Words(
        _("The entry is not written as it should be."),
        _("Update the page or the tool that sent it, and send it again."),
    ),
    "not_understood": Words(_("The entry can't be read: {what}."), _("Mend this place and send it again.")),
    "too_long": Words(_("The entry is longer than {most} bytes."), _("Shorten what is written in it.")),
    "digest_differs": Words(
        _("A sealed part does not match its digest."), _("Send the entry again from where it was written.")
    ),
    "part_not_named": Words(
        _("A sealed part came that the entry does not name."), _("Send the entry again from where it was written.")
    ),
    "part_missing": Words(
        _("The entry names words that did not come with it."), _("Send it again together with its words.")
    ),
    "part_unfit": Words(
        _("A name, phone, birth date or hash is not written as one."), _("Check it, and record it again.")
    ),
    "unknown_kind": Words(
        _("This server does not know entries of this kind or version yet."),
        _("It waits here until the server is updated."),
    ),
    "unknown_log": Words(
        _("There is no township with this key here."), _("Ask your administrator where your unit's records are kept.")
    ),
    "not_the_author": Words(_("The entry is by somebody else than who sends it."), _("It waits for its author's yes.")),
    "not_posted_there": Words(
        _("On that day there was no posting that covers this unit."),
        _("Check the day and the unit, or ask the township to record the posting."),
    ),
    "unknown_unit": Words(
        _("It names a village, branch or unit that this township does not have."), _("Choose one from the list.")
    ),
    "unknown_account": Words(
        _("Somebody named in it has no account in this township."), _("Choose them from the list, or add them first.")
    ),
    "never_posted": Words(
        _("Administrator and privacy officer hold no posting and stand in for nobody: they see no household."),
        _("Choose somebody else."),
    ),
    "home_may_not": Words(
        _("Without a person, only the register and erasures can be recorded."), _("Name who records it (--as).")
    ),
    "device_of_another": Words(
        _("The device belongs to somebody else."), _("Record it again with your own; it waits here for a decision.")
    ),
    "device_lost": Words(
        _("It comes from a phone that was reported lost."), _("It waits here until its author says that it is theirs.")
    ),
    "phone_lost": Words(
        _("This phone was reported lost: no card is fetched any more. What is recorded on it is still sent."),
        _("If you have it again, take it out of use on My page and set it up once more."),
    ),
    "device_revoked": Words(
        _("The device has been taken out of use."), _("Record it again with another; it waits here for a decision.")
    ),
    "loses_words_unnamed": Words(
        _("It takes words of somebody it does not name."), _("Name everybody whose words are erased.")
    ),
    "merged_away": Words(
        _("The name that is to stay is now called otherwise itself."), _("Choose the name it has now.")
    ),
    "number_used_twice": Words(
        _("This device has used this number for another entry."), _("Record it again; it gets a new number.")
    ),
    "day_not_come": Words(_("The day is in the future."), _("Choose today or an earlier day.")),
    "day_too_long_ago": Words(_("The day is before {first}."), _("Check the year.")),
    # What one entry says
    "already_named": Words(_("Something with this id exists already."), _("Record it again; it gets a new id.")),
    "another_sort_of_thing": Words(
        _("Something is named as what it is not."), _("Choose it again from the list; it gets its right place.")
    ),
    "not_in_this_unit": Words(_("This is not in your units."), _("Choose one of your own, or ask the township.")),
    "no_such_thing_yet": Words(
        _("It speaks of something nobody has recorded yet."), _("It waits until that has arrived.")
    ),
    "erased_thing": Words(_("It speaks of something that has been erased."), _("It can't be recorded any more.")),
    "nothing_changed": Words(_("Nothing is changed by it."), _("Change something, or leave it.")),
    "not_kept_here": Words(
        _("The words speak of something that is not kept here ({phrase})."),
        _("Leave it out; what you wrote is still on your screen."),
    ),
    "identity_number_not_kept": Words(
        _("There is an identity number in the words."), _("Take it out; identity numbers are not kept.")
    ),
    "other_name_in_lead": Words(
        _("The lead names somebody of another household."), _("Say what happened without naming others.")
    ),
    "lead_not_yours": Words(
        _("The lead is not here any more, or not yours to read."), _("Take the case in without it.")
    ),
    "words_missing": Words(
        _("Words are asked for here, and there are none."), _("Write a few words, or leave the whole line out.")
    ),
    "asked_twice": Words(_("The same thing is named twice."), _("Name it once.")),
    "call_that_met_nobody_changed_nothing": Words(
        _("Nobody was met, so there is nothing to report of a household."),
        _("Say who was met, or leave changes and talks out."),
    ),
    "lesson_for_whom_and_how_long": Words(
        _("A lesson at home needs both: for whom, and how many minutes."), _("Fill in the other, or leave both out.")
    ),
    "no_household_named": Words(_("No household is named."), _("Choose the household.")),
    "one_household_only": Words(
        _("A visit or a call is about one household."), _("For several households choose gathering.")
    ),
    "gathering_names_several": Words(
        _("A gathering names two households at least."), _("Add the others, or choose visit.")
    ),
    "gathering_reports_no_change": Words(
        _("A gathering is not where changes in one household are asked."), _("Leave it out, or record a visit.")
    ),
    "from_to_or_a_length": Words(
        _("A time is told from an hour to an hour, or as a length: one of the two."), _("Fill in one, leave the other.")
    ),
    "ends_before_it_begins": Words(_("It ends before it begins."), _("Correct one of the two times.")),
    "nothing_held": Words(
        _("Neither a form nor a content is named, so nothing was held."), _("Choose what sort of meeting it was.")
    ),
    "group_of_the_meeting": Words(
        _("A group meeting names its group, and no other meeting does."), _("Choose the group, or another form.")
    ),
    "base_of_the_meeting": Words(
        _("A meeting names who should be there; a day without a form of meeting has nobody who should, and no vote."),
        _("Open the list of the branch's members again, or choose the form of the meeting."),
    ),
    "base_does_not_look_on": Words(
        _("Somebody who should be there is marked as an onlooker."), _("Mark them present, excused, away or absent.")
    ),
    "exempt_has_one_cell": Words(
        _("Nobody asks an exempt member to come, so they are never absent."), _("Mark them present, or leave them out.")
    ),
    "counted_without_a_vote": Words(
        _("{n} of those counted had no vote in this branch on that day."),
        _("Take them out of the count; they may be there without a vote."),
    ),
    "not_of_this_meeting": Words(
        _("{n} of those counted do not belong to this committee or group."), _("Count only its own members.")
    ),
    "base_leaves_out": Words(
        _("{n} members with a vote on that day are not counted."),
        _("Count them, or record the approval and the vote by which they were left out."),
    ),
    "left_out_without_adoption": Words(
        _("Leaving somebody out of the count needs approval from above and a vote of this meeting that passed."),
        _("Record both, or count them."),
    ),
    "left_out_is_there": Words(
        _("Somebody with a vote who was there is left out of the count."),
        _("Who can be there is counted: count them, or correct who was there."),
    ),
    "chaired_from_away": Words(
        _("Who chaired the meeting or took its minutes stands as not there."),
        _("Mark that they were there, or name who did it."),
    ),
    "away_who_was_not_there": Words(
        _("Somebody is away for one item who is not present at the meeting with a vote."), _("Correct the list.")
    ),
    "figures_without_a_vote": Words(
        _("There are figures, but nothing was voted on."), _("Mark the item as a vote, or take the figures out.")
    ),
    "ballot_keeps_no_figures": Words(
        _("Of a ballot on persons only that it was held is kept."), _("Take the figures out.")
    ),
    "figures_of_the_vote": Words(
        _("Enough were there for a vote, and its figures are missing."), _("Fill in how many were in favour.")
    ),
    "votes_do_not_add_up": Words(
        _("The votes come to {given}, but {present} with a vote were there."),
        _("Correct the figures; in favour, against, abstained and not cast come to all who were there."),
    ),
    "talked_as_another": Words(
        _("Somebody is said to have talked as what they were not on that day."),
        _("Choose them as what they were, or record the seat first."),
    ),
    "not_named_there": Words(
        _("The entry names no such person for that day: nothing is to be said against."),
        _("Open it again; who recorded it can correct or withdraw it."),
    ),
    "waived_by_who_owes": Words(
        _("Who asked for a waiver, or owes what it lets go, can't answer it."), _("Another organizer answers it.")
    ),
    "waiver_about_a_person": Words(
        _("A waiver is of what a village's post or a branch owes, never about a person."),
        _("Ask it for the post or the branch, of a household or a group where it is about one."),
    ),
    "waiver_asked_already": Words(
        _("It was asked already that this turn be let go, and nobody has answered yet."),
        _("Nothing more is to be done: the page of waivers says how it stands. After a refusal it can be asked again."),
    ),
    "waiver_granted_already": Words(
        _("This turn has been let go already."), _("Nothing more is to be done: it is not owed.")
    ),
    "answered_already": Words(
        _("It has been answered, and stays what it was when it was."), _("Ask anew, or have the answer corrected.")
    ),
    "taken_over_already": Words(
        _("Somebody has taken it over already."), _("Look at its page to see who has it; ask them to give it back.")
    ),
    "still_in_time": Words(
        _("Its own desk still has time to answer."), _("It can be taken over when three working days have passed.")
    ),
    "take_over_first": Words(
        _("It waits for the organizer's answer."), _("Take it over first, once it stands on the default desk's list.")
    ),
    "slip_in_hand": Words(
        _("A party has a slip of this case, and of a matter within a family none is given."),
        _("Note first that the slip is lost; then correct what it is about."),
    ),
    "serial_wrong": Words(
        _("This is no number of a slip: a digit is wrong."), _("Type the seven digits that stand outside on the slip.")
    ),
    "slip_void": Words(_("This slip is void, and opens nothing any more."), _("Give another slip.")),
    "slip_not_printed": Words(_("No slip of this township has this number."), _("Look at the slip again.")),
    "slip_given_already": Words(_("This slip was given already."), _("Take another one.")),
    "slip_noted_already": Words(
        _("It is noted already that this slip was left for this need."), _("Nothing more is to be done.")
    ),
    "no_slip_for_this": Words(
        _("For a matter within a family no slip is given: whoever finds it at home would learn of it."),
        _("Agree with the party how and when it is told how it goes."),
    ),
    "slip_for_another_household": Words(
        _("This need was told by another household."), _("Note the slip at the need of the household that has it.")
    ),
    "slip_keeps_its_matter": Words(
        _("A slip keeps what it was given for: who has it would else read how it goes with somebody else."),
        _("Report it lost, and give another one."),
    ),
    "slip_void_already": Words(_("This slip was reported lost already."), _("Nothing more is to be done.")),
    "day_of_a_suggestion": Words(_("A suggestion has a month and no day."), _("Give it the first day of the month.")),
    "suggestion_about_somebody": Words(
        _("A suggestion is about nobody and no household."), _("Leave out whom it is about.")
    ),
    "village_too_small": Words(
        _("This village has fewer than 20 households: named, it would tell who said it."), _("Leave the village out.")
    ),
    "suggestion_holds_a_phone": Words(
        _("There is a telephone number in the words."), _("Leave it out: these words name nobody.")
    ),
    "suggestion_names_somebody": Words(
        _("There is a name from the register in the words."), _("Say it without the name: these words name nobody.")
    ),
    "suggestion_taken_back": Words(_("This suggestion is not there any more."), _("Open the list again.")),
    "reply_does_not_follow": Words(
        _("This can't follow what was done with it last."), _("Open the suggestion again and look.")
    ),
    "passed_on_to_nobody": Words(
        _("It does not say to whom it was passed on, or says so though it was not."),
        _("Name the office, and only then."),
    ),
    "reply_says_nothing": Words(
        _("It says nothing to whoever suggested it."), _("Write the answer, or why it is not followed.")
    ),
    "not_by_a_slip": Words(
        _("Only what comes through the residents' page came by a slip."), _("Say by which way it was told.")
    ),
    "no_such_duty": Words(_("The mechanism has no duty of this name."), _("Choose it from the list.")),
    "edition_makes_no_sense": Words(
        _("The edition makes no sense at {key} ({what})."),
        _("Correct this place; the rulebook says what may stand there."),
    ),
    "edition_begins_later": Words(
        _("An edition begins in the future; what has begun is judged by what stood then."), _("Choose a later day.")
    ),
    "edition_not_later": Words(
        _("An edition of this duty was approved from {since} on; each edition must begin after the one before it."),
        _("Choose a later day, or have that approval taken back before it begins."),
    ),
    "edition_runs": Words(
        _("The edition has begun, so its approval stands."), _("Propose another edition that begins later.")
    ),
    "approved_by_who_proposed": Words(
        _("Who proposed an edition doesn't decide on it."), _("Another organizer or the county desk decides.")
    ),
    "year_has_begun": Words(
        _("The year {year} has begun, so its days off stay as they were counted."),
        _("Bring the days of a year to come; those of this year only where they are still missing."),
    ),
    "days_off_make_no_sense": Words(
        _("A table of days names at least one day off, and as worked only days at weekends."),
        _("Compare it with the notice."),
    ),
    "day_of_another_year": Words(_("A day is not of the year {year}."), _("Correct the day or the year.")),
    "no_such_period": Words(
        _("This can't count for another period, or there is no period of this name."), _("Choose the period again.")
    ),
    "period_not_over": Words(
        _("It can only count for a period that was over on its day."), _("Leave it: it counts for its own period.")
    ),
    "unknown_companion": Words(
        _("Somebody named as having come along is not known here."), _("Choose them from the list.")
    ),
    "too_many_named": Words(
        _("A file with names holds {most} lines at most, until a second person can agree to more."),
        _("Narrow the filter, or take the file without names."),
    ),
    "too_many": Words(_("There are more than {most}."), _("Record them in two entries.")),
    "minutes_out_of_range": Words(_("The minutes must lie between 1 and {most}."), _("Correct the number.")),
    "not_of_this_step": Words(
        _("Something is missing that belongs to this step, or something is named that belongs to another."),
        _("Fill in what the step asks for, and leave out the rest."),
    ),
    "no_such_need": Words(_("This need was taken back."), _("Nothing more is to be done.")),
    "need_closed": Words(_("This need is at its end."), _("Reopen it first, if there is more to do.")),
    "need_not_closed": Words(_("This need is not at its end."), _("Go on with it; there is nothing to reopen.")),
    "owner_not_posted_there": Words(
        _("Who is to see to it is not posted where the need lies."), _("Choose somebody who works in that village.")
    ),
    "not_its_owner": Words(
        _("That nobody answered is recorded by whoever sees to the need."), _("Ask them, or have it given to you.")
    ),
    "asked_too_little": Words(
        _("It was not asked twice yet, with five working days in between."),
        _("Ask again, and record each asking; then this can be recorded."),
    ),
    "askers_incomplete": Words(
        _("Those who asked are not all named, or somebody is who did not."), _("Open it again: somebody else joined.")
    ),
    "sent_nowhere": Words(_("It does not say where it is sent."), _("Choose another desk, or an office.")),
    "sent_already": Words(
        _("It was sent already, and that desk has not answered."),
        _("Wait for its answer, or take the sending back from its entry."),
    ),
    "before_what_it_follows": Words(
        _("On that day the matter had not come here yet, or not come back."),
        _("Correct the day: it is not before the step that this one follows."),
    ),
    "before_it_was_told": Words(
        _("On that day nobody had told of it yet."),
        _("Correct the day. If it was told earlier than is written, correct the day of its first entry before."),
    ),
    "link_of_another_helper": Words(
        _("This link is with somebody else, and that is what the household was asked about."),
        _("Give this one its last day, and name the new helper: the household is asked again."),
    ),
    "lives_in_another_household": Words(
        _("Whoever is to have answered belongs to another household."),
        _("Record it on the card of the household they belong to."),
    ),
    "done_before_that_day": Words(
        _("Something was done about a need it told of before that day."),
        _("Check the day. If it is right, correct the days of those steps first."),
    ),
    "answers_through_a_guardian": Words(
        _("Whoever is under fourteen does not answer for themselves."),
        _("Record what their guardian says, for the household."),
    ),
    "held_by_another": Words(_("Another desk has it now."), _("Whoever has it sends it on.")),
    "nothing_sent": Words(_("It was sent to nobody, so there is nothing to answer."), _("Send it first.")),
    "sent_to_another": Words(_("It was sent to another desk."), _("The desk it was sent to answers it.")),
    "accepted_already": Words(_("It was accepted already."), _("Nothing more is to be done.")),
    "sent_to_two": Words(_("It is sent to a desk and to an office at once."), _("Choose one of the two.")),
    "moved_to_where_nobody_moved": Words(
        _("It says where the household lives now, and not that it moved."), _("Choose “Moved”, or take the place out.")
    ),
    "round_too_long": Words(
        _("A round takes {most} days at most."), _("Choose an earlier last day, or open two rounds.")
    ),
    "round_over_already": Words(_("The last day of this round has passed."), _("Look at the year of its days.")),
    "round_stopped_already": Words(_("This round was stopped already."), _("Nothing more is to be done.")),
    "round_not_running": Words(
        _("A round is stopped between its first day and its last."),
        _("Correct the day; one that is over needs no stop."),
    ),
    "deed_for_two_sorts": Words(_("It names households and a party group."), _("Record it for the one or the other.")),
    "consent_without_notice": Words(
        _("It does not say in which language they were told what it is for."), _("Tell them first, and choose it.")
    ),
    "notice_for_nothing": Words(_("Taking back needs no notice."), _("Leave language and reading out.")),
    "fact_says_nothing": Words(_("The fact has no value."), _("Write a number, or a few words.")),
    "fact_says_two_things": Words(_("The fact has a number and words at once."), _("Leave one of the two.")),
    "unit_missing": Words(_("A number has its unit, and a unit its number."), _("Fill in both.")),
    "unit_does_not_fit": Words(_("This is not counted in that unit."), _("Choose another unit.")),
    "more_than_all": Words(_("It is more than a hundred percent."), _("Write a number from 0 to 100.")),
    "fact_without_name": Words(_("Another fact has a name, and only that."), _("Say what it is about.")),
    "paper_without_name": Words(_("A paper has its name, and only that."), _("Write what the paper is called.")),
    "told_by_nobody": Words(_("It does not say in which role somebody told it."), _("Choose the role, not the name.")),
    "fact_taken_back": Words(_("This fact was taken back."), _("Record it anew.")),
    "confirmed_before_it_was": Words(_("It is confirmed for a day before its own."), _("Correct the day.")),
    "panel_without_anybody": Words(
        _("It does not say who mediates."), _("Choose who signs in here, or write the name of who does not.")
    ),
    "panel_names_two": Words(_("It names an account and somebody else."), _("Leave one of the two.")),
    "panel_without_committee": Words(
        _("Mediators belong to the committee of a village or of the township."),
        _("Choose the village or the township."),
    ),
    "panel_line_of_ones_own": Words(
        _("Nobody writes themselves onto the panel of mediators, or changes their own line of it."),
        _("Let somebody else of the township record it."),
    ),
    # A case
    "protected_by_hand": Words(
        _("Somebody is hurt or afraid: that is no case, and nothing of it was kept here."),
        _(
            "Speak with them alone. In danger: 110. A child, or somebody who can't help themselves: report to the police "
            "today. Women's helpline 12338, legal aid 12348. Tell nobody, print nothing, call on nobody."
        ),
    ),
    "nobody_at_the_centre": Words(
        _("Nobody is posted at the township's centre, so nobody would read it: nothing of it was kept."),
        _("In danger: 110; else the women's federation, 12338. Ask the organizer to post somebody at the centre."),
    ),
    "protected_stays": Words(
        _("What opened a protected record is not said anew."), _("Note what is different as a step of it.")
    ),
    "contact_not_safe": Words(
        _("To reach them is not safe, and a telephone is noted all the same."),
        _("Leave the number out, or say first how and when they may be reached."),
    ),
    "contact_without_way": Words(
        _("How and when they may be reached belongs with a contact that is safe, and only there."),
        _("Say how and when, or that they are not to be reached."),
    ),
    "not_seen_alone": Words(
        _("Mediation is asked for by the person alone, and nobody noted that they were spoken with alone."),
        _("Speak with them alone first, and note it."),
    ),
    "mediation_not_asked": Words(
        _("The person did not ask for mediation when spoken with alone."), _("Leave it, and tell the other routes.")
    ),
    "not_named": Words(_("They do not handle it."), _("Choose somebody who does.")),
    "family_takes_the_long_path": Words(
        _("What is within a family is not settled on the spot."), _("Take it in as a case, each side by itself.")
    ),
    "by_when_what": Words(
        _("A day and what is to be done by then belong together."), _("Name both, or say that it was done on the spot.")
    ),
    "difficulty_without_reason": Words(
        _("A complex or hard matter has its reason, and a simple one has none."), _("Write why, or choose simple.")
    ),
    "not_of_a_court": Words(_("Only what a court sent has a procedure."), _("Leave it out, or choose the court.")),
    "channel_without_form": Words(
        _("Another channel has its way of handing over, and only that."),
        _("Choose how it is handed over, or leave the channel."),
    ),
    "routes_not_told": Words(
        _("It does not say which other routes were told."), _("Tell them, and tick which: that is owed to both.")
    ),
    "before_what_it_rests_on": Words(
        _("It would be of a day before what it rests on."),
        _("Correct the day: it is not before the last decision, nor before what each party said."),
    ),
    "rests_on_it": Words(
        _("What was done afterwards rests on it."), _("Take that back first, or record what is so now.")
    ),
    "no_such_case": Words(_("This case was taken back."), _("Nothing more is to be done.")),
    "case_answered": Words(_("Whether it is taken on was answered already."), _("Open the case and look.")),
    "case_not_accepted": Words(_("Nobody has taken this case on."), _("Take it on first, if it is yours.")),
    "case_closed": Words(_("This case is at its end."), _("If there is more to settle, bring a new case.")),
    "not_its_handler": Words(
        _("You do not handle this case."), _("Whoever has it records this; what you know of it, tell them.")
    ),
    "not_of_this_case": Words(
        _("It names somebody or something that is not of this case."), _("Open the case again and choose from it.")
    ),
    "joined_already": Words(_("This party is of the case already."), _("Open the case again and look.")),
    "consent_missing": Words(
        _("Not everybody it takes has agreed to it."), _("Ask each of them, and record each answer by itself.")
    ),
    "one_side_missing": Words(
        _("An agreement is between both sides."), _("Name at least one of each, or end the mediation.")
    ),
    "side_wanted_no_help": Words(
        _("One side did not want anybody to mediate."),
        _("If they settled it between themselves, leave the mediator out."),
    ),
    "minor_needs_representative": Words(
        _("For a minor whoever represents them speaks."), _("Name who represents them, and choose that.")
    ),
    "extension_without_day": Words(_("It does not say until when."), _("Write the day.")),
    "nobody_refused": Words(_("No side has refused."), _("Record who refused, each by itself; or choose another end.")),
    "no_such_agreement": Words(
        _("There is no such agreement to be signed."), _("Open the case again; there may be a new one.")
    ),
    "signed_before_it_was_made": Words(
        _("It would be signed before it was agreed."), _("Correct one of the two days.")
    ),
    "not_on_the_panel": Words(
        _("On that day they were no mediator of the panel; a posting makes nobody one."),
        _("Choose somebody of the panel, or have them written onto it."),
    ),
    "not_its_mediator": Words(
        _("Whoever signed as the mediator is not the mediator of this case."),
        _("Choose who is named in it; where nobody is, somebody of the committee that has it."),
    ),
    "mediator_has_a_conflict": Words(
        _("They said themselves that something ties them to a side of this case."), _("Choose another mediator.")
    ),
    "mediator_not_accepted": Words(
        _("A party does not accept this mediator."), _("Choose another one, or ask that party again.")
    ),
    "nobody_speaks_for_them": Words(
        _("This party speaks for itself: nobody is named who represents it."),
        _("Record what they said themselves, or name first who speaks for them."),
    ),
    "linked_with_itself": Words(_("A case is not linked with itself."), _("Choose other cases.")),
    "seal_is_not_theirs": Words(
        _("The seal is recorded by whoever of the panel holds it."), _("Ask them to record it.")
    ),
    "not_in_effect": Words(_("No agreement is in effect here."), _("It can be asked once one is.")),
    "confirmed_by_no_court": Words(
        _("Marriage, adoption, identity and ownership are confirmed by no court this way."),
        _("Tell both sides which route there is."),
    ),
    "confirmed_in_writing_only": Words(
        _("A court confirms what is written."), _("Put the agreement in writing first, if both want to.")
    ),
    "confirmation_out_of_time": Words(
        _("Both sides apply within 30 days of the day of effect."),
        _("Correct the day, if it was earlier; else tell both sides the other routes."),
    ),
    "not_jointly": Words(_("All who agreed apply together."), _("Name all of them, each having said yes.")),
    "not_applied": Words(_("Nobody has applied to the court."), _("Record that first.")),
    "asked_for_help_already": Words(
        _("This desk was asked already and has not answered."), _("Wait for its answer, or take the asking back.")
    ),
    "not_asked_for_help": Words(_("This desk was not asked for help."), _("Open the case again and look.")),
    # What is attached: photos and PDFs of papers
    "file_of_no_such_sort": Words(
        _("This is neither a photo (JPEG, PNG) nor a PDF."), _("Take a photo of the paper, or save it as PDF.")
    ),
    "file_too_large": Words(
        _("A file has at most {most} MB."), _("Take the photo anew with fewer points, or send page by page.")
    ),
    "file_damaged": Words(_("This file can't be read to its end."), _("Take the photo anew, or save the PDF anew.")),
    "file_tells_more": Words(
        _("This file tells more than the paper: where it was taken, by which phone, or by whom."),
        _("Choose it again on a page with scripts, which takes that out of a photo; a PDF is printed to PDF anew."),
    ),
    "file_runs": Words(
        _("This PDF is locked, runs a program or carries other files."),
        _("Print it to PDF anew, or take a photo of the paper."),
    ),
    "file_not_named": Words(
        _("No entry of yours names this file, or its words were erased."), _("Attach it to the case anew.")
    ),
    "file_differs": Words(_("This is another file than the entry names."), _("Choose the one that was attached.")),
    "file_missing": Words(_("No file was chosen."), _("Choose a photo or a PDF, or leave it as it is.")),
    "too_many_files": Words(_("At most {most} files are attached at once."), _("Attach the others after these.")),
    "due_before_agreed": Words(
        _("Something would be due before the day it was agreed."),
        _("Correct the day of the agreement, or by when it is to be done."),
    ),
    "done_before_agreed": Words(
        _("It would be done before the day it was agreed."), _("Correct the day, or that of the agreement before.")
    ),
    "oral_without_mediator": Words(
        _("Nobody is named who mediates, and an oral agreement is entered with its mediator."),
        _("Name the mediator first; what they settled without one ends the case as settled between themselves."),
    ),
    "names_a_day_before": Words(
        _("The day that is named lies before the day this happened."), _("Correct one of the two days.")
    ),
    "left_before_it_came": Words(_("The last day is before the first."), _("Correct one of the two days.")),
    "merged_with_itself": Words(_("Nothing can be merged with itself."), _("Choose the other one.")),
    "nobody_stays": Words(
        _("A split moves somebody, and leaves somebody."), _("Choose who goes to the new household.")
    ),
    "not_a_phone": Words(
        _("This is not a telephone number: {given}."), _("Write 11 digits beginning with 1, or area code and number.")
    ),
    "bad_identity_number": Words(
        _("This is not a whole identity number."), _("Type it again from the card; the number itself is not kept.")
    ),
    "name_missing": Words(_("The name is missing."), _("Write the name as it is on the household card.")),
    # Restating, clashes, settling
    "not_yours_to_correct": Words(
        _("Only its author can correct or withdraw this entry; after the posting's end, who follows or the organizer."),
        _("Ask them."),
    ),
    "kind_differs": Words(
        _("A correction is of the same kind as what it corrects."), _("Correct it from the entry's own page.")
    ),
    "withdrawn_already": Words(_("The entry has been withdrawn already."), _("Nothing more is needed.")),
    "seen_differently": Words(
        _("Somebody else changed this after you saw it."), _("Both versions are kept; decide which one stands.")
    ),
    "unseen_for_long": Words(
        _("For 30 days it has waited for something that never came."), _("Decide what is to stand; nothing is lost.")
    ),
    "already": Words(_("It is settled already."), _("Nothing more is needed.")),
    "same_id_other_words": Words(_("Another entry has this id already."), _("Record it again; it gets a new id.")),
    "not_a_heads_file": Words(
        _("Line {line} is not a line of a heads file."), _("Give the file that `concerto heads` printed.")
    ),
    "rebuild_due": Words(
        _("The ledgers of this township are being brought up to date."), _("Try again in a minute; nothing is lost.")
    ),
    # Places, units, accounts, slips
    "lists_too_big": Words(
        _("These lists are larger than {most}."),
        _("Send those of your county or province, or let whoever keeps the server take them in."),
    ),
    "no_such_lists": Words(_("There is no list of divisions among these files."), _("Choose files named {names}.")),
    "no_such_township": Words(
        _("No township with the code {place} is known here."), _("Check the code, or import the divisions first.")
    ),
    "code_unfit": Words(_("A code has 2 to 12 digits."), _("Write it as its source does, without spaces.")),
    "code_taken": Words(_("The code {place} belongs to another place."), _("Check the code and the day.")),
    "unit_name_taken": Words(_("There is a {name} already."), _("Choose another name, or close the other one first.")),
    "renamed_before": Words(_("The unit was renamed on that day or later."), _("Choose a later day.")),
    "township_stays": Words(_("The township itself can't be closed."), _("Close its villages and branches instead.")),
    "sign_in_name_taken": Words(_("Somebody signs in as {name} already."), _("Choose another sign-in name.")),
    "sign_in_name_unfit": Words(
        _("A sign-in name has at most 40 letters, figures, dots or hyphens."), _("A telephone number serves well.")
    ),
    "two_people_needed": Words(
        _("Administrator and privacy officer are two people."), _("Add a second person for the other task.")
    ),
    "not_an_empty_home": Words(
        _("This home has accounts already."),
        _("An administrator makes the slip on the page People; for an administrator who lost theirs, name them here."),
    ),
    "not_yourself": Words(_("This can't be done to one's own account."), _("Ask another administrator.")),
    "account_closed": Words(_("This account is closed."), _("Open it again first.")),
    "slip_unfit": Words(
        _("This name and this slip do not belong together, or the slip is used, replaced or older than a day."),
        _("Check both, or ask your administrator for a new slip."),
    ),
    "no_such_files": Words(_("There is no file of divisions in {folder}."), _("Name the folder that holds {names}.")),
    # A workbook that somebody sends
    "workbook_not_one": Words(
        _("This is not an Excel workbook (.xlsx or .xls)."),
        _("Open it in the office program and save it as .xlsx. Nothing has been taken in."),
    ),
    "workbook_locked": Words(
        _("The workbook is locked by a password."),
        _("Save it without the password and send it again. Nothing has been taken in."),
    ),
    "workbook_damaged": Words(
        _("The workbook is damaged and can't be opened."),
        _("Open it in the office program and save it anew. Nothing has been taken in."),
    ),
    "workbook_too_big": Words(
        _("The workbook is bigger than {most}."),
        _("Take pictures and other sheets out, or send it in parts. Nothing has been taken in."),
    ),
    "workbook_too_long": Words(
        _("A sheet is longer than {most} rows."),
        _("Delete what stands far below the table, or send it in parts. Nothing has been taken in."),
    ),
    "workbook_too_wide": Words(
        _("A sheet is wider than {most} columns."),
        _("Delete what stands far beside the table. Nothing has been taken in."),
    ),
    # Erasing, backing up, bringing back
    "nobody_of_this_id": Words(
        _("No person and no household with this id is known here."), _("Check the id; nothing was erased.")
    ),
    "basis_names_the_person": Words(
        _("The reason names the person, or holds their phone."), _("Say why without it: the reason is kept for ever.")
    ),
    "no_such_part": Words(
        _("One of the parts to be erased is not there."), _("List the parts again and choose from those.")
    ),
    "not_a_list_of_erasures": Words(
        _("Line {line} of {file} is not a line of a list of erasures."), _("Name the file that the home keeps.")
    ),
    "passphrase_missing": Words(
        _("There is no passphrase."), _("Set CONCERTO_PASSPHRASE, or run it on a terminal and type one.")
    ),
    "passphrases_differ": Words(_("The two passphrases differ."), _("Run it again; nothing was written.")),
    "backup_of_another_history": Words(
        _("This backup is not of the history that this home keeps: {log} differs at number {seq}."),
        _("Give the backup that `concerto backup` wrote here; nothing was changed."),
    ),
    "no_such_backup": Words(_("There is no file {file}."), _("Check the path; nothing was touched.")),
    "not_a_backup": Words(_("This file is no backup of Concerto."), _("Choose another file; nothing was touched.")),
    "safe_does_not_open": Words(
        _("The passphrase is wrong, or the beginning of the file is damaged."),
        _("Type it again, or take another copy of the backup; nothing was touched."),
    ),
    "safe_damaged": Words(
        _("The backup is damaged or was cut short."), _("Take another copy of it; nothing was touched.")
    ),
    "backup_of_another_release": Words(
        _("The backup holds what this release does not know."),
        _("Bring it back with the release it was made with, or a newer one; nothing was touched."),
    ),
    "home_not_empty": Words(
        _("This home has accounts or entries; a backup comes back into an empty one."),
        _("Name an empty home in CONCERTO_HOME, or an empty database; nothing was touched."),
    ),
    "home_closed": Words(
        _("A backup is being brought back, or a restore did not come to its end."),
        _("If none is running, run restore again with the same file: it clears up by itself and begins anew."),
    ),
    "disk_full": Words(
        _("The disk is full; what did not fit was not written, and nothing stands by halves."),
        _("Make room, then run it again: what is there already is not taken twice."),
    ),
    "tail_does_not_open": Words(
        _("The tail is damaged, or sealed to another key than the backup's."),
        _("Name the tail of this backup's home, or restore without it; nothing was touched."),
    ),
    "tail_of_another_history": Words(
        _("The tail goes on from another restore than this backup."),
        _("Take a backup made after that restore, or restore without the tail; nothing was touched."),
    ),
    "tail_has_a_gap": Words(
        _("The tail does not follow on the backup: number {number} is missing."),
        _("Take a newer backup, or restore without the tail; nothing was touched."),
    ),
}
