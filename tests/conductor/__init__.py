"""Tests of the one door, and of the proofs that what was posted is what was said."""
