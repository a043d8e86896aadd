"""A sample of every kind and version is kept in docs/entries and replayed: what was written once is read for ever.

Together the samples tell one story, so that what changes something finds it there. What each of them touches and what
its things fold to lies beside this file, in folded/; a release that folds otherwise changes it there, where it is seen.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from concerto.conductor.cues import CUES
from concerto.conductor.drafts import read, read_item
from concerto.groundwork import canonical
from concerto.journal.kinds import KINDS, read_body
from concerto.journal.said import Filed, How, Wording, read_said, stand

CHECKOUT = Path(__file__).resolve().parents[2]
SAMPLES, FOLDED = CHECKOUT / "docs" / "entries", Path(__file__).parent / "folded"
STORY = (
    "posting", "household", "resident", "member", "helper", "household_change", "resident_change", "member_change",
    "helper_change", "posting_change", "seat", "seat_change", "suspension", "suspension_change", "visit", "meeting",
    "study", "own_study", "heart_talk", "not_there", "waiver", "waiver_answer", "edition", "edition_answer",
    "day_table", "taken_over", "round", "round_end", "visit_wish", "deed", "slip_sheet", "matter_slip",
    "call_asked", "matter_slip_void", "treated", "need", "need_step", "handover", "need_word", "need_merger",
    "household_split", "merger",
    "restriction", "erasure", "settled", "restored", "village_fact", "fact_confirmed", "consent",
    "suggestion", "suggestion_reply",
    "panel_member", "panel_change", "screening",
    "case", "spot_settlement", "case_party", "case_consent", "case_step", "case_session", "case_agreement",
    "case_signature", "case_performance", "case_return_visit", "case_handover", "case_help", "case_attachment",
    "protected_case", "protected_step",
    "case_slip", "case_call",
)  # fmt: skip
NAMES = [f"{kind}.1" for kind in STORY]


def item(name: str):
    return read_item((SAMPLES / f"{name}.json").read_text())


def words(name: str, seq: int) -> Wording:
    given = item(name)
    said = read_said(given.said)
    body = read_body(said.kind, said.version, said.body)
    helped = list(getattr(body, "households", ()))
    filed = Filed(
        seq=seq,
        first_seq=seq,
        epoch=1,
        received_at="2026-07-01T04:30:00.000Z",
        first_received_at="2026-07-01T04:30:00.000Z",
        brought_by=None,
        shown="home",
        helped=helped,
    )
    return Wording(said, filed, body, tuple(body.things(said.first)), {part.digest: part for part in given.sealed})


def story(upto: str) -> list[Wording]:
    return [words(name, seq) for seq, name in enumerate(NAMES[: NAMES.index(upto) + 1], start=1)]


def rows_after(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the things that a sample changes fold to once it has been said."""
    told = story(name)
    log, sorts = told[-1].said.log, {t.thing: t.what for w in told for t in w.touches if t.how is How.OPENS}
    for touch in told[-1].touches:
        if touch.how is How.MENTIONS:
            continue
        about = stand(w for w in told if any(t.thing == touch.thing and t.how >= How.CHANGES for t in w.touches))
        for fold in CUES[sorts[touch.thing]]:
            posted = fold(log, touch.thing, about)
            for row in (*posted.rows, *posted.proofs):
                yield row.TABLE, {column: _plain(value) for column, value in row._asdict().items() if column != "log"}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID | date) else value


def what_follows(name: str) -> dict[str, Any]:
    """Everything that must never change about a sample without being seen."""
    one = story(name)[-1]
    return {
        "digest": canonical.digest(item(name).said),
        "touches": [[str(t.thing), t.what, int(t.how)] for t in one.touches],
        "rows": [[table, row] for table, row in rows_after(name)],
    }


def test_every_kind_and_version_has_its_sample():
    kept = {path.stem for path in SAMPLES.glob("*.json")}
    assert kept == {f"{kind.KIND}.{kind.VERSION}" for kind in KINDS}
    assert {name.rsplit(".", 1)[0] for name in kept} == set(STORY)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_read_as_it_was_written(name):
    draft = read(item(name))
    assert draft.refusal is None
    assert draft.body is not None
    assert {part.digest for part in draft.item.sealed} == set(draft.said.sealed)
    again = read_body(draft.said.kind, draft.said.version, msgspec.json.encode(draft.body))
    assert again == draft.body


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_touches_and_folds_to_what_it_always_did(name):
    expected = json.loads((FOLDED / f"{name}.json").read_text())
    assert json.loads(json.dumps(what_follows(name))) == expected


def test_every_sort_of_thing_in_the_table_of_cues_is_opened_by_a_sample():
    opened = {touch.what for one in story(NAMES[-1]) for touch in one.touches if touch.how is How.OPENS}
    assert opened == CUES.keys() - {"entry"}
