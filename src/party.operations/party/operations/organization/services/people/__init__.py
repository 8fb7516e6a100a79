"""REST: the noun ``@people``."""
