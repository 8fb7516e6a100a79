"""Recipients in a request (nơi nhận, người nhận trong yêu cầu), with units named by uid or code."""

from typing import Any

from party.operations.documents.recipients import Addressee
from party.operations.organization.services.references import unit_uid


def addressees(plain: list[dict[str, Any]]) -> list[Addressee]:
    """Whom a slip or a review goes to."""
    return [Addressee.parse(_with_units(each)) for each in plain]


def recipients(plain: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Whom an issued document is sent to."""
    return [_with_units(each) for each in plain]


def _with_units(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: unit_uid(value) if value and name in ("unit", "within") else value for name, value in plain.items()}
