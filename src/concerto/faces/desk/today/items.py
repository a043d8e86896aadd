"""One thing that waits for somebody, as it stands in their list."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

LATELY = timedelta(days=60)  # what was answered longer ago is found where it stands


@dataclass(frozen=True)
class Item:
    """One thing for somebody: what it is, why it is here, and where it is acted on.

    `thing` is what "seen" names; without one it goes only by acting. `listed` names the page that lists all like it,
    if there is one.
    """

    mark: str
    title: str
    why: str
    address: str
    action: Any
    thing: UUID | None = None
    listed: str = "tray"
