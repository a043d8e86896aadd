"""What the collector of garbage looks through in a worker: only what requests make, not all that was loaded."""

import gc

from django.urls import get_resolver

ONCE_A_PAGE = 5_000  # new objects that are not gone yet


def leave_out_what_is_loaded() -> None:
    """Load every page and leave all of it out of collections, for it stays as long as the worker does.

    Otherwise one request of a hundred waits until some 350,000 objects were looked through: longer than for its page.
    What a page makes goes by itself when it is sent, but for some 4,000 objects: they are looked for after each page or
    two, and not thirty times while one is made.
    """
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(ONCE_A_PAGE, 10, 10)
