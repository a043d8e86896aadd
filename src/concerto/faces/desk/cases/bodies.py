"""From the answers of a step's form to the one entry it is: its body, and what is sealed of it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import msgspec

from concerto.faces.desk.cases.dossier import Dossier
from concerto.faces.desk.cases.mending import ON_THE_SPOT, OPENING, Before, as_before
from concerto.faces.desk.cases.questions import rows_of
from concerto.faces.desk.cases.sealing import Sealing
from concerto.faces.desk.writing import Draft
from concerto.journal.kinds.case_steps import (
    AgreedItem,
    CaseAgreement1,
    CaseConsent1,
    CaseHandover1,
    CaseHelp1,
    CasePerformance1,
    CaseReturnVisit1,
    CaseSession1,
    CaseSignature1,
    CaseStep1,
    Note,
)
from concerto.journal.kinds.cases import CaseParty1, Party
from concerto.journal.said import Audience, Body, SealedPart

# Which field of a case a step decides: it must have seen what it changes.
DECIDES = {
    **dict.fromkeys(("accept", "not-accept", "end", "agree"), "state"),
    "mediator": "mediator", "weigh": "difficulty", **dict.fromkeys(("apply", "court"), "court"),
    **dict.fromkeys(("hand", "receive", "return", "done-there", "office-done", "office-returned"), "desk"),
}  # fmt: skip
HANDOVERS = {"receive": "accepted", "return": "returned", "done-there": "done", "office-done": "done",
             "office-returned": "returned"}  # fmt: skip


def party_of(seals: Sealing, party: UUID) -> Party:
    """Read who joins a case."""
    told = seals.told
    return Party(
        party=party,
        side=told["side"],
        name=seals.words("name", about=party, is_line=True) or "",
        sort=told["sort"],
        minor=told["minor"],
        represented_by=seals.words("represented_by", about=party, is_line=True),
        phone=seals.words("phone", about=party, is_line=True),
    )


def body_of(
    dossier: Dossier, act: str, draft: Draft, told: Mapping[str, Any], before: Before | None = None
) -> tuple[Body, list[SealedPart]]:
    """Write the entry of an act; one that says a step anew keeps of it what the form does not ask."""
    kept = {name: dossier.parts[digest] for name, digest in before.digests.items()} if before else {}
    seals = Sealing(draft, dossier.row.id, told, kept)
    if before and act in OPENINGS:
        return OPENINGS[act](dossier, seals, before), seals.parts
    body = BODIES[act](dossier, seals, told) if act in BODIES else _handover(act, seals)
    return (as_before(body, before) if before else body), seals.parts


def _opening(dossier: Dossier, seals: Sealing, before: Before) -> Body:
    """Say anew what was told at first: its words, how it came, the names of whoever has not spoken yet."""
    told, was = seals.told, before.body
    names = {
        n: seals.words(f"name_{n}", about=one.party, is_line=True)
        for n, one in enumerate(was.parties)
        if f"name_{n}" in told
    }
    parties = [msgspec.structs.replace(one, name=names.get(n) or one.name) for n, one in enumerate(was.parties)]
    source = told["source"]
    asked = {name: told[name] for name in ("sort", "level", "channel") if told.get(name)}
    if "procedure" in told:
        asked["procedure"] = (told["procedure"] or None) if source == "court" else None
    body: Body = msgspec.structs.replace(
        was, parties=parties, source=source, summary=seals.words("summary") or was.summary, **asked
    )
    return body


def _settled(dossier: Dossier, seals: Sealing, before: Before) -> Body:
    """Say anew what was settled on the spot; who mediated, and who wanted help, stays as it was said."""
    told, was = seals.told, before.body
    sides = {
        side: msgspec.structs.replace(one, name=seals.words(side, about=one.party, is_line=True) or one.name)
        for side, one in (("a", was.a), ("b", was.b))
    }
    until = told.get("until") if was.item else None
    body: Body = msgspec.structs.replace(
        was, sort=told["sort"], agreed=seals.words("agreed") or was.agreed, until=until or was.until, **sides
    )
    return body


OPENINGS: Mapping[str, Callable[[Dossier, Sealing, Before], Body]] = {OPENING: _opening, ON_THE_SPOT: _settled}


def _handover(act: str, seals: Sealing) -> Body:
    return CaseHandover1(case=seals.case, step=HANDOVERS[act], why=seals.words("why"), words=seals.words("words"))  # type: ignore[arg-type]


def _step(seals: Sealing, step: Any, **more: Any) -> Body:
    return CaseStep1(case=seals.case, step=step, **more)


def _mediator(dossier: Dossier, seals: Sealing, told: Mapping[str, Any]) -> Body:
    line = UUID(told["mediator"])
    account = next((one.account for one in dossier.panel if one.id == line), None)
    return _step(seals, "mediator", mediator=line, account=account)


def _consent(dossier: Dossier, seals: Sealing, told: Mapping[str, Any]) -> Body:
    extends = told["to"] == "extension" and told["answer"] == "agreed"
    return CaseConsent1(
        case=seals.case, party=UUID(told["party"]), to=told["to"], answer=told["answer"],
        by=told.get("by") or "self", way=told["way"], until=told["until"] if extends else None,
        mediator=dossier.life.named.line if told["to"] == "mediator" and dossier.life.named else None,
    )  # fmt: skip


def _session(dossier: Dossier, seals: Sealing, told: Mapping[str, Any]) -> Body:
    record = seals.words("record")
    assert record is not None
    notes = [
        Note(side, digest) for side in ("a", "b") if (digest := seals.words(f"note_{side}", audience=Audience.AUTHOR))
    ]
    there = [UUID(party) for party in told["there"]]
    return CaseSession1(
        case=seals.case, there=there, record=record, place=seals.words("place", is_line=True), notes=notes,
        interim=seals.words("interim"), next_on=told["next_on"],
    )  # fmt: skip


def _agreement(dossier: Dossier, seals: Sealing, told: Mapping[str, Any]) -> Body:
    items = []
    for n in range(rows_of(told)):
        what = seals.words(f"what_{n}", is_line=True)
        if what is None:
            continue
        amount = told[f"amount_{n}"]
        items.append(
            AgreedItem(
                item=seals.draft.new_id(f"item_{n}"),
                what=what,
                who=UUID(told[f"who_{n}"]) if told[f"who_{n}"] else None,
                by=told[f"by_{n}"],
                amount=int(amount * 100) if amount else None,
            )
        )
    return CaseAgreement1(
        case=seals.case,
        agreement=seals.draft.new_id("agreement"),
        form=told["form"],
        parties=[one.id for one in dossier.life.taking_part],
        items=items,
        facts=seals.words("facts"),
        settles=told["settles"],
    )


def _signature(dossier: Dossier, seals: Sealing, told: Mapping[str, Any]) -> Body:
    agreement = dossier.life.agreement
    assert agreement is not None
    signed, _colon, whose = told["signed"].partition(":")
    which = {"party": UUID(whose)} if signed == "party" else {"member": UUID(whose)}
    return CaseSignature1(case=seals.case, agreement=agreement.id, signed=signed, **which)


def _hand(dossier: Dossier, seals: Sealing, told: Mapping[str, Any]) -> Body:
    office = told["where"].removeprefix("office:") if told["where"].startswith("office:") else None
    return CaseHandover1(
        case=seals.case,
        step="sent",
        to=None if office else UUID(told["where"]),
        office=office,
        channel=told["channel"] or None,
        level=told["level"] or None,
        form=(told["form"] or None) if told["channel"] else None,
        basis=seals.words("basis", is_line=True),
        papers=seals.words("papers", is_line=True),
        by=told["by"],
        words=seals.words("words"),
    )


def _weighed(dossier: Dossier, seals: Sealing, told: Mapping[str, Any]) -> Body:
    simple = told["difficulty"] == "simple"
    return _step(
        seals, "weighed", difficulty=told["difficulty"], why=None if simple else seals.words("why"),
        until=None if simple else told["until"],
    )  # fmt: skip


def _applied(dossier: Dossier, seals: Sealing, told: Mapping[str, Any]) -> Body:
    assert dossier.life.agreement is not None
    return _step(seals, "applied", parties=list(dossier.life.agreement.parties))


BODIES: Mapping[str, Callable[[Dossier, Sealing, Mapping[str, Any]], Body]] = {
    "accept": lambda dossier, seals, told: _step(seals, "accepted"),
    "not-accept": lambda dossier, seals, told: _step(
        seals, "not_accepted", routes=told["routes"], words=seals.words("words")
    ),
    "party": lambda dossier, seals, told: CaseParty1(
        case=seals.case, party=party_of(seals, seals.draft.new_id("party"))
    ),
    "consent": _consent,
    "tell": lambda dossier, seals, told: _step(seals, "told", party=UUID(told["party"]), told_of=told["told_of"]),
    "mediator": _mediator,
    "session": _session,
    "agree": _agreement,
    "sign": _signature,
    "end": lambda dossier, seals, told: _step(
        seals, "ended", how=told["how"], routes=told["routes"], words=seals.words("words")
    ),
    "perform": lambda dossier, seals, told: CasePerformance1(
        case=seals.case, item=UUID(told["item"]), how=told["how"], words=seals.words("words")
    ),
    "apply": _applied,
    "court": lambda dossier, seals, told: _step(seals, told["step"]),
    "link": lambda dossier, seals, told: _step(seals, "linked", linked=[UUID(one) for one in told["linked"]]),
    "conflict": lambda dossier, seals, told: _step(
        seals, "conflict", mediator=UUID(told["mediator"]), conflict=told["conflict"]
    ),
    "visit": lambda dossier, seals, told: CaseReturnVisit1(
        case=seals.case, words=seals.words("words") or "", hidden=seals.words("hidden")
    ),
    "weigh": _weighed,
    "hand": _hand,
    "help": lambda dossier, seals, told: CaseHelp1(
        case=seals.case, step="asked", to=UUID(told["to"]), by=told["by"], words=seals.words("words") or ""
    ),
    "help-answer": lambda dossier, seals, told: CaseHelp1(
        case=seals.case, step=told["step"], words=seals.words("words") or ""
    ),
}  # fmt: skip
