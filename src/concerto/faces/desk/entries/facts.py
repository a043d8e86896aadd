"""What an entry says, as terms and words: a visit as it was asked, an entry of the register field by field.

Values are shown to those who may open the cards of where it was recorded; others read which fields it speaks of.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from msgspec import UNSET

from concerto.faces.desk.branch.roll import names_of
from concerto.faces.desk.entries.branch_facts import branch_facts, meeting_words
from concerto.faces.desk.entries.reading import Fact
from concerto.faces.desk.five import LEDGERS
from concerto.faces.desk.needs.saying import NEED_BODIES, need_facts
from concerto.faces.desk.panel.words import PANEL_BODIES, panel_facts
from concerto.faces.desk.register import words as register
from concerto.faces.desk.register.card import CHANGES
from concerto.faces.desk.register.consent_words import consent_facts
from concerto.faces.desk.today.words import turn_words
from concerto.faces.desk.village.saying import village_facts
from concerto.journal.kinds import words as said
from concerto.journal.kinds.consents import Consent1
from concerto.journal.kinds.households import Home, UsualPlace
from concerto.journal.kinds.keeping import Erasure1
from concerto.journal.kinds.meeting import Meeting1
from concerto.journal.kinds.preview import NOT_MET
from concerto.journal.kinds.screening import Screening1
from concerto.journal.kinds.village_facts import VillageFact1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.said import Body, Wording
from concerto.papers.columns import in_one
from concerto.papers.ledgers import DECLINED, NOT_REACHED
from concerto.places.sight import ROLE_NAMES, Part, Role
from concerto.rulebook.period import named

WANTS_WORDS: said.Words = {"nothing": pgettext_lazy("wants", "Asked, nothing wanted")}
Pair = tuple[str | Promise, str]
FIELD_WORDS: dict[str, str | Promise] = {
    "village": _("Village"),
    "number": pgettext_lazy("household", "Number"),
    "group": pgettext_lazy("household", "Group"),
    "places": _("Usual places"),
    "reached_by": _("Reached by"),
    "best_months": _("Best months"),
    "head": pgettext_lazy("relation", "Head"),
    "left_on": _("Left on"),
    "name": _("Name"),
    "aliases": _("Other spellings"),
    "phones": _("Phones"),
    "born": _("Born"),
    "identity": _("Identity number"),
    "home": pgettext_lazy("place", "Household"),
    "household": pgettext_lazy("place", "Household"),
    "old": _("Out of household"),
    "residents": _("Who moves"),
    "helper": pgettext_lazy("household", "Helper"),
    "agreement": _("The household's agreement"),
    "since": _("Since"),
    "until": _("Until"),
    "branch": _("Party branch"),
    "standing": _("Standing"),
    "exempt": _("Exempt"),
    "floating": _("Floating"),
    "role": _("Role"),
    "parts": _("Parts"),
    "letter": _("Letter"),
    "absences": _("Days away"),
    "gone": _("Is now called"),
    "stays": _("Goes on as"),
    "restricted": _("Locked"),
    "told_by": _("Where it is known from"),
    "epoch": _("Epoch"),
}
MORE_KINDS: dict[str, str | Promise] = {
    "visit": pgettext_lazy("channel", "Visit"),
    "posting": pgettext_lazy("entry", "Posting"),
    "posting_change": pgettext_lazy("entry", "Posting changed"),
    "seat": pgettext_lazy("entry", "Committee seat"),
    "seat_change": pgettext_lazy("entry", "Committee seat changed"),
    "suspension": pgettext_lazy("entry", "Vote rests"),
    "suspension_change": pgettext_lazy("entry", "Resting vote changed"),
    "panel_member": pgettext_lazy("entry", "Mediator on the panel"),
    "panel_change": pgettext_lazy("entry", "Mediator's line changed"),
    "meeting": pgettext_lazy("entry", "Meeting"),
    "study": pgettext_lazy("entry", "Study"),
    "own_study": pgettext_lazy("entry", "Own study"),
    "heart_talk": pgettext_lazy("entry", "Heart-to-heart talk"),
    "not_there": pgettext_lazy("entry", "Was not there"),
    "waiver": pgettext_lazy("entry", "Waiver asked"),
    "waiver_answer": pgettext_lazy("entry", "Waiver answered"),
    "edition": pgettext_lazy("entry", "Edition of a duty proposed"),
    "edition_answer": pgettext_lazy("entry", "Edition of a duty answered"),
    "day_table": pgettext_lazy("entry", "Days off of a year"),
    "taken_over": pgettext_lazy("entry", "Taken over"),
    "round": pgettext_lazy("entry", "Round opened"),
    "round_end": pgettext_lazy("entry", "Round stopped"),
    "visit_wish": pgettext_lazy("entry", "Wish for visits"),
    "consent": pgettext_lazy("entry", "Notice and consent"),
    "screening": pgettext_lazy("entry", "Screening of a village"),
    "village_fact": pgettext_lazy("entry", "Fact about a village"),
    "suggestion": pgettext_lazy("entry", "Suggestion passed upward"),
    "suggestion_reply": pgettext_lazy("entry", "Reply to a suggestion"),
    "fact_confirmed": pgettext_lazy("entry", "A fact is still so"),
    "deed": pgettext_lazy("entry", "Good thing done"),
    "need": pgettext_lazy("entry", "Need told"),
    "need_step": pgettext_lazy("entry", "Step on a need"),
    "need_word": pgettext_lazy("entry", "A household's word"),
    "handover": pgettext_lazy("entry", "Handed over"),
    "need_merger": pgettext_lazy("entry", "Needs merged"),
    "slip_sheet": pgettext_lazy("entry", "Slips printed"),
    "matter_slip": pgettext_lazy("entry", "Slip given"),
    "matter_slip_void": pgettext_lazy("entry", "Slip lost"),
    "call_asked": pgettext_lazy("entry", "A call is asked for"),
    "treated": pgettext_lazy("entry", "How I was treated"),
    "erasure": pgettext_lazy("entry", "Erasure"),
    "restriction": pgettext_lazy("entry", "Locking"),
    "settled": pgettext_lazy("entry", "Not recorded after all"),
    "restored": pgettext_lazy("entry", "Restored from a backup"),
}


def title(fact: Fact) -> str:
    """Say in a few words what an entry is about: what was done, and at whose."""
    body, kind = fact.words.body, fact.told.kind
    if isinstance(body, Visit1):
        what = said.word(said.CHANNEL_WORDS, body.channel)
    else:
        what = meeting_words(body) or str(CHANGES.get(kind) or MORE_KINDS.get(kind, kind))
    if len(fact.households) != 1:
        return what
    return gettext("{what}: {name}").format(what=what, name=households_words(fact, fact.households))


def facts(fact: Fact, wording: Wording) -> list[Pair]:
    """Say what one wording says, without any sealed words."""
    body = wording.body
    if isinstance(body, Visit1):
        return [pair for pair in _visit(fact, wording, body) if pair[1]]
    on = wording.said.happened_on
    of_branch = [pair for pair in branch_facts(body, on, _named(fact, body)) if pair[1]]
    told = [(_("Day"), _day(wording) if of_branch else date_format(on, "DATE_FORMAT")), *_turn(wording)]
    if body is None:
        return told
    if of_branch and not fact.shows_values:
        of_branch = [(term, gettext("said")) for term, _words in of_branch]
    return [*told, *(of_branch or _fields(fact, body))]


def _named(fact: Fact, body: Body | None) -> dict[UUID, str]:
    """Name whom a meeting left out of its count and who sees to its decisions, to those who work where it was."""
    if not isinstance(body, Meeting1) or not fact.is_near:
        return {}
    told = [*(one.member for one in body.left_out), *(one.owner for one in body.decisions if one.owner)]
    return names_of(fact.sight, told) if told else {}


# ---------------------------------------------------------------- a visit


def _visit(fact: Fact, wording: Wording, body: Visit1) -> Iterator[Pair]:
    yield _("Which day"), _day(wording)
    yield from _turn(wording)
    yield _("How"), said.word(said.CHANNEL_WORDS, body.channel)
    yield pgettext_lazy("place", "Households"), households_words(fact, body.households)
    yield _("Who was met"), met_words(fact, body)
    yield _("Has anything changed at home"), _changed(fact, body)
    yield _("What is to be done"), said.word(WANTS_WORDS, body.wants) if body.wants != "not_asked" else ""
    yield _("What policy was spoken of"), register.listed(said.word(said.TOPIC_WORDS, topic) for topic in body.topics)
    yield _("Lesson at home"), _lesson(body)
    yield (
        _("Needs"),
        register.listed(
            said.word(said.NEED_WORDS, need.sort) for need in body.needs if fact.speaks_openly_of(need.household)
        ),
    )
    yield _("Lead"), _leads(fact, body)
    yield _("Pledge or branch matter"), register.listed(said.word(said.MATTER_WORDS, m.sort) for m in body.matters)
    if body.outcome not in NOT_MET and fact.is_near:
        yield _("Where it is known from"), said.word(said.TOLD_BY_WORDS, body.told_by)
    yield _("Made together with"), register.listed(fact.authors.get(account, "") for account in body.made_with)


def _day(wording: Wording) -> str:
    day = date_format(wording.said.happened_on, "DATE_FORMAT")
    late = wording.filed.late
    if not late:
        return day
    return in_one([day, ngettext("recorded {n} day later", "recorded {n} days later", late).format(n=late)])


def _turn(wording: Wording) -> Iterator[Pair]:
    """Say which earlier turn it counts for, where it says so."""
    turn = named(wording.said.counts_for or "")
    if turn is not None:
        yield _("Counts for"), gettext("{turn}, late").format(turn=turn_words(turn))


def households_words(fact: Fact, households: Iterable[UUID]) -> str:
    """Name the households whose cards may be opened; say of the others only how many and where."""
    wanted = list(households)
    names = [fact.houses[house][1] for house in wanted if house in fact.houses]
    others = len(wanted) - len(names)
    village = fact.units.get(fact.words.said.unit, "")
    if others == 1:
        names.append(gettext("a household in {village}").format(village=village))
    elif others:
        names.append(gettext("{n} households in {village}").format(n=others, village=village))
    return register.listed(names)


def met_words(fact: Fact, body: Visit1) -> str:
    """Say who was met. Above the village nobody is named: whoever declined reads as met, the others as not met."""
    if not fact.is_near:
        return said.word(said.OUTCOME_WORDS, "not_met" if body.outcome in NOT_REACHED else "met")
    if body.outcome in NOT_MET:
        return said.word(said.OUTCOME_WORDS, body.outcome)
    names = [fact.people[person] for person in body.met if person in fact.people]
    others = len(body.met) - len(names)
    if others:
        names.append(ngettext("{n} person", "{n} people", others).format(n=others))
    return register.listed(names) or said.word(said.OUTCOME_WORDS, "met")


def _changed(fact: Fact, body: Visit1) -> str:
    if body.outcome == DECLINED and not fact.is_near:
        return said.word(said.CHANGE_WORDS, "no_change")
    return "" if body.change == "not_asked" else said.word(said.CHANGE_WORDS, body.change)


def _lesson(body: Visit1) -> str:
    return gettext("{n} minutes").format(n=body.lesson_minutes) if body.lesson_for else ""


def _leads(fact: Fact, body: Visit1) -> str:
    known = [lead for lead in body.leads if fact.knows_lead(lead)]
    live = [lead for lead in known if not fact.has_lapsed(lead.lead)]
    if known and not live:
        return pgettext("state", "Lapsed")
    return register.listed(said.word(said.LEAD_WORDS, lead.sort) for lead in live)


# ---------------------------------------------------------------- the register


def _fields(fact: Fact, body: Body) -> Iterator[Pair]:
    if isinstance(body, Erasure1):
        yield _("Erased"), ngettext("{n} part", "{n} parts", len(body.digests)).format(n=len(body.digests))
        return
    if isinstance(body, VillageFact1):  # about no person, so whoever may open the entry reads it
        yield FIELD_WORDS["village"], _thing(fact, body.village)
        yield from village_facts(body)
        return
    if isinstance(body, Screening1):
        yield FIELD_WORDS["village"], _thing(fact, body.village)
        yield _("How it was asked"), said.word(said.SCREENING_WAY_WORDS, body.way)
        yield _("Which kinds were asked about"), register.listed(said.word(said.LEAD_WORDS, one) for one in body.sorts)
        yield _("How many disputes were found"), str(body.found)
        return
    if isinstance(body, PANEL_BODIES):
        yield from panel_facts(body)
        return
    if isinstance(body, Consent1):
        yield from consent_facts(body) if fact.is_near else ()
        return
    if isinstance(body, NEED_BODIES):
        for term, words in need_facts(body, lambda one: fact.units.get(one) or fact.called(one)):
            yield term, words if fact.shows_values else gettext("said")
        return
    for name in body.__struct_fields__:
        value = getattr(body, name)
        if name in FIELD_WORDS and value is not UNSET and value not in ([], "", None):
            yield FIELD_WORDS[name], _value(fact, name, value) if fact.shows_values else gettext("said")


def _value(fact: Fact, name: str, value: Any) -> str:
    if name in ("name", "aliases", "phones", "born", "identity"):
        digests = set(value if isinstance(value, list) else [value]).intersection(fact.words.said.sealed)
        if digests and digests.isdisjoint(fact.words.sealed):
            return pgettext("words", "erased")
        return gettext("a number that is not shown") if name == "identity" else gettext("sealed, see the card")
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, Home):
        relation = register.word_of(register.RELATIONS, value.relation)
        return register.listed([_thing(fact, value.household), relation])
    if isinstance(value, UUID):
        return _thing(fact, value)
    if isinstance(value, list):
        return register.listed(_item(fact, name, item) for item in value)
    return _code(name, value)


def _item(fact: Fact, name: str, value: Any) -> str:
    if isinstance(value, UsualPlace):
        return register.word_of(register.SEASONS, value.season)
    if isinstance(value, UUID):
        return _thing(fact, value)
    if isinstance(value, str | int):
        return _code(name, value)
    return register.since_words(value.since, value.until)


def _thing(fact: Fact, thing: UUID) -> str:
    """Name a household, person, unit or account, as far as the reader may know its name."""
    if thing in fact.houses:
        return fact.houses[thing][1]
    name = fact.people.get(thing) or fact.units.get(thing) or fact.called(thing)
    return name or gettext("not shown")


def _code(name: str, value: Any) -> str:
    choices = {
        "agreement": register.AGREEMENTS,
        "told_by": tuple(said.TOLD_BY_WORDS.items()),
        "standing": register.STANDINGS,
        "reached_by": register.REACHED_BY,
        "best_months": register.MONTH_CHOICES,
        "parts": tuple((part.value, LEDGERS[part]) for part in Part),
        "role": tuple((role.value, ROLE_NAMES[role]) for role in Role),
    }
    return register.word_of(choices.get(name, ()), str(value))
