"""What all pages share: the base of pages and of forms that call an operation, dates as they are written here."""
