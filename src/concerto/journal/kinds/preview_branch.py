"""What a meeting or a study will post, as data, in the words of its form; a test holds it to the folds."""

from concerto.places.sight import Part

from .meeting import Meeting1
from .preview import Rule
from .study import Study1
from .words import HELD_WORDS as HELD
from .words import STUDIED_WORDS as STUDIED

MEETING_RULES = (
    Rule(Part.STUDY, "pre_study", STUDIED["pre_study"]),
    Rule(Part.STUDY, "meeting_study", STUDIED["meeting_study"]),
    Rule(Part.BRANCH, "form", HELD["members_meeting"], ("members",)),
    Rule(Part.BRANCH, "form", HELD["committee_meeting"], ("committee",)),
    Rule(Part.BRANCH, "form", HELD["group_meeting"], ("group",)),
    Rule(Part.BRANCH, "contents", HELD["party_lesson"], ("lesson",)),
    Rule(Part.BRANCH, "contents", HELD["theme_party_day"], ("theme_day",)),
    Rule(Part.BRANCH, "contents", HELD["org_life_meeting"], ("organisational_life",)),
    Rule(Part.BRANCH, "contents", HELD["democratic_appraisal"], ("appraisal",)),
    Rule(Part.BRANCH, "contents", HELD["rules_reviewed"], ("rules_reviewed",)),
    Rule(Part.BRANCH, "decision", HELD["resolution"]),
)
STUDY_RULES = (
    Rule(Part.STUDY, "form", STUDIED["home_lesson"], ("home_lesson",)),
    Rule(Part.STUDY, "form", STUDIED["training"], ("training",)),
)
TALK_RULES = (Rule(Part.BRANCH, "talkers", HELD["heart_talk"]),)


def answers_of_meeting(meeting: Meeting1) -> dict[str, list[str]]:
    """Give what a meeting says as the answers of the form it was written in."""
    found: dict[str, list[str]] = {
        "form": [meeting.form],
        "contents": list(meeting.contents),
        "pre_study": [str(meeting.pre_study.length)] if meeting.pre_study else [],
        "meeting_study": [str(meeting.meeting_study.length)] if meeting.meeting_study else [],
        "decision": [str(decided.resolution) for decided in meeting.decisions],
    }
    return {field: answers for field, answers in found.items() if answers}


def answers_of_study(study: Study1) -> dict[str, list[str]]:
    """Give what a study says as the answers of the form it was written in."""
    return {"form": [study.form], "members": [str(member) for member in study.members]}
