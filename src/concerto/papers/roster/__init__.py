"""Reads the village rosters that offices keep as workbooks: bytes in, households and what is wrong with them out.

Nothing here knows the database. `reading.read` is the way in, `annotate.annotate` marks the person's own file.
"""
