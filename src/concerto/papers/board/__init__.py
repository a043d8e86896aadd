"""What is owed, put together for looking: a township's year, a branch's year, what a posting leaves, a calendar."""
