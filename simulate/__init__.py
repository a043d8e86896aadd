"""The simulator: many model phones and desks, the real server, and everything that goes wrong between them."""
