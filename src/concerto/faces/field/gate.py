"""The gate of what phones say: JSON in, JSON out, refused with a code in the reader's language.

These answers need no token of a form: a page elsewhere can send neither this header nor this type of content without
the browser asking first, and it is told no.
"""

import zlib
from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from concerto.groundwork.refusals import Refused, refuse, words_of
from concerto.groundwork.squeezing import squeezed
from concerto.places.models import Account

MOST_BYTES = 4 * 1024 * 1024
STATUS = {"signed_out": 401, "other_person": 409, "too_much_at_once": 413}
NEVER_KEPT = "private, no-store"

T = TypeVar("T", bound=msgspec.Struct)
Answer = Callable[[HttpRequest, T], msgspec.Struct]


def spoken(asked: type[T]) -> Callable[[Answer[T]], Callable[[HttpRequest], HttpResponse]]:
    """Let a view be asked in JSON of this type, by anybody: it asks for a session itself where it needs one."""
    decoder = msgspec.json.Decoder(asked)

    def mark(view: Answer[T]) -> Callable[[HttpRequest], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            try:
                _check_own(request)
                return answered(request, view(request, _read(request, decoder)))
            except Refused as wrong:
                return refused(request, wrong)

        return login_not_required(csrf_exempt(require_POST(guarded)))

    return mark


def person_of(request: HttpRequest) -> Account:
    """Give who is signed in, or refuse."""
    if not isinstance(request.user, Account):
        raise Refused("signed_out")
    return request.user


def answered(request: HttpRequest, answer: msgspec.Struct) -> HttpResponse:
    """Write an answer, squeezed where the browser takes that and it is worth it."""
    return _written(request, msgspec.json.encode(answer), 200)


def refused(request: HttpRequest, wrong: Refused) -> HttpResponse:
    """Write a refusal: code, facts, and words in the reader's language."""
    facts = {name: value if isinstance(value, int) else str(value) for name, value in wrong.facts.items()}
    told = {"refused": {"code": wrong.code, "facts": facts, "why": words_of(wrong.code, wrong.facts)}}
    return _written(request, msgspec.json.encode(told), STATUS.get(wrong.code, 422))


def _written(request: HttpRequest, text: bytes, status: int) -> HttpResponse:
    body, coding = squeezed(text, request.headers.get("Accept-Encoding", ""))
    told = {"Cache-Control": NEVER_KEPT} | ({"Content-Encoding": coding} if coding else {})
    return HttpResponse(body, "application/json", status, headers=told)


def _check_own(request: HttpRequest) -> None:
    own = request.headers.get("X-Concerto") == "1" and request.content_type == "application/json"
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.get_host():
        own = False
    refuse(not own, "not_understood", what="header")


def _read(request: HttpRequest, decoder: msgspec.json.Decoder[T]) -> T:
    try:
        return decoder.decode(_unsqueezed(request))
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise Refused("not_understood", what=str(wrong)) from None
    except RecursionError:
        raise Refused("not_understood", what="depth") from None


def _unsqueezed(request: HttpRequest) -> bytes:
    try:
        body = request.body
    except RequestDataTooBig:
        raise Refused("too_much_at_once", most=MOST_BYTES) from None
    if request.headers.get("Content-Encoding") != "gzip":
        refuse(len(body) > MOST_BYTES, "too_much_at_once", most=MOST_BYTES)
        return body
    inflate = zlib.decompressobj(wbits=31)
    try:
        text = inflate.decompress(body, MOST_BYTES)
    except zlib.error:
        raise Refused("not_understood", what="gzip") from None
    refuse(bool(inflate.unconsumed_tail), "too_much_at_once", most=MOST_BYTES)
    return text
