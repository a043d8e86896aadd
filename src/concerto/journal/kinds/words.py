"""What the codes of a visit are called, for pages, papers and the phone. A code that is not here says itself."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = Mapping[str, str | Promise]

CHANNEL_WORDS: Words = {
    "visit": pgettext_lazy("channel", "Visit"),
    "phone_call": pgettext_lazy("channel", "Phone call"),
    "gathering": pgettext_lazy("channel", "Gathering"),
}
OUTCOME_WORDS: Words = {
    "met": pgettext_lazy("outcome", "Met"),
    "nobody_home": pgettext_lazy("outcome", "Nobody in"),
    "not_now": pgettext_lazy("outcome", "Not now"),
    "declined": pgettext_lazy("outcome", "Does not wish to"),
    "moved": pgettext_lazy("outcome", "Moved"),
    "not_met": pgettext_lazy("outcome", "Not met"),
}
CHANGE_WORDS: Words = {
    "no_change": pgettext_lazy("change", "No change"),
    "changed": pgettext_lazy("change", "Something changed"),
}
TOLD_BY_WORDS: Words = {
    "household": pgettext_lazy("told by", "The household itself"),
    "seen": pgettext_lazy("told by", "Seen by me"),
    "paper": pgettext_lazy("told by", "A paper"),
}
TOPIC_WORDS: Words = {
    "grassland_subsidy": pgettext_lazy("topic", "Grassland subsidy"),
    "farmland_subsidy": pgettext_lazy("topic", "Farmland subsidy"),
    "medical_insurance": pgettext_lazy("topic", "Medical insurance"),
    "pension": pgettext_lazy("topic", "Pension"),
    "social_assistance": pgettext_lazy("topic", "Social assistance"),
    "relapse_prevention": pgettext_lazy("topic", "Not falling back into poverty"),
    "small_loans": pgettext_lazy("topic", "Small loans"),
    "machinery_subsidy": pgettext_lazy("topic", "Machinery subsidy"),
    "disability_allowances": pgettext_lazy("topic", "Disability allowances"),
    "education_aid": pgettext_lazy("topic", "Education aid"),
    "employment": pgettext_lazy("topic", "Work and training"),
    "fire_and_pasture_safety": pgettext_lazy("topic", "Fire and pasture safety"),
    "animal_disease": pgettext_lazy("topic", "Animal disease"),
    "law_and_mediation": pgettext_lazy("topic", "Law and mediation"),
    "party_policy": pgettext_lazy("topic", "Party policy"),
}
NEED_WORDS: Words = {
    "water": pgettext_lazy("need", "Water"),
    "road": pgettext_lazy("need", "Road"),
    "power_and_signal": pgettext_lazy("need", "Power and signal"),
    "pasture": pgettext_lazy("need", "Pasture"),
    "livestock": pgettext_lazy("need", "Livestock"),
    "money": pgettext_lazy("need", "Money"),
    "health": pgettext_lazy("need", "Health"),
    "schooling": pgettext_lazy("need", "Schooling"),
    "work": pgettext_lazy("need", "Work"),
    "skill": pgettext_lazy("need", "Learning a skill"),
    "market": pgettext_lazy("need", "Selling"),
    "housing": pgettext_lazy("need", "Housing"),
    "papers": pgettext_lazy("need", "Papers"),
    "other": pgettext_lazy("need", "Something else"),
}
NEED_STATE_WORDS: Words = {
    "heard": pgettext_lazy("need state", "Heard"),
    "owned": pgettext_lazy("need state", "Somebody sees to it"),
    "doing": pgettext_lazy("need state", "Being done"),
    "done": pgettext_lazy("need state", "Done, not told yet"),
    "told": pgettext_lazy("need state", "Told, waiting for a word"),
    "reopened": pgettext_lazy("need state", "Reopened"),
    "confirmed": pgettext_lazy("need state", "Confirmed"),
    "told_to_the_doer": pgettext_lazy("need state", "Told to the doer"),
    "no_answer": pgettext_lazy("need state", "No answer"),
    "not_ours": pgettext_lazy("need state", "Not ours"),
    "merged": pgettext_lazy("need state", "Merged into another"),
}
HEADING_WORDS: Words = {
    "industry": pgettext_lazy("heading", "Thriving industry"),
    "ecology": pgettext_lazy("heading", "Pleasant places to live"),
    "rural_culture": pgettext_lazy("heading", "Civil manners"),
    "governance": pgettext_lazy("heading", "Good governance"),
    "livelihood": pgettext_lazy("heading", "A good living"),
}
OFTEN_WORDS: Words = {
    "as_usual": pgettext_lazy("often", "As usual"),
    "quarterly": pgettext_lazy("often", "Once a quarter"),
    "half_yearly": pgettext_lazy("often", "Twice a year"),
    "yearly": pgettext_lazy("often", "Once a year"),
    "never": pgettext_lazy("often", "Not at all"),
}
LEAD_WORDS: Words = {
    "neighbours": pgettext_lazy("lead", "Neighbours"),
    "marriage_and_family": pgettext_lazy("lead", "Marriage and family"),
    "pasture_and_land": pgettext_lazy("lead", "Pasture and land"),
    "lease": pgettext_lazy("lead", "Lease"),
    "livestock_damage": pgettext_lazy("lead", "Damage by livestock"),
    "money": pgettext_lazy("lead", "Debts"),
    "wages": pgettext_lazy("lead", "Wages"),
    "other": pgettext_lazy("lead", "Something else"),
}
SCREENING_WAY_WORDS: Words = {
    "door_to_door": pgettext_lazy("screening", "From door to door"),
    "gathering": pgettext_lazy("screening", "At a gathering"),
    "asked_around": pgettext_lazy("screening", "Asked around in the village"),
    "records": pgettext_lazy("screening", "From books and telephone"),
}
MATTER_WORDS: Words = {
    "pledge": pgettext_lazy("matter", "A member's pledge"),
    "branch_matter": pgettext_lazy("matter", "A branch matter"),
}

# What a meeting's form and contents, and study, are called as lines of a ledger.
HELD_WORDS: Words = {
    "members_meeting": pgettext_lazy("line", "Members' meeting"),
    "committee_meeting": pgettext_lazy("line", "Committee meeting"),
    "group_meeting": pgettext_lazy("line", "Group meeting"),
    "party_lesson": pgettext_lazy("line", "Party lesson"),
    "theme_party_day": pgettext_lazy("line", "Theme day"),
    "org_life_meeting": pgettext_lazy("line", "Organisational life"),
    "democratic_appraisal": pgettext_lazy("line", "Appraisal of members"),
    "rules_reviewed": pgettext_lazy("line", "Rules reviewed"),
    "resolution": pgettext_lazy("line", "Decision"),
    "heart_talk": pgettext_lazy("line", "Heart-to-heart talk"),
}
STUDIED_WORDS: Words = {
    "home_lesson": pgettext_lazy("line", "Lesson at home"),
    "training": pgettext_lazy("line", "Training"),
    "pre_study": pgettext_lazy("line", "Study before the meeting"),
    "meeting_study": pgettext_lazy("line", "Study in the meeting"),
}


def word(words: Words, code: str) -> str:
    """Say a code in the reader's language."""
    return str(words.get(code, code))
