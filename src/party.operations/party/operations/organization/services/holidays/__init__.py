"""REST: the noun ``@holidays``."""
