"""What a phone costs on its line, beside the limit of each; and how many entries phones bring in a second."""

from .clients import rates
from .field_line import collect, page_bytes, village_bytes, visit_bytes
from .field_phones import EACH, Phones
from .field_village import enter_village
from .floor import open_beside
from .http import serving
from .result import Result, result
from .townships import enter

FIRST_FORM, ALL, VILLAGE, IDLE = 60_000, 150_000, 200_000, 1_000
VISIT = {"one of 40 characters": (1_000, 1_000), "30 of 30 characters": (10_000, 25_000)}
SEVERAL = ((1, False), (8, False), (32, False), (8, True))


def measure(name: str, engine: str, *, quick: bool) -> list[Result]:
    """Measure the bytes of everything, then phones over HTTP."""
    village, town = enter_village(2), enter(1)
    open_beside([town.log])
    collect()
    with serving("bench.served") as port:
        first, everything = page_bytes(port)
        size, pages, lines, idle = village_bytes(village, port)
        found: list[tuple[str, int, int | None]] = [("first_form_bytes", first, FIRST_FORM)]
        found.append(("all_bytes", everything, ALL))
        for case, count in visit_bytes(village).items():
            what, how = case.split(", ")
            found.append((f"visit_bytes: {case}", count, VISIT[what][how != "open"]))
        found.append((f"village_bytes: {lines:,} lines in {pages} pages", size, VILLAGE))
        found.append(("idle_bytes: both bodies", idle.bodies, IDLE))
        found.append(("idle_bytes: with HTTP/1.1 heads", idle.bodies + idle.heads, None))
        told = [result(name, engine, case, count, None, "bytes", limit=limit) for case, count, limit in found]
        times, rounds, most = (2, 2, 2.0) if quick else (6, 7, 20.0)
        for turn, (count, sealed) in enumerate(SEVERAL):
            phones = Phones(town, port, count=count, first=turn * 100, times=times, sealed=sealed)
            speed = rates(phones.phases, count=count, rounds=rounds, entries=times * EACH, most=most)
            case = f"{count} phone{'s' if count > 1 else ''} at once, by {EACH}{', in envelopes' if sealed else ''}"
            told.append(result(name, engine, case, speed["ours"], speed["floor"], "entries/s"))
    return told
