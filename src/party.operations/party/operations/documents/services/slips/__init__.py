"""REST: the noun ``@slips``."""
