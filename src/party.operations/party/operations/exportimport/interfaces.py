"""Interfaces of the export."""

from party.operations.interfaces import IPartyLayer


class IExportRequest(IPartyLayer):
    """Marks the request of an export by the command line: records are serialised as a whole."""
