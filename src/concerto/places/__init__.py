"""Where things are and who signs in: divisions with dated codes, logs, units, accounts and devices."""
