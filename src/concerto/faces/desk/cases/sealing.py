"""What is written in a form of a case, sealed: each text by the field it was written in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from concerto.faces.desk.writing import Draft
from concerto.journal.said import Audience, SealedPart


class Sealing:
    """Seals what was written in a form, and keeps what was sealed."""

    def __init__(
        self, draft: Draft, case: UUID, told: Mapping[str, Any], kept: Mapping[str, SealedPart] | None = None
    ) -> None:
        self.draft, self.case, self.told, self.kept = draft, case, told, kept or {}
        self.parts: list[SealedPart] = []

    def words(
        self, name: str, *, about: UUID | None = None, audience: Audience = Audience.CASE, is_line: bool = False
    ) -> str | None:
        """Seal the answer of a field, if there is one, and give its digest."""
        text = (self.told.get(name) or "").strip()
        if not text:
            return None
        text = " ".join(text.split()) if is_line else text
        return self.text(name, text, about=about or self.case, audience=audience)

    def text(self, name: str, text: str, *, about: UUID, audience: Audience = Audience.CASE) -> str:
        """Seal words that are there, and give their digest; of words that are left as they were, the one they have."""
        was = self.kept.get(name)
        if was is not None and was.text == text:
            return was.digest
        part = self.draft.seal(name, about=about, audience=audience, text=text)
        self.parts.append(part)
        return part.digest
