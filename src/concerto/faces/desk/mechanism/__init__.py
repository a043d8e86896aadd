"""The mechanism: what every duty asks and costs, changing one, and the days off of each year."""
