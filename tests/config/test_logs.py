"""The log says where something failed and never quotes a row."""

import logging
import sys

from concerto.config.logs import WithoutWords


def test_an_error_is_logged_by_its_place_and_not_by_its_words():
    try:
        raise ValueError("张三 10012345678")
    except ValueError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, __file__, 1, "Internal Server Error: /", None, sys.exc_info()
        )
    said = WithoutWords().format(record)
    assert "test_logs.py" in said
    assert "ValueError" in said
    assert "张三" not in said
