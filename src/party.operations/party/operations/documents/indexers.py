"""What the catalogue may know of documents: nothing to search, as search is the ledger's."""

from plone.indexer import indexer

from party.operations.documents.content import Document


@indexer(Document)
def searchable_text(document: Document) -> str:
    """Empty: texts of documents do not go into the catalogue."""
    return ""
