"""What a review forgets, a machine remembers: each guard holds one rule of the house over the whole tree."""
