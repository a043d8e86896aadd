"""The privacy officer's pages: requests about data, and erasures."""
