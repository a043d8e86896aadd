"""The one book: entries as they were said and filed, their sealed parts, and what every ledger row is made of."""
