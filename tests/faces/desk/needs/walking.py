"""Walking a need through its pages, as somebody at the desk does."""

import re
from typing import Any

from django.urls import reverse


def hidden(page: Any, name: str = "draft") -> str:
    """Read a hidden field of a page."""
    found = re.search(rf'name="{name}"(?: value="([^"]*)")?', page.content.decode())
    assert found, page.content.decode()[:2000]
    return found[1] or ""


def act(client: Any, need: Any, name: str, **answers: Any) -> Any:
    """Open the form of a step and send it with these answers, on the day of the tests."""
    url = reverse("desk:need-step", args=[need, name])
    shown = client.get(url)
    assert shown.status_code == 200, (name, shown.status_code)
    return client.post(url, {"draft": hidden(shown), "on": "2026-07-01", **answers})
