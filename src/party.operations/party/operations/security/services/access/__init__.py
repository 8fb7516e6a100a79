"""REST: the noun ``@access``."""
