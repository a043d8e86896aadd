"""What came to the door, read before the lock: everything that one entry's own text can tell."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from concerto.groundwork import canonical
from concerto.groundwork.refusals import Refused, refuse
from concerto.journal.kinds import is_known, read_body
from concerto.journal.said import Body, Item, PartRule, Said, SealedPart, Touch, read_said

from .stopping import stop_words


class Draft(NamedTuple):
    """One item, read as far as it can be; `refusal` holds what its own text is refused for."""

    item: Item
    said: Said | None
    body: Body | None
    rules: tuple[PartRule, ...]
    sealed: dict[str, SealedPart]
    refusal: Refused | None
    keeps_text: bool = True


def read(item: Item) -> Draft:
    """Read one item. Whatever is wrong with it stands in the draft: one bad entry stops no other."""
    try:
        said = read_said(item.said)
    except Refused as wrong:
        return Draft(item, None, None, (), {}, wrong)
    try:
        body = _body(said)
    except Refused as wrong:
        return Draft(item, said, None, (), {}, wrong)
    rules = tuple(body.sealed_parts(said.first)) if body else ()
    sealed = {part.digest: part for part in item.sealed}
    try:
        _check_parts(said, rules, sealed)
        stop_words(rules, sealed)
    except Refused as wrong:
        keeps = wrong.code not in ("not_kept_here", "identity_number_not_kept")
        return Draft(item, said, body, rules, sealed, wrong, keeps)
    return Draft(item, said, body, rules, sealed, None)


def is_withdrawal(said: Said) -> bool:
    """Tell whether an entry takes back what it corrects."""
    return said.corrects is not None and said.is_null


def _body(said: Said) -> Body | None:
    if not is_known(said.kind, said.version) or is_withdrawal(said):
        return None
    refuse(said.is_null, "not_understood", what="body")
    return read_body(said.kind, said.version, said.body)


def _check_parts(said: Said, rules: Sequence[PartRule], sealed: dict[str, SealedPart]) -> None:
    """Words that came are named by the entry, about whom it says, for whom it says, once."""
    named = {rule.digest: rule for rule in rules}
    refuse(len(named) < len(rules) or len(set(said.sealed)) < len(said.sealed), "asked_twice")
    if is_known(said.kind, said.version) and not is_withdrawal(said):
        refuse(set(named) != set(said.sealed), "part_not_named")
    for digest, part in sealed.items():
        rule = named.get(digest)
        if rule is None:
            raise Refused("digest_differs" if digest not in said.sealed else "part_not_named")
        refuse(part.about != rule.about or part.audience not in rule.audiences, "part_not_named")
        refuse("\x00" in part.text, "not_as_a_phone_writes")  # one of the engines keeps none


_item = msgspec.json.Decoder(Item)


def read_item(text: str | bytes) -> Item:
    """Read an item as it lies in a file or the tray."""
    try:
        return _item.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise Refused("not_understood", what=str(wrong)) from None


def write_item(item: Item) -> str:
    """Write an item for a file, the tray or an outbox."""
    return msgspec.json.encode(item).decode()


def said_digest(item: Item) -> str:
    """Name the bytes of what was said, to tell the same entry from another with its id."""
    return canonical.digest(item.said)


def touches_of(draft: Draft) -> tuple[Touch, ...]:
    """Name every thing a draft's own words speak of."""
    if draft.body is None or draft.said is None:
        return ()
    return draft.body.named(draft.said.first)


def facts_text(facts: dict[str, Any]) -> str:
    """Write a refusal's facts for the tray."""
    return canonical.write({key: value if isinstance(value, int) else str(value) for key, value in facts.items()})
