"""The visit ledger (信息员): who was called on, when, and whether they were met."""
