"""The recording forms, blank: what a phone keeps of them and fills without signal. They hold nothing of anybody."""
