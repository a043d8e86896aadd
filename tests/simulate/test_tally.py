"""A long run leaves a tally: it goes on where it was stopped, and tallies of several commits are summed."""

from simulate import tally
from simulate.tally import Chunk

ONE = Chunk("588292c19dbb", "sqlite", 2_000_000, 500, 61, ())
OTHER = Chunk("588292c19dbb", "sqlite", 2_000_500, 500, 63, (2_000_501, 2_000_777))


def test_what_is_noted_is_read_again(tmp_path):
    for chunk in (ONE, OTHER):
        tally.add(tmp_path / "tally", chunk)
    assert tally.read(tmp_path / "tally") == [ONE, OTHER]


def test_a_line_that_was_cut_off_is_none_and_is_gone_through_again(tmp_path):
    tally.add(tmp_path / "tally", ONE)
    with (tmp_path / "tally").open("a") as file:
        file.write(OTHER.line()[:30])
    assert tally.read(tmp_path / "tally") == [ONE]
    tally.add(tmp_path / "tally", OTHER)
    assert tally.read(tmp_path / "tally") == [ONE, OTHER]


def test_a_run_goes_on_with_what_this_commit_has_not_tried(tmp_path):
    tally.add(tmp_path / "tally", ONE)
    done = tally.done(tmp_path / "tally", "588292c19dbb", "sqlite")
    assert list(tally.chunks(2_000_000, 1_200, 500, done)) == [range(2_000_500, 2_001_000), range(2_001_000, 2_001_200)]
    assert tally.done(tmp_path / "tally", "588292c19dbb", "postgresql") == []


def test_what_was_tried_with_changed_files_is_never_taken_for_done(tmp_path):
    tally.add(tmp_path / "tally", ONE._replace(commit="588292c19dbb+"))
    assert tally.done(tmp_path / "tally", "588292c19dbb+", "sqlite") == []


def test_tallies_are_summed_by_commit_and_together():
    newer = ONE._replace(commit="aaaa00001111", seconds=30)
    assert list(tally.summed([ONE, OTHER, newer])) == [
        "588292c19dbb sqlite: 1,000 histories in 124 s: 2 found something",
        "aaaa00001111 sqlite: 500 histories in 30 s: 0 found something",
        "all: 1,500 histories in 154 s: 2 found something",
    ]
