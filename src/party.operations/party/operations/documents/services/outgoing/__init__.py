"""REST: the noun ``@outgoing``."""
