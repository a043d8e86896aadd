"""The one door: admit, file, post; and the proofs that what was posted is what was said."""
