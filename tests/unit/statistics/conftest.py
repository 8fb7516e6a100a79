"""The ledger in both of its databases, without Plone."""

from tests.unit.ledger.conftest import ledger
from tests.unit.ledger.conftest import postgresql
from tests.unit.ledger.conftest import time


__all__ = ["ledger", "postgresql", "time"]
