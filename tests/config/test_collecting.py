"""What is loaded stays, and is looked through by no collection."""

import gc

from concerto.config.collecting import leave_out_what_is_loaded


def test_what_a_worker_has_loaded_is_left_out_of_collections():
    try:
        leave_out_what_is_loaded()
        assert gc.get_freeze_count() > 10_000
        assert len(gc.get_objects()) < gc.get_freeze_count()
    finally:
        gc.unfreeze()
