"""Bugs put in on purpose, at the simulator's edge: each of them must be found, or the simulator is worth nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

from concerto.conductor import admission, restore, sitting
from concerto.faces.field import losing, pulling, wire
from concerto.groundwork import database
from concerto.papers.cards import changed
from concerto.register import fields as register_fields
from concerto.register import posting as register_posting

from . import machine, people, phone, rows
from .people import Hand
from .phone import Phone
from .rows import Row

Puts = list[tuple[Any, str, Any]]  # where, which name, what stands there instead


class Bug(NamedTuple):
    """Its name, what is wrong, how it is put in, and which steps it needs: they come more often then."""

    name: str
    words: str
    puts: Callable[[], Puts]
    often: str


@contextmanager
def put_in(bug: Bug | None) -> Iterator[None]:
    """Let a bug be there for a while."""
    puts = bug.puts() if bug else []
    before = [(where, name, getattr(where, name)) for where, name, _ in puts]
    try:
        for where, name, other in puts:
            setattr(where, name, other)
        yield
    finally:
        for where, name, was in before:
            setattr(where, name, was)


# ---------------------------------------------------------------- what was seen

_compare = admission._compare


def _number(log: UUID, entry: UUID | None) -> int:
    sql = "SELECT seq FROM entry WHERE log = %s AND id = %s"
    return database.fetch(sql, [log, entry])[0][0] if entry and database.fetch(sql, [log, entry]) else 0


def _saw_as_one_id() -> Puts:
    """One id for a thing: the last that its author had seen of it, own ones included."""

    def saw(hand: Hand, viewed: dict[str, str | None]) -> dict[str, str | None]:
        thing = next(iter(viewed), "").split(".")[0]
        own = [row.id for row in hand.phone.rows.values() if thing in str(row.said["body"])]
        last = max([*own[-1:], *filter(None, viewed.values())], default=None)
        return dict.fromkeys(viewed, last)

    def compare(said: Any, key: str, stands: UUID | None, at_door: Any) -> None:
        seen = said.saw.get(key)
        if seen in at_door.known and at_door.known[seen].seq >= _number(at_door.log, stands):
            return
        _compare(said, key, stands, at_door)

    return [(Hand, "saw", saw), (admission, "_compare", compare)]


def _saw_the_first() -> Puts:
    def first(log: UUID, entry: UUID | None) -> Any:
        found = database.fetch("SELECT first FROM entry WHERE log = %s AND id = %s", [log, entry]) if entry else []
        return found[0][0] if found else entry

    def compare(said: Any, key: str, stands: UUID | None, at_door: Any) -> None:
        seen = said.saw.get(key)
        if seen is None or first(at_door.log, seen) != first(at_door.log, stands):
            _compare(said, key, stands, at_door)

    return [(admission, "_compare", compare)]


def _merger_changes_nothing() -> Puts:
    def fields(thing: UUID, told: Any) -> dict[str, Any]:
        now = {}
        for fact, words in register_fields.standing_words(thing, told):
            for name, value in words.body.changes(thing).items():  # type: ignore[union-attr]
                since = register_fields._since_when(fact, words, thing, name, value)
                now[name] = register_fields.Seen(value, since, words)
        return now

    return [(module, "fields", fields) for module in (admission, sitting, register_posting)]


def _repair_sees_afresh() -> Puts:
    def seen_again(hand: Hand, row: Row) -> dict[str, str | None]:
        view = hand.phone.view(but=[row.id])
        pairs = [key.rsplit(".", 1) for key in row.said.get("saw", {})]
        return {f"{t}.{n}": view.wording(t, n) if n != "wording" else row.said["saw"][f"{t}.{n}"] for t, n in pairs}

    return [(Hand, "seen_again", seen_again)]


def _settles_alone() -> Puts:
    def alone(hand: Hand, stood: list[Row]) -> list[str]:
        return rows.standing_for(hand.phone.rows, stood[:1])

    return [(Hand, "instead_of", alone), (Hand, "left_out", lambda _, stood: {stood[0].id})]


def _clashes_filed() -> Puts:
    def compare(said: Any, key: str, stands: UUID | None, at_door: Any) -> None:
        try:
            _compare(said, key, stands, at_door)
        except admission.Clashes:
            return

    return [(admission, "_compare", compare)]


def _rests_on_refused() -> Puts:
    def compare(said: Any, key: str, stands: UUID | None, at_door: Any) -> None:
        lying = at_door.tray.get(said.saw.get(key))
        if lying is None or lying.outcome != "refused":
            _compare(said, key, stands, at_door)

    return [(admission, "_compare", compare)]


def _settled_twice() -> Puts:
    return [(admission, "_check_instead_of", lambda *_: None)]


def _rests_on_it_alone() -> Puts:
    def resting(every: Any, row: Row) -> list[Row]:
        seen = rows.resting_on(every, row)
        return [one for one in seen if row.id in (one.said.get("corrects"), *one.said.get("saw", {}).values())]

    return [(people, "resting_on", resting)]


# ---------------------------------------------------------------- after a restore


def _no_tail() -> Puts:
    real = machine.restore  # type: ignore[attr-defined]  # as the machine calls it

    def without(*args: Any, **more: Any) -> Any:
        return real(*args, **{**more, "tail": None})

    return [(machine, "restore", without)]


def _dropped_by_date() -> Puts:
    def may_go(one: Phone, row: Row, _copied: Any) -> bool:
        return row.may_go(wire.At(row.epoch, row.seq), one.machine.now)

    return [(Phone, "may_go", may_go)]


def _offers_nothing() -> Puts:
    return [(Phone, "_offer_again", lambda *_, **__: None)]


def _clash_without_its_answer() -> Puts:
    return [(Phone, "answered", lambda *_: None)]


def _heads_not_asked() -> Puts:
    return [(losing, "alarm_of", lambda *_: None)]


def _later_head_covers() -> Puts:
    pull = Phone.pull

    def asks_one(one: Phone) -> None:
        one.asking = [*one.unasked, one.head][:1]
        pull(one)

    return [(Phone, "pull", asks_one)]


def _new_epoch_covers() -> Puts:
    begin = Phone._begin_anew

    def asks_no_more(one: Phone, pulled: wire.Pulled) -> None:
        is_other = pulled.head.epoch != one.head.epoch
        begin(one, pulled)
        if is_other:
            one.asking, one.unasked = [], []

    return [(Phone, "_begin_anew", asks_no_more)]


def _no_new_epoch() -> Puts:
    return [(restore, "_begin_epoch", lambda *_: None), (restore, "_record", lambda *_: None)]


def _desks_count_from_the_backup() -> Puts:
    return [(restore, "_count_on", lambda *_: None)]


def _erased_words_kept() -> Puts:
    return [(Phone, "forget", lambda *_: None)]


# ---------------------------------------------------------------- what a pull tells


def _people_move_no_card() -> Puts:
    def of_households(log: UUID, villages: Any) -> list[tuple[UUID, int]]:
        sql = "SELECT thing, max(seq) FROM touch WHERE log = %s AND what = 'household' GROUP BY thing"
        return database.fetch(sql, [log])

    return [(changed, "_fetch_numbers", of_households)]


def _moves_untold() -> Puts:
    return [(changed, "_left", lambda *_: iter(()))]


def _cut_inside_a_number() -> Puts:
    return [(pulling, "groupby", lambda some, key: [(key(one), [one]) for one in some])]


_page = pulling._page


def _cursor_is_the_head() -> Puts:
    def page(head: Any, cursors: Any, reader: Any) -> Any:
        told = _page(head, cursors, reader)
        return told._replace(cursors=dict.fromkeys(told.cursors, head.seq))

    return [(pulling, "_page", page)]


def _grant_by_its_number() -> Puts:
    def page(head: Any, cursors: Any, reader: Any) -> Any:
        most = max(cursors.values(), default=0)
        return _page(head, {village: seq or most for village, seq in cursors.items()}, reader)

    return [(pulling, "_page", page)]


def _ends_unlisted() -> Puts:
    return [(Phone, "ended_grants", lambda *_: set())]


def _fold_changes_in_silence() -> Puts:
    return [(machine.Machine, "tell_epoch", lambda _: None)]


def _revoked_is_told() -> Puts:
    return [(pulling, "device_state", lambda *_: "in_use"), (phone.Phone, "_heard", lambda *_: None)]


def _lost_is_told() -> Puts:
    return [(pulling, "_check_in_hand", lambda *_: None)]


BUGS = {
    bug.name: bug
    for bug in (
        Bug("saw-as-one-id", "saw is one id, not one wording per field", _saw_as_one_id, "narrow at_a_desk record"),
        Bug("saw-the-first", "saw names the first, not the wording", _saw_the_first, "narrow record at_a_desk contact"),
        Bug(
            "merger-changes-nothing",
            "a merger changes no field of the name that goes",
            _merger_changes_nothing,
            "merging contact record",
        ),
        Bug(
            "repair-sees-afresh",
            "a repair says what is seen now, not what was seen",
            _repair_sees_afresh,
            "narrow ahead record",
        ),
        Bug(
            "settles-alone",
            "settling does not name what rests on the clash",
            _settles_alone,
            "narrow record at_a_desk contact",
        ),
        Bug(
            "rests-on-it-alone",
            "what rests on what a clash stands for is not named",
            _rests_on_it_alone,
            "narrow ahead record contact",
        ),
        Bug("clashes-filed", "a clash is filed", _clashes_filed, "at_a_desk"),
        Bug("rests-on-refused", "what rests on a refused entry is accepted", _rests_on_refused, "narrow ahead record"),
        Bug(
            "settled-twice",
            "what is settled already is settled again",
            _settled_twice,
            "narrow settle_at_desk at_a_desk record contact",
        ),
        Bug("no-tail", "phones alone after a restore, without the tail", _no_tail, "restored back_up"),
        Bug(
            "dropped-by-date",
            "entries leave a phone after 30 days, copied or not",
            _dropped_by_date,
            "restored in_silence back_up wait contact record",
        ),
        Bug(
            "offers-nothing",
            "an epoch is forgotten: nothing is offered again",
            _offers_nothing,
            "restored in_silence back_up contact",
        ),
        Bug(
            "clash-without-its-answer",
            "a clash is offered without the answer it had",
            _clash_without_its_answer,
            "narrow record contact in_silence at_a_desk back_up",
        ),
        Bug("heads-not-asked", "the head that a phone saw is not looked for", _heads_not_asked, "in_silence back_up"),
        Bug(
            "later-head-covers",
            "a later head covers one that is gone",
            _later_head_covers,
            "in_silence back_up contact record",
        ),
        Bug(
            "new-epoch-covers",
            "a new epoch that holds the first head covers a later one that is gone",
            _new_epoch_covers,
            "restored back_up contact record",
        ),
        Bug(
            "no-new-epoch", "a restore that drops erased words begins no epoch", _no_new_epoch, "erase restored back_up"
        ),
        Bug(
            "desks-count-from-the-backup",
            "numbers are given twice after a restore",
            _desks_count_from_the_backup,
            "restored back_up at_a_desk",
        ),
        Bug(
            "erased-words-kept",
            "erased words stay in own receipted entries",
            _erased_words_kept,
            "erase record contact",
        ),
        Bug("people-move-no-card", "a step does not touch what its card shows", _people_move_no_card, "at_a_desk"),
        Bug("moves-untold", "a step does not touch what its sight rests on", _moves_untold, "moving"),
        Bug("cut-inside-a-number", "a page is cut inside one number", _cut_inside_a_number, "moving contact"),
        Bug("cursor-is-the-head", "the cursor is the head while there are more pages", _cursor_is_the_head, "record"),
        Bug("grant-by-its-number", "a new grant is told by its number", _grant_by_its_number, "posting contact"),
        Bug("ends-unlisted", "a grant ends by its day, and no list says so", _ends_unlisted, "posting"),
        Bug("fold-changes-in-silence", "no new epoch when a fold changes", _fold_changes_in_silence, "upgraded"),
        Bug("revoked-is-told", "a phone out of use is handed cards", _revoked_is_told, "device"),
        Bug("lost-is-told", "a phone that was reported lost is handed cards", _lost_is_told, "device"),
    )
}
