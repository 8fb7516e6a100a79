"""A heat map (bản đồ nhiệt), units by weeks: the darker the more, and the value in each cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import drawing
from .drawing import Sheet


_NAMES, _CELL, _ROW, _HEAD = 190.0, 44.0, 26.0, 24.0
#: how strong the cells of each fifth are; on the last the value is written in the colour of the paper
_STEPS = (0.08, 0.18, 0.3, 0.46, 0.9)


@dataclass(frozen=True)
class Row:
    """One row: its name, and a value for each column; ``None`` is hatched."""

    name: str
    values: "Sequence[float | None]"


def draw(
    name: str,
    title: str,
    about: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    *,
    unit: str = "",
    top: "float | None" = None,
) -> str:
    """The cells, strongest at ``top`` (the largest value when none is given); ``unit`` stands in the title, not in cells."""
    known = [value for row in rows for value in row.values if value is not None]
    if not known:
        return ""
    high = top or max(*known, 1)
    sheet = Sheet(name, _NAMES + _CELL * len(columns), _HEAD + _ROW * len(rows), title, about)
    nothing = sheet.hatch("none", drawing.LINE, 6, 45)
    for at, column in enumerate(columns):
        sheet.write(_NAMES + _CELL * (at + 0.5), 14, column, text_anchor="middle", fill=drawing.SOFT, font_size=11)
    for number, row in enumerate(rows):
        y = _HEAD + number * _ROW
        sheet.write(0, y + 17, row.name, _NAMES - 8)
        for at, (column, value) in enumerate(zip(columns, row.values, strict=True)):
            x = _NAMES + at * _CELL
            group = sheet.add("g")
            sheet.add("title", f"{row.name}, {column}: {drawing.said(value, unit, 1)}", to=group)
            step = 0 if value is None else min(int(max(value, 0) / high * len(_STEPS)), len(_STEPS) - 1)
            sheet.add(
                "rect",
                to=group,
                x=x + 1,
                y=y + 1,
                width=_CELL - 2,
                height=_ROW - 2,
                fill=nothing if value is None else drawing.BLUE,
                fill_opacity=None if value is None else str(_STEPS[step]),
                stroke=drawing.LINE,
            )
            sheet.add(
                "text",
                drawing.said(value),
                to=group,
                x=x + _CELL / 2,
                y=y + 17,
                text_anchor="middle",
                fill=drawing.PAPER if step == len(_STEPS) - 1 else drawing.INK,
            )
    return sheet.drawn()
