"""No log of the server writes a code, whatever goes wrong with it."""

import logging

from concerto.config.logs import WithoutWords


def test_the_address_of_a_slip_is_left_out_of_the_log():
    for address in ("/r/DW8RG-6R7MC/", "/r/DW8RG6R7MC", "/r/DW8RG-6R7MC/?l=kk"):
        record = logging.LogRecord(
            "django.request", logging.ERROR, __file__, 1, "Internal Server Error: %s", (address,), None
        )
        said = WithoutWords().format(record)
        assert "DW8RG" not in said
        assert "/r/..." in said
