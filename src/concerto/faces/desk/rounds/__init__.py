"""Rounds: opened and stopped, drawn as they fill, and in the village gone through house by house and by telephone."""
