"""The ledger (sổ cái): the SQL side of the system.

Number series, the event journal, the outbox and the rows behind every list. Rows are written in the same transaction
as the objects in the ZODB; see :mod:`.turn`. Other packages declare their own tables on :data:`.tables.metadata`.
"""
