"""The code on a slip: what is typed wrong is no code, and nobody guesses one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerto.groundwork import keyed, slip_codes

places = st.integers(0, slip_codes.LENGTH - 1)
draws = st.lists(st.integers(0, len(slip_codes.SIGNS) - 1), min_size=400, max_size=400)


@given(drawn=draws, place=places, sign=st.sampled_from(slip_codes.SIGNS))
def test_one_wrong_sign_always_shows(drawn, place, sign):
    code = slip_codes.code_from(iter(drawn)) if len(set(drawn)) > 3 else slip_codes.draw_code()
    wrong = code[:place] + sign + code[place + 1 :]
    assert (slip_codes.read_code(wrong) is None) == (wrong != code)


@given(place=st.integers(0, slip_codes.LENGTH - 2))
def test_neighbours_that_changed_places_always_show(place):
    code = slip_codes.draw_code()
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (slip_codes.read_code(wrong) is None) == (wrong != code)


@given(last=st.integers(100_000, 999_999), place=st.integers(0, 6), digit=st.sampled_from("0123456789"))
def test_a_wrong_digit_of_a_serial_always_shows(last, place, digit):
    serial = next(slip_codes.serials_after(f"{last}0"))
    if len(serial) == slip_codes.SERIAL_LENGTH:
        wrong = serial[:place] + digit + serial[place + 1 :]
        assert (slip_codes.read_serial(wrong) is None) == (wrong != serial)


@pytest.mark.parametrize("typed", ["{0}-{1}", "{0} {1}", " {0}{1} ", "{0}—{1}", "{0}－{1}", "{0}\u200b{1}", "{0}_{1}"])
def test_a_code_is_read_however_it_is_typed(typed):
    code = slip_codes.draw_code()
    told = typed.format(code[:5], code[5:])
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    meant = code.replace("8", "B").replace("5", "s").replace("2", "Z")
    assert {slip_codes.read_code(one) for one in (told, told.lower(), wide, meant)} == {code}


@pytest.mark.parametrize("typed", ["", "ABC", "0" * 10, "I" * 10, "中" * 10, "A" * 100_000])
def test_what_is_no_code_is_none(typed):
    assert slip_codes.read_code(typed) is None


def test_serials_go_on_where_the_last_ended():
    first = slip_codes.serials_after("")
    some = [next(first) for _ in range(500)]
    assert some == sorted(set(some))
    assert all(slip_codes.read_serial(serial) == serial for serial in some)
    assert next(slip_codes.serials_after(some[98])) == some[99]


def test_a_code_is_found_by_a_hash_of_its_home_alone(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    code = slip_codes.draw_code()
    assert keyed.code_hash(code, one) == keyed.code_hash(code, one) != keyed.code_hash(code, other)


def test_the_same_seed_draws_the_same_codes_again_and_another_seed_others(tmp_path):
    def drawn(seed: str) -> list[str]:
        numbers = keyed.drawn_numbers(seed, tmp_path, below=len(slip_codes.SIGNS))
        return [slip_codes.code_from(numbers) for _ in range(40)]

    assert drawn("one") == drawn("one")
    assert len({*drawn("one"), *drawn("other")}) == 80
