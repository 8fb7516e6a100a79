"""REST of the organisation: units, people, holidays. Each endpoint calls the operation of the same name."""
