"""What tests of finding do again and again."""

from tests.plone.documents.conftest import letter
from tests.plone.documents.conftest import outgoing


__all__ = ["letter", "outgoing"]
