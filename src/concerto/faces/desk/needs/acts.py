"""The acts on a need as data: the title of each, what it says it is for, its verb, and what it leads on to."""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.journal.kinds.needs import Handover1, NeedStep1, NeedWord1

Words = str | Promise


@dataclass(frozen=True)
class Act:
    """One act: its words, and the replies that may be said with it."""

    title: Words
    help: Words
    done: Words
    replies: tuple[str, ...] = ()
    once_owned: Words = ""

    def of(self, *, is_owned: bool) -> "Act":
        """Give the act as it is called now: whoever has a need already takes nothing on by naming another."""
        return replace(self, title=self.once_owned) if is_owned and self.once_owned else self


ACTS: dict[str, Act] = {
    "own": Act(
        pgettext_lazy("need act", "Take it on"),
        _(
            "Who sees to it in the village, and how long its kind may take. Until somebody is named, the post of "
            "the village has it; sent to a desk, it stays theirs all the same."
        ),
        _("It is noted who sees to it."),
        ("owned",),
        _("Who sees to it"),
    ),
    "doing": Act(
        pgettext_lazy("need act", "Something is being done"),
        _("Note what was begun. The household is told how far it is by a step of its own."),
        _("It is noted."),
    ),
    "done": Act(
        pgettext_lazy("need act", "It is done"),
        _("How it came out. It is not closed by this: the household is told, and says itself whether it is done."),
        _("It is noted. Now the household is to be told."),
    ),
    "tell": Act(
        pgettext_lazy("need act", "The household was told"),
        _("What they were told, and how. The texts beside may be said or copied as they are."),
        _("It is noted that they were told."),
        ("done", "interim", "answer", "not_ours"),
    ),
    "asked": Act(
        pgettext_lazy("need act", "Asked, not reached"),
        _(
            "One time that somebody asked whether it is done, and could not reach them. After two of these, five "
            "working days apart, it may be recorded that there was no answer."
        ),
        _("The asking is noted."),
        ("asked",),
    ),
    "no-answer": Act(
        pgettext_lazy("need act", "No answer"),
        _(
            "They were asked twice, five working days apart, and could not be reached. It is a state of its own "
            "and no success; what they say later counts all the same."
        ),
        _("It is recorded that there was no answer."),
    ),
    "word": Act(
        pgettext_lazy("need act", "What the household says"),
        _("Write down what they say themselves. Partly and no open it again at once, with the same owner."),
        _("Their word is recorded."),
        ("asked",),
    ),
    "not-ours": Act(
        pgettext_lazy("need act", "Not ours"),
        _("Nobody here may decide it. Name who does, so that the household is shown the right way; then tell them."),
        _("It is noted whose it is. Now the household is to be told."),
        ("not_ours",),
    ),
    "reopen": Act(
        pgettext_lazy("need act", "Open it again"),
        _("It was closed too early, or has come back. Its owner stays, and its clock begins anew."),
        _("It is open again."),
    ),
    "send": Act(
        pgettext_lazy("need act", "Send it on"),
        _(
            "To a desk that works here, which accepts or returns it; or to an office without a desk here, which "
            "gets a paper, and whose answer you record. Until it is accepted, and after it is returned, it is in "
            "your hands."
        ),
        _("It is sent."),
    ),
    "accept": Act(
        pgettext_lazy("need act", "Accept it"),
        _("From now on your desk has it. Who sees to it in the village stays."),
        _("Your desk has it now."),
    ),
    "return": Act(
        pgettext_lazy("need act", "Send it back"),
        _("It goes back to whoever sent it, with the reason."),
        _("It went back."),
    ),
    "desk-done": Act(
        pgettext_lazy("need act", "Done at the desk"),
        _("Your desk has done its part. The village tells the household, and asks for its word."),
        _("It is noted that it is done."),
    ),
    "office-done": Act(
        pgettext_lazy("need act", "The office has done it"),
        _("Record the answer of an office without a desk here: it has done its part."),
        _("The office's answer is recorded."),
    ),
    "office-returned": Act(
        pgettext_lazy("need act", "The office sent it back"),
        _("Record the answer of an office without a desk here: it does not take it on, and why."),
        _("The office's answer is recorded."),
    ),
}

STEPS = {"own": "owned", "doing": "doing", "done": "done", "tell": "told", "asked": "asked", "no-answer": "no_answer",
         "not-ours": "not_ours", "reopen": "reopened"}  # fmt: skip
HANDOVERS = {"send": "sent", "accept": "accepted", "return": "returned", "desk-done": "done", "office-done": "done",
             "office-returned": "returned"}  # fmt: skip


def act_of(body: object) -> str:
    """Name the act whose form says what an entry says; nothing for what is no step on a need."""
    match body:
        case NeedStep1(step=step):
            return next(act for act, said in STEPS.items() if said == step)
        case Handover1(step=step):
            return next(act for act, said in HANDOVERS.items() if said == step)
        case NeedWord1():
            return "word"
    return ""
