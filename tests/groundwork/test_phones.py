"""What is read out of a cell for telephone numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerto.groundwork.phones import Phone, PhoneFault, clean_phone, masked, phone_tail, read_phones


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        (10035746282.0, ["10035746282"]),
        ("100-7420-3556", ["10074203556"]),
        ("100 7420 3556", ["10074203556"]),
        ("１００７４２０３５５６", ["10074203556"]),
        ("+86 10074203556", ["10074203556"]),
        ("'10074203556", ["10074203556"]),
        ("10043047109/10005252986", ["10043047109", "10005252986"]),
        ("10043047109 10005252986", ["10043047109", "10005252986"]),
        ("10043047109、10005252986", ["10043047109", "10005252986"]),
        ("10043047109\n10005252986", ["10043047109", "10005252986"]),
        ("1004304710910005252986", ["10043047109", "10005252986"]),
        ("10043047109,10043047109", ["10043047109"]),
        ("0937-8221234", ["0937-8221234"]),
        ("（0937）8221234转8", ["0937-8221234-8"]),
        ("010 62345678", ["010-62345678"]),
        ("8221234", ["8221234"]),
        ("手机：10043047109", ["10043047109"]),
        ("10043047109/无", ["10043047109"]),
        ("无", []),
        ("", []),
        (None, []),
    ],
)
def test_all_numbers_of_a_cell_are_read_in_order(written, numbers):
    read = read_phones(written)

    assert [phone.number for phone in read.phones] == numbers
    assert read.fault is None


def test_words_beside_a_number_are_its_remark():
    read = read_phones("10043047109（儿子）；妻：10005252986")

    assert read.phones == (Phone("10043047109", "儿子"), Phone("10005252986", "妻"))


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("100****3556", PhoneFault.MASKED),
        ("1007420355", PhoneFault.UNREADABLE),
        ("同户主", PhoneFault.UNREADABLE),
        (1.0043047109100052e21, PhoneFault.UNREADABLE),
    ],
)
def test_what_is_no_number_is_said_and_not_guessed(written, fault):
    assert read_phones(written).fault is fault
    assert read_phones(written).phones == ()


def test_a_good_number_beside_a_damaged_one_is_kept():
    read = read_phones("10043047109/1000525")

    assert [phone.number for phone in read.phones] == ["10043047109"]
    assert read.fault is PhoneFault.UNREADABLE


def test_a_field_takes_one_number_only():
    assert clean_phone("0937 8221234") == "0937-8221234"
    assert clean_phone("10043047109/10005252986") is None
    assert clean_phone("abc") is None


def test_a_number_is_found_by_its_tail_and_shown_masked():
    assert phone_tail("10074203556") == "3556"
    assert masked("10074203556") == "100****3556"
    assert "7420" not in repr(Phone("10074203556"))


@given(st.one_of(st.text(), st.floats(), st.integers()))
def test_nothing_breaks_the_reading(written):
    read_phones(written)
