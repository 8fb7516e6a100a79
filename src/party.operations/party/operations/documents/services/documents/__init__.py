"""REST: the noun ``@documents``."""
