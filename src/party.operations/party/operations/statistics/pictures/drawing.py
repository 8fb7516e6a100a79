"""What the pictures share: the sheet they are drawn on, colours, numbers, and how long a text is."""

import math
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree

from party.operations.text.normalize import nfc


INK = "var(--party-ink, #1c2024)"
SOFT = "var(--party-soft, #59606a)"
LINE = "var(--party-line, #dcd9d2)"
PAPER = "var(--party-paper, #fff)"
BLUE = "var(--party-blue, #0b4f9e)"
RED = "var(--party-red, #a4161a)"

#: colours that differ for every kind of colour-blindness (Okabe and Ito), darkened to stand on paper
SERIES = (
    "var(--party-series-1, #0b4f9e)",
    "var(--party-series-2, #b34a00)",
    "var(--party-series-3, #00714f)",
    "var(--party-series-4, #8a3a70)",
    "var(--party-series-5, #5c5c00)",
    "var(--party-series-6, #1c2024)",
)
#: one style of line for each colour
DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "12 4")

#: size of letters, in the units of the sheet
SIZE = 13
#: mean width of a letter in sizes: a little more than a system font needs
_WIDTH = 0.56


class Sheet:
    """An SVG to be drawn on; texts are escaped by the library that writes it."""

    def __init__(self, name: str, width: float, height: float, title: str, about: str) -> None:
        """``name`` begins the ids of the picture and is its own on a page."""
        self.name, self.width, self.height = name, width, height
        self.root = ElementTree.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {number(width)} {number(height)}",
                "role": "img",
                "aria-labelledby": f"{name}-title {name}-desc",
                "font-size": str(SIZE),
                "class": "party-picture",
            },
        )
        self.add("title", title, id=f"{name}-title")
        self.add("desc", about, id=f"{name}-desc")

    def add(
        self, tag: str, text: str = "", *, to: "ElementTree.Element | None" = None, **attributes: Any
    ) -> ElementTree.Element:
        """An element with ``text``; ``stroke_width=2`` is written as ``stroke-width="2"``, ``None`` is left out."""
        written = {
            name.rstrip("_").replace("_", "-"): number(value) if isinstance(value, float) else str(value)
            for name, value in attributes.items()
            if value is not None
        }
        element = ElementTree.SubElement(self.root if to is None else to, tag, written)
        if text:
            element.text = nfc(text)
        return element

    def write(self, x: float, y: float, text: str, room: float = 0, **attributes: Any) -> None:
        """A text at its base line, cut to ``room``, with the whole of it for who points at it."""
        shown = cut(text, room) if room else text
        written: dict[str, Any] = {"fill": INK, **attributes}
        element = self.add("text", "" if shown != text else text, x=x, y=y, **written)
        if shown != text:
            self.add("title", text, to=element).tail = nfc(shown)

    def rule(self, x1: float, y1: float, x2: float, y2: float, **attributes: Any) -> None:
        """A straight line."""
        written: dict[str, Any] = {"stroke": LINE, **attributes}
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, **written)

    def hatch(self, kind: str, colour: str, gap: int, angle: int) -> str:
        """A hatching to fill with: its address."""
        defs = self.add("defs")
        pattern = self.add(
            "pattern",
            to=defs,
            id=f"{self.name}-{kind}",
            width=gap,
            height=gap,
            patternUnits="userSpaceOnUse",
            patternTransform=f"rotate({angle})",
        )
        self.add("rect", to=pattern, width=gap, height=gap, fill=PAPER)
        self.add("line", to=pattern, x1=0, y1=0, x2=0, y2=gap, stroke=colour, stroke_width=gap * 0.9)
        return f"url(#{self.name}-{kind})"

    def drawn(self) -> str:
        """The picture."""
        return ElementTree.tostring(self.root, encoding="unicode")


def number(value: float) -> str:
    """A number of the drawing with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def said(value: "float | None", unit: str = "", decimals: int = 0) -> str:
    """A figure as it is written in Vietnam: 1.234, 45,6%, – for none."""
    if value is None:
        return "–"
    text = f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return f"{text}{unit}" if unit in ("", "%") else f"{text} {unit}"


def cut(text: str, room: float) -> str:
    """The text, or its beginning with an ellipsis when it is longer than ``room``."""
    fit = max(1, int(room / (SIZE * _WIDTH)))
    return text if len(text) <= fit else f"{text[: fit - 1].rstrip()}…"


def wide(text: str) -> float:
    """About how much room a text takes."""
    return len(text) * SIZE * _WIDTH


def ceiling(values: Iterable["float | None"], at_least: float = 1) -> float:
    """A round number that no value is above."""
    top = max([at_least, *(each for each in values if each is not None)])
    power = 10.0 ** math.floor(math.log10(top))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= top)
