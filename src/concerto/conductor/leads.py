"""What the door asks of leads: their words name nobody of another household, and one case at most grows from each."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from concerto.groundwork import database
from concerto.groundwork.names import search_form
from concerto.groundwork.refusals import refuse
from concerto.journal.kinds.cases import Case1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.opened import opening
from concerto.journal.said import Body, Said, SealedPart, Wording
from concerto.parts.disputes.posting import LEAD_DAYS
from concerto.register.access import Authority

from .sitting import Sitting

_CALLED = "SELECT household, name, aliases FROM resident WHERE log = %s AND name <> ''"


def check_leads(body: Body, sealed: Mapping[str, SealedPart], at_door: Sitting) -> None:
    """Refuse a lead whose words hold the name of somebody of another household of the register."""
    for lead in body.leads if isinstance(body, Visit1) else ():
        part = sealed.get(lead.words)
        refuse(part is not None and _names_others(part.text, at_door.log, lead.household), "other_name_in_lead")


def check_grew(
    said: Said, body: Body, at_door: Sitting, authority: Authority | None, restated: Sequence[Wording]
) -> None:
    """Let one case grow from a lead that lives, if its author may read it: who heard it, or the township's centre."""
    if not isinstance(body, Case1) or body.lead is None:
        return
    if any(isinstance(words.body, Case1) and words.body.lead == body.lead for words in restated):
        return
    heard = opening(body.lead, at_door.told(body.lead))
    refuse(heard is None or not isinstance(heard.words.body, Visit1), "lead_not_yours")
    assert heard is not None
    by = next(wording.said.author for wording in heard.fact.texts if wording.speaks_of(body.lead))
    at_centre = authority is not None and authority.is_of_the_centre(said.happened_on)
    refuse(by != said.author and not at_centre, "lead_not_yours")
    heard_on = heard.words.said.happened_on
    refuse(said.happened_on < heard_on, "before_it_was_told")
    lives = said.happened_on <= heard_on + timedelta(days=LEAD_DAYS)
    is_one_already = any(getattr(row, "state", "") == "case" for row in at_door.fold(body.lead).rows)
    refuse(not lives or is_one_already, "lead_not_yours")


def _names_others(text: str, log: UUID, household: UUID) -> bool:
    """Tell whether a text names somebody of the register who is of another household, however it is written.

    Of a name in parts the first is enough, since that is how people are called.
    """
    form = search_form(text)
    own, others = set[str](), set[str]()
    for of, name, aliases in database.fetch(_CALLED, [log]):
        for called in (name, *(json.loads(aliases) if aliases != "[]" else ())):
            if called[:1].casefold() in form:  # most of a township are ruled out by their first sign
                forms = {search_form(called), search_form(called.partition("·")[0])}
                (own if database.to_uuid(of) == household else others).update(forms)
    for called in sorted(own, key=len, reverse=True):  # a father's name within one of their own is nobody else's
        form = form.replace(called, " ")
    return any(len(called) > 1 and called in form for called in others)
