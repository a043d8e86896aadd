"""The one door: it admits, files and posts what is brought, and can rebuild and verify all of it."""
