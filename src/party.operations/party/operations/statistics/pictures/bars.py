"""Ranked bars (biểu đồ thanh xếp hạng): the name over each bar, the value beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import drawing
from .drawing import Sheet


_WIDTH, _ROW, _TOP, _BAR = 400.0, 38.0, 6.0, 13.0
_VALUES = 62.0


@dataclass(frozen=True)
class Bar:
    """One bar; ``band`` is 0 for what is as it should be, 1 for low, 2 for very low; ``value`` is None where none can be."""

    name: str
    value: "float | None"
    band: int = 0
    note: str = ""


def draw(
    name: str,
    title: str,
    about: str,
    bars: Sequence[Bar],
    *,
    unit: str = "",
    top: "float | None" = None,
    marks: "Sequence[tuple[float, str]]" = (),
) -> str:
    """The bars in the order given; ``marks`` are levels with a name, drawn across every bar."""
    if not bars:
        return ""
    high = top or drawing.ceiling([each.value for each in bars] + [level for level, _name in marks])
    foot = 22 if marks else 4
    height = _TOP + len(bars) * _ROW + foot
    sheet = Sheet(name, _WIDTH, height, title, about)
    fills = (
        drawing.BLUE,
        sheet.hatch("low", "var(--party-series-2, #b34a00)", 5, 45),
        sheet.hatch("very-low", drawing.RED, 3, -45),
    )
    room = _WIDTH - _VALUES
    for index, bar in enumerate(bars):
        y = _TOP + index * _ROW
        sheet.write(0, y + 12, bar.name, room)
        group = sheet.add("g")
        sheet.add("title", ": ".join(filter(None, (bar.name, drawing.said(bar.value, unit, 1), bar.note))), to=group)
        sheet.add("rect", to=group, x=0, y=y + 17, width=room, height=_BAR, fill="none", stroke=drawing.LINE)
        if bar.value is not None:
            width = room * min(bar.value, high) / high
            outline = (drawing.BLUE, "var(--party-series-2, #b34a00)", drawing.RED)[bar.band]
            sheet.add("rect", to=group, x=0, y=y + 17, width=width, height=_BAR, fill=fills[bar.band], stroke=outline)
        shown = drawing.said(bar.value, unit, 1 if unit == "%" else 0)
        sheet.write(_WIDTH, y + 28, shown, text_anchor="end", font_weight="bold")
    for level, label in marks:
        x = room * min(level, high) / high
        for index in range(len(bars)):
            y = _TOP + index * _ROW + 15
            sheet.rule(x, y, x, y + _BAR + 4, stroke=drawing.INK, stroke_width=1.5)
        anchor = "middle" if 20 < x < room - 20 else ("start" if x <= 20 else "end")
        sheet.write(x, height - 8, label, text_anchor=anchor, fill=drawing.SOFT, font_size=11)
    return sheet.drawn()
