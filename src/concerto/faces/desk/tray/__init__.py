"""What waits for a person: entries that clash, were refused, or wait."""
