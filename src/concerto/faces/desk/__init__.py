"""The office pages, rendered on the server, one module for each room of the office."""
