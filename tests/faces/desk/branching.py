"""Recording what a branch does in tests, as a browser does."""

from typing import Any

from tests.faces.desk.visiting import draft_of


def told(client: Any, address: str, **fields: Any) -> Any:
    """Open a form, fill it in and send it."""
    return client.post(address, {"day": "today", "draft": draft_of(client.get(address)), **fields})
