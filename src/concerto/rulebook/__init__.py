"""What is owed: plain Python that knows no Django, no clock and no database."""
