"""The one door: page, phone, import, demo and resident all come in here. Admit, file, post, in one transaction."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

from concerto.groundwork import appending, canonical, clock, database
from concerto.groundwork.refusals import Refused, words_of
from concerto.journal.kinds import NOBODYS_KINDS, PROTECTED_KINDS
from concerto.journal.kinds.households import Helper1
from concerto.journal.kinds.keeping import Erasure1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.reading import touched
from concerto.journal.said import (
    HOME,
    Body,
    Filed,
    How,
    Item,
    Said,
    SealedPart,
    Wording,
    read_filed,
    write_text,
)
from concerto.places.models import Account, Device
from concerto.register.access import Authority, authorities

from . import erasures, tail, trays_tail
from .admission import (
    Admitted,
    Answered,
    Bringer,
    Clashes,
    Waits,
    accounts_named,
    admit,
    check_offered,
    late_days,
)
from .cases import case_number
from .companions import companions_named
from .cues import LEDGERS
from .drafts import Draft, facts_text, read, read_item, said_digest, write_item
from .posting import write_difference
from .rows import EntryRow, SealedRow, TouchRow, TrayRow
from .sitting import InTray, Known, Sitting

MOST_WAITING = timedelta(days=30)
MET_AGAIN = frozenset({"seen_differently", "unseen_for_long"})
LEAVES_NO_TRACE = frozenset({"protected_by_hand"})  # what is so refused lies in no tray: a tray names who brought it


class Receipt(NamedTuple):
    """What became of one entry: the same answer for ever, whichever way it came."""

    id: UUID | None
    outcome: str
    code: str = ""
    facts: dict[str, Any] = {}  # noqa: RUF012  (read only)
    posted: dict[str, int] = {}  # noqa: RUF012  (read only)
    seq: int = 0
    received_at: str = ""
    head: dict[str, Any] = {}  # noqa: RUF012  (read only)

    @property
    def stands(self) -> bool:
        """True when the entry is in the book."""
        return self.outcome in ("accepted", "known")

    @property
    def why(self) -> str:
        """The refusal's words, in the reader's language."""
        return words_of(self.code, self.facts) if self.code else ""


def receive(
    items: Sequence[Item],
    *,
    brought_by: Account | None,
    at: datetime,
    shown: str = "session",
    device: Device | None = None,
    answered: Sequence[Answered | None] = (),
    yes: bool = False,
) -> list[Receipt]:
    """Receive entries and answer each by itself, in the order given.

    One durable transaction per log: whatever is answered "accepted" is on the disk with all its lines, in the
    database and in the tail. Nothing that came is thrown away: what waits, clashes or is refused lies in the tray.

    `shown` says how authorship was shown: by the session of `brought_by`, by the signature of `device`, by a slip (then
    nobody brings it, and the home writes it down), or neither.
    `answered`, one for each item, is the answer it had before: what clashed then is a clash again, and never filed
    unseen. `yes` is its author's yes, said on a page, to what a lost or revoked device sent in their name.
    """
    drafts = [read(item) for item in items]
    answers: dict[int, Receipt] = {}
    by_log: defaultdict[UUID, list[int]] = defaultdict(list)
    for n, draft in enumerate(drafts):
        if draft.said is None:
            wrong = draft.refusal or Refused("not_understood", what="said")
            answers[n] = Receipt(None, "refused", wrong.code, wrong.facts)
        else:
            by_log[draft.said.log].append(n)
    before = {
        d.said.id: had for d, had in zip(drafts, answered, strict=False) if d.said is not None and had is not None
    }
    bringer = Bringer(brought_by, shown if _may_show(brought_by, shown, device) else "neither", device, yes, before)
    for log, numbers in by_log.items():
        given = [drafts[n] for n in numbers]
        answers |= dict(zip(numbers, _receive_log(log, given, bringer=bringer, at=at), strict=True))
    return [answers[n] for n in range(len(items))]


def _may_show(brought_by: Account | None, shown: str, device: Device | None) -> bool:
    """Tell whether they still have an account who show that they wrote it, in a session or by their device."""
    if shown == "device":
        return device is not None and Account.objects.filter(id=device.account, is_active=True).exists()
    return brought_by is None or brought_by.is_active


def _receive_log(log: UUID, drafts: Sequence[Draft], *, bringer: Bringer, at: datetime) -> list[Receipt]:
    people = _authorities(log, drafts)
    try:
        with database.writing(settings.CONCERTO_HOME):
            counter = Counter(Sitting(log, at), bringer, people)
            receipts = counter.take(drafts)
        for kept in counter.kept:
            appending.see_on_disk(kept)
        return receipts
    except Refused as wrong:  # of the log itself: nothing was read, nothing is written
        return [Receipt(d.said.id if d.said else None, "refused", wrong.code, wrong.facts) for d in drafts]


def _authorities(log: UUID, drafts: Iterable[Draft]) -> dict[UUID, Authority]:
    """Read what each author and companion may record, once, before the lock."""
    people = {draft.said.author for draft in drafts if draft.said is not None and draft.said.author != HOME}
    people |= {other for draft in drafts for other in companions_named(draft.body)}
    people |= {posted for draft in drafts for posted in accounts_named(draft.body)}
    return authorities(log, people)


class Counter:
    """Takes drafts one after the other while the lock of their log is held."""

    def __init__(self, sitting: Sitting, bringer: Bringer, people: dict[UUID, Authority]) -> None:
        self.sitting, self.bringer, self.authorities = sitting, bringer, people
        self.entries: list[EntryRow] = []
        self.sealed: list[SealedRow] = []
        self.touches: list[TouchRow] = []
        self.tray: dict[UUID, TrayRow] = {}
        self.untrayed: set[UUID] = set()
        self.settled: set[UUID] = set()
        self.news: set[UUID] = set()
        self.touched: dict[UUID, None] = {}
        self.erased: list[str] = []
        self.erasures: list[Erasure1] = []
        self.laid: set[UUID] = set()  # what lies in the tray otherwise than before
        self.kept: list[appending.Grown] = []

    def take(self, drafts: Sequence[Draft]) -> list[Receipt]:
        """Judge, file and post drafts, and whatever their filing wakes; write everything at the end."""
        self.sitting.look(drafts)
        receipts = [self._answer(draft) for draft in drafts]
        woken = self._wake()
        receipts = [woken.get(r.id, r) if r.id and r.outcome == "waits" else r for r in receipts]
        posted = {e.id: self.sitting.lines_of(e.first) for e in self.entries}
        self._write()
        return [r._replace(posted=posted.get(r.id, r.posted)) if r.id else r for r in receipts]

    # ------------------------------------------------------------ one entry

    def _answer(self, draft: Draft) -> Receipt:
        said, sitting = draft.said, self.sitting
        assert said is not None
        known = sitting.known.get(said.id)
        if known is not None:
            return self._known(draft, known.said == draft.item.said)
        draft = self._without_erased(draft)
        if said.id in sitting.closed:
            return Receipt(said.id, "clash", "already")
        before = sitting.tray.get(said.id)
        if before is not None and before.said_digest != said_digest(draft.item):
            return Receipt(said.id, "clash", "same_id_other_words")
        if before is not None and before.outcome in ("clash", "settled"):
            return Receipt(said.id, "clash", before.code, before.facts)
        had = self.bringer.answered.get(said.id)
        try:
            if had is not None and had.outcome == "clash":
                check_offered(draft, self.bringer)
                raise Clashes(had.code if had.code in MET_AGAIN else "seen_differently", had.meets)
            admitted = admit(draft, sitting, bringer=self.bringer, authorities=self.authorities)
        except Waits as waits:
            if self._waited_long(before):
                return self._keep(draft, "clash", "unseen_for_long", {})
            return self._keep(draft, "waits", waits.code, {"on": str(waits.on)} if waits.on else {})
        except Clashes as clash:
            if clash.code == "already" and said.kind == "settled":
                self._untray(said.id)  # it may have waited here
                return Receipt(said.id, "known", "already")
            return self._keep(draft, "clash", clash.code, {"meets": str(clash.meets)} if clash.meets else {})
        except Refused as wrong:
            if before is not None and wrong.code == "not_the_author":  # somebody carried here what waits already
                return Receipt(said.id, "refused", wrong.code, wrong.facts)
            return self._keep(draft, "refused", wrong.code, wrong.facts)
        return self._file(draft, admitted)

    def _known(self, draft: Draft, same: bool) -> Receipt:  # noqa: FBT001  (private)
        assert draft.said is not None
        if not same:
            return Receipt(draft.said.id, "clash", "same_id_other_words")
        known = self.sitting.known[draft.said.id]
        filed = read_filed(known.filed)
        return Receipt(
            draft.said.id,
            "known",
            posted=lines_posted(self.sitting.log, known.first),
            seq=known.seq,
            received_at=filed.received_at,
            head=self._head(),
        )

    def _waited_long(self, before: InTray | None) -> bool:
        """After 30 days an id that nobody knows counts as never seen, and a person decides."""
        if before is None or before.outcome != "waits" or before.code == "unknown_kind":
            return False
        return before.came_at < clock.stamp(self.sitting.at - MOST_WAITING)

    def _keep(self, draft: Draft, outcome: str, code: str, facts: dict[str, Any]) -> Receipt:
        """Lay an entry in the tray; words that are not kept here are left out, its author has them still."""
        said = draft.said
        assert said is not None
        unkept = draft.refusal is not None and draft.refusal.code in LEAVES_NO_TRACE
        if said.kind in NOBODYS_KINDS | PROTECTED_KINDS or unkept:  # it stays on its form
            return Receipt(said.id, outcome, code, facts)
        before = self.sitting.tray.get(said.id)
        came_at = before.came_at if before else clock.stamp(self.sitting.at)
        keeps = draft.keeps_text and code != "erased_thing"
        item = self._fuller(draft, before) if keeps else ""
        known_facts = facts if keeps else {}
        shown = self._first_shown(before, "neither" if code == "not_the_author" else self.bringer.shown)
        self.tray[said.id] = TrayRow(
            self.sitting.log, said.id, outcome, code, facts_text(known_facts), said.author, said.device, said.number,
            said.unit, said_digest(draft.item), item, came_at, self._brought_by(), shown,
        )  # fmt: skip
        self.sitting.tray[said.id] = InTray(
            outcome, code, known_facts, said_digest(draft.item), said.author, said.unit, came_at, self._brought_by(),
            shown,
        )  # fmt: skip
        if before is None or before[:3] != (outcome, code, known_facts):
            self.laid.add(said.id)
        if outcome == "clash":
            self.news.add(said.id)
        return Receipt(said.id, outcome, code, facts)

    def _fuller(self, draft: Draft, before: InTray | None) -> str:
        """Write an item for the tray; one that came with fewer words than before does not take their place."""
        assert draft.said is not None
        item = write_item(draft.item)
        if before is None or len(draft.sealed) == len(draft.said.sealed):
            return item
        sql = "SELECT item FROM tray WHERE log = %s AND id = %s AND item <> ''"
        there = [str(lying) for (lying,) in database.fetch(sql, [self.sitting.log, draft.said.id])]
        there = [lying for lying in there if self.sitting.gone.isdisjoint(p.digest for p in read_item(lying).sealed)]
        return max([item, *there], key=lambda text: len(read_item(text).sealed))

    def _untray(self, entry: UUID) -> None:
        self.untrayed.add(entry)
        self.tray.pop(entry, None)
        self.sitting.tray.pop(entry, None)

    def _first_shown(self, before: InTray | None, now: str) -> str:
        first = self.bringer.first or before
        return now if first is None or first.shown == "neither" else first.shown

    def _brought_by(self) -> UUID | None:
        if self.bringer.first is not None:
            return self.bringer.first.brought_by
        return self.bringer.account.id if self.bringer.account else None

    def _head(self) -> dict[str, Any]:
        sitting = self.sitting
        return {"log": str(sitting.log), "epoch": sitting.epoch, "seq": sitting.seq, "digest": sitting.digest}

    # ------------------------------------------------------------ filing

    def _file(self, draft: Draft, admitted: Admitted) -> Receipt:
        said, sitting = draft.said, self.sitting
        assert said is not None
        earlier = sitting.facts.get(said.first, [])
        filed = self._filed(draft, admitted, earlier)
        text = write_text(filed)
        sitting.seq = filed.seq
        sitting.digest = canonical.digest(sitting.digest, draft.item.said, text)
        parts = [part for part in self._sealed_parts(draft) if part.digest not in filed.erased]
        words = Wording(said, filed, draft.body, (), self._parts_known(parts, earlier))
        words = words._replace(touches=touched(words, earlier))
        self._remember(words, draft, text)
        row = EntryRow(
            sitting.log, filed.seq, said.id, said.first, said.kind, said.unit, said.author, said.device, said.number,
            said.happened_on, filed.received_at, draft.item.said, text, sitting.digest,
        )  # fmt: skip
        self.entries.append(row)
        self.sealed += [
            SealedRow(sitting.log, filed.seq, n, part.digest, part.about, part.audience.value, part.salt, part.text)
            for n, part in enumerate(parts)
        ]
        self.touches += [TouchRow(sitting.log, t.thing, int(t.how), filed.seq, t.what) for t in words.touches]
        self._untray(said.id)
        self.settled |= set(said.instead_of)
        self.news |= {said.id, *said.instead_of, *(t.thing for t in words.touches if t.how is How.OPENS)}
        return Receipt(said.id, "accepted", seq=filed.seq, received_at=filed.received_at, head=self._head())

    def _filed(self, draft: Draft, admitted: Admitted, earlier: Sequence[Wording]) -> Filed:
        said, sitting = draft.said, self.sitting
        assert said is not None
        seq, now = sitting.seq + 1, clock.stamp(sitting.at)
        first = earlier[0].filed if earlier else None
        body = draft.body
        return Filed(
            seq=seq,
            first_seq=first.seq if first else seq,
            epoch=sitting.epoch,
            received_at=now,
            first_received_at=first.received_at if first else now,
            brought_by=self._brought_by(),
            shown=self._home_shown() if said.author == HOME else self._first_shown(None, self.bringer.shown),
            acting_as=admitted.acting_as,
            late=late_days(said, sitting),
            helped=self._helped(said, body, earlier),
            follows=self._follows(body, earlier),
            numbers=case_number(said, body, sitting),
            erased=list(body.digests) if isinstance(body, Erasure1) else self._come_again(draft, earlier),
        )

    def _home_shown(self) -> str:
        """Say how the home shows what it wrote: of itself, or for whoever held a slip."""
        return "slip" if self.bringer.shown == "slip" else "home"

    def _helped(self, said: Said, body: Body | None, earlier: Sequence[Wording]) -> list[UUID]:
        """List the households that had a helper on the day; what was filed of them then stays as it was."""
        day, then = said.happened_on, dict[UUID, bool]()
        for words in earlier:
            if words.said.happened_on == day:
                then = {house: house in words.filed.helped for house in _asked(words.body)} | then
        was_helped = self.sitting.was_helped
        return [h for h in _asked(body) if (then[h] if h in then else was_helped(h, day.isoformat()))]

    def _follows(self, body: Body | None, earlier: Sequence[Wording]) -> bool:
        """Tell whether a link follows one with somebody else; what was found when it was named stays as it was."""
        if earlier or not isinstance(body, Helper1):
            return any(words.filed.follows for words in earlier[:1])
        return self.sitting.had_another_helper(body.household, body.helper, but=body.link)

    def _come_again(self, draft: Draft, earlier: Sequence[Wording]) -> list[str]:
        """List words that were erased and are named again: what came of them is dropped on arrival."""
        gone = {digest for words in earlier for digest in words.said.sealed if digest not in words.sealed}
        came = [rule.digest for rule in draft.rules if rule.digest in draft.sealed and rule.digest in gone]
        return [*came, *(rule.digest for rule in draft.rules if rule.digest in self.sitting.gone - set(came))]

    def _without_erased(self, draft: Draft) -> Draft:
        """Drop words that were erased from what came, before they lie in the book or the tray."""
        if not draft.sealed or self.sitting.gone.isdisjoint(draft.sealed):
            return draft
        kept = {digest: part for digest, part in draft.sealed.items() if digest not in self.sitting.gone}
        return draft._replace(sealed=kept, item=Item(draft.item.said, tuple(kept.values())))

    def _sealed_parts(self, draft: Draft) -> list[SealedPart]:
        return [draft.sealed[rule.digest] for rule in draft.rules if rule.digest in draft.sealed]

    def _parts_known(self, parts: Sequence[SealedPart], earlier: Sequence[Wording]) -> dict[str, SealedPart]:
        kept = {digest: part for words in earlier for digest, part in words.sealed.items()}
        return kept | {part.digest: part for part in parts}

    def _remember(self, words: Wording, draft: Draft, filed: str) -> None:
        """Let what was just filed be known to what comes after it in the same batch."""
        sitting, said = self.sitting, words.said
        sitting.known[said.id] = Known(said.first, words.filed.seq, draft.item.said, filed)
        sitting.numbers.add((said.device, said.number))
        sitting.facts.setdefault(said.first, []).append(words)
        for touch in words.touches:
            sitting.note(touch, said.first)
            if How.CHANGES <= touch.how <= How.ERASES:
                sitting.things.setdefault(touch.thing, []).append(words)
                self.touched[touch.thing] = None
        if isinstance(words.body, Erasure1):
            self._erase(words.body)

    def _erase(self, body: Erasure1) -> None:
        """Drop the erased words from memory, so that the folds that follow no longer see them."""
        gone = set(body.digests)
        self.erased += body.digests
        self.sitting.gone |= gone
        self.erasures.append(body)
        sitting = self.sitting
        for thing, wordings in sitting.things.items():
            sitting.things[thing] = [_without(w, gone) for w in wordings]
        for first, wordings in sitting.facts.items():
            sitting.facts[first] = [_without(w, gone) for w in wordings]
        self.sealed = [row for row in self.sealed if row.digest not in gone]

    # ------------------------------------------------------------ what waits

    def _wake(self) -> dict[UUID, Receipt]:
        """Judge again what waited for what is news now, by author and running number, until nothing more comes in."""
        woken: dict[UUID, Receipt] = {}
        while self.news:
            waiting = self._waiting_for(self.news)
            self.news = set()
            if not waiting:
                break
            self.authorities |= _authorities(self.sitting.log, waiting)
            self.sitting.look(waiting)
            for draft in waiting:
                receipt = self._answer_woken(draft)
                if receipt.id is not None:
                    woken[receipt.id] = receipt
        return woken

    def _waiting_for(self, news: set[UUID]) -> list[Draft]:
        """Read what waits for one of these, whether it came just now or lies in the tray."""
        log, here = self.sitting.log, {str(i) for i in news}
        lying = [(i, facts) for i, facts in self.sitting.waiting if i not in self.tray]
        lying += [(row.id, json.loads(row.facts)) for row in self.tray.values() if row.outcome == "waits"]
        gone = self.untrayed | self.settled
        wanted = [i for i, facts in lying if i not in gone and facts.get("on", "") in here]
        sql = "SELECT item FROM tray WHERE log = %s AND item <> '' AND id IN (%in)"
        items = [self.tray[i].item for i in wanted if i in self.tray]
        items += [item for (item,) in database.fetch_in(sql, [log], [i for i in wanted if i not in self.tray])]
        drafts = [draft for draft in map(read, map(read_item, filter(None, items))) if draft.said is not None]
        return sorted(drafts, key=_in_turn)

    def _answer_woken(self, draft: Draft) -> Receipt:
        """Judge a waiting entry as its author's own: it was shown to be so when it came."""
        bringer = self.bringer
        assert draft.said is not None
        authority = self.authorities.get(draft.said.author)
        first = self.tray.get(draft.said.id) or self.sitting.tray.get(draft.said.id)
        self.bringer = Bringer(authority.account if authority else None, "session", first=first)
        try:
            return self._answer(draft)
        finally:
            self.bringer = bringer

    # ------------------------------------------------------------ writing

    def _write(self) -> None:
        sitting = self.sitting
        with database.pipelined():
            database.insert(EntryRow, self.entries)
            database.insert(SealedRow, self.sealed)
            database.insert(TouchRow, self.touches)
            write_difference(sitting.before, {thing: sitting.fold(thing) for thing in self.touched})
            gone = (self.untrayed & sitting.lying) - self.tray.keys()
            database.delete(TrayRow, [(sitting.log, i) for i in gone])
            database.upsert(TrayRow, list(self.tray.values()))
            sql = "UPDATE tray SET outcome = 'settled' WHERE log = %s AND id = %s"
            database.run_many(sql, [(sitting.log, i) for i in self.settled])
            if self.erased:
                sql = "DELETE FROM sealed WHERE log = %s AND digest = %s"
                database.run_many(sql, [(sitting.log, digest) for digest in self.erased])
            if self.entries:
                sql = "UPDATE head SET seq = %s, digest = %s WHERE log = %s"
                database.run_many(sql, [(sitting.seq, sitting.digest, sitting.log)])
        for body in self.erasures:
            erasures.keep(erasures.Dropped.of(body, log=sitting.log, on=clock.day_of(sitting.at)))
        laid = [row for one, row in self.tray.items() if one in self.laid]
        if laid or gone:
            self.kept.append(trays_tail.keep(sitting.log, laid, gone, day=clock.stamp(sitting.at)[:10]))
        if self.entries:
            self.kept.append(tail.keep(sitting.log, sitting.epoch, self.entries, self.sealed))


def _in_turn(draft: Draft) -> tuple[UUID, int]:
    assert draft.said is not None
    return draft.said.author, draft.said.number


def _asked(body: Body | None) -> Sequence[UUID]:
    """Give the households that were asked whether anything changed, or what is to be done; who did not wish to, too."""
    if not isinstance(body, Visit1):
        return ()
    is_asked = body.change != "not_asked" or body.wants != "not_asked" or body.outcome == "declined"
    return body.households if is_asked else ()


def _without(words: Wording, gone: set[str]) -> Wording:
    kept = {digest: part for digest, part in words.sealed.items() if digest not in gone}
    return words if len(kept) == len(words.sealed) else words._replace(sealed=kept)


def lines_posted(log: UUID, first: UUID) -> dict[str, int]:
    """Count the lines an entry has in each of the five ledgers now."""
    counts: dict[str, int] = {}
    for kind, ledger in LEDGERS.items():
        if ledger == "register" or not hasattr(kind, "late"):  # the register, and what stands on no line
            continue
        sql = f"SELECT count(*) FROM {kind.TABLE} WHERE log = %s AND entry = %s"  # type: ignore[attr-defined]  # noqa: S608
        [(count,)] = database.fetch(sql, [log, first])
        if count:
            counts[str(ledger)] = count
    return counts
