"""Cases at the desk: settled on the spot, taken in, one case as a page with its steps, and the centre's board."""
