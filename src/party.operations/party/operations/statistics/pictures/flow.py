"""Who sends to whom (luồng văn bản giữa các đơn vị): senders on the left, receivers on the right, bands as thick as many."""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence

from . import drawing
from .drawing import Sheet


_WIDTH, _NAMES, _BAR, _GAP = 680.0, 190.0, 8.0, 24.0
#: height that all bands together have
_THICK = 300.0


def draw(
    name: str,
    title: str,
    about: str,
    links: "Mapping[tuple[str, str], int]",
    names: Mapping[str, str],
    order: Sequence[str],
) -> str:
    """The bands of ``links`` (sender, receiver) → how many, each side in the given order; ``names`` say who they are."""
    links = {pair: amount for pair, amount in links.items() if amount > 0}
    if not links:
        return ""
    sent, received = Counter[str](), Counter[str]()
    for (sender, receiver), amount in links.items():
        sent[sender] += amount
        received[receiver] += amount
    senders = [each for each in order if each in sent]
    receivers = [each for each in order if each in received]
    scale = _THICK / sum(links.values())
    height = _THICK + _GAP * max(len(senders), len(receivers)) + 8
    sheet = Sheet(name, _WIDTH, height, title, about)
    left, right = _NAMES, _WIDTH - _NAMES
    starts = _side(sheet, senders, sent, names, scale, left - _BAR, "end")
    ends = _side(sheet, receivers, received, names, scale, right, "start")
    middle = (left + right) / 2
    for sender in senders:
        colour = drawing.SERIES[senders.index(sender) % len(drawing.SERIES)]
        for receiver in receivers:
            amount = links.get((sender, receiver), 0)
            if not amount:
                continue
            thick = amount * scale
            y1, y2 = starts[sender], ends[receiver]
            starts[sender] += thick
            ends[receiver] += thick
            band = sheet.add(
                "path",
                d=f"M{left:.1f},{y1:.1f}C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {right:.1f},{y2:.1f}"
                f"V{y2 + thick:.1f}C{middle:.1f},{y2 + thick:.1f} {middle:.1f},{y1 + thick:.1f} {left:.1f},{y1 + thick:.1f}Z",
                fill=colour,
                fill_opacity="0.35",
                stroke=colour,
                stroke_width="0.8",
            )
            said = f"{names[sender]} → {names[receiver]}: {drawing.said(amount)}"
            sheet.add("title", said, to=band)
    return sheet.drawn()


def _side(
    sheet: Sheet,
    units: Sequence[str],
    amounts: Mapping[str, int],
    names: Mapping[str, str],
    scale: float,
    x: float,
    anchor: str,
) -> dict[str, float]:
    """The names and bars of one side; returns where the bands of each begin."""
    y, begins = 4.0, {}
    edge = x - 6 if anchor == "end" else x + _BAR + 6
    for unit in units:
        thick = amounts[unit] * scale
        begins[unit] = y
        sheet.add("rect", x=x, y=y, width=_BAR, height=max(thick, 1.0), fill=drawing.INK)
        at = y + thick / 2
        sheet.write(edge, at, names[unit], _NAMES - 16, text_anchor=anchor)
        sheet.write(edge, at + 14, drawing.said(amounts[unit]), text_anchor=anchor, fill=drawing.SOFT, font_size=11)
        y += thick + _GAP
    return begins
