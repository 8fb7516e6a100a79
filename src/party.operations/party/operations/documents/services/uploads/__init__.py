"""REST: the noun ``@uploads``."""
