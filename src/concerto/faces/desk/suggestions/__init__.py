"""Suggestions passed upward: passing one up, the township's list of them, and what became of each."""
