"""Only in development: what would have left the house, to look at."""
