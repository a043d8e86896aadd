"""The page of one entry, its correction and its withdrawal."""
