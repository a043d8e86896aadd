"""The two texts of an entry, its sealed parts, and the types every kind and every fold is written in."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Annotated, Any, ClassVar, NamedTuple, Protocol, TypeVar
from uuid import UUID

import msgspec

from concerto.groundwork import canonical
from concerto.groundwork.refusals import Refused, refuse

# The author of what no person recorded: an import or an erasure run by the home itself.
HOME = UUID("00000000-0000-7000-8000-000000000001")

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
ShortText = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class Audience(StrEnum):
    """Who may read a sealed part: who works in the thing's place, a case's handlers, the desk, or its author alone."""

    PLACE = "place"
    CASE = "case"
    DESK = "desk"
    AUTHOR = "author"


class How(IntEnum):
    """How strongly an entry speaks of a thing; a fold reads what changes, opens or erases."""

    MENTIONS = 1
    CHANGES = 2
    OPENS = 3
    ERASES = 4
    CLOSES = 5


class Touch(NamedTuple):
    """One thing an entry speaks of: its id, the sort of thing it is, and how."""

    thing: UUID
    what: str
    how: How


class SealedPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words about one person, side or household, kept apart from the entry that names their digest."""

    about: UUID
    audience: Audience
    salt: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
    text: Annotated[str, msgspec.Meta(max_length=8000)]

    @property
    def digest(self) -> str:
        """The SHA-256 by which an entry names this part."""
        return canonical.part_digest(about=str(self.about), audience=self.audience, salt=self.salt, text=self.text)

    def __repr__(self) -> str:
        return f"SealedPart(about={self.about}, audience={self.audience})"


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry as it travels: on the wire, in a file, in the tray. `said` is kept byte for byte."""

    said: str
    sealed: tuple[SealedPart, ...] = ()

    def __repr__(self) -> str:
        return f"Item({canonical.digest(self.said)[:12]}, {len(self.sealed)} sealed)"


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a device wrote, once, and never again."""

    id: UUID
    kind: Annotated[str, msgspec.Meta(max_length=32)]
    version: int
    log: UUID
    unit: UUID
    author: UUID
    device: UUID
    number: Annotated[int, msgspec.Meta(ge=1, le=2_000_000_000)]
    happened_on: date
    recorded_at: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    about: UUID | None = None
    body: msgspec.Raw
    sealed: Annotated[list[Digest], msgspec.Meta(max_length=80)] = []
    corrects: UUID | None = None
    instead_of: Annotated[list[UUID], msgspec.Meta(max_length=50)] = []
    saw: dict[str, UUID | None] = {}
    counts_for: Annotated[str, msgspec.Meta(max_length=24)] | None = None

    @property
    def first(self) -> UUID:
        """The entry this one stands for: itself, or the first that it restates."""
        return self.corrects or self.id

    @property
    def is_null(self) -> bool:
        """True when it says nothing: a withdrawal, if it corrects something."""
        return bytes(self.body) == b"null"


class Filed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the server added, once. Whatever must stay as it was on the day is copied here at the door."""

    seq: int
    first_seq: int
    epoch: int
    received_at: str
    first_received_at: str
    brought_by: UUID | None
    shown: str
    acting_as: list[UUID] = []
    late: int = 0
    helped: list[UUID] = []
    follows: bool = False  # of a helper's link: the household had one with somebody else before
    numbers: dict[str, str] = {}
    erased: list[Digest] = []


class PartRule(NamedTuple):
    """A sealed part that a body names: whom it must be about, who may be let read it, and how its text is written.

    A text that is no words (a name, a phone, a day, a hash) has a `form`: whatever else stands there is not taken.
    """

    digest: str
    about: UUID
    audiences: frozenset[Audience]
    is_words: bool = True
    form: re.Pattern[str] | None = None


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True, dict=True):
    """What one entry of a kind and version may say. It refuses at the door, never in a fold."""

    KIND: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    ECHOES: ClassVar[str] = ""  # the field of which it says that what its author saw there is still so

    def things(self, first: UUID) -> Iterator[Touch]:
        """Name every thing this body speaks of; it opens or changes at least one."""
        raise NotImplementedError

    def named(self, first: UUID) -> tuple[Touch, ...]:
        """Give `things`, which is asked many times of one body and always answers the same."""
        kept = self.__dict__.get("_named")
        if kept is None or kept[0] != first:
            kept = self.__dict__["_named"] = (first, tuple(self.things(first)))
        return kept[1]

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        """Name every sealed part this body rests on."""
        return iter(())

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        """Give the fields this body sets on a thing; what is not named stays as it was."""
        return {}


class Wording(NamedTuple):
    """One entry as it was said and filed, read once."""

    said: Said
    filed: Filed
    body: Body | None
    touches: tuple[Touch, ...]
    sealed: Mapping[str, SealedPart]

    def speaks_of(self, thing: UUID) -> bool:
        """Tell whether its own words, not those it restates, name the thing."""
        return self.body is not None and any(t.thing == thing for t in self.body.named(self.said.first))

    def text(self, digest: str | None) -> str | None:
        """Give the sealed words behind a digest, or None when they are erased or not there."""
        part = self.sealed.get(digest) if digest else None
        return part.text if part else None


class Told(NamedTuple):
    """One fact as it stands now: the first's place and number, the last's words."""

    first: UUID
    first_seq: int
    texts: tuple[Wording, ...]

    @property
    def last(self) -> Wording:
        """The wording in force."""
        return self.texts[-1]

    @property
    def kind(self) -> str:
        """The kind, the same for all wordings."""
        return self.texts[-1].said.kind

    @property
    def body(self) -> Body | None:
        """What is said now; None when it was withdrawn."""
        return self.texts[-1].body

    def speaks_of(self, thing: UUID) -> bool:
        """Tell whether what stands still speaks of the thing."""
        return self.texts[-1].speaks_of(thing)

    def last_about(self, thing: UUID) -> Wording | None:
        """Give the last wording that still spoke of the thing: the content of what outlived its source."""
        return next((w for w in reversed(self.texts) if w.speaks_of(thing)), None)


def stand(wordings: Iterable[Wording]) -> list[Told]:
    """Group wordings into facts, in the order of their firsts: a restatement stands in its first's place."""
    by: defaultdict[tuple[int, UUID], list[Wording]] = defaultdict(list)
    for wording in wordings:
        by[wording.filed.first_seq, wording.said.first].append(wording)
    return [
        Told(first, at, tuple(sorted(texts, key=lambda w: w.filed.seq))) for (at, first), texts in sorted(by.items())
    ]


LINE_KEY = ("log", "id", "n")
R = TypeVar("R")


def stored_in(table: str, key: tuple[str, ...] = LINE_KEY) -> Callable[[type[R]], type[R]]:
    """Say which table the rows of a NamedTuple are written to, in column order, and by which key."""

    def mark(row: type[R]) -> type[R]:
        row.TABLE, row.KEY = table, key  # type: ignore[attr-defined]
        return row

    return mark


@stored_in("proof")
class ProofRow(NamedTuple):
    """What an entry proves: kind, about whom, by which posting, on which day."""

    log: UUID
    id: UUID
    n: int
    entry: UUID
    kind: str
    about: UUID
    by: UUID
    on: date
    amount: int
    counts_for: str


@stored_in("companion")
class CompanionRow(NamedTuple):
    """Another posting under which the same was done: what the entry proves is theirs as well."""

    log: UUID
    id: UUID
    n: int
    entry: UUID
    posting: UUID


class Posting(NamedTuple):
    """What one thing leaves in the ledgers."""

    rows: Sequence[Any] = ()
    proofs: Sequence[ProofRow | CompanionRow] = ()


class Fold(Protocol):
    """Turn what was told of one thing into rows and proofs; it reads nothing else."""

    def __call__(self, log: UUID, thing: UUID, told: Sequence[Told]) -> Posting: ...


# ---------------------------------------------------------------- reading and writing the texts

_said = msgspec.json.Decoder(Said)
_filed = msgspec.json.Decoder(Filed)
_encoder = msgspec.json.Encoder()


def read_said(text: str) -> Said:
    """Read what a device wrote, or refuse what no phone would write."""
    refuse(len(text.encode()) > canonical.MOST_BYTES, "too_long", most=canonical.MOST_BYTES)
    refuse(not canonical.reads_back(text), "not_as_a_phone_writes")
    try:
        said = _said.decode(text)
    except msgspec.ValidationError as wrong:
        raise Refused("not_understood", what=str(wrong)) from None
    refuse(not _is_instant(said.recorded_at), "not_understood", what="recorded_at")
    return said


def _is_instant(written: str) -> bool:
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return False
    return True


def read_filed(text: str) -> Filed:
    """Read what the server filed."""
    return _filed.decode(text)


def write_text(value: msgspec.Struct) -> str:
    """Write said or filed as one line of JSON."""
    return _encoder.encode(value).decode()
