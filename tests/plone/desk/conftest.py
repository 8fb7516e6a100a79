"""Browsers for each login, and doing something beside them."""

from tests.plone.documents.conftest import act  # noqa: F401 - fixtures are found by their names here
from tests.plone.documents.conftest import browse  # noqa: F401
from tests.plone.documents.conftest import letter  # noqa: F401
