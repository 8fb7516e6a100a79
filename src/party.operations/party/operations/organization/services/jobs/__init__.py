"""REST: the noun ``@jobs``."""
