"""Pages of security officers and auditors; for everybody else there is nothing at their addresses."""
