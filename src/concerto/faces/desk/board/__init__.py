"""The township's year as a score, a branch's year, what a posting leaves open, and one's own calendar."""
