"""Measuring: what the door, the pages and the proofs cost, each beside the same work by bare SQL.

Nothing here is a test and nothing is ever asserted about time: `bin/bench` prints what was measured, `docs/bench.md`
says what it means. Every measure runs in a home of its own, once on SQLite and once on PostgreSQL, both durable.
"""
