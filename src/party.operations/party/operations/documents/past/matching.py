"""Which file belongs to which line (ghép tệp với dòng sổ).

Asked in this order: the column of file names, number and symbol in the name of the file, number and year in it. The
first that finds something decides. What fits no line, or two, is reported and given to none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from party.operations import _
from party.operations.documents.past import notes
from party.operations.documents.past.plan import Plan
from party.operations.text.folding import fold
from party.operations.text.symbols import match_key


#: source and name of a file
Ref = tuple[int, str]

_SEVERAL = re.compile(r"[;|\n]")
_NUMBER = re.compile(r"(?<!\d)0*(\d{1,7})(bis|[a-zđ]{1,2}(?![a-zđ]))?(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Loose:
    """A file that belongs to no line, and why."""

    name: str
    why: notes.Plain


class Names:
    """The files, found by what their names say."""

    def __init__(self, refs: Sequence[Ref]) -> None:
        self._by_name: dict[str, list[Ref]] = {}
        self._by_number: dict[str, list[tuple[str, Ref]]] = {}
        self._by_year: dict[tuple[str, str], list[Ref]] = {}
        for ref in refs:
            path = PurePosixPath(fold(ref[1]))
            for name in {path.name, path.stem}:
                self._by_name.setdefault(name, []).append(ref)
            number, _bar, words = match_key(PurePosixPath(ref[1]).stem).partition("|")
            if number:
                self._by_number.setdefault(number, []).append((words, ref))
            for key in _numbers_and_years(path):
                self._by_year.setdefault(key, []).append(ref)

    def named(self, text: str) -> list[Ref]:
        """Files that a cell names, by a path, a name or a name without its ending."""
        wanted = PurePosixPath(fold(text.replace("\\", "/")))
        found = self._by_name.get(wanted.name, [])
        if len(found) > 1 and len(wanted.parts) > 1:
            tail = "/".join(wanted.parts[-2:])
            found = [ref for ref in found if fold(ref[1]).endswith(tail)] or found
        return found

    def numbered(self, number_symbol: str) -> list[Ref]:
        """Files whose name is number and symbol, else those whose name begins with them."""
        number, _bar, words = match_key(number_symbol).partition("|")
        if not number or not words:
            return []
        there = self._by_number.get(number, [])
        return [ref for own, ref in there if own == words] or [ref for own, ref in there if own.startswith(words)]

    def of_year(self, number: str, year: int, only_year: bool) -> list[Ref]:
        """Files whose name, or whose folder and name, are number and year; without a year where there is but one."""
        found = self._by_year.get((number, str(year)), [])
        return found or (self._by_year.get((number, ""), []) if only_year else [])


def match(
    plans: "dict[int, Plan]", refs: Sequence[Ref], places: "dict[int, str]"
) -> tuple[dict[int, list[Ref]], list[Loose]]:
    """The files of each line by its number, with a note on what is not clear; and the files that are left.

    ``places`` are the lines as people count them.
    """
    names = Names(refs)
    years = {plan.day.year for plan in plans.values() if plan.day}
    crowd: dict[Ref, str] = {}
    for plan in plans.values():
        for each in _listed(plan):
            if not names.named(each):
                plan.warn(_("The file “${file}” is not among the files.", mapping={"file": each}))
    fits = {
        number: _alone(plan, _fitting(plan, names, len(years) == 1), places[number], crowd)
        for number, plan in plans.items()
    }
    lines_of: dict[Ref, list[int]] = {}
    for number, found in fits.items():
        for ref in found:
            lines_of.setdefault(ref, []).append(number)
    taken: dict[int, list[Ref]] = {}
    for number, found in fits.items():
        shared = [ref for ref in found if len(lines_of[ref]) > 1]
        for ref in shared:
            others = ", ".join(places[each] for each in lines_of[ref] if each != number)
            words = {"file": ref[1], "lines": others}
            plans[number].warn(_("“${file}” fits line ${lines} as well; it was given to none.", mapping=words))
        own = [ref for ref in found if ref not in shared]
        if own:
            taken[number] = own
    given = {ref for found in taken.values() for ref in found}
    return taken, [
        _loose(ref, [places[each] for each in lines_of.get(ref, ())], crowd.get(ref, ""))
        for ref in refs
        if ref not in given
    ]


def fitting(plans: "dict[int, Plan]", refs: Sequence[Ref]) -> set[Ref]:
    """The files that fit any of the lines, alone or not."""
    names = Names(refs)
    only_year = len({plan.day.year for plan in plans.values() if plan.day}) == 1
    return {ref for plan in plans.values() for found in _fitting(plan, names, only_year) for ref in found}


def _fitting(plan: Plan, names: Names, only_year: bool) -> list[list[Ref]]:
    """The files of one line, each place among those that fit it; several places only where its column names several."""
    if _listed(plan):
        return [names.named(each) for each in _listed(plan)]
    by_symbol = names.numbered(str(plan.fields.get("number_symbol") or ""))
    if by_symbol or not (plan.number and plan.day):
        return [by_symbol]
    return [names.of_year(f"{plan.number}{fold(plan.letters)}", plan.day.year, only_year)]


def _listed(plan: Plan) -> list[str]:
    """What the column of file names says."""
    return [each.strip() for each in _SEVERAL.split(plan.file) if each.strip()]


def _alone(plan: Plan, found: list[list[Ref]], place: str, crowd: dict[Ref, str]) -> list[Ref]:
    """The files that are alone in their place; the others are noted."""
    for each in found:
        if len(each) > 1:
            several = ", ".join(f"“{ref[1]}”" for ref in each[:5])
            plan.warn(_("Several files fit this line: ${files}. None was taken.", mapping={"files": several}))
            crowd.update(dict.fromkeys(each, place))
    return [each[0] for each in found if len(each) == 1]


def _loose(ref: Ref, lines: list[str], crowded: str) -> Loose:
    if lines:
        return Loose(ref[1], notes.plain(_("It fits several lines: ${lines}.", mapping={"lines": ", ".join(lines)})))
    if crowded:
        return Loose(ref[1], notes.plain(_("Several files fit line ${line}.", mapping={"line": crowded})))
    return Loose(ref[1], notes.plain(_("It fits no line.")))


def _numbers_and_years(path: PurePosixPath) -> "set[tuple[str, str]]":
    """What a name may say: 15-2019.pdf, 2019_015a.pdf, 2019/15.pdf, 15.pdf; of 1990-2019 both ways."""
    found = [(digits, letters) for digits, letters in _NUMBER.findall(path.stem)]
    if len(found) == 1:
        years = set(_YEAR.findall(path.parent.name))
        return {(_number(*found[0]), years.pop() if len(years) == 1 else "")}
    if len(found) != 2:
        return set()
    return {
        (_number(*one), other[0])
        for one, other in (found, reversed(found))
        if _YEAR.fullmatch(other[0]) and not other[1]
    }


def _number(digits: str, letters: str) -> str:
    return f"{int(digits)}{letters}"
