"""How days and hours are written on screen, by language."""
