"""The pages of the register: households, their cards, people, members, helpers, mergers."""
