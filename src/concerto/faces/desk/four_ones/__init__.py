"""The four ones: their table by household, a good thing done, how often a household wishes to be visited."""
