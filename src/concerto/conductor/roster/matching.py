"""Who of a roster is in the register already: first by the keyed hash of an identity number, then within the village
by name and birth date, then within the household. Each person and each household of the register is met once.

What is not sure is new: two people of one name are two people, as long as nothing else says that they are one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from concerto.groundwork.identity import holds_identity_number
from concerto.groundwork.names import search_form

from .found import FoundHousehold, FoundPerson
from .there import House, Someone, There

LONGEST_NUMBER = 20


@dataclass(eq=False, slots=True)
class Pair:
    """A person of the roster, the keyed hash of their number, who they are in the register, and by which key."""

    found: FoundPerson
    form: str
    hash: str
    born: str
    known: Someone | None = None
    key: UUID | None = None


@dataclass(eq=False, slots=True)
class Match:
    """A household of the roster, and which one it is in the register, if any."""

    found: FoundHousehold
    village: UUID
    pairs: list[Pair]
    house: House | None = None
    number: str = field(init=False)
    group: str = field(init=False)

    def __post_init__(self) -> None:
        self.number, self.group = _short(self.found.number), _short(self.found.group)


def _short(text: str) -> str:
    """Give a number or group that may stand openly; an identity number in its place is none."""
    return "" if len(text) > LONGEST_NUMBER or holds_identity_number(text) else text


def pair_of(found: FoundPerson, key: bytes) -> Pair:
    """Prepare a person for the search. A birth date that the roster leaves out stands in the identity number."""
    hashed = found.identity.keyed_hash(key) if found.identity else ""
    digits = found.identity.digits if found.identity else ""
    born = found.born or (f"{digits[6:10]}-{digits[10:12]}-{digits[12:14]}" if digits else "")
    return Pair(found, search_form(found.name), hashed, born)


class Matching:
    """One pass over a whole roster, in its order."""

    def __init__(self, there: There, *, hashes_are_known: bool) -> None:
        self.there, self.hashes_are_known = there, hashes_are_known
        self.met: set[UUID] = set()
        self.met_houses: set[UUID] = set()

    def match(self, matches: Sequence[Match]) -> None:
        """Find everybody: by hash over the whole roster first, then household by household."""
        for match in matches:
            for pair in match.pairs:
                self._meet(pair, self.there.by_identity.get(pair.hash, ()) if pair.hash else ())
        for match in matches:
            match.house = self._house(match)
            if match.house is not None:
                self.met_houses.add(match.house.id)
                self._within(match, match.house)
            self._within_the_village(match)

    def _meet(self, pair: Pair, candidates: Iterable[Someone]) -> bool:
        """Let a person be the first of these whom nobody has been yet."""
        one = next((one for one in candidates if one.id not in self.met), None)
        if one is None:
            return False
        self.met.add(one.id)
        pair.known = self.there.now(one)
        self.met.add(pair.known.id)
        return True

    def _within(self, match: Match, house: House) -> None:
        for is_same in (self._same_day, self._same_name):
            for pair in match.pairs:
                if pair.known is None:
                    self._meet(pair, [one for one in house.people if is_same(pair, one)])

    def _within_the_village(self, match: Match) -> None:
        for pair in match.pairs:
            if pair.known is None:
                self._meet(pair, [one for one in self._of_that_name(match, pair) if self._same_day(pair, one)])

    def _of_that_name(self, match: Match, pair: Pair) -> Sequence[Someone]:
        return self.there.by_name.get((match.village, pair.form), ())

    def _same_day(self, pair: Pair, one: Someone) -> bool:
        """Tell whether name and birth date agree, and no number says otherwise."""
        agrees = bool(pair.born) and pair.born == one.born
        return pair.form in one.names and agrees and not self._contradicts(pair, one)

    def _same_name(self, pair: Pair, one: Someone) -> bool:
        """Tell whether within one household a name is enough: no birth date is another."""
        differs = bool(pair.born and one.born) and not _may_be_one_day(pair.born, one.born)
        return pair.form in one.names and not differs

    def _contradicts(self, pair: Pair, one: Someone) -> bool:
        return self.hashes_are_known and bool(pair.hash and one.identity) and pair.hash != one.identity

    # ------------------------------------------------------------ households

    def _house(self, match: Match) -> House | None:
        """Find the household that most of its people speak for: by numbers first, then days, then bare names."""
        likenesses = {house.id: self._likeness(match, house) for house in self._candidates(match)}
        enough = [self.there.houses[key] for key in likenesses]
        enough = [house for house in enough if self._is_enough(match, likenesses[house.id], house)]
        return max(enough, key=lambda house: (likenesses[house.id], -house.id.int), default=None)

    def _candidates(self, match: Match) -> Iterator[House]:
        by_person = [self.there.house_of(pair.known) for pair in match.pairs if pair.known is not None]
        by_name = [self.there.house_of(one) for pair in match.pairs for one in self._of_that_name(match, pair)]
        by_number = self.there.by_number.get((match.village, match.number), []) if match.number else []
        taken = {house.id for house in by_person if house is not None}
        for house in (*by_person, *by_name, *by_number):
            if house is not None and (house.id in taken or house.id not in self.met_houses):
                yield house

    def _likeness(self, match: Match, house: House) -> tuple[int, int, int, int, int]:
        """Count what speaks for a household: people met there by number, by day, its own number, names, its group."""
        by_hash = sum(pair.known is not None and pair.known.household == house.id for pair in match.pairs)
        free = [one for one in house.people if one.id not in self.met]
        rest = [pair for pair in match.pairs if pair.known is None]
        by_day = sum(any(self._same_day(pair, one) for one in free) for pair in rest)
        named = sum(any(self._same_name(pair, one) and self._as_bare(pair, one) for one in free) for pair in rest)
        called = any(pair.form in one.names for pair in match.pairs for one in house.people)
        numbered = bool(match.number) and house.number == match.number and called
        return by_hash, by_day, int(numbered), named, int(bool(match.group) and house.group == match.group)

    def _as_bare(self, pair: Pair, one: Someone) -> bool:
        """Tell whether roster and register know equally little: a name alone is not taken for a known person."""
        return bool(pair.hash) == bool(one.identity) and not self._contradicts(pair, one)

    def _is_enough(self, match: Match, likeness: tuple[int, int, int, int, int], house: House) -> bool:
        """Tell whether a household is the same: half of its people, or its head, or its number with a name of it.

        One daughter who lives elsewhere does not make her parents move to her.
        """
        by_hash, by_day, numbered, named, _ = likeness
        if numbered or named * 2 >= len(match.pairs) > 0 < named:
            return True
        heads = (pair for pair in match.pairs if pair.found.is_head)
        head_is_there = any(self._is_of(pair, house) for pair in heads)
        return head_is_there or (by_hash + by_day) * 2 >= len(match.pairs) > 0 < by_hash + by_day

    def _is_of(self, pair: Pair, house: House) -> bool:
        if pair.known is not None:
            return pair.known.household == house.id
        return any(self._same_day(pair, one) for one in house.people if one.id not in self.met)


def _may_be_one_day(one: str, other: str) -> bool:
    """Tell whether two birth dates, each as far as it is known, can be the same."""
    length = min(len(one), len(other))
    return one[:length] == other[:length]
