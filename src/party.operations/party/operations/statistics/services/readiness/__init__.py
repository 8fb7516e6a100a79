"""REST: the noun ``@readiness``."""
