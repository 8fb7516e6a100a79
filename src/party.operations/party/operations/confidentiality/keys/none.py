"""No keys at all (không có khoá): the Internet process. Whatever is asked for is withheld."""

from typing import NoReturn

from party.operations.confidentiality.keys.base import KeyFacts
from party.operations.confidentiality.keys.base import Withheld


class NoKeys:
    """A key provider without keys."""

    def kek(self, level: str, organ: str, year: int) -> str:
        """Withheld."""
        self._refuse()

    def wrap(self, kek: str, dek: bytes, label: bytes) -> bytes:
        """Withheld."""
        self._refuse()

    def unwrap(self, kek: str, wrapped: bytes, label: bytes) -> bytes:
        """Withheld."""
        self._refuse()

    def secret(self, purpose: str) -> bytes:
        """Withheld."""
        self._refuse()

    def facts(self) -> list[KeyFacts]:
        """Withheld."""
        self._refuse()

    def renew(self, kek: str) -> str:
        """Withheld."""
        self._refuse()

    def withhold(self, kek: str) -> None:
        """Withheld."""
        self._refuse()

    def restore(self, kek: str) -> None:
        """Withheld."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise Withheld
