"""A photo or a PDF of a paper is attached to a case: the entry names what describes the file, the file lies beside it.

What describes a file is a sealed part as any other: sort, size and SHA-256 in a line. Its own digest, which nobody can
guess from the file, is the file's name everywhere; whoever erases the part erases the file.
"""

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, NamedTuple
from uuid import UUID

import msgspec

from ..said import Digest, PartRule
from .case_steps import OfCase
from .cases import CASE_ONLY
from .rules import Once

MOST_FILES = 10
DESCRIBED = re.compile(r"(jpeg|png|pdf) ([1-9]\d{0,7}) ([0-9a-f]{64})")
SHOWS = ("agreement", "record", "consent", "receipt", "letter", "other")


class Described(NamedTuple):
    """What a sealed part says of its file."""

    sort: str
    size: int
    sha256: str

    @property
    def text(self) -> str:
        """The line as the part holds it."""
        return f"{self.sort} {self.size} {self.sha256}"


def described(text: str) -> Described | None:
    """Read what a sealed part says of its file; None where it describes none."""
    found = DESCRIBED.fullmatch(text)
    return Described(found[1], int(found[2]), found[3]) if found else None


class CaseAttachment1(OfCase, frozen=True):
    """Papers of a case as photos or PDF, with what they show. Nothing asks for one, and nothing rests on one."""

    KIND: ClassVar = "case_attachment"
    RULES: ClassVar = (Once("asked_twice", ("files",)),)

    shows: Literal["agreement", "record", "consent", "receipt", "letter", "other"]
    files: Annotated[list[Digest], msgspec.Meta(min_length=1, max_length=MOST_FILES)]

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        for digest in self.files:
            yield PartRule(digest, self.case, CASE_ONLY, is_words=False, form=DESCRIBED)
