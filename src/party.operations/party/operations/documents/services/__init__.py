"""REST of documents: what arrives, what is drafted and issued, slips, deliveries, the desk, files put aside.

Each endpoint calls the operation of the same name; ``facts`` is what is shown of a document.
"""
