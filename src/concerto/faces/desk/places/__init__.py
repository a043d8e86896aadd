"""The pages of places and access: coming in, one's own page, units, people, postings, devices, acts."""
