"""Measuring: what the door, the pages and the proofs cost, each beside the same rows by bare SQL."""
