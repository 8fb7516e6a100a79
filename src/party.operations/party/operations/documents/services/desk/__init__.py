"""REST: the noun ``@desk``."""
