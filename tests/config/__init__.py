"""How the house is put together, tried from outside."""
