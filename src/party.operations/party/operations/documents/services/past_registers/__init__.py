"""REST: the noun ``@past-registers``."""
