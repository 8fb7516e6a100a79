"""What is said of classified work: nothing that is small can be computed from all that is given, of whatever reports."""

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from party.operations.statistics import classified
from party.operations.statistics.classified import Cell
from party.operations.statistics.classified import LEAST
from party.operations.statistics.structure import Tree
from party.operations.statistics.structure import WHOLE


@some.composite
def sites(draw: Any) -> tuple[Tree, dict[str, int]]:
    """A tree of units and the cases of each by itself, mostly few."""
    count = draw(some.integers(1, 14))
    uids = [f"u{number:02}" for number in range(count)]
    parents = {uid: draw(some.sampled_from([WHOLE, *uids[:at]])) for at, uid in enumerate(uids)}
    cases = {uid: draw(some.one_of(some.just(0), some.integers(0, 9), some.integers(0, 60))) for uid in uids}
    rows = dict.fromkeys(uids, SimpleNamespace(kind="board"))
    return Tree(SimpleNamespace(rows=rows), parents), cases


def tables(tree: Tree, cases: dict[str, int]) -> dict[str, dict[tuple[str, bool], int]]:
    """The true counts: for each unit its parts."""
    sums: dict[str, int] = defaultdict(int)
    for uid, count in cases.items():
        for above in tree.line(uid):
            sums[above] += count
    found: dict[str, dict[tuple[str, bool], int]] = {WHOLE: {}}
    for uid in tree.units.rows:
        found.setdefault(uid, {})[uid, True] = cases[uid]
        found.setdefault(tree.parents[uid], {})[uid, False] = sums[uid]
    return found


@given(sites())
def test_what_is_given_is_true_and_never_small(site):
    tree, cases = site
    found = classified.grid(tree, cases)
    whole = sum(cases.values())
    assert found[WHOLE, False] == (Cell(whole) if whole >= LEAST else Cell(more=True, small=True))
    for parts in tables(tree, cases).values():
        for place, count in parts.items():
            cell = found[place]
            assert cell.more or (cell.given == count and count >= LEAST)
            assert not cell.small or count < LEAST


@given(sites())
def test_what_is_not_given_cannot_be_computed_from_what_is(site):
    tree, cases = site
    found = classified.grid(tree, cases)
    for unit, parts in tables(tree, cases).items():
        total = found[unit, False]
        hidden = {place: count for place, count in parts.items() if found[place].more}
        if total.more:
            # a total that is not given, and all below it, says nothing that could be subtracted
            assert hidden.keys() == parts.keys()
            continue
        if not hidden:
            continue
        left = total.given - sum(count for place, count in parts.items() if place not in hidden)
        small = [place for place in hidden if found[place].small]
        others = len(hidden) - len(small)
        # who knows the rule knows that what is withheld beside small ones is no smaller than the least
        floor = LEAST if small else 0
        for place in hidden:
            if found[place].small:
                assert others
                assert left - floor * others >= LEAST - 1, "each small one may be 4"
            else:
                beside = (LEAST - 1) * len(small) if small else left
                low = max(floor, left - beside) if others == 1 else floor
                high = left - floor * (others - 1)
                assert high - low >= LEAST - 1, "what is withheld may be many things"


@given(some.lists(sites().map(lambda site: site[1]), min_size=1, max_size=4))
def test_a_longer_period_says_no_more_than_its_months(months):
    uids = sorted({uid for cases in months for uid in cases})
    tree = Tree(SimpleNamespace(rows=dict.fromkeys(uids, SimpleNamespace(kind="board"))), dict.fromkeys(uids, WHOLE))
    grids = [classified.grid(tree, cases) for cases in months]
    whole = classified.Cells([dict.fromkeys(classified.ADDED, grid) for grid in grids])
    for uid in uids:
        cell = whole.of(uid)["incoming"]
        parts = [grid[uid, False] for grid in grids]
        assert cell.given == sum(each.given for each in parts)
        assert cell.more == any(each.more for each in parts)


def test_a_cell_is_written_so_that_nobody_takes_it_for_the_whole():
    assert str(Cell(7)) == "7"
    assert str(Cell(7, more=True)) == "≥7"
    assert str(Cell(more=True, small=True)) == "<5"
    assert str(Cell(more=True)) == "…"
