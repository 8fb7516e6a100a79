"""REST: the noun ``@clearances``."""
