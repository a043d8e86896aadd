"""What the codes of a need are called at the desk, and what may be said to a household in each state."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.journal.kinds.words import NEED_STATE_WORDS, Words, word

STATES = NEED_STATE_WORDS
STEPS: Words = {
    "opened": pgettext_lazy("need step", "Heard"),
    "owned": pgettext_lazy("need step", "Taken on"),
    "doing": pgettext_lazy("need step", "Begun"),
    "done": pgettext_lazy("need step", "Done"),
    "told": pgettext_lazy("need step", "The household was told"),
    "interim_note": pgettext_lazy("need step", "The household was told how far it is"),
    "asked": pgettext_lazy("need step", "Asked, not reached"),
    "no_answer": pgettext_lazy("need step", "No answer, recorded after two askings"),
    "not_ours": pgettext_lazy("need step", "Not ours"),
    "reopened": pgettext_lazy("need step", "Opened again"),
    "yes": pgettext_lazy("need step", "The household says: yes, it is done"),
    "partly": pgettext_lazy("need step", "The household says: partly"),
    "no": pgettext_lazy("need step", "The household says: no"),
    "told_to_the_doer": pgettext_lazy("need step", "Yes, told to the doer: not counted as confirmed"),
    "sent": pgettext_lazy("need step", "Sent on"),
    "accepted": pgettext_lazy("need step", "Accepted there"),
    "returned": pgettext_lazy("need step", "Came back"),
    "done_there": pgettext_lazy("need step", "Done there"),
    "taken_over": pgettext_lazy("need step", "Taken over"),
    "merged": pgettext_lazy("need step", "Goes on under another need"),
    "joined": pgettext_lazy("need step", "Another need was joined to it"),
}
CLOCKS: Words = {
    "consult": pgettext_lazy("need clock", "A question"),
    "request": pgettext_lazy("need clock", "A request"),
    "hard": pgettext_lazy("need clock", "A hard matter"),
}
WAYS: Words = {
    "visit": pgettext_lazy("need way", "At a visit"),
    "phone_call": pgettext_lazy("need way", "By telephone"),
    "message": pgettext_lazy("need way", "By message"),
    "office": pgettext_lazy("need way", "At the office"),
    "paper": pgettext_lazy("need way", "On paper"),
    "slip": pgettext_lazy("need way", "By their own slip"),
}
OUTCOMES: Words = {
    "solved": pgettext_lazy("need outcome", "Solved"),
    "applied": pgettext_lazy("need outcome", "Applied for"),
    "explained": pgettext_lazy("need outcome", "Explained"),
    "trained": pgettext_lazy("need outcome", "Trained"),
    "sold": pgettext_lazy("need outcome", "Sold"),
    "employed": pgettext_lazy("need outcome", "Found work"),
    "could_not": pgettext_lazy("need outcome", "It could not be done"),
    "done_there": pgettext_lazy("need outcome", "Done by the desk or office it was sent to"),
}
OF_WISHES = {
    "skill": ("trained", "applied", "could_not"),
    "market": ("sold", "applied", "could_not"),
    "work": ("employed", "trained", "applied", "could_not"),
}
OF_OTHERS = ("solved", "applied", "explained", "could_not")
ROUTES: Words = {
    "civil_affairs": pgettext_lazy("office", "Civil affairs"),
    "medical_insurance": pgettext_lazy("office", "Medical insurance"),
    "human_resources": pgettext_lazy("office", "Human resources and social security"),
    "agriculture_and_pasture": pgettext_lazy("office", "Agriculture and pasture"),
    "natural_resources": pgettext_lazy("office", "Natural resources"),
    "water": pgettext_lazy("office", "Water affairs"),
    "transport": pgettext_lazy("office", "Transport"),
    "education": pgettext_lazy("office", "Education"),
    "health": pgettext_lazy("office", "Health"),
    "housing": pgettext_lazy("office", "Housing and construction"),
    "power_supplier": pgettext_lazy("office", "The power supplier"),
    "telecoms": pgettext_lazy("office", "The telephone company"),
    "police": pgettext_lazy("office", "Police"),
    "court": pgettext_lazy("office", "Court"),
    "legal_aid": pgettext_lazy("office", "Legal aid"),
    "petition_office": pgettext_lazy("office", "Letters and visits office"),
    "party_office": pgettext_lazy("office", "An office of the party"),
    "other": pgettext_lazy("office", "Another office"),
}
TOLD_OF: Words = {
    "done": pgettext_lazy("need told", "It is done"),
    "interim": pgettext_lazy("need told", "How far it is, and until when"),
    "answer": pgettext_lazy("need told", "The answer to their question"),
    "not_ours": pgettext_lazy("need told", "It is not ours, and who it belongs to"),
}
SAYS: Words = {
    "yes": pgettext_lazy("need word", "Yes, it is done"),
    "partly": pgettext_lazy("need word", "Partly"),
    "no": pgettext_lazy("need word", "No"),
}
# What may be said to a household, or copied into a message: the office's words, the same for everybody.
REPLIES: dict[str, str | Promise] = {
    "interim": _("We are seeing to what you told us. It is not done yet; you hear from us by the day we named."),
    "done": _("What you told us has been seen to. Please tell us yourself whether it is done: yes, partly or no."),
    "answer": _("Here is the answer to what you asked. If it leaves something open, tell us and we ask on."),
    "not_ours": _("What you told us is not for us to decide. We name you the office that decides it, and how to go."),
    "asked": _("We ask you whether it is done: yes, partly or no. You may also say it by the slip you have."),
    "owned": _("We have written down what you told us, and somebody sees to it. You hear from us in time."),
}
LANGUAGES = (("zh-Hans", "zh-hans"), ("en", "en"))


def choices(words: Words, codes: Iterable[str] | None = None) -> list[tuple[str, str | Promise]]:
    """Give codes and their words as a form's choices."""
    return [(code, words[code]) for code in (codes if codes is not None else words)]


def outcomes(sort: str) -> tuple[str, ...]:
    """Name the outcomes that a need of a sort can have: a wish ends with one of its own."""
    return OF_WISHES.get(sort, OF_OTHERS)


def replies(*codes: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the texts that may be said, each in both languages: title, then language and words."""
    told = []
    for code in codes:
        said = []
        for lang, name in LANGUAGES:
            with override(name):
                said.append((lang, str(REPLIES[code])))
        told.append((word(TOLD_OF, code) if code in TOLD_OF else gettext("To be said"), said))
    return told
