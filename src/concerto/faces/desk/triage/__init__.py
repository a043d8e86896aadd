"""Where a dispute belongs, asked before any name, and the leaflet of routes. Nothing of either is kept."""
