"""The whole site as files and back (kết xuất, khôi phục): ``bin/party export DIR`` and ``bin/party import DIR``.

collective.exportimport serialises; its hooks add what a record has beside its fields: all attributes, files and rows of
the ledger. Records come back through the ``restore_*`` operations with uid, numbers, revisions and the ids of all rows;
other content of Plone through collective.exportimport itself.

A directory holds ``manifest.json`` (written last), ``site.json`` (what belongs to no single document), one file for
each object under ``objects/`` and each file once under ``blobs/`` by its SHA-256.
"""
