"""Sentences that are kept with a line (lời ghi): translated when they are shown, not when they are written."""

from typing import Any

from zope.i18nmessageid import Message


Plain = dict[str, Any]


def plain(message: str) -> Plain:
    """A message of ours as plain data."""
    mapping = getattr(message, "mapping", None) or {}
    words = {name: plain(value) if isinstance(value, Message) else str(value) for name, value in mapping.items()}
    return {"id": str(message), "words": words}


def message(kept: Plain) -> Message:
    """The message that was kept."""
    words = {name: message(value) if isinstance(value, dict) else value for name, value in kept["words"].items()}
    return Message(kept["id"], "party.operations", mapping=words)
