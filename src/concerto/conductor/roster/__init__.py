"""Takes people found in a roster into the register: what is known, what is new, what has changed, through the one door.

Nothing here knows a workbook: `found` says what it takes. `planning.plan` is the preview, `importing.Import` the work.
"""
