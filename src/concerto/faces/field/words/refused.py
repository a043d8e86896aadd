"""What the door may answer a phone, in words: a receipt to an envelope carries the code alone."""

from concerto.groundwork.refusals import WORDS

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
    "moved_to_where_nobody_moved", "not_of_this_step", "before_it_was_told", "done_before_that_day", "serial_wrong",
    "slip_void", "slip_given_already", "slip_noted_already", "slip_for_another_household", "deed_for_two_sorts",
    "one_household_only", "gathering_names_several", "gathering_reports_no_change", "unknown_companion",
    "too_many_named", "too_many", "minutes_out_of_range", "left_before_it_came", "due_before_agreed",
    "done_before_agreed", "names_a_day_before", "oral_without_mediator", "rests_on_it", "name_missing",
    "not_yours_to_correct", "kind_differs", "withdrawn_already", "seen_differently", "unseen_for_long", "already",
    "same_id_other_words", "counted_without_a_vote", "not_of_this_meeting", "base_leaves_out", "exempt_has_one_cell",
    "left_out_without_adoption", "from_to_or_a_length", "ends_before_it_begins", "nothing_held", "group_of_the_meeting",
    "base_of_the_meeting", "base_does_not_look_on", "left_out_is_there", "chaired_from_away",
    "away_who_was_not_there", "figures_without_a_vote",
    "ballot_keeps_no_figures", "figures_of_the_vote", "votes_do_not_add_up", "talked_as_another", "no_such_period",
    "notice_for_nothing", "consent_without_notice", "lives_in_another_household", "asked_too_little", "not_its_owner",
    "answers_through_a_guardian",
    "need_closed", "owner_not_posted_there",
    "waiver_asked_already", "waiver_granted_already",
    "protected_by_hand", "family_takes_the_long_path", "by_when_what", "side_wanted_no_help", "not_on_the_panel",
    "file_of_no_such_sort", "file_too_large", "file_damaged", "file_tells_more", "file_runs", "file_not_named",
    "file_differs",
    "no_such_case", "not_its_handler", "not_of_this_case", "case_answered", "case_closed", "case_not_accepted",
    "consent_missing", "one_side_missing", "nobody_refused", "mediator_has_a_conflict", "mediator_not_accepted",
    "not_its_mediator", "seal_is_not_theirs", "no_such_agreement", "signed_before_it_was_made",
    "minor_needs_representative", "nobody_speaks_for_them", "extension_without_day", "routes_not_told",
    "before_what_it_rests_on", "joined_already",
    "period_not_over", "not_a_phone", "bad_identity_number", "rebuild_due",
)  # fmt: skip


def words() -> dict[str, str]:
    """Say of each code what happened, and what to do."""
    return {code: f"{WORDS[code].what} {WORDS[code].do}" for code in CODES if code in WORDS}
