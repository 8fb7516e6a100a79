"""REST: the nouns ``@find`` and ``@suggest``."""
