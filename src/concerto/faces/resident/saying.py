"""What somebody says at the door becomes an entry that the home writes down for them, shown by their slip."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

import msgspec
from django.core.cache import cache

from concerto.conductor.receive import Receipt, receive
from concerto.conductor.stopping import stop_text
from concerto.groundwork import canonical, clock
from concerto.groundwork.letters import UNSEEN
from concerto.journal.kinds.case_slips import CaseCall1
from concerto.journal.kinds.needs import NeedWord1
from concerto.journal.kinds.slips import CallAsked1, Treated1
from concerto.journal.models import Entry
from concerto.journal.said import HOME, Audience, Body, Item, SealedPart
from concerto.papers.slips.matter import Matter, had_a_hand_in
from concerto.register.models import MatterSlip

from .asking import Draft

ANSWERS = ("yes", "partly", "no")
MOST_WORDS = 500
MOST_A_DAY = 20  # of one slip
A_DAY = 24 * 60 * 60
EMPTY: Mapping[str, str] = MappingProxyType({})


def ask_for_a_call(slip: MatterSlip, matter: Matter, draft: Draft, *, at: datetime) -> Receipt:
    """Write down that they ask to be called: of a need its household, of a case one party."""
    if matter.is_case:
        assert slip.party is not None
        call = CaseCall1(case=matter.id, slip=slip.id, party=slip.party)
        return _bring(draft, call, log=slip.log, unit=matter.unit, at=at)
    assert slip.household is not None
    body = CallAsked1(slip=slip.id, household=slip.household)
    return _bring(draft, body, log=slip.log, unit=matter.unit, at=at)


def say_word(slip: MatterSlip, matter: Matter, draft: Draft, word: str, words: str, *, at: datetime) -> Receipt:
    """Write down whether it is done, and what is still missing."""
    assert slip.household is not None
    parts = (sealed(draft, NeedWord1.KIND, words, about=matter.id, audience=Audience.PLACE),) if words else ()
    body = NeedWord1(
        need=matter.id,
        household=slip.household,
        word=word,  # type: ignore[arg-type]  # one of the answers
        through="slip",
        asker=matter.asked_under if matter.asked_under != matter.id else None,
        words=parts[0].digest if parts else None,
    )
    saw = {f"{matter.id}.path": draft.saw} if draft.saw else {}  # it comes behind what the page told of
    return _bring(draft, body, log=slip.log, unit=matter.unit, at=at, parts=parts, saw=saw)


def is_known(slip: MatterSlip, draft: Draft) -> bool:
    """Tell whether the word of a page was written down already: its key was pressed twice."""
    return Entry.objects.filter(log=slip.log, id=draft.new_id(NeedWord1.KIND)).exists()


def say_how_treated(slip: MatterSlip, matter: Matter, draft: Draft, words: str, *, at: datetime) -> Receipt:
    """Write down how they were treated: for the township's desk, and not for whoever had a hand in the matter."""
    part = sealed(draft, Treated1.KIND, words, about=draft.new_id(Treated1.KIND), audience=Audience.DESK)
    hands = [one for one in had_a_hand_in(slip) if one != HOME]
    body = Treated1(village=matter.unit, words=part.digest, not_to=hands[:200])
    return _bring(draft, body, log=slip.log, unit=slip.log, at=at, parts=(part,))


def words_of(text: str) -> str:
    """Give what was written, short enough to be kept; words of a sort that is not kept here are refused."""
    kept = text.replace("\r\n", "\n").translate(UNSEEN).strip()[:MOST_WORDS]
    stop_text(kept)
    return kept


def sealed(draft: Draft, kind: str, words: str, *, about: UUID, audience: Audience) -> SealedPart:
    """Seal what they wrote."""
    return SealedPart(about=about, audience=audience, salt=draft.salt(kind), text=words)


def said_enough(slip: MatterSlip) -> bool:
    """Count for a day, in this server's memory alone, how often something was said by a slip."""
    key = f"slip-{slip.log}-{slip.id}"
    cache.add(key, 0, A_DAY)
    try:
        return cache.incr(key) > MOST_A_DAY
    except ValueError:  # the day ended between the two
        return False


def _bring(
    draft: Draft,
    body: Body,
    *,
    log: UUID,
    unit: UUID,
    at: datetime,
    parts: tuple[SealedPart, ...] = (),
    saw: Mapping[str, str] = EMPTY,
) -> Receipt:
    said = {
        "id": str(draft.new_id(body.KIND)),
        "kind": body.KIND,
        "version": body.VERSION,
        "log": str(log),
        "unit": str(unit),
        "author": str(HOME),
        "device": str(draft.new_id(f"device {body.KIND}")),
        "number": 1,
        "happened_on": clock.day_of(draft.at).isoformat(),
        "recorded_at": clock.stamp(draft.at),
        "body": msgspec.to_builtins(body),
        "sealed": [part.digest for part in parts],
        "saw": dict(saw),
    }
    [receipt] = receive([Item(canonical.write(said), parts)], brought_by=None, at=at, shown="slip")
    return receipt
