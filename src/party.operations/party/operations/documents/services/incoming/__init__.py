"""REST: the noun ``@incoming``."""
