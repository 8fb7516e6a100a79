"""REST: the noun ``@secret-registers``."""
