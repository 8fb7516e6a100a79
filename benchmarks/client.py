"""Runs one function of a benchmark as a client of a site's database: ``client.py <zope.conf> <dotted name> <JSON>``.

The function takes the site and the members of the JSON object; what it returns is printed as JSON, and what it changed
is committed.
"""

import json
import sys

import transaction
from zope.component.hooks import setSite
from zope.dottedname.resolve import resolve

from party.operations.commands import open_root
from party.operations.site import SITE_ID


def main(zope_conf: str, function: str, arguments: str) -> None:
    """Call it on the site."""
    site = open_root(zope_conf)[SITE_ID]
    setSite(site)
    answer = resolve(function)(site, **json.loads(arguments))
    transaction.commit()
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
