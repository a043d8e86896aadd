"""The demo world: an invented township, its people and a year of what they recorded, the same for the same day."""
