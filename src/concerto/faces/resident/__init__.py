"""The resident's door: whoever holds a slip sees how its matter goes, and answers. No account, no script, no name."""
