"""REST of the statistics."""
