"""A step of a case said anew: its own form, with what it says now, filled in. What is not asked stays as it was said.

What rests on it is the door's to judge; here a step is offered for it only where taking it back would be let through.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec

from concerto.conductor.case_restating import rests_on
from concerto.faces.desk.cases.dossier import Dossier
from concerto.journal.kinds.case_steps import (
    CaseAgreement1,
    CaseConsent1,
    CaseHandover1,
    CaseHelp1,
    CasePerformance1,
    CaseReturnVisit1,
    CaseSession1,
    CaseSignature1,
    CaseStep1,
)
from concerto.journal.kinds.cases import Case1, CaseParty1, SpotSettlement1
from concerto.journal.said import Body, Told

OPENING = "opening"
ON_THE_SPOT = "settled"
OF_A_STEP = {
    "accepted": "accept", "not_accepted": "not-accept", "mediator": "mediator", "told": "tell", "weighed": "weigh",
    "ended": "end", "applied": "apply", "confirmed": "court", "not_confirmed": "court", "result_returned": "court",
    "conflict": "conflict", "linked": "link",
}  # fmt: skip
OF_A_HANDOVER = {"sent": "hand", "accepted": "receive", "returned": "return", "done": "done-there"}
OF_A_KIND: Mapping[type, str] = {
    Case1: OPENING, SpotSettlement1: ON_THE_SPOT, CaseParty1: "party", CaseConsent1: "consent",
    CaseSession1: "session", CaseAgreement1: "agree", CaseSignature1: "sign", CasePerformance1: "perform",
    CaseReturnVisit1: "visit",
}  # fmt: skip
AS_SAID = ("side", "sort", "minor", "party", "to", "answer", "until", "by", "way", "told_of", "mediator", "difficulty",
           "how", "routes", "there", "next_on", "form", "settles", "item", "level", "channel", "step", "source",
           "procedure", "conflict", "linked")  # fmt: skip
SEALED = ("name", "represented_by", "phone", "words", "why", "record", "place", "interim", "facts", "hidden", "basis",
          "papers", "summary", "agreed")  # fmt: skip


@dataclass(frozen=True)
class Before:
    """A step as it stands: its fact, the act whose form it has, its answers, and under which field which words lie."""

    fact: Told
    act: str
    answers: Mapping[str, Any]
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> Any:
        """What is said now."""
        return self.fact.body


def act_of(body: Body | None) -> str:
    """Name the act whose form an entry has; nothing where it has none."""
    match body:
        case CaseStep1():
            return OF_A_STEP[body.step]
        case CaseHandover1():
            return OF_A_HANDOVER.get(body.step, "")
        case CaseHelp1():
            return "help" if body.step == "asked" else "help-answer"
    return OF_A_KIND.get(type(body), "")


def may_take_back(dossier: Dossier, fact: Told) -> bool:
    """Tell whether this reader may take a step back: nothing that stands rests on it. Whoever brought a case takes
    that back by themselves, while nothing else was told of it."""
    alone = all(step.entry == fact.first for step in dossier.life.path)
    own = fact.texts[0].said.author == dossier.account.id
    if own and alone and fact.body is not None and fact.first == dossier.row.entry:
        return True
    return (_is_theirs(dossier, fact) or _unties(dossier, fact)) and not _rests(dossier, fact, None)


def _unties(dossier: Dossier, fact: Told) -> bool:
    """Tell whether it says that somebody is tied to a side, who can't open the case to take that back: it is taken
    back by whoever handles it."""
    return dossier.handles and isinstance(fact.body, CaseStep1) and fact.body.step == "conflict"


def may_mend(dossier: Dossier, fact: Told) -> bool:
    """Tell whether this reader may say a step anew; one that says nothing but a yes, only while nothing rests on it."""
    anew = None if _is_a_yes(fact.body) else fact.body
    return bool(act_of(fact.body)) and _is_theirs(dossier, fact) and not _rests(dossier, fact, anew)


def _is_a_yes(body: Body | None) -> bool:
    """Tell whether there is nothing in it to be put right that would leave what rests on it as it is."""
    return isinstance(body, CaseConsent1) or (isinstance(body, CaseStep1) and body.step == "accepted")


def _is_theirs(dossier: Dossier, fact: Told) -> bool:
    """Tell whether it is a step of this case that its reader, who handles it, recorded themselves; or that somebody
    recorded who is posted no more, and without notes."""
    if fact.body is None or not dossier.handles or getattr(fact.body, "case", None) != dossier.row.id:
        return False
    author = fact.texts[0].said.author
    return author == dossier.account.id or (author not in dossier.still_posted and not _has_notes(fact.body))


def _rests(dossier: Dossier, fact: Told, anew: Body | None) -> bool:
    assert fact.body is not None
    alone = all(step.entry == fact.first for step in dossier.life.path)
    return rests_on(fact.body, anew, dossier.life, fact.texts, alone=alone)


def _has_notes(body: Body) -> bool:
    """Tell whether it holds what is open to who wrote it alone, or opens to nobody without a reason."""
    return isinstance(body, CaseSession1 | CaseReturnVisit1)


def before_of(dossier: Dossier, entry: UUID) -> Before | None:
    """Give a step of this case as its form shows it; nothing where this reader may not say it anew."""
    fact = dossier.facts.get(entry)
    act = act_of(fact.body) if fact else ""
    if fact is None or not act or not may_mend(dossier, fact):
        return None
    answers, digests = _told(dossier, fact.body)
    texts = {name: dossier.parts[digest].text for name, digest in digests.items() if digest in dossier.parts}
    told = {**answers, **texts, "on": fact.last.said.happened_on}
    return Before(fact, act, told, {name: digest for name, digest in digests.items() if name in texts})


def _told(dossier: Dossier, body: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """Say what a body says, as its form asks it: the answers, and the digests of its words."""
    said = body.party if isinstance(body, CaseParty1) else body
    answers = {name: _plain(value) for name in AS_SAID if (value := getattr(said, name, None)) not in (None, "", [])}
    digests = {name: digest for name in SEALED if isinstance(digest := getattr(said, name, None), str) and digest}
    match body:
        case CaseConsent1():
            answers["by"] = body.by
        case CaseHandover1():
            answers.pop("form", None)
            answers |= {"where": f"office:{body.office}" if body.office else str(body.to or ""), "by": body.by,
                        **({"form": body.form} if body.form else {})}  # fmt: skip
        case CaseSignature1():
            answers = {"signed": f"{body.signed}:{body.party or body.member}"}
        case CaseSession1():
            digests |= {f"note_{note.side}": note.words for note in body.notes}
        case CaseAgreement1():
            for n, one in enumerate(body.items):
                digests[f"what_{n}"] = one.what
                answers |= {f"who_{n}": str(one.who or ""), f"by_{n}": one.by,
                            f"amount_{n}": f"{one.amount / 100:.2f}" if one.amount else None}  # fmt: skip
        case Case1():
            digests |= {f"name_{n}": one.name for n, one in enumerate(body.parties)}
        case SpotSettlement1():
            digests |= {"a": body.a.name, "b": body.b.name}
    return answers, digests


def _plain(value: Any) -> Any:
    """Write an answer as a form holds it: ids as text, days and marks as they are."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, UUID) else value


def as_before(body: Any, before: Before) -> Body:
    """Leave what the form does not ask as it was said."""
    was = before.body
    replace = msgspec.structs.replace
    match body:
        case CaseParty1():
            return CaseParty1(case=was.case, party=replace(body.party, party=was.party.party))
        case CaseStep1(step="applied"):
            return replace(body, parties=was.parties)
        case CaseSession1():
            kept = [note for note in was.notes if note.side == "third"]
            return replace(body, notes=[*body.notes, *kept])
        case CaseAgreement1():
            named = [one.item for one in was.items]
            items = [replace(one, item=named[n]) if n < len(named) else one for n, one in enumerate(body.items)]
            return replace(body, agreement=was.agreement, parties=was.parties, items=items)
        case CaseSignature1():
            return replace(body, agreement=was.agreement)
    return body  # type: ignore[no-any-return]  # whatever it is, it is a body
