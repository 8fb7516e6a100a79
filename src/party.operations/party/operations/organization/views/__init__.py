"""Pages and forms of the organisation: the tree, the page of a unit, what its administrator keeps, accounts, jobs."""
