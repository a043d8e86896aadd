"""Why somebody opens what stays sealed: one line, which is kept for the parties and so holds no number of a person."""

from django.http import HttpRequest
from django.utils.translation import gettext

from concerto.conductor.stopping import stop_text
from concerto.faces.desk.writing import with_code
from concerto.groundwork.refusals import Refused, words_of

MOST_LETTERS = 200
FEWEST = 2  # a sign alone tells nobody why


def why_of(request: HttpRequest) -> tuple[str, str]:
    """Read the reason of a form, and say what is wrong with it; nothing where it is one."""
    why = " ".join(request.POST.get("why", "").split())[:MOST_LETTERS]
    if sum(sign.isalnum() for sign in why) < FEWEST:
        return why, gettext("Say in one line why you open it.")
    try:
        stop_text(why)
    except Refused as wrong:
        return why, with_code(words_of(wrong.code, wrong.facts), wrong.code)
    return why, ""
