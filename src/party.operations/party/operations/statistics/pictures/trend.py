"""Lines over time (đường xu hướng): each with its own dash and mark, named where it ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import drawing
from .drawing import Sheet


_WIDTH, _HEIGHT = 670.0, 300.0
_LEFT, _TOP, _BOTTOM = 46.0, 14.0, 30.0
#: room for the names at the ends
_NAMES = 206.0
#: marks by line, around the point (0, 0)
_MARKS = (
    "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0",
    "M-4,-4h8v8h-8z",
    "M0,-5l5,9h-10z",
    "M0,-5l5,5l-5,5l-5,-5z",
    "M-4,-4l8,8M-4,4l8,-8",
    "M-5,0h10M0,-5v10",
)


@dataclass(frozen=True)
class Line:
    """One line: its name, and a value for each place on the axis; ``None`` leaves a gap."""

    name: str
    values: "Sequence[float | None]"


def draw(
    name: str,
    title: str,
    about: str,
    places: Sequence[str],
    lines: Sequence[Line],
    *,
    unit: str = "",
    top: "float | None" = None,
    marks: "Sequence[tuple[float, str]]" = (),
) -> str:
    """The lines over ``places``; at most six can be told apart. ``marks`` are levels with a name, drawn across."""
    lines = lines[: len(_MARKS)]
    known = [each for line in lines for each in line.values if each is not None]
    if not known:
        return ""
    high = top or drawing.ceiling([*known, *(level for level, _name in marks)])
    sheet = Sheet(name, _WIDTH, _HEIGHT, title, about)
    right, low = _WIDTH - _NAMES, _HEIGHT - _BOTTOM

    def x_of(index: int) -> float:
        return _LEFT + (right - _LEFT) * (index / (len(places) - 1) if len(places) > 1 else 0.5)

    def y_of(value: float) -> float:
        return low - (low - _TOP) * min(value, high) / high

    for step in range(5):
        level = high * step / 4
        sheet.rule(_LEFT, y_of(level), right, y_of(level))
        decimals = 0 if high >= 4 else 2
        shown = drawing.said(level, unit, decimals)
        sheet.write(_LEFT - 6, y_of(level) + 4, shown, text_anchor="end", fill=drawing.SOFT)
    # as many places are named as there is room for
    every = max(1, -(-len(places) * int(max(map(drawing.wide, places), default=1) + 12) // int(right - _LEFT)))
    for index, place in enumerate(places):
        if (len(places) - 1 - index) % every == 0:
            sheet.write(x_of(index), _HEIGHT - 10, place, text_anchor="middle", fill=drawing.SOFT)
    for level, label in marks:
        y = y_of(level)
        sheet.rule(_LEFT, y, right, y, stroke=drawing.SOFT, stroke_dasharray="1 3")
        sheet.write(_LEFT + 4, y - 4, label, fill=drawing.SOFT, font_size=11)
    ends = []
    for number, line in enumerate(lines):
        _line(sheet, number, [(x_of(at), y_of(value), value, places[at]) for at, value in _known(line)], line, unit)
        last = next((each for each in reversed(line.values) if each is not None), None)
        if last is not None:
            ends.append((y_of(last), number, line.name, drawing.said(last, unit, 1 if unit == "%" else 0)))
    _names(sheet, ends, right + 10)
    return sheet.drawn()


def _known(line: Line) -> "list[tuple[int, float]]":
    return [(at, value) for at, value in enumerate(line.values) if value is not None]


def _line(sheet: Sheet, number: int, points: "list[tuple[float, float, float, str]]", line: Line, unit: str) -> None:
    colour = drawing.SERIES[number]
    group = sheet.add("g", fill="none", stroke=colour, stroke_width=2)
    positions = [at for at, _value in _known(line)]
    commands = [
        f"{'L' if index and positions[index - 1] == positions[index] - 1 else 'M'}{point[0]:.1f},{point[1]:.1f}"
        for index, point in enumerate(points)
    ]
    sheet.add("path", to=group, d="".join(commands), stroke_dasharray=drawing.DASHES[number] or None)
    for x, y, value, place in points:
        mark = sheet.add("path", to=group, d=_MARKS[number], transform=f"translate({x:.1f},{y:.1f})", fill=colour)
        sheet.add("title", f"{line.name}, {place}: {drawing.said(value, unit, 1 if unit == '%' else 0)}", to=mark)


def _names(sheet: Sheet, ends: "list[tuple[float, int, str, str]]", x: float) -> None:
    """The names beside the ends, pushed apart where they would lie on each other."""
    step = drawing.SIZE * 2 + 8.0
    ends = sorted(ends)
    below = _HEIGHT - _BOTTOM
    places = [each[0] for each in ends]
    for index in range(1, len(places)):
        places[index] = max(places[index], places[index - 1] + step)
    overhang = (places[-1] + drawing.SIZE if places else 0) - below
    if overhang > 0:
        limit = below - drawing.SIZE
        for index in range(len(places) - 1, -1, -1):
            places[index] = min(places[index], limit)
            limit = places[index] - step
    for y, (at, number, name, shown) in zip(places, ends, strict=True):
        sheet.rule(x - 8, at, x - 1, y, stroke=drawing.SOFT, stroke_width=0.8)
        sheet.add(
            "path",
            d=_MARKS[number],
            transform=f"translate({x + 6:.1f},{y:.1f})",
            fill=drawing.SERIES[number],
            stroke=drawing.SERIES[number],
        )
        sheet.write(x + 16, y + 1, name, _NAMES - 28)
        sheet.write(x + 16, y + 15, shown, font_weight="bold")
