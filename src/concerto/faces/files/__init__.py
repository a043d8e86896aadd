"""Imports, exports, the journal as a whole, and the command line's commands."""
