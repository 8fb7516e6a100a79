"""REST: the noun ``@organization``."""
