"""Needs as papers and pages read them: the board's rows, one need's path, and the numbers."""
