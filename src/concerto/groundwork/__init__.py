"""The little that every floor stands on: clock, refusals, ids, canonical bytes, and the differences between engines."""
