"""What is asked, as data: how the answers of each recording form become what is said, and the way back.

A sheet is read by `composing.py` here and by `forms/compose.js` on a phone; a test holds the two equal.
"""

from .answers import Read, read_answers
from .composing import Before, Composed, Context, compose, compose_all
from .language import Sheet, as_data
from .sheets import SHEETS
from .showing import answers_of, ids_of

__all__ = [
    "SHEETS",
    "Before",
    "Composed",
    "Context",
    "Read",
    "Sheet",
    "answers_of",
    "as_data",
    "compose",
    "compose_all",
    "ids_of",
    "read_answers",
]
