"""What is owed, from the books: their rows as the rulebook's plain facts, its lines as words."""
