"""Mail that the system sends (thư điện tử): composed and sent by the worker, to one person each, and nothing classified."""
