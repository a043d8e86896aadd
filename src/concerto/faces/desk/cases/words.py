"""What the codes of a case's steps are called at the desk, and how a route is named."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.triage.asking import read
from concerto.journal.kinds.case_steps import ROUTES
from concerto.journal.kinds.case_words import OFTEN, OTHERS, SORT_WORDS
from concerto.journal.kinds.cases import OF_A_FAMILY
from concerto.journal.kinds.words import Words, word
from concerto.rulebook.routes import routes

Choices = list[tuple[str, str | Promise]]

READ_BY = _("those who handle the case")
READ_BY_ME = _("you alone; a later mediator once that side agrees")

STEPS: Words = {
    "opened": pgettext_lazy("case step", "Brought"),
    "party": pgettext_lazy("case step", "Somebody joined"),
    "accepted": pgettext_lazy("case step", "Taken on"),
    "not_accepted": pgettext_lazy("case step", "Not taken on"),
    "willing": pgettext_lazy("case step", "Both sides want mediation"),
    "unwilling": pgettext_lazy("case step", "Not all want mediation any more"),
    "mediator": pgettext_lazy("case step", "Mediator named"),
    "conflict": pgettext_lazy("case step", "Something ties a mediator to a side"),
    "linked": pgettext_lazy("case step", "Handled together with another case"),
    "weighed": pgettext_lazy("case step", "How hard it is"),
    "told": pgettext_lazy("case step", "Told"),
    "consent": pgettext_lazy("case step", "Asked"),
    "session": pgettext_lazy("case step", "Talked with"),
    "agreement": pgettext_lazy("case step", "Agreed"),
    "signature": pgettext_lazy("case step", "Signed"),
    "in_effect": pgettext_lazy("case step", "In effect"),
    "between_themselves": pgettext_lazy("case step", "Settled between themselves"),
    "extension_agreed": pgettext_lazy("case step", "Put off, all agreed"),
    "extension_over": pgettext_lazy("case step", "Put off no more"),
    "told_to_each_side": pgettext_lazy("case step", "Each side was told about the court"),
    "channel_changed": pgettext_lazy("case step", "Went to another channel"),
    "performance": pgettext_lazy("case step", "Asked whether it is done"),
    "return_visit": pgettext_lazy("case step", "Visited again"),
    "applied": pgettext_lazy("case step", "Both applied to the court"),
    "confirmed": pgettext_lazy("case step", "The court confirmed it"),
    "not_confirmed": pgettext_lazy("case step", "The court did not confirm it"),
    "result_returned": pgettext_lazy("case step", "The result went back to who sent it"),
    "sent": pgettext_lazy("case step", "Handed on"),
    "received": pgettext_lazy("case step", "Taken on there"),
    "returned": pgettext_lazy("case step", "Came back"),
    "done_there": pgettext_lazy("case step", "Done there"),
    "taken_over": pgettext_lazy("case step", "Taken over"),
    "help_asked": pgettext_lazy("case step", "Another desk was asked for help"),
    "help_answered": pgettext_lazy("case step", "The desk helped"),
    "help_returned": pgettext_lazy("case step", "The desk could not help"),
    "not_settled": pgettext_lazy("case step", "Ended: not settled"),
    "withdrawn": pgettext_lazy("case step", "Ended: withdrawn"),
    "refused": pgettext_lazy("case step", "Ended: refused by a side"),
}
SIDES: Words = {
    "a": pgettext_lazy("case side", "Side A"),
    "b": pgettext_lazy("case side", "Side B"),
    "third": pgettext_lazy("case side", "A third party"),
}
PARTY_SORTS: Words = {
    "person": pgettext_lazy("case party", "A person"),
    "organisation": pgettext_lazy("case party", "An organisation"),
}
CONSENTS: Words = {
    "mediation": pgettext_lazy("case consent", "Mediation"),
    "mediator": pgettext_lazy("case consent", "This mediator"),
    "extension": pgettext_lazy("case consent", "More time, until a day"),
    "transfer": pgettext_lazy("case consent", "Handing it to another channel"),
    "helpers": pgettext_lazy("case consent", "Relatives, neighbours or experts helping"),
    "notes": pgettext_lazy("case consent", "A later mediator reading what they said alone"),
    "confirmation": pgettext_lazy("case consent", "Applying to the court together"),
}
ANSWERS: Words = {
    "agreed": pgettext_lazy("case answer", "Yes"),
    "refused": pgettext_lazy("case answer", "No"),
}
BY: Words = {
    "self": pgettext_lazy("case answer", "They said it themselves"),
    "representative": pgettext_lazy("case answer", "Who speaks for them"),
}
WAYS: Words = {
    "in_person": pgettext_lazy("case way", "Face to face"),
    "phone_call": pgettext_lazy("case way", "By telephone"),
    "paper": pgettext_lazy("case way", "On paper"),
}
PROCEDURES: Words = {
    "before_filing": pgettext_lazy("case procedure", "Before it filed the case"),
    "ordinary": pgettext_lazy("case procedure", "Filed, ordinary procedure"),
    "simplified": pgettext_lazy("case procedure", "Filed, simplified procedure"),
}
TOLD: Words = {
    "rights": pgettext_lazy("case told", "Their rights: free of charge, of their own will, a court stays open"),
    "routes": pgettext_lazy("case told", "The other routes"),
    "confirmation": pgettext_lazy("case told", "That a court may confirm it, within 30 days, both together"),
    "how_it_goes": pgettext_lazy("case told", "How it goes on"),
}
ENDS: Words = {
    "between_themselves": pgettext_lazy("case end", "They settled it between themselves, without a mediator"),
    "not_settled": pgettext_lazy("case end", "It could not be settled"),
    "withdrawn": pgettext_lazy("case end", "They withdraw it"),
    "refused": pgettext_lazy("case end", "A side does not want mediation"),
}
KEPT: Words = {
    "kept": pgettext_lazy("case kept", "Done"),
    "partly": pgettext_lazy("case kept", "Partly"),
    "broken": pgettext_lazy("case kept", "Not done"),
}
FORMS: Words = {
    "told": pgettext_lazy("case form", "The parties are told to go there"),
    "delegated": pgettext_lazy("case form", "Delegated, before a court has filed it"),
    "entrusted": pgettext_lazy("case form", "Entrusted, after a court has filed it"),
    "transferred": pgettext_lazy("case form", "Transferred"),
}
CONFLICTS: Words = {
    "kin": pgettext_lazy("case conflict", "They are kin"),
    "neighbour": pgettext_lazy("case conflict", "They are neighbours"),
    "works_for": pgettext_lazy("case conflict", "The mediator works for a side, or a side for them"),
    "own_share": pgettext_lazy("case conflict", "They have a share in the matter"),
    "other": pgettext_lazy("case conflict", "Something else ties them"),
}
AGREED_HOW: Words = {
    "written": pgettext_lazy("case agreement", "In writing"),
    "oral": pgettext_lazy("case agreement", "By word, equally good"),
}
SETTLES: Words = {
    "marriage": pgettext_lazy("case settles", "Marriage"),
    "adoption": pgettext_lazy("case settles", "Adoption"),
    "identity": pgettext_lazy("case settles", "Whose child somebody is"),
    "ownership": pgettext_lazy("case settles", "Who owns land or pasture"),
}


MOST_NAMES = 2  # of each side, where a case is named in a line


def side_words(side: str, names: Sequence[str]) -> str:
    """Name a side: the first two, and how many more."""
    return shortened([name or word(SIDES, side) for name in names])


def shortened(names: Sequence[str], most: int = MOST_NAMES) -> str:
    """Name the first of many, and how many more."""
    more = len(names) - most if len(names) > most else 0
    text = pgettext("list", ", ").join(names[:most])
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=text, n=more) if more else text


def choices(words: Words, codes: Iterable[str] | None = None) -> Choices:
    """Give codes and their words as a form's choices."""
    return [(code, words[code]) for code in (codes if codes is not None else words)]


def sort_choices(*, family_last: str | Promise = "") -> list[tuple[str | Promise, Choices]]:
    """Give the sorts in groups: what comes up often here, the eighteen, what is a family's."""
    return [
        (_("Often here"), choices(SORT_WORDS, OFTEN)),
        (_("Of another sort"), choices(SORT_WORDS, OTHERS)),
        (family_last or _("Within a family"), choices(SORT_WORDS, OF_A_FAMILY)),
    ]


def route_choices() -> Choices:
    """Give the routes as a form's choices."""
    return [(code, route_name(code)) for code in ROUTES]


def route_name(code: str) -> str:
    """Name a route in the reader's language, as the leaflet names it."""
    known = routes().get(code)
    return read(known.name) if known else gettext("Another office")


def sort_name(sort: str) -> str:
    """Name a sort."""
    return word(SORT_WORDS, sort)


def desk_name(units: Mapping[UUID, str], desk: object, log: UUID) -> str:
    """Name a desk for cases: of a township it is its centre."""
    name = units.get(desk, "") if isinstance(desk, UUID) else ""
    return gettext("{township} mediation centre").format(township=name) if desk == log and name else name
