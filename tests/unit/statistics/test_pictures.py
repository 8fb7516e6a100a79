"""Pictures say what the data say, in every case and with every name."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from party.operations.statistics.pictures import bars
from party.operations.statistics.pictures import drawing
from party.operations.statistics.pictures import flow
from party.operations.statistics.pictures import heat
from party.operations.statistics.pictures import trend


SVG = "{http://www.w3.org/2000/svg}"
NASTY = "<script>alert(1)</script> & \"Ban\" 'x'"


def bars_of(name: str, value: "float | None" = 50.0) -> str:
    return bars.draw("p", "Tên", "Mô tả", [bars.Bar(name, value)], unit="%", top=100, marks=[(90, "90%")])


def trend_of(name: str, value: "float | None" = 50.0) -> str:
    return trend.draw("p", "Tên", "Mô tả", ["T1", "T2"], [trend.Line(name, [1.0, value])], unit="%", top=100)


def heat_of(name: str, value: "float | None" = 50.0) -> str:
    return heat.draw("p", "Tên", "Mô tả", ["T1", "T2"], [heat.Row(name, [1.0, value])], unit="%", top=100)


def flow_of(name: str, value: int = 5) -> str:
    return flow.draw("p", "Tên", "Mô tả", {("a", "b"): value}, {"a": name, "b": "Xã"}, ["a", "b"])


ALL = [bars_of, trend_of, heat_of, flow_of]


def parsed(svg: str) -> ElementTree.Element:
    root = ElementTree.fromstring(svg)  # noqa: S314 - what we have just written
    assert root.tag == f"{SVG}svg"
    return root


def texts(svg: str) -> list[str]:
    """What stands in the picture, without what is said of it to who points at it."""
    return [
        "".join([each.text or "", *(child.tail or "" for child in each)]) for each in parsed(svg).iter(f"{SVG}text")
    ]


def titles(svg: str) -> list[str]:
    return [each.text or "" for each in parsed(svg).iter(f"{SVG}title")]


@pytest.mark.parametrize("draw", ALL)
def test_names_are_text_whatever_they_say(draw):
    svg = draw(NASTY)
    assert "<script" not in svg
    assert any(NASTY in each for each in titles(svg)), "the whole name is there for who points at it"


@pytest.mark.parametrize("draw", ALL)
def test_a_picture_says_what_it_is_and_runs_no_script(draw):
    root = parsed(draw("Tỉnh uỷ"))
    assert root.get("role") == "img"
    assert [root.get("aria-labelledby")] == ["p-title p-desc"]
    assert {each.get("id") for each in root.iter() if each.get("id")} >= {"p-title", "p-desc"}
    names = {name for each in root.iter() for name in each.attrib}
    assert not {name for name in names if name.startswith("on") or name in ("style", "href")}


@pytest.mark.parametrize("draw", ALL)
def test_colours_follow_the_theme_and_stand_alone_on_paper(draw):
    colours = re.findall(r'(?:fill|stroke)="([^"]*)"', draw("Tỉnh uỷ"))
    assert colours
    assert all(each == "none" or each.startswith("url(#p-") or "var(--party-" in each for each in colours)
    assert all("#" in each for each in colours if each.startswith("var("))


@pytest.mark.parametrize("draw", [bars_of, heat_of])
def test_what_is_not_known_is_no_zero(draw):
    assert "–" in texts(draw("Tỉnh uỷ", None))
    assert not {"0", "0%", "0,0%"}.intersection(texts(draw("Tỉnh uỷ", None)))


def test_a_line_has_a_gap_where_nothing_is_known():
    svg = trend.draw("p", "", "", list("abcd"), [trend.Line("x", [1.0, None, 3.0, 4.0])], top=4)
    path = next(each for each in parsed(svg).iter(f"{SVG}path") if each.get("d", "").count("L") == 1)
    assert path.get("d", "").count("M") == 2


def test_lines_differ_by_dash_and_mark_as_well_as_by_colour():
    lines = [trend.Line(f"Đơn vị {number}", [number, number + 1.0]) for number in range(6)]
    root = parsed(trend.draw("p", "", "", ["a", "b"], lines))
    drawn = [each for each in root.iter(f"{SVG}g") if each.get("stroke")]
    looks = {(each.get("stroke"), each[0].get("stroke-dasharray"), each[1].get("d")) for each in drawn}
    assert len(looks) == len({dash for _stroke, dash, _mark in looks}) == len({mark for *_rest, mark in looks}) == 6


def test_names_at_the_ends_of_lines_do_not_lie_on_each_other():
    lines = [trend.Line(f"Đơn vị {number}", [50.0, 50.0]) for number in range(6)]
    root = parsed(trend.draw("p", "", "", ["a", "b"], lines, top=100))
    places = sorted(
        float(each.get("y", "0")) for each in root.iter(f"{SVG}text") if (each.text or "").startswith("Đơn vị")
    )
    assert len(places) == 6
    assert all(below - above >= 2 * drawing.SIZE for above, below in pairwise(places))
    assert places[0] > 0
    assert places[-1] < 300


def test_low_bars_are_hatched_and_very_low_ones_otherwise():
    drawn = [bars.Bar("a", 95.0), bars.Bar("b", 25.0, 1), bars.Bar("c", 10.0, 2)]
    fills = [
        each.get("fill")
        for each in parsed(bars.draw("p", "", "", drawn, top=100)).iter(f"{SVG}rect")
        if each.get("stroke") != drawing.LINE and each.get("stroke")
    ]
    assert fills == [drawing.BLUE, "url(#p-low)", "url(#p-very-low)"]


def test_a_bar_is_as_long_as_its_value_and_ends_at_the_top():
    drawn = [bars.Bar("a", 100.0), bars.Bar("b", 50.0), bars.Bar("c", 0.0), bars.Bar("d", 250.0)]
    widths = [
        float(each.get("width", "0"))
        for each in parsed(bars.draw("p", "", "", drawn, top=100)).iter(f"{SVG}rect")
        if each.get("stroke") == drawing.BLUE
    ]
    assert widths[1] == widths[0] / 2
    assert widths[2] == 0
    assert widths[3] == widths[0]


def test_every_cell_carries_its_value():
    svg = heat.draw("p", "", "", ["T1", "T2"], [heat.Row("a", [12.4, 99.6]), heat.Row("b", [None, 0.0])], top=100)
    assert [each for each in texts(svg) if each not in ("a", "b", "T1", "T2")] == ["12", "100", "–", "0"]


def test_bands_are_as_thick_as_many_documents_went():
    links = {("a", "b"): 30, ("a", "c"): 10, ("b", "a"): 0}
    svg = flow.draw("p", "", "", links, {"a": "A", "b": "B", "c": "C"}, ["a", "b", "c"])
    bands = [each.get("d", "") for each in parsed(svg).iter(f"{SVG}path")]
    assert len(bands) == 2, "what was never sent is not drawn"

    def thick(band: str) -> float:
        start, _curve, end = re.findall(r"M[\d.]+,([\d.]+)|V([\d.]+)|([\d.]+)Z", band)
        return float(end[2]) - float(start[0])

    assert thick(bands[0]) == pytest.approx(3 * thick(bands[1]), rel=0.01)
    assert "A → B: 30" in titles(svg)


def test_there_is_no_picture_of_nothing():
    assert bars.draw("p", "", "", []) == ""
    assert trend.draw("p", "", "", ["a"], [trend.Line("x", [None])]) == ""
    assert heat.draw("p", "", "", ["a"], [heat.Row("x", [None])]) == ""
    assert flow.draw("p", "", "", {("a", "b"): 0}, {}, []) == ""


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (None, "%", 1, "–"),
        (0, "", 0, "0"),
        (1234567, "", 0, "1.234.567"),
        (45.64, "%", 1, "45,6%"),
        (1234.5, "giờ", 1, "1.234,5 giờ"),
    ],
)
def test_figures_are_written_as_in_vietnam(value, unit, decimals, text):
    assert drawing.said(value, unit, decimals) == text


@pytest.mark.parametrize(
    ("values", "top"), [([0], 1), ([1], 1), ([3], 5), ([51], 100), ([1001], 2000), ([None, 24], 25)]
)
def test_the_axis_ends_at_a_round_number_above_all(values, top):
    assert drawing.ceiling(values) == top


def test_long_names_are_cut_with_an_ellipsis():
    assert drawing.cut("Đảng uỷ các cơ quan Đảng tỉnh", 80) == "Đảng uỷ c…"
    assert drawing.cut("Tỉnh uỷ", 80) == "Tỉnh uỷ"
