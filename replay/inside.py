"""Runs one function as a client of the database: ``inside.py <zope.conf> <dotted name> <JSON>``.

The function takes the root of the database and the members of the JSON object; what it returns is printed as JSON, and
what it changed is committed.
"""

import json
import os
import sys

import transaction
from zope.dottedname.resolve import resolve

from party.operations.commands import open_root


def main(zope_conf: str, function: str, arguments: str) -> None:
    """Call it."""
    os.umask(0o077)
    answer = resolve(function)(open_root(zope_conf), **json.loads(arguments))
    transaction.commit()
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
