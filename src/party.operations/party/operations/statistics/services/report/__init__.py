"""REST: the noun ``@statistics``."""
