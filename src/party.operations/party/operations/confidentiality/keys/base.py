"""What a provider of keys must do, and what it says when it cannot (nhà cung cấp khoá).

A key-encryption key (KEK, khoá mã hoá khoá) belongs to one scope: level, organ and year. A renewed scope has a new
generation; the older ones open what they have wrapped and wrap nothing new.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from party.operations import _
from party.operations.ledger.errors import Refused


class Unusable(RuntimeError):
    """Keys are configured and cannot be used: the sentence tells the operator what to mend."""


class Withheld(Refused):
    """The key exists elsewhere or was taken out of service (khoá bị thu giữ): the content stays sealed."""

    status = 503

    def __init__(self, **facts: object) -> None:
        super().__init__(_("Sealed: the key is not available. Nothing was changed; ask the security officer."), **facts)


class Broken(Refused):
    """What is stored is not what was sealed (dữ liệu bị sửa đổi trái phép)."""

    status = 500

    def __init__(self, **facts: object) -> None:
        super().__init__(
            _(
                "This record was changed by something other than the system, and nothing of it is shown. "
                "Tell the security officer."
            ),
            **facts,
        )


@dataclass(frozen=True)
class KeyFacts:
    """What may be known of a KEK; never the key."""

    id: str
    level: str
    organ: str
    year: int
    #: 1 for the first key of the scope
    generation: int
    made_on: date
    #: whether the scope wraps with it now
    current: bool
    withheld: bool


class KeyProvider(Protocol):
    """Keeps the KEKs. Every method may raise :class:`Withheld`."""

    def kek(self, level: str, organ: str, year: int) -> str:
        """The id of the current KEK of that scope, made when it is missing."""

    def wrap(self, kek: str, dek: bytes, label: bytes) -> bytes:
        """The data key ``dek`` sealed by the KEK and bound to ``label``."""

    def unwrap(self, kek: str, wrapped: bytes, label: bytes) -> bytes:
        """The data key again; raises :class:`Broken` where ``wrapped`` or ``label`` is not what it was."""

    def secret(self, purpose: str) -> bytes:
        """32 bytes, always the same for one purpose and unlike those of any other; rotation leaves them."""

    def facts(self) -> list[KeyFacts]:
        """All KEKs by scope and generation."""

    def renew(self, kek: str) -> str:
        """The id of a new generation of the KEK's scope; of the current one if the KEK was renewed already."""

    def withhold(self, kek: str) -> None:
        """Take a KEK out of service, at once and in every process."""

    def restore(self, kek: str) -> None:
        """Bring it back."""
