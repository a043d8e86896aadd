"""What the collector of garbage looks through in a worker: only what requests make, not all that was loaded."""

import gc

from django.urls import get_resolver


def leave_out_what_is_loaded() -> None:
    """Load every page and leave all of it out of collections, for it stays as long as the worker does.

    Otherwise one request of a hundred waits until some 350,000 objects were looked through: longer than for its page.
    """
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
