"""The five ledgers as pages and files."""
