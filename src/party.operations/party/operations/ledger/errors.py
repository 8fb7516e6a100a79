"""What an operation answers when it does not do what was asked (từ chối thực hiện).

A rule returns ``True`` or a falsy :class:`No` with its reason; an operation that meets a ``No`` raises
:class:`NotAllowed`. Every message is a translatable sentence that says what was wrong and what to do.
"""

from transaction.interfaces import TransientError


class No:
    """A falsy answer of a rule, with the reason a screen shows beside the button that is off."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return f"No({self.reason!r})"


class Refused(Exception):
    """The operation was not done and nothing was changed. ``message`` is for the person who asked."""

    status = 400

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.message = message
        #: structured facts for machines (REST shows them beside the message)
        self.facts = facts


class Invalid(Refused):
    """The input cannot be taken as it is. ``field`` names the input at fault."""

    def __init__(self, message: str, field: str = "", **facts: object) -> None:
        super().__init__(message, field=field, **facts) if field else super().__init__(message, **facts)
        self.field = field


class NotAllowed(Refused):
    """The person may not do this now."""

    status = 403


class Missing(Refused):
    """What was named does not exist, or the person may not know of it."""

    status = 404


class Changed(Refused):
    """Somebody else changed the object since it was shown; nothing was overwritten."""

    status = 409


class NumberTaken(Refused):
    """The number is used already in its series."""

    status = 409


class DuplicateWarning(Refused):
    """The same paper seems to be here already; asking again with ``confirm`` does it anyway."""

    status = 409


class LedgerConflict(TransientError):
    """The database was busy or chose this transaction as a victim; the publisher repeats the request."""


def require(answer: "bool | No") -> None:
    """Raise :class:`NotAllowed` with the reason of a rule that said no."""
    if not answer:
        reason = answer.reason if isinstance(answer, No) else "Not allowed."
        raise NotAllowed(reason)
