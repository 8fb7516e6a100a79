"""REST: the noun ``@adoption``."""
