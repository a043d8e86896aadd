"""The keyed hash of identity numbers, and how a home knows that its key is not here."""

from concerto.groundwork import keyed
from concerto.groundwork.identity import IdentityNumber

NUMBER = IdentityNumber("11010519491231002X")


def test_the_same_number_is_found_again_in_the_same_home(tmp_path):
    assert keyed.identity_hash(NUMBER, tmp_path) == keyed.identity_hash(NUMBER, tmp_path)
    assert "11010519491231002X" not in keyed.identity_hash(NUMBER, tmp_path)
    assert (tmp_path / keyed.KEY).stat().st_mode & 0o777 == 0o600


def test_another_home_hashes_otherwise(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    assert keyed.identity_hash(NUMBER, one) != keyed.identity_hash(NUMBER, other)


def test_a_home_knows_that_the_key_of_its_hashes_is_lost(tmp_path):
    assert keyed.finds_older(tmp_path)
    before = keyed.identity_hash(NUMBER, tmp_path)
    key = (tmp_path / keyed.KEY).read_bytes()
    (tmp_path / keyed.KEY).unlink()
    assert not keyed.finds_older(tmp_path)
    assert keyed.identity_hash(NUMBER, tmp_path) != before
    assert not keyed.finds_older(tmp_path), "a new key finds no older hashes"
    (tmp_path / keyed.KEY).write_bytes(key)
    assert keyed.finds_older(tmp_path)
