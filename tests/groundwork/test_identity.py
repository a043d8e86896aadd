"""What is read out of a cell for an identity number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerto.groundwork.identity import Fault, IdentityNumber, check_digit, holds_identity_number, read_identity

WHOLE = "11010519491231002X"


@pytest.mark.parametrize(
    "written",
    [
        WHOLE,
        "11010519491231002x",
        "'11010519491231002X",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002X",
        "\u200b11010519491231002X\ufeff",
        "身份证号：11010519491231002X",
        "`11010519491231002X”",
        "11010519491231002Х",  # the Cyrillic letter
    ],
)
def test_a_number_is_whole_whatever_was_typed_around_it(written):
    assert read_identity(written) == IdentityNumber(WHOLE)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("9999991976071816", Fault.TOO_SHORT),
        ("1101051949123100", Fault.TOO_SHORT),
        ("1101051949123100201", Fault.TOO_LONG),
        ("110105194912310021", Fault.CHECK_DIGIT),
        (1.1010519491231e17, Fault.DAMAGED),
        (110105194912310020, Fault.DAMAGED),
        ("1.10105194912310E+17", Fault.DAMAGED),
        ("620999********1234", Fault.MASKED),
        ("620999xxxxxxxx1234", Fault.MASKED),
        ("110105491231002", Fault.OLD_FORM),
        ("110105491331002", Fault.TOO_SHORT),
        ("11010519491231O02X", Fault.UNREADABLE),
        ("同上", Fault.UNREADABLE),
    ],
)
def test_a_number_that_is_not_whole_is_named_by_what_is_wrong_with_it(written, fault):
    assert read_identity(written) is fault


def test_a_day_that_does_not_exist_is_found_behind_a_right_check_digit():
    number = "11010519490231002"

    assert read_identity(number + check_digit(number)) is Fault.NO_SUCH_DAY


@pytest.mark.parametrize("written", ["", None, " ", "无", "-", "无身份证", "/", "未办理"])
def test_saying_that_there_is_none_is_no_fault(written):
    assert read_identity(written) is None


def test_a_number_is_never_printed():
    number = IdentityNumber(WHOLE)

    assert WHOLE not in f"{number} {number!r} {[number]}"


def test_the_keyed_hash_finds_the_same_number_only_with_the_same_key():
    number = IdentityNumber(WHOLE)

    assert number.keyed_hash(b"a") == IdentityNumber(WHOLE).keyed_hash(b"a") != number.keyed_hash(b"b")


@given(st.text())
def test_no_text_breaks_the_reading(text):
    assert read_identity(text) is None or isinstance(read_identity(text), (IdentityNumber, Fault))


@given(st.integers(min_value=0, max_value=16), st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_is_always_noticed(place, more):
    wrong = str((int(WHOLE[place]) + more) % 10)

    assert isinstance(read_identity(WHOLE[:place] + wrong + WHOLE[place + 1 :]), Fault)


@pytest.mark.parametrize(
    "words",
    [f"他是{WHOLE}。", "证号 110105 19491231 002x", "１１０１０５１９４９１２３１００２1", "旧证110105491231002"],
)
def test_free_text_with_a_number_in_it_is_recognised(words):
    assert holds_identity_number(words)


@pytest.mark.parametrize(
    "words", ["电话10074203556", "面积123456789012345678亩", "2026年7月1日", "订单 20260701123456"]
)
def test_other_numbers_in_free_text_are_left_alone(words):
    assert not holds_identity_number(words)
