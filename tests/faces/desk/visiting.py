"""Recording in tests as a browser does: open the form, fill it in, send it."""

import re
from typing import Any

from django.urls import reverse


def draft_of(answer: Any) -> str:
    """The hidden field of a form that a page shows."""
    found = re.search(r'name="draft" value="([^"]+)"', answer.content.decode())
    assert found is not None, answer.content.decode()[:800]
    return found.group(1)


def form_of(client: Any, house: Any) -> str:
    """Where a visit to a household is recorded."""
    return reverse("desk:visit-new", args=[house.id])


def visited(client: Any, house: Any, **fields: Any) -> Any:
    """Record a visit at which the head was met; fields say otherwise."""
    address = form_of(client, house)
    told = {"day": "today", "channel": "visit", "met": [str(house.head)], "draft": draft_of(client.get(address))}
    return client.post(address, told | fields)


def entry_of(answer: Any) -> str:
    """The id of the entry that a recorded page speaks of."""
    assert answer.status_code == 302, answer.content.decode()[:3000]
    found = re.search(r"[0-9a-f-]{36}", answer.url)
    assert found is not None
    return found.group(0)
