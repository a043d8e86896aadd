"""What the phone says of where a dispute belongs: the rulebook's questions, ends and routes, in both languages."""

from typing import Any

from django.utils.translation import gettext as _

from concerto.papers.mechanism import tongue_read
from concerto.rulebook.routes import Said, routes
from concerto.rulebook.triage import triage


def said() -> dict[str, Any]:
    """Give them by name."""
    english = tongue_read() == "en"

    def read(words: Said) -> str:
        return words.en if english else words.zh

    questions = [
        {
            "id": question.id,
            "asks": read(question.asks),
            "when": question.when,
            "answers": [[answer.id, read(answer.words)] for answer in question.answers],
        }
        for question in triage().questions
    ]
    ends = [
        {
            "id": end.id,
            "when": end.when,
            "title": read(end.title),
            "says": [read(one) for one in end.says],
            "keeps": read(end.keeps) if end.keeps else "",
            "routes": end.routes,
            "ours": end.ours,
            "quiet": end.quiet,
        }
        for end in triage().ends
    ]
    ways = {route.id: [read(route.name), read(route.what_for), route.phone] for route in routes().values()}
    return {
        "triage_kept": _("No names. Nothing of this is kept."),
        "triage_ours": _("It may be taken in here"),
        "triage_quiet": _("Nothing was recorded, and nothing is given on paper"),
        "triage_not_ours": _("Not ours: here is where to go"),
        "triage": {"questions": questions, "ends": ends, "routes": ways},
    }
