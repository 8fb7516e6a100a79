"""REST: the noun ``@deliveries``."""
