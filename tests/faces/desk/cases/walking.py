"""Walking a case through its pages, as somebody at the desk does."""

import re
from typing import Any

from django.urls import reverse

DAY = "2026-07-01"


def draft(page: Any) -> str:
    """Read the draft of a page's form."""
    found = re.search(r'name="draft" value="([^"]*)"', page.content.decode())
    assert found, page.content.decode()[:2000]
    return found[1]


def spot(client: Any, **answers: Any) -> Any:
    """Open the form of a quarrel settled on the spot, and send it."""
    told = {
        "afraid": "no", "sort": "livestock_damage", "a": "王建国", "a_wanted": "on", "b": "古丽·巴合提",
        "b_wanted": "on", "agreed": "赔两捆草料", "done": "now", "mediator": "none", "on": DAY, **answers,
    }  # fmt: skip
    shown = client.get(reverse("desk:spot"))
    assert shown.status_code == 200, shown.status_code
    return client.post(
        reverse("desk:spot"), {"draft": draft(shown), **{k: v for k, v in told.items() if v is not None}}
    )


def act(client: Any, case: Any, name: str, /, *, ask: str = "", **answers: Any) -> Any:
    """Open the form of a step and send it with these answers, on the day of the tests."""
    url = reverse("desk:case-step", args=[case, name]) + ask
    shown = client.get(url)
    assert shown.status_code == 200, (name, shown.status_code)
    asked = {"way": "in_person"} if name == "consent" else {}
    return client.post(url, {"draft": draft(shown), "on": DAY, **asked, **answers})
