"""Walking a case through its pages, as somebody at the desk does."""

import re
from typing import Any

from django.urls import reverse

from concerto.journal.models import Sealed

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


def walked(client: Any, matter: Any, *steps: tuple[str, dict[str, Any]]) -> None:
    """Take one step after the other, each with its answers; every one of them is recorded."""
    for name, answers in steps:
        answer = act(client, matter.id, name, **answers)
        assert answer.status_code == 302, (name, answer.content.decode().split("<main", 1)[1][:3000])


def both_willing(client: Any, matter: Any) -> None:
    """Take a case on, and let each party say that it wants mediation."""
    yes = {"to": "mediation", "answer": "agreed", "by": "self"}
    walked(client, matter, ("accept", {}), *(("consent", {"party": one, **yes}) for one in (matter.a, matter.b)))


def page_of(client: Any, matter: Any) -> str:
    """Read the page of a case."""
    answer = client.get(reverse("desk:case", args=[matter.id]))
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def step_of(matter: Any, name: str) -> str:
    """Give the address of a step's form."""
    return reverse("desk:case-step", args=[matter.id, name])


def digest_of(matter: Any, text: str) -> str:
    """Give the digest of words that were sealed of a case."""
    return Sealed.objects.get(about=matter.id, text=text).digest
