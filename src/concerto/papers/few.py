"""What is said of small numbers to whoever is told how many and nothing else: under five no number stands."""

SMALL = 5


def few(number: int) -> str:
    """Say a number to whoever is told no lines.

    >>> few(0), few(3), few(7)
    ('0', '<5', '7')
    """
    return f"<{SMALL}" if 0 < number < SMALL else str(number)
