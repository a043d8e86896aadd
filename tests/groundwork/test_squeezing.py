"""What is sent is squeezed in a way its reader knows, and reads the same."""

import gzip

import brotli
import pytest

from concerto.groundwork.squeezing import squeezed, squeezed_for_all

LONG = "上泉村的住户".encode() * 100


@pytest.mark.parametrize("squeeze", [squeezed, squeezed_for_all])
@pytest.mark.parametrize(("accepted", "coding"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("", "")])
def test_it_reads_the_same_in_the_coding_that_is_accepted(squeeze, accepted, coding):
    body, told = squeeze(LONG, accepted)
    assert told == coding
    assert {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[coding](body) == LONG
    assert len(body) < len(LONG) or coding == ""


def test_what_is_short_stays_as_it_is():
    assert squeezed(b"{}", "br") == (b"{}", "")
