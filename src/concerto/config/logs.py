"""What the server's log may say: where something failed, never about whom, and no address that is a secret."""

import logging
import re
from traceback import extract_tb
from types import TracebackType
from typing import Any

SECRET_ADDRESS = re.compile(r"(/calendar/)[\w-]{20,}|(/r/)[^/?\s]+")


class WithoutWords(logging.Formatter):
    """Writes the path of code that led to an error, without the words of the error: they may quote a row.

    Of a page that failed Django writes the address; a calendar's and a slip's are secrets, and are left out.
    """

    def format(self, record: logging.LogRecord) -> str:
        return SECRET_ADDRESS.sub(r"\1\2...", super().format(record))

    def formatException(  # noqa: N802  (the name is logging's)
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None] | Any
    ) -> str:
        kind, _error, trace = ei
        frames = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in extract_tb(trace)]
        return "\n".join([*frames, f"  {kind.__name__ if kind else 'unknown error'}"])
