"""Takes our site out of a database that was kept, so that it is made anew: ``stock_kept.py <socket of the server>``."""

import sys

import transaction
import ZEO

from party.operations.site import SITE_ID


def main(socket: str) -> None:
    """Remove the site as an object among others, without asking it."""
    database = ZEO.DB(socket, wait_timeout=60)
    with database.transaction() as connection:
        app = connection.root()["Application"]
        app._objects = tuple(each for each in app._objects if each["id"] != SITE_ID)
        if SITE_ID in vars(app):
            delattr(app, SITE_ID)
    transaction.abort()
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
