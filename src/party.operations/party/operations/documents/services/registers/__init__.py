"""REST: the noun ``@registers``."""
