"""Units by their names in decisions and tables (tên đơn vị trong văn bản): “An Giang” for “Tỉnh uỷ An Giang”."""

import sqlalchemy as sa

from party.operations.ledger import turn
from party.operations.organization import rules
from party.operations.organization.merging.plan import Plan
from party.operations.organization.tables import codes
from party.operations.text.folding import search_key


#: words before the name of a place, as :func:`search_key` writes them
_BEFORE = tuple(
    f"{search_key(each)} "
    for each in (
        "Ban Chấp hành Đảng bộ",
        "Đảng bộ",
        "Đảng uỷ",
        "Tỉnh uỷ",
        "Thành uỷ",
        "Huyện uỷ",
        "Thành phố",
        "Tỉnh",
        "Huyện",
        "Quận",
        "Thị xã",
        "Phường",
        "Xã",
        "Đặc khu",
        "TP",
    )
)
#: of these the name of the place is enough
_PROVINCE = tuple(f"{search_key(each)} " for each in ("Tỉnh", "Thành phố", "TP"))


class Names:
    """The open units within a plan, to be found by code, by name, or by the place they are named after."""

    def __init__(self, plan: Plan) -> None:
        within = plan.row.unit
        owners = turn.rows(sa.select(codes.c.key, codes.c.unit))
        self._codes = {each.key: each.unit for each in owners if plan.covers(each.unit)}
        self._names: dict[str, list[str]] = {}
        self._depths: dict[str, int] = {}
        for each in plan.units.values():
            if rules.takes_part(each) and plan.covers(each.uid) and each.uid != within:
                self._depths[each.uid] = each.lineage.count("/")
                for key in {*_shorter(search_key(each.title)), search_key(each.short_name)} - {""}:
                    self._names.setdefault(key, []).append(each.uid)

    def find(self, text: str) -> list[str]:
        """uids of the units that ``text`` may mean: one when it is clear, several or none else.

        Of a province and a commune of one name the province is meant, unless the text says which.
        """
        by_code = self._codes.get(text.strip().upper())
        if by_code is not None:
            return [by_code]
        key = search_key(text)
        found = self._names.get(key)
        if found is None and key.startswith(_PROVINCE):
            found = self._names.get(_shorter(key)[-1])
        highest = min((self._depths[each] for each in found or ()), default=0)
        return [each for each in found or () if self._depths[each] == highest]


def _shorter(key: str) -> list[str]:
    """A name and what is left of it without its words of kind, one after the other, down to the place."""
    found = [key]
    while (before := next((each for each in _BEFORE if found[-1].startswith(each)), "")) != "":
        found.append(found[-1].removeprefix(before))
    return found
