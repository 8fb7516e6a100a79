"""REST: the noun ``@units``."""
