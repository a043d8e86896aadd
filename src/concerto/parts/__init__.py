"""The five parts, strangers to each other: each keeps the ledger of its own work."""
