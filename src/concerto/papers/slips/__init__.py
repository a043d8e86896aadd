"""What a slip says on paper and what its page says: words in three languages, and how its matter stands."""
