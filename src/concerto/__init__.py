"""Concerto: a fact written once in the journal, and five ledgers kept from it."""
