"""What the office knows already (điều đã biết): what a reading is checked against."""

from datetime import date
from typing import Protocol


class Known(Protocol):
    """Units, document types and the day, as the office has them; whoever asks for a reading gives one."""

    @property
    def today(self) -> date:
        """The day on which the letter is read."""

    def unit(self, text: str) -> tuple[str, str, bool] | None:
        """uid and name of the unit that has ``text`` as name, symbol or code, and whether only this one can be meant.

        ``text`` comes as it was printed, capitals included, perhaps with letters that were recognised wrongly; ``None`` when
        no unit is like it. The third is True only if the text is the unit's own and no other unit has it.
        """

    def types(self) -> dict[str, str]:
        """Document types: the token of the form and the printed name: ``{"party.cong-van": "Công văn"}``.

        Tokens begin with the regime, ``party.`` or ``state.``.
        """
