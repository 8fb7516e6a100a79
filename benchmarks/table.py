"""A table on the terminal."""

from collections.abc import Iterable
from collections.abc import Sequence


def show(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print ``rows`` under ``heads``, columns aligned, numbers to the right with three digits that count."""
    cells = [list(heads), *([_text(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    print(f"\n{title}")
    for cell in cells:
        print("  " + "  ".join(value.rjust(width) for value, width in zip(cell, widths, strict=True)))


def _text(value: object) -> str:
    if not isinstance(value, float):
        return f"{value:,}" if isinstance(value, int) else str(value)
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
