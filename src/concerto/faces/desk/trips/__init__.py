"""The ways of a week: proposed, overruled by hand, and printed as a sheet to take along."""
