"""What of a tail is filed again where an older copy of the machine stood in its place for a while, in silence."""

from uuid import UUID

import pytest
from django.conf import settings

from concerto.conductor import refiling, tail
from concerto.conductor.refiling import End
from concerto.groundwork import boxes
from concerto.groundwork.refusals import Refused
from concerto.journal.said import Filed, write_text

pytestmark = pytest.mark.usefixtures("home_of_its_own")
LOG = UUID("019a0000-0000-7000-8000-000000000001")
NOON = "2026-07-01T04:00:00.000Z"


def file(first: int, *words: str, epoch: int = 1) -> None:
    """Let one transaction lay its entries down; what each says is its words."""
    entries = [(seq, said, write_text(filed(seq, epoch))) for seq, said in enumerate(words, first)]
    tail.lay_down(tail.Line(LOG, epoch, entries, []), NOON[:10])


def filed(seq: int, epoch: int) -> Filed:
    return Filed(
        seq=seq, first_seq=seq, epoch=epoch, received_at=NOON, first_received_at=NOON, brought_by=None, shown="session"
    )


def again(said: str, *, at: int, epoch: int = 1) -> list[tuple[int, int]]:
    """Give which numbers are filed again after a backup that ends with these words."""
    key = boxes.operator_key(settings.CONCERTO_HOME)
    plans = refiling.plan(settings.CONCERTO_TAIL, {LOG: End(epoch, at, said)}, key)
    return [(one.first, one.last) for plan in plans for one in plan.stretches]


def test_what_an_older_copy_went_on_with_is_not_filed_after_the_words_it_never_had():
    file(1, "both")
    file(2, "of the newer copy")
    file(2, "of the older copy")
    file(3, "of the older copy too")
    with pytest.raises(Refused) as refused:
        again("of the newer copy", at=2)
    assert refused.value.code == "tail_of_another_history"
    assert again("of the older copy", at=2) == [(3, 3)]
    assert again("both", at=1) == [(2, 2), (3, 3)]


def test_where_the_tail_has_nothing_more_to_bring_nothing_is_refused():
    file(1, "both")
    file(2, "of the newer copy")
    file(2, "of the older copy")
    assert again("of the newer copy", at=2) == []


def test_what_one_transaction_went_on_with_beyond_the_end_of_the_backup_is_not_dropped_in_silence():
    file(1, "both")
    file(2, "of the newer copy")
    file(2, "of the older copy", "of the older copy too")
    with pytest.raises(Refused) as refused:
        again("of the newer copy", at=2)
    assert refused.value.code == "tail_of_another_history"
    assert again("of the older copy too", at=3) == []


def test_a_transaction_beyond_the_end_whose_place_was_taken_is_not_missed():
    file(1, "both")
    file(2, "lost its commit", "lost its commit too")
    file(2, "in its place")
    assert again("in its place", at=2) == []
    file(3, "after it")
    assert again("in its place", at=2) == [(3, 3)]


def test_a_tail_that_begins_behind_the_backup_is_believed():
    file(3, "what came after")
    assert again("what stands in no file that is left", at=2) == [(3, 3)]


def test_a_copy_of_before_a_restore_goes_on_with_its_own():
    file(1, "both")
    file(2, "restored", epoch=2)
    file(3, "after the restore", epoch=2)
    file(2, "of the copy")
    file(3, "of the copy too")
    file(4, "and this")
    assert again("of the copy", at=2) == [(3, 3), (4, 4)]
    assert again("of the copy too", at=3) == [(4, 4)]


def test_a_backup_of_before_a_restore_does_not_take_what_was_filed_after_it():
    file(1, "both")
    file(2, "lost in the restore")
    file(2, "restored", epoch=2)
    file(3, "after the restore", epoch=2)
    with pytest.raises(Refused) as refused:
        again("lost in the restore", at=2)
    assert refused.value.code == "tail_of_another_history"
    assert again("both", at=1) == [(2, 2), (3, 3)]
