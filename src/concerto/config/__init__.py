"""How the house is put together: settings, addresses, the server's entrance and the command line."""
