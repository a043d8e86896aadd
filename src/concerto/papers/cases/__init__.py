"""Cases as papers: the board of those that open to a reader, and all of them in numbers."""
