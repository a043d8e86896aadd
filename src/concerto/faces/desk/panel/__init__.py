"""The panel of mediators: who mediates for which committee, and who sits when at the centre."""
