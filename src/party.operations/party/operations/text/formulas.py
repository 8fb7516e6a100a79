"""What a table program would take for a formula (công thức) in a text file that it opens."""

#: how such a cell begins
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: int | str) -> int | str:
    """A value for a text file that no table program takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
