"""REST: the noun ``@mergers``."""
