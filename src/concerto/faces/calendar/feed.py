"""The feed: whoever knows the secret address reads days, duties and numbers. That they did is written nowhere."""

import hashlib

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from concerto.groundwork import clock
from concerto.papers.board.due import due_days
from concerto.places import calendars
from concerto.places.models import Account

from .writing import as_calendar

A_MINUTE = 60
MOST_WRONG = 30  # by one address of the network: behind a proxy that is everybody, and none of them is kept out
MOST_RIGHT = 12  # at one secret address
NOT_THERE = "There is no calendar here.\n"
TOO_OFTEN = "Asked too often. In a minute it answers again.\n"


@login_not_required
@require_safe
@sensitive_variables()
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer with what is due; a wrong address and one that ended are answered alike, whoever asks."""
    found = calendars.find(secret)
    if found is None:
        often = _too_often(f"wrong {request.META.get('REMOTE_ADDR', '')}", MOST_WRONG)
        return _plain(TOO_OFTEN, 429) if often else _plain(NOT_THERE, 404)
    account, known_by = found
    if _too_often(known_by, MOST_RIGHT):
        return _plain(TOO_OFTEN, 429)
    return _calendar(request, account, known_by)


def _calendar(request: HttpRequest, account: Account, known_by: str) -> HttpResponse:
    day, language = clock.today(), account.language or settings.LANGUAGE_CODE
    with translation.override(language):
        text = as_calendar(due_days(account, day), day=day, known_by=known_by)
    etag = quote_etag(hashlib.sha256(text).hexdigest()[:32])
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Language"] = language
    answer["Content-Disposition"] = 'inline; filename="concerto.ics"'
    answer["Cache-Control"] = "private, max-age=3600"
    answer["ETag"] = etag
    answer["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _plain(words: str, status: int) -> HttpResponse:
    answer = HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
    answer["Cache-Control"] = "no-store"
    if status == 429:
        answer["Retry-After"] = str(A_MINUTE)
    return answer


def _too_often(who: str, most: int) -> bool:
    """Count for a minute, in this server's memory alone, how often it was asked; what is counted has no name."""
    key = "calendar-" + hashlib.sha256(who.encode()).hexdigest()
    cache.add(key, 0, A_MINUTE)
    try:
        return cache.incr(key) > most
    except ValueError:  # the minute ended between the two
        return False
