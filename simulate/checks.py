"""What must hold once the dust has settled, and of each card that is handed out: held against what was written."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from concerto.conductor.verify import verify_log
from concerto.faces.field import wire
from concerto.groundwork import clock, database
from concerto.journal import reading
from concerto.journal.kinds.households import Merger1
from concerto.journal.said import How, Wording, stand
from concerto.places.sight import VILLAGE_ROLES
from concerto.register.fields import fields
from tests.cast import ELSEWHERE, TOWNSHIP

from .phone import NO_HEAD, Phone
from .rows import Row
from .view import Card
from .written import Written

EXPECTED = frozenset({
    "seen_differently", "unseen_for_long", "already", "withdrawn_already", "no_such_thing_yet", "day_not_come",
    "not_in_this_unit", "not_posted_there", "not_yours_to_correct", "erased_thing", "unknown_unit", "merged_away",
    "device_revoked", "device_lost", "not_the_author", "nothing_changed", "part_missing", "not_yourself",
})  # fmt: skip


class Found(Exception):
    """Something does not hold."""


def demand(holds: object, words: str) -> None:
    """Go on only if something holds."""
    if not holds:
        raise Found(words)


# ---------------------------------------------------------------- what is handed out


def check_page(phone: Phone, pulled: wire.Pulled) -> None:
    """A page holds cards of villages in which its reader works that day, and no words that no card may show."""
    day = clock.day_of(phone.machine.now)
    near = _near(phone.is_of.account, day.isoformat())
    sql = "SELECT revoked_on, lost_on FROM device WHERE id = %s"
    for row in _fetch(sql, phone.is_of.device):
        for since, what in zip(row, ("taken out of use", "reported lost"), strict=True):
            out = since is not None and str(since) <= day.isoformat()
            demand(not out or not pulled.cards, f"{phone.name} was {what} and is handed cards")
    demand(pulled.cursors.keys() <= near, f"{phone.name} is granted a village its person does not work in")
    villages = dict(_fetch("SELECT id, village FROM household WHERE log = %s", TOWNSHIP)) if pulled.cards else {}
    for raw in pulled.cards:
        demand("秘言".encode() not in bytes(raw), f"{phone.name} is handed words of a visit or a need")
        card = json.loads(bytes(raw))
        village = UUID(card["village"])
        demand(village in near, f"{phone.name} is handed a card of a village it does not work in")
        demand(villages.get(UUID(card["id"])) == village, f"{phone.name} is handed a card under another village's name")


def _near(account: UUID, day: str) -> set[UUID]:
    """Work out from postings alone in which villages somebody works on a day."""
    sql = "SELECT unit, account, since, until, absences, role FROM posting WHERE log = %s AND NOT source_withdrawn"
    held = {
        unit
        for unit, holder, since, until, absences, role in _fetch(sql, TOWNSHIP)
        if role in VILLAGE_ROLES and str(since) <= day <= str(until or day) and _holds(holder, absences, account, day)
    }
    units = _fetch("SELECT id, village FROM unit WHERE log = %s", TOWNSHIP) if held else []
    return {village or unit for unit, village in units if unit in held}


def _holds(holder: UUID, absences: str, account: UUID, day: str) -> bool:
    away = [one for one in json.loads(absences) if one["since"] <= day <= one["until"]] if absences != "[]" else []
    return holder == account or any(one.get("deputy") == str(account) for one in away)


def _fetch(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Ask the engine, and read ids as ids."""
    return [
        tuple(UUID(v) if isinstance(v, str) and len(v) == 32 else v for v in row) for row in database.fetch(sql, values)
    ]


# ---------------------------------------------------------------- the book


def check_book(written: Mapping[str, Written]) -> None:
    """Journal and ledgers hold; no number of a device is there twice; nothing was overwritten that was not seen."""
    for log in (TOWNSHIP, ELSEWHERE):
        difference = verify_log(log)
        demand(difference is None, f"the ledgers do not equal the replay: {difference}")
    sql = "SELECT device, number FROM entry WHERE log = %s AND author <> %s GROUP BY device, number HAVING count(*) > 1"
    twice = database.fetch(sql, [TOWNSHIP, UUID("00000000-0000-7000-8000-000000000001")])
    demand(not twice, f"a device's number is filed twice: {twice}")
    sql = "SELECT thing FROM touch WHERE log = %s AND how = 5 GROUP BY thing HAVING count(*) > 1"
    demand(not database.fetch(sql, [TOWNSHIP]), "an entry is settled twice")
    _check_overwritten(written)


def _check_overwritten(written: Mapping[str, Written]) -> None:
    """Go through the book in order: whatever an entry changed had the wording that its author had before their eyes."""
    rows = database.fetch("SELECT seq, said, filed FROM entry WHERE log = %s ORDER BY seq", [TOWNSHIP])
    things: dict[UUID, list[Wording]] = {}
    facts: dict[UUID, list[Wording]] = {}
    for words in reading.wordings(TOWNSHIP, rows):
        said, body = words.said, words.body
        one = written.get(str(said.id))
        if one is not None:
            if facts.get(said.first):
                _compare(one, f"{said.first}.wording", facts[said.first][-1].said.id)
            elif body is not None:
                for touch in body.named(said.first):
                    if touch.how is How.CHANGES:
                        now = fields(touch.thing, stand(things.get(touch.thing, ())))
                        names = now if isinstance(body, Merger1) else body.changes(touch.thing)
                        for name in names:
                            _compare(one, f"{touch.thing}.{name}", now[name].wording if name in now else None)
        facts.setdefault(said.first, []).append(words)
        touched = reading.touched(words, facts[said.first][:-1])
        for touch in touched:
            if How.CHANGES <= touch.how <= How.ERASES:
                things.setdefault(touch.thing, []).append(words)


def _compare(one: Written, key: str, stands: UUID | None) -> None:
    seen = one.viewed.get(key)
    now = str(stands) if stands else None
    demand(seen == now, f"{one.label} overwrote what its author had not seen: {key} stood at {now}, seen was {seen}")


# ---------------------------------------------------------------- nothing is lost


def check_kept(
    written: Iterable[Written], phones: Iterable[Phone], there: "Server", excused: set[str], in_files: set[str]
) -> None:
    """Each entry is in the book once, or in a tray, or on its phone with its reason; no answer was reversed.

    A file that was saved before its entries were answered knows of no answer: carried in after a restore they may be
    filed, if they still fit.
    """
    on_phones = {row.id: row for phone in phones if not phone.gone for row in phone.rows.values()}
    for one in written:
        heard = [answer.split()[0] for answer in one.heard]
        clashed = any(answer in ("clash seen_differently", "clash unseen_for_long") for answer in one.heard)
        reversed_ = clashed and one.id in there.filed and one.id not in in_files
        demand(not reversed_, f"{one.label} was answered as a clash, and is filed unseen")
        told_already = "known already" in one.heard  # a settling that came second: it has nothing more to say
        if one.id in there.filed or one.id in excused or one.id in there.closed or told_already:
            continue
        taken_in = bool(heard) and heard[-1] in ("accepted", "known")
        row = on_phones.get(one.id)
        if row is not None:
            demand(row.state != "waiting", f"{one.label} was never sent")
            demand(row.state not in ("sent", "settled"), f"{one.label} was taken in and is gone: {one.heard}")
            demand(row.code, f"{one.label} is on its phone without a reason")
            continue
        demand(not taken_in, f"{one.label} was taken in and is gone: {one.heard}")
        recorded = bool(one.by_phone or one.heard)
        demand(not recorded or one.id in there.tray, f"{one.label} is nowhere: {one.heard}")


class Server:
    """What the server has of the township."""

    def __init__(self) -> None:
        self.filed = _ids("SELECT id FROM entry WHERE log = %s")
        self.tray = _ids("SELECT id FROM tray WHERE log = %s")
        self.closed = _ids("SELECT thing FROM touch WHERE log = %s AND how = 5")

    @property
    def has(self) -> set[str]:
        """Every id that it knows of."""
        return self.filed | self.tray | self.closed


def counts() -> tuple[int, int]:
    """Count the entries of the township's book and tray."""
    sql = "SELECT (SELECT count(*) FROM entry WHERE log = %s), (SELECT count(*) FROM tray WHERE log = %s)"
    [(filed, tray)] = database.fetch(sql, [TOWNSHIP, TOWNSHIP])
    return filed, tray


def _ids(sql: str) -> set[str]:
    return {str(database.to_uuid(one)) for (one,) in database.fetch(sql, [TOWNSHIP])}


def check_answers(written: Iterable[Written], cut_off: object, open_then: set[str]) -> None:
    """Nobody was refused for a reason that only a fault of ours can have.

    A desk's number may be taken where entries were lost for good, or by a page that was open when the machine was lost.
    """
    for one in written:
        for answer in one.heard:
            outcome, _, code = answer.partition(" ")
            twice = code == "number_used_twice" and (cut_off or one.label in open_then)
            expected = outcome in ("accepted", "known") or code in EXPECTED or twice
            demand(expected, f"{one.label} was answered {answer}")


def check_circles(phones: Iterable[Phone], filed: set[str]) -> None:
    """Nothing waits for itself, nor for what is filed or was answered otherwise."""
    for phone in phones:
        for row in () if phone.gone else phone.rows.values():
            circle = row.state == "pending" and _comes_to(row, phone.rows) in phone.rows.keys() | filed
            demand(not circle, f"{row.written.label} waits in a circle for {row.facts.get('on', '')}")


def check_settled(phones: Iterable[Phone]) -> None:
    """Nothing is left open that people went on settling; what waited for a lost entry was theirs after thirty days."""
    for phone in phones:
        for row in () if phone.gone else phone.rows.values():
            is_open = row.state in ("waiting", "clash", "pending")
            demand(not is_open, f"{row.written.label} is still {row.state} after all rounds")


def _comes_to(row: Row, rows: Mapping[str, Row]) -> str:
    """Follow what a row waits for, which may wait itself, to the last of them: it has to be one that is not here."""
    seen, on = {row.id}, str(row.facts.get("on", ""))
    while on in rows and rows[on].state == "pending" and on not in seen:
        seen.add(on)
        on = str(rows[on].facts.get("on", ""))
    return on


# ---------------------------------------------------------------- phones


def check_cards(phone: Phone, fresh: Phone) -> None:
    """A phone that heard of everything bit by bit has what a new one is given at once."""
    demand(phone.grants.keys() == fresh.grants.keys(), f"{phone.name} has other grants than a new phone")
    ours, theirs = phone.cards, fresh.cards
    extra, missing = sorted(ours.keys() - theirs.keys()), sorted(theirs.keys() - ours.keys())
    demand(not extra, f"{phone.name} keeps cards that a new phone is not given: {extra}")
    demand(not missing, f"{phone.name} lacks cards that a new phone is given: {missing}")
    for key, card in ours.items():
        demand(
            _same(card) == _same(theirs[key]), f"{phone.name} has another card of {key}: {_differs(card, theirs[key])}"
        )


def _same(card: Card) -> str:
    return json.dumps(card, sort_keys=True, ensure_ascii=False)


def _differs(one: Card, other: Card) -> str:
    return "; ".join(
        f"{n}: {one.get(n)!r} / {other.get(n)!r}" for n in sorted({*one, *other}) if one.get(n) != other.get(n)
    )


def check_erased(phone: Phone, erased: set[str]) -> None:
    """No words that were erased are left in what was recorded on a phone."""
    for row in phone.rows.values():
        left = [part.digest for part in row.item.sealed if part.digest in erased]
        demand(not left, f"{phone.name} keeps erased words in {row.written.label}")


def erased_digests() -> set[str]:
    """Give the digests of all that was erased of the township."""
    rows = database.fetch("SELECT filed FROM entry WHERE log = %s AND kind = 'erasure'", [TOWNSHIP])
    return {digest for (filed,) in rows for digest in json.loads(filed).get("erased", ())}


def contains(head: wire.At) -> bool:
    """Tell whether the log still contains a head that a phone saw."""
    if head.seq == 0 or head is NO_HEAD:
        return True
    found = database.fetch("SELECT digest FROM entry WHERE log = %s AND seq = %s", [TOWNSHIP, head.seq])
    return bool(found) and found[0][0] == head.digest


def age(at: datetime) -> str:
    """Write an instant for a story."""
    return clock.stamp(at)[:16]
