"""What the door asks before an entry on a case is said anew or taken back: who handles it, and what rests on it.

Consents, signatures and ends are others' too: what somebody agreed to or signed stays what they agreed to or signed.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from concerto.groundwork import clock
from concerto.groundwork.refusals import refuse
from concerto.journal.kinds import CASE_KINDS
from concerto.journal.kinds.case_steps import (
    CaseAgreement1,
    CaseConsent1,
    CaseHandover1,
    CaseHelp1,
    CaseSignature1,
    CaseStep1,
)
from concerto.journal.kinds.cases import Case1, CaseParty1, SpotSettlement1
from concerto.journal.said import Body, Said, Wording
from concerto.parts.disputes.cases import life_of
from concerto.parts.disputes.states import HANDSHAKE, Life
from concerto.register.access import Authority

from .cases import handles, is_the_same
from .sitting import Sitting

AFTER_EFFECT = ("performance", "return_visit")
STAYS = ("sort", "channel", "level", "procedure")  # of what opened a case, once anything else was told of it


def check_case_restated(
    said: Said, body: Body | None, at_door: Sitting, authority: Authority | None, restated: Sequence[Wording]
) -> None:
    """Let an entry be said anew or taken back by who handles its case today, while nothing that stands rests on it.

    Whoever opened a case may do so by themselves until anything else was told of it.
    """
    before: Any = next((words.body for words in reversed(restated) if words.body is not None), None)
    if before is None or authority is None or said.kind not in CASE_KINDS:
        return
    anew: Any = body
    refuse(anew is not None and anew.case != before.case, "not_of_this_case")
    life = life_of(before.case, at_door.told(before.case))
    if life is None:
        return
    alone = all(step.entry == said.first for step in life.path)
    may = _is_theirs(said, before, alone=alone, restated=restated)
    today = clock.day_of(at_door.at)
    may = may or _serves(before, authority, restated, today)
    refuse(not may and not handles(life, said.author, authority, today, at_door), "not_its_handler")
    refuse(_rests(before, anew, life, said, restated, alone=alone), "rests_on_it")


def unties(said: Said, restated: Sequence[Wording]) -> bool:
    """Tell whether it takes back that somebody is tied to a side: who said so can't open the case any more, so that
    whoever handles it does."""
    before = restated[-1].body
    return said.is_null and isinstance(before, CaseStep1) and before.step == "conflict"


def _is_theirs(said: Said, before: Any, *, alone: bool, restated: Sequence[Wording]) -> bool:
    """Tell whether it is its author's own: an opening that stands alone, the seal they set, what ties one to a side."""
    own = restated[0].said.author == said.author
    if isinstance(before, CaseSignature1):
        return own and before.signed == "seal"
    if isinstance(before, CaseStep1) and before.step == "conflict":
        return own
    return own and alone and isinstance(before, Case1 | SpotSettlement1)


def _serves(before: Any, authority: Authority, restated: Sequence[Wording], today: date) -> bool:
    """Tell whether it is of a desk that answered, and that whoever says it anew serves."""
    if not isinstance(before, CaseHandover1 | CaseHelp1):
        return False
    return authority.handles_cases(today, desk=restated[0].said.unit)


def _rests(before: Any, anew: Any, life: Life, said: Said, restated: Sequence[Wording], *, alone: bool) -> bool:
    """Tell whether what stands rests on how it was said."""
    followed = bool(life.court) or any(step.kind in AFTER_EFFECT for step in life.path)
    agreed = life.agreement.parties if life.agreement else ()
    match before:
        case Case1():
            others = [step.on for step in life.path if step.entry != said.first]
            moved = said.happened_on > restated[-1].said.happened_on
            is_later = moved and bool(others) and said.happened_on > min(others)
            return not alone and (anew is None or is_later or _changes_who(before, anew, life))
        case SpotSettlement1():
            return not alone
        case CaseAgreement1():
            signed = any(one.agreement == before.agreement for one in life.signatures)
            return followed or signed or (anew is not None and life.stage == "in_effect")
        case _ if anew is not None and is_the_same(anew, restated, on=said.happened_on):
            return False
        case CaseParty1():
            return before.party.party in agreed or bool(life.parties[before.party.party].said)
        case CaseConsent1():
            asked = {"mediation": before.party in agreed, "confirmation": bool(life.court)}
            return asked.get(before.to, False)
        case CaseSignature1():
            return followed
        case CaseStep1(step="accepted"):
            return life.stage != "accepted"
        case CaseStep1(step="mediator"):
            return _mediated(life, before.mediator)
        case CaseStep1(step="applied"):
            return life.court != "applied"
        case CaseHandover1():
            passed = [step.entry for step in life.path if step.kind in HANDSHAKE]
            return passed[-1:] != [said.first]
    return False


def _mediated(life: Life, line: UUID | None) -> bool:
    """Tell whether somebody who was named once signed what is agreed: then they were its mediator."""
    namings = [step for step in life.path if step.kind == "mediator" and step.of == line]
    now = life.agreement.id if life.agreement else None
    signed = any(one.signed == "mediator" and one.line == line and one.agreement == now for one in life.signatures)
    return signed and len(namings) == 1


def rests_on(before: Body, anew: Body | None, life: Life, restated: Sequence[Wording], *, alone: bool) -> bool:
    """Tell in advance whether what stands rests on an entry: then no page offers to take it back or to mend it."""
    return _rests(before, anew, life, restated[-1].said, restated, alone=alone)


def _changes_who(before: Case1, anew: Case1, life: Life) -> bool:
    """Tell whether an opening said anew would make other people of its parties, or another matter of it."""
    now = {one.party: one for one in anew.parties}
    if now.keys() != {one.party for one in before.parties}:
        return True
    spoke = {one.id for one in life.parties.values() if one.said or one.told}
    renamed = any(now[one.party].name != one.name or now[one.party].side != one.side for one in before.parties
                  if one.party in spoke)  # fmt: skip
    return renamed or any(getattr(anew, name) != getattr(before, name) for name in STAYS)
