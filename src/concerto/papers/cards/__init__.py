"""The cards of households that a phone holds: what stands on one, and which changed since a number."""
