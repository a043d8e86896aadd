"""Whole days of a person's work, in a real browser, on the static files as they are served."""
