"""REST: the noun ``@openapi``."""
