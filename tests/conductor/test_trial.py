"""The trial of the spine: whatever is said in whatever order, the ledgers are a function of the book."""

from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from concerto.conductor.rebuild import rebuild
from concerto.conductor.receive import receive
from concerto.conductor.replay import TABLES
from concerto.conductor.rows import TouchRow
from concerto.conductor.verify import verify_log
from concerto.groundwork import database
from concerto.journal.models import Entry
from concerto.journal.said import Item
from concerto.places.accounts import add_account
from concerto.places.models import Account
from tests.cast import NOON
from tests.conductor.histories import History, open_place, rows_of

pytestmark = pytest.mark.django_db(transaction=True)

FOLDED = (TouchRow, *TABLES)
SEEDS = st.integers(0, 2**32)  # a history follows from its seed alone: there is nothing to make smaller
QUICK = settings(
    deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def people() -> dict[str, Account]:
    return {name: add_account(name, name, at=NOON, log=None) for name in ("lin", "org")}


def lived_through(people, seed: int, steps: int) -> History:
    history = History(uuid4(), people, Random(seed)).open()
    for _ in range(steps):
        history.step()
    history.bring_late()
    history.flush()
    return history


def said_one_by_one(history: History) -> UUID:
    """Say everything that was filed again in another log, in the order it was filed, one by one."""
    other = uuid4()
    open_place(other)
    accounts = {str(account.id): account for account in history.people.values()}
    for entry in Entry.objects.filter(log=history.log).order_by("seq"):
        _, item = history.sent[entry.id]
        again = Item(item.said.replace(str(history.log), str(other)), item.sealed)
        [receipt] = receive([again], brought_by=accounts.get(str(entry.author)), at=NOON)
        assert (receipt.outcome, receipt.code, receipt.seq) == ("accepted", "", entry.seq)
    return other


@given(seed=SEEDS, steps=st.integers(5, 45))
@settings(QUICK, max_examples=15)
def test_batch_by_batch_rebuilt_and_one_by_one_give_the_same_ledgers(people, seed, steps):
    history = lived_through(people, seed, steps)
    posted = rows_of(history.log, FOLDED)

    assert verify_log(history.log) is None
    rebuild(history.log)
    assert rows_of(history.log, FOLDED) == posted
    assert rows_of(said_one_by_one(history), FOLDED) == posted


@given(seed=SEEDS)
@settings(QUICK, max_examples=3)
def test_what_was_filed_is_the_same_text_one_by_one(people, seed):
    history = lived_through(people, seed, 30)
    other = said_one_by_one(history)
    [one, two] = (
        list(Entry.objects.filter(log=log).order_by("seq").values_list("filed", flat=True))
        for log in (history.log, other)
    )
    assert two == one


def test_histories_hold_everything_that_may_happen(people):
    """The trial is worth what its histories hold: every outcome, and a good part of every kind."""
    outcomes, kinds = set(), set()
    for seed in range(8):
        history = lived_through(people, seed, 45)
        outcomes |= set(history.outcomes)
        kinds |= {kind for (kind,) in database.fetch("SELECT DISTINCT kind FROM entry WHERE log = %s", [history.log])}
    assert outcomes == {"accepted", "known", "clash", "waits", "refused"}
    assert len(kinds) >= 14
