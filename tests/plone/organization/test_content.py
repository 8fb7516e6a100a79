"""Classes of stored objects."""

import pytest
from plone.dexterity.content import DexterityContent

from party.operations.documents import content as documents
from party.operations.organization import content as organization


CLASSES = [
    each
    for module in (organization, documents)
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, DexterityContent)
]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_no_class_declares_a_type_for_an_attribute(cls: type) -> None:
    # a declared type makes ``__annotations__`` on the class, in which zope.annotation would keep what belongs to each
    # object: one dict for all of them, lost at the next start
    ours = [each for each in cls.__mro__ if each.__module__.startswith("party.")]
    assert [each.__name__ for each in ours if vars(each).get("__annotations__")] == []
