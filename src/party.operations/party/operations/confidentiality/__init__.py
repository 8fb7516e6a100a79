"""Who may read what: levels, principals, grants (bảo mật).

What changes with time (posts, delegations, successions, the zone) lives in the principal set of a person; what an object
grants is static rows of the ledger. See :mod:`.principals` and :mod:`.grants`.
"""
