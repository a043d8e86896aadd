"""What a phone and the server say to each other, as types: `docs/sync.md` shows each with an example that is replayed.

Every request is a POST of JSON, gzipped where the browser can; every answer is JSON. Unknown fields are passed over, so
that a phone of yesterday is understood tomorrow.
"""

from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from concerto.conductor.admission import Answered
from concerto.conductor.carrying import Envelope
from concerto.journal.said import Digest, Item
from concerto.papers.cards.roll import Roll

from .handled import Cases
from .owed import Standing

MOST_ENTRIES = 50
MOST_MINE = 500
Number = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]  # an epoch or a number of a log, as both engines keep them
DeviceState = Literal["in_use", "revoked", "ended"]


class At(msgspec.Struct, frozen=True, omit_defaults=True):
    """A head: where a log stood, and the digest that chains it."""

    epoch: Number
    seq: Number
    digest: str = ""


class ServerKey(msgspec.Struct, frozen=True):
    """The key that envelopes are sealed to: its name, and its P-256 point (65 bytes, base64)."""

    id: str
    raw: str


# ---------------------------------------------------------------- hello, enrol


class Nothing(msgspec.Struct, frozen=True):
    """A question that says nothing."""


class DeviceStands(msgspec.Struct, frozen=True):
    """How a device stands, told without a session."""

    device: DeviceState


class Who(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who is signed in, to whoever asks in that very session; of whom nothing can be recorded here, `why`."""

    account: UUID
    called: str
    log: UUID | None
    language: str
    posted: bool
    why: str = ""


class Hello(msgspec.Struct, frozen=True):
    """The answer to anybody who asks: the server's clock and key, and who is signed in here, if anybody."""

    now: str
    server_key: ServerKey
    signed_in: Who | None


class Enrol(msgspec.Struct, frozen=True):
    """A phone asks to be a device of who is signed in: `key` is its signing key, a P-256 point in base64."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    key: Annotated[str, msgspec.Meta(max_length=120)]


class Enrolled(msgspec.Struct, frozen=True):
    """The device's name, and the ticket by which a restored server knows it again."""

    device: UUID
    ticket: str
    server_key: ServerKey
    who: Who


# ---------------------------------------------------------------- push


class Open(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry in plain text, for the session of its author."""

    item: Item
    answered: Answered | None = None


class Push(msgspec.Struct, frozen=True, omit_defaults=True):
    """A batch: `entries` in the session of `account`, or `envelopes` without any session. `hand` gives refused
    entries to the township's desk."""

    device: UUID
    ticket: str
    account: UUID | None = None
    entries: Annotated[list[Open], msgspec.Meta(max_length=MOST_ENTRIES)] = []
    envelopes: Annotated[list[Envelope], msgspec.Meta(max_length=MOST_ENTRIES)] = []
    hand: Annotated[list[UUID], msgspec.Meta(max_length=MOST_MINE)] = []


class Receipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one entry. To an envelope it carries id, outcome, code and numbers alone."""

    id: UUID
    outcome: str
    code: str = ""
    seq: int = 0
    epoch: int = 0
    received_at: str = ""
    facts: dict[str, Any] = {}
    why: str = ""


class Pushed(msgspec.Struct, frozen=True, omit_defaults=True):
    """A receipt for each entry, in order; how the device stands; where each log spoken to stands now."""

    receipts: list[Receipt]
    device: DeviceState
    now: str
    heads: dict[str, At] = {}


# ---------------------------------------------------------------- pull


class Pull(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the phone has: the epoch and head it last saw, a number for each grant, and its own entries that are not
    filed. `about` is the digest of the description of grants and people it holds, `standing` that of what is owed,
    `cases` that of the cases its person handles: one that has none asks with an empty one, and one that shows none does
    not ask."""

    device: UUID
    ticket: str
    account: UUID
    epoch: str = ""
    head: At | None = None
    grants: dict[UUID, Number] = {}
    mine: Annotated[list[UUID], msgspec.Meta(max_length=MOST_MINE)] = []
    about: str = ""
    standing: str | None = None
    cases: str | None = None


class Branch(msgspec.Struct, frozen=True, omit_defaults=True):
    """A branch of a village, for which members and lessons are recorded; its roll for whoever may record a meeting."""

    id: UUID
    name: str
    roll: Roll | None = None


class Grant(msgspec.Struct, frozen=True, omit_defaults=True):
    """A village whose cards this phone may hold today, under its name."""

    id: UUID
    name: str
    branches: list[Branch] = []
    records: list[str] = []
    workers: list[UUID] = []


class OnPanel(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody who mediates for a village or the township today, by their line of the panel."""

    id: UUID
    unit: UUID
    name: str
    account: UUID | None = None


class About(msgspec.Struct, frozen=True, omit_defaults=True):
    """What grants are called and who else works there; `digest` names this very description. `others` are those whose
    name stands on lines though they are posted to the township, or there no more; `panel` who mediates."""

    digest: str
    grants: list[Grant]
    people: dict[str, str]
    others: dict[str, str] = {}
    panel: list[OnPanel] = []


class Alarm(msgspec.Struct, frozen=True, omit_defaults=True):
    """The head the phone saw is not in this log: by a restore, whose loss is named, or for no reason known."""

    code: str
    why: str
    after: int = 0
    until: int = 0


class MineStands(msgspec.Struct, frozen=True, omit_defaults=True):
    """How an own entry that was not filed stands now; `settled` names by which entry it was closed."""

    outcome: str
    code: str = ""
    facts: dict[str, Any] = {}
    why: str = ""
    by: UUID | None = None


class Pulled(msgspec.Struct, frozen=True, omit_defaults=True):
    """One page. `cursors` is the new number of each grant in force; a grant that is not named has ended. `again` asks
    for everything anew: cursors from zero, receipted entries offered with their answers."""

    now: str
    device: DeviceState
    head: At
    epoch: str
    cursors: dict[UUID, int] = {}
    about: About | None = None
    cards: list[msgspec.Raw] = []
    gone: list[UUID] = []
    erased: list[str] = []
    mine: dict[UUID, MineStands] = {}
    copied: At | None = None
    alarm: Alarm | None = None
    again: bool = False
    more: bool = False
    standing: Standing | None = None
    cases: Cases | None = None


class Lacking(msgspec.Struct, frozen=True):
    """Wordings that the phone's cards name, asked after `again`; the answer names those this log lacks."""

    device: UUID
    ticket: str
    account: UUID
    wordings: Annotated[list[UUID], msgspec.Meta(max_length=20_000)]


class Lacked(msgspec.Struct, frozen=True):
    """The wordings that are not in the log."""

    lacking: list[UUID]


class Attach(msgspec.Struct, frozen=True, omit_defaults=True):
    """A piece of a file that an entry of this person names, sealed to this server; an empty one only asks.

    `piece` is base64; `begins` says where it stands in the box.
    """

    device: UUID
    ticket: str
    account: UUID
    log: UUID
    digest: Digest
    begins: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)] = 0
    piece: Annotated[str, msgspec.Meta(max_length=700_000)] = ""


class Attached(msgspec.Struct, frozen=True, omit_defaults=True):
    """How many bytes of the box are here; whether the file is whole, and whether a copy off the machine holds it."""

    have: int
    whole: bool = False
    copied: bool = False


class Carry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file of envelopes that somebody signed in brings in. It names no device where a browser keeps nothing: what
    such a one wrote is signed by nobody."""

    envelopes: Annotated[list[Envelope], msgspec.Meta(max_length=MOST_ENTRIES)]
    device: UUID | None = None
    ticket: str = ""


class Carried(msgspec.Struct, frozen=True):
    """A receipt for each envelope of the file, in order."""

    receipts: list[Receipt]
