"""Screens of documents: forms gather input and call one operation, pages show what the ledger and the files say."""
