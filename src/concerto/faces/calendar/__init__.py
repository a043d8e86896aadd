"""What a calendar asks for: days, duties and numbers of stops, at a secret address and without signing in."""
