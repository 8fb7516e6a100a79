"""The catalogue knows where a record is and who reads it, and nothing that it says."""

import pytest
from plone import api

from party.operations.confidentiality import tokens
from party.operations.documents import operations


@pytest.fixture
def letter(office, be, pdf):
    with be("vanthu"):
        return operations.register_incoming(
            office.units["tinh"],
            [pdf()],
            title="V/v kiểm tra dấu hiệu vi phạm",
            type="party.cong-van",
            issuer="Uỷ ban Kiểm tra",
        )


def test_no_word_of_a_record_is_in_the_catalogue(letter):
    catalog = api.portal.get_tool("portal_catalog")
    brain = catalog.unrestrictedSearchResults(UID=letter.UID())[0]
    assert "vi phạm" not in str(catalog.getMetadataForRID(brain.getRID()))
    assert "vi phạm" not in str(catalog.getIndexDataForRID(brain.getRID()))
    assert not catalog.unrestrictedSearchResults(SearchableText="phạm")


def test_a_record_is_found_by_its_place_state_and_readers(letter, office, be):
    catalog = api.portal.get_tool("portal_catalog")
    brain = catalog.unrestrictedSearchResults(UID=letter.UID())[0]
    assert (brain.portal_type, brain.review_state, brain.getId) == ("IncomingDocument", "registered", letter.getId())
    data = catalog.getIndexDataForRID(brain.getRID())
    registry = tokens.unit(office.units["tinh"], "registry")
    leader = tokens.unit(office.units["tinh"], "leader")
    assert set(data["allowedRolesAndUsers"]) == {"Record Reader", f"user:{registry}", f"user:{leader}"}
    for login, count in (("vanthu", 1), ("lanhdao", 1), ("vanthu.xa", 0)):
        with be(login):
            assert len(catalog.searchResults(UID=letter.UID())) == count


def test_registering_does_not_write_the_shelf_that_everybody_registers_in(office, be, pdf, letter):
    shelf = letter.__parent__
    before = shelf.modification_date
    with be("vanthu"):
        operations.register_incoming(
            office.units["tinh"], [pdf()], title="V/v khác", type="party.cong-van", issuer="Uỷ ban Kiểm tra"
        )
    assert shelf.modification_date == before
    assert not shelf._p_changed
