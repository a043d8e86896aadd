"""Ledgers and forms as files: gathered into frozen facts, then filled in; it owns no table."""
