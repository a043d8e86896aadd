"""The acts on a case as data: the title of each, what it is for, and what is said when it is recorded."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concerto.journal.kinds.case_words import ACT_WORDS

Words = str | Promise


@dataclass(frozen=True)
class Act:
    """One act in words."""

    title: Words
    help: Words
    done: Words


ACTS: dict[str, Act] = {
    "accept": Act(
        ACT_WORDS["accept"],
        _("From this day the case has its number, and its clock begins. Then each party is asked by itself."),
        _("It is taken on."),
    ),
    "not-accept": Act(
        ACT_WORDS["not-accept"],
        _("It is not for mediation here. Tell which way there is, and tick what you told."),
        _("It was not taken on; the way was told."),
    ),
    "party": Act(
        ACT_WORDS["party"],
        _("Somebody more is part of it. They are asked by themselves, as everybody is."),
        _("The party is part of the case."),
    ),
    "consent": Act(
        ACT_WORDS["consent"],
        _(
            "One party, one answer, said by itself. Nobody says it for two. A no is kept as it was said, and ends "
            "nothing by itself."
        ),
        _("Their answer is recorded."),
    ),
    "tell": Act(
        ACT_WORDS["tell"],
        _("What you told one party. Their rights are told before the first talk, the other routes at every end."),
        _("It is noted what this party was told."),
    ),
    "mediator": Act(
        ACT_WORDS["mediator"],
        _("Somebody of the panel; a posting makes nobody a mediator. The parties may say no to them."),
        _("The mediator is named."),
    ),
    "session": Act(
        ACT_WORDS["session"],
        _(
            "Where, who was there, what was said. What a side said alone is read by you alone; a successor reads "
            "it only if that side agrees."
        ),
        _("The talk is recorded."),
    ),
    "agree": Act(
        ACT_WORDS["agree"],
        _(
            "What is to be done, by whom, by when. By word it is in effect today; in writing once all have signed "
            "and the seal is on it."
        ),
        _("The agreement is recorded."),
    ),
    "sign": Act(
        ACT_WORDS["sign"],
        _(
            "Each signature has its own day. The agreement is in effect on the latest of them. The seal is "
            "recorded by who holds it."
        ),
        _("The signature is recorded."),
    ),
    "end": Act(
        ACT_WORDS["end"],
        _("Not settled, withdrawn and refused are honourable ends. The other routes are told with it."),
        _("The case is at its end."),
    ),
    "perform": Act(
        ACT_WORDS["perform"],
        _("Ask whether one thing that was agreed is done. Whatever the answer, what the case came to stays as it is."),
        _("The answer is recorded."),
    ),
    "apply": Act(
        ACT_WORDS["apply"],
        _("All who agreed apply together, within 30 days of the effect. Each must have said yes to it before."),
        _("It is noted that they applied."),
    ),
    "court": Act(
        ACT_WORDS["court"],
        _("The court's answer; or that the result went back to the court that sent the case."),
        _("It is noted."),
    ),
    "visit": Act(
        ACT_WORDS["visit"],
        _(
            "Whether the sides are content, and what may still smoulder. Both stay sealed in the case and are "
            "counted nowhere."
        ),
        _("The visit is recorded."),
    ),
    "weigh": Act(
        ACT_WORDS["weigh"],
        _("Of the matter, never of a person: with its reason, and a day on which it is looked at again."),
        _("It is noted."),
    ),
    "hand": Act(
        ACT_WORDS["hand"],
        _(
            "To another desk, which takes it on or sends it back; or on paper to an office, whose answer you "
            "record. Until it is taken on it stays in your hands."
        ),
        _("It is handed on."),
    ),
    "receive": Act(
        ACT_WORDS["receive"],
        _("From now on your desk has the case."),
        _("Your desk has it now."),
    ),
    "return": Act(
        ACT_WORDS["return"],
        _("It goes back to who sent it, with the reason."),
        _("It went back."),
    ),
    "done-there": Act(
        ACT_WORDS["done-there"],
        _("Your desk has done its part, and who sent the case has it again."),
        _("It went back, done."),
    ),
    "office-done": Act(
        ACT_WORDS["office-done"],
        _("Record the answer of an office without a desk here: it has done its part."),
        _("The office's answer is recorded."),
    ),
    "office-returned": Act(
        ACT_WORDS["office-returned"],
        _("Record the answer of an office without a desk here: it does not take it on, and why."),
        _("The office's answer is recorded."),
    ),
    "help": Act(
        ACT_WORDS["help"],
        _(
            "One thing by one day, while the case stays with you. The desk sees what it is asked, and nothing of "
            "what was said in talks."
        ),
        _("The desk is asked."),
    ),
    "link": Act(
        ACT_WORDS["link"],
        _(
            "Cases of one cause are talked through together. Each keeps its number and its own end; one talk can be "
            "recorded in all of them at once."
        ),
        _("They are handled together."),
    ),
    "conflict": Act(
        ACT_WORDS["conflict"],
        _(
            "Whoever is tied to a side does not mediate here: they say so themselves, and another is named. A party "
            "that does not want a mediator says so as its own answer."
        ),
        _("It is noted; they do not mediate this case."),
    ),
    "opening": Act(
        ACT_WORDS["opening"],
        _("How it came, and what happened. A name is put right as long as whoever bears it has said nothing."),
        _("It is put right."),
    ),
    "settled": Act(
        ACT_WORDS["settled"],
        _("Who mediated, and who wanted help, stays as it was said: else take it back and record it again."),
        _("It is put right."),
    ),
    "help-answer": Act(
        ACT_WORDS["help-answer"],
        _("What your desk was asked for: done, or why it cannot be."),
        _("It is answered."),
    ),
}
PLAIN = frozenset({"accept", "receive", "apply"})  # of these only the day is asked
