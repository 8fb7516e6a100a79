"""Who wrote to us (cơ quan ban hành): units of the system as completions of a typed issuer."""

from party.operations.organization import lookup
from party.operations.ui.suggest import Suggestions


class Issuers(Suggestions):
    """Units by any part of their name, or by a code."""

    def found(self, text: str) -> list[dict[str, str]]:
        """Up to 20 units with the unit above each."""
        if not text:
            return []
        rows = lookup.search_units(text)
        above = lookup.unit_titles({each.parent for each in rows})
        return [{"id": each.uid, "label": each.title, "hint": above.get(each.parent, "")} for each in rows]
