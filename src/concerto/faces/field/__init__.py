"""The phone's face: pages that work without signal, and how what was recorded there comes in."""
