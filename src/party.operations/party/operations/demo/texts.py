"""The texts of the letters (nội dung văn bản) in ``data/letters.toml``, as documents and as register entries."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from party.operations.confidentiality import levels
from party.operations.demo import letters
from party.operations.demo.organization import Demonstration
from party.operations.demo.staff import DATA
from party.operations.documents.vocabularies import document_types
from party.operations.documents.vocabularies import URGENCIES
from party.operations.organization import lookup
from party.operations.text.folding import fold
from party.operations.text.symbols import format_party


#: as printed on a document
_SECRECY = {"normal": "", "secret": "Mật", "top-secret": "Tối mật"}
_STAMPS = {"normal": "", "urgent": "Khẩn", "very_urgent": "Thượng khẩn", "flash": "Hoả tốc"}
assert _STAMPS.keys() == URGENCIES.keys()
assert _SECRECY.keys() == levels.LEVELS.keys()


@dataclass(frozen=True)
class Text:
    """One text with the unit that issues it; it is dated when it is used."""

    plain: dict[str, Any]
    #: code of the unit
    unit: str
    #: login of who signs inside the system, or the name of who signs outside it
    signer: str

    @property
    def type(self) -> str:
        """The key of its document type."""
        return f"party.{fold(self.plain['type']).replace(' ', '-')}"

    @property
    def level(self) -> str:
        """What its author proposes as its level."""
        return self.plain.get("level", levels.NORMAL)

    @property
    def basis(self) -> str:
        """Where the list of secrets names what it is about; empty at the level Normal."""
        return self.plain.get("basis", "")

    def number_symbol(self, demo: Demonstration, day: date) -> str:
        """Số và ký hiệu; without the number for what is numbered when it is issued."""
        number, symbol = self.plain.get("number"), lookup.symbol_on(demo.units[self.unit], day)
        type_symbol = document_types()[self.type].symbol
        return format_party(int(number), type_symbol, symbol) if number else f"-{type_symbol}/{symbol}"

    def facts(self, day: date) -> dict[str, Any]:
        """The fields that drafts and register entries share."""
        subject = self._filled(self.plain["subject"], day)
        title = f"V/v {subject}" if self.plain["type"] == "Công văn" else f"{subject[0].upper()}{subject[1:]}"
        return {"title": title, "type": self.type, "urgency": self.plain.get("urgency", "normal"), "pages": 1}

    def letter(self, demo: Demonstration, day: date, draft: str = "") -> letters.Letter:
        """The document dated ``day``."""
        plain = self.plain
        unit = lookup.unit(demo.units[self.unit])
        subject = self._filled(plain["subject"], day)
        above = lookup.unit(unit.parent) if unit.kind in ("board", "commune") else None
        return letters.Letter(
            type_name=plain["type"],
            subject=f"về việc {subject}" if plain["type"] == "Công văn" else subject,
            number_symbol=self.number_symbol(demo, day),
            # a board is named for its committee, which stands above it already
            issuer=unit.title.removesuffix(f" {above.title}") if above is not None else unit.title,
            superior=above.title if above is not None else "",
            place=lookup.unit_object(unit.uid).place,
            day=day,
            paragraphs=tuple(self._filled(each, day) for each in plain["text"].strip().split("\n\n")),
            to=tuple(plain.get("to", ())),
            copies=tuple(plain["copies"]),
            authority=plain["authority"],
            position=plain["position"],
            signer=demo.names.get(self.signer, self.signer),
            secrecy=_SECRECY[self.level],
            urgency=_STAMPS[plain.get("urgency", "normal")],
            draft=draft,
        )

    def _filled(self, text: str, day: date) -> str:
        return text.format(month=day.month, year=day.year)


def text(key: str, unit: str = "", signer: str = "") -> Text:
    """The text of that key, also as another unit would issue it."""
    plain = _all()[key]
    return Text(plain, unit or plain["from"], signer or plain["signer"])


@cache
def _all() -> dict[str, dict[str, Any]]:
    with (DATA / "letters.toml").open("rb") as stream:
        return tomllib.load(stream)
