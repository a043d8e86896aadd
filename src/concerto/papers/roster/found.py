"""What a reading brings: tables of households, what was flagged or refused, and an account of every row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from concerto.groundwork.identity import IdentityNumber
from concerto.groundwork.phones import Phone
from concerto.papers.roster.fields import Field
from concerto.papers.roster.flags import WHY, Flag
from concerto.papers.roster.marks import Membership


class RowKind(StrEnum):
    """What a row that is not empty was taken for."""

    TITLE = "title"
    HEADING = "heading"
    PERSON = "person"
    MORE = "more"  # a second line of the person above
    DIVIDER = "divider"
    SUBTOTAL = "subtotal"
    NOTE = "note"
    NUMBERED = "numbered"  # prepared for a person, and left empty
    REFUSED = "refused"
    UNREAD = "unread"  # of a table that stays out as a whole


class Fate(StrEnum):
    """What happens to a column."""

    KEPT = "kept"
    ASIDE = "aside"
    NOT_KEPT = "not_kept"
    UNMAPPED = "unmapped"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 1, its heading as it stands, what it means and what happens to it."""

    place: int
    heading: str
    field: Field | None
    fate: Fate


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """One person as the roster has them, in the row (from 1) of the sheet; printed by that row alone."""

    row: int
    name: str
    relation: str = ""
    is_head: bool = False
    identity: IdentityNumber | None = None
    born: str | None = None
    sex: str | None = None
    phones: tuple[Phone, ...] = ()
    aliases: tuple[str, ...] = ()
    membership: Membership | None = None
    floating: bool = False

    def __repr__(self) -> str:
        return f"Person(row={self.row})"


@dataclass(frozen=True, slots=True, repr=False)
class Household:
    """The people of one household in the order of their rows, and what the roster says of them together."""

    row: int
    people: tuple[Person, ...]
    number: str = ""
    group: str = ""
    helped: bool = False
    places: Mapping[Field, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Household(row={self.row}, people={len(self.people)})"

    @property
    def head(self) -> Person | None:
        """Return who is marked as its head."""
        return next((person for person in self.people if person.is_head), None)


@dataclass(frozen=True, slots=True)
class Table:
    """One village's households out of one sheet."""

    sheet: str
    unit: str
    households: tuple[Household, ...]
    flagged: tuple[Flag, ...] = ()
    refused: tuple[Flag, ...] = ()
    columns: tuple[Column, ...] = ()

    @property
    def people(self) -> Iterator[Person]:
        """Everybody in the table."""
        return (person for household in self.households for person in household.people)

    @property
    def counts(self) -> dict[str, int]:
        """Count as the report does; probationary members are members too."""
        people = list(self.people)
        return {
            "households": len(self.households),
            "people": len(people),
            "members": sum(person.membership is not None for person in people),
            "probationary": sum(person.membership is Membership.PROBATIONARY for person in people),
            "helped": sum(household.helped for household in self.households),
        }

    def report(self, *, added: int = 0, known: int = 0, changed: int = 0) -> dict[str, object]:
        """Return the table as the report writes it; what became of it is told by who took it in."""
        return {
            "sheet": self.sheet,
            "unit": self.unit,
            **self.counts,
            "added": added,
            "known": known,
            "changed": changed,
            "flagged": [flag.line() for flag in self.flagged],
            "refused": [flag.line() for flag in self.refused],
        }


@dataclass(frozen=True, slots=True)
class RefusedTable:
    """A table that stays out as a whole: why, the text a person can say the village of, and headings to be mapped."""

    sheet: str
    code: str
    rows: int
    village: str = ""
    headings: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()

    @property
    def why(self) -> str:
        """Say why, in the words of the report."""
        return WHY[self.code]

    def line(self) -> dict[str, object]:
        """Return the refusal as the report writes it."""
        return {"sheet": self.sheet, "village": self.village, "rows": self.rows, "code": self.code, "why": self.why}


@dataclass(frozen=True, slots=True)
class Roster:
    """A whole workbook, read: its tables, those that stay out, and each row's account by sheet and row (from 1)."""

    tables: tuple[Table, ...]
    refused_tables: tuple[RefusedTable, ...]
    rows: Mapping[str, Mapping[int, RowKind]]

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Everything a person has to look at, as `annotate` takes it."""
        return tuple(flag for table in self.tables for flag in (*table.flagged, *table.refused))

    @property
    def unmapped(self) -> tuple[str, ...]:
        """The headings nobody knows yet, each once."""
        return self._headings(Fate.UNMAPPED)

    @property
    def not_kept(self) -> tuple[str, ...]:
        """The headings of columns that may not come in, each once."""
        return self._headings(Fate.NOT_KEPT)

    def _headings(self, fate: Fate) -> tuple[str, ...]:
        taken = [column for table in self.tables for column in table.columns]
        refused = [column for table in self.refused_tables for column in table.columns]
        return tuple(dict.fromkeys(column.heading for column in (*taken, *refused) if column.fate is fate))
