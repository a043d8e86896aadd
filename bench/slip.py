"""What a resident's telephone loads to see how a matter goes, as sent: the page and its stylesheet, unsqueezed."""

import http.client
import re

from concerto.papers.slips.words import LANGUAGES
from tests.cast import enter
from tests.faces.resident.stepping import told_done

from .field_line import collect
from .http import PATIENCE, serving
from .result import Result, result

MOST = 15_000
STYLE = re.compile(r'href="(/static/[^"]+)"')


def measure(name: str, engine: str, *, quick: bool) -> list[Result]:
    """Give a slip for a need that is said to be done, and ask for its page in each language; the largest counts."""
    slip = told_done(enter())
    collect()
    with serving("bench.served") as port:
        sizes = [bytes_of(port, f"/r/{slip.code}/?l={language}") for language in LANGUAGES]
    return [result(name, engine, "the page and its stylesheet", max(sizes), None, "bytes", limit=MOST)]


def bytes_of(port: int, address: str) -> int:
    """Count the bodies that come for one look at a page."""
    page = _asked(port, address)
    return len(page) + sum(len(_asked(port, style)) for style in STYLE.findall(page.decode()))


def _asked(port: int, address: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", address)
    came = connection.getresponse()
    body = came.read()
    if came.status != 200:
        raise SystemExit(f"bench: {address} answered {came.status}")
    return body
