"""The pages of rosters: a look before anything is written, and what a person settles."""
