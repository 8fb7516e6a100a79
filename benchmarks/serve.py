"""A web server that serves two sites of one database: ours at the root, a stock Plone site below /stock.

``serve.py <wsgi.ini> <port> <threads> [<path> <file>]``: the pipeline of the profile, and beside it the
same publisher without our front.
"""

import random
import sys
import time
from collections.abc import Iterable
from functools import partial
from typing import Any

import waitress
from paste.deploy import loadapp
from ZPublisher.HTTPRequest import WSGIRequest
from ZPublisher.WSGIPublisher import publish_module

from benchmarks.profiling import Profiled


#: id of the stock site in the database's root, and its place on the server
STOCK = "stock"


class PatientRequest(WSGIRequest):
    """A request that is repeated after a conflict as soon as ours are: stock Zope would sleep for seconds."""

    def delay_retry(self) -> None:
        time.sleep(random.uniform(0.005, 0.1))


class BothSites:
    """Hands a request to the site that its path names."""

    def __init__(self, ours: Any) -> None:
        self.ours = ours
        self.stock = partial(publish_module, _request_factory=PatientRequest)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith(f"/{STOCK}/"):
            return self.ours(environ, start_response)
        host = environ["HTTP_HOST"]
        rest = path.removeprefix(f"/{STOCK}")
        environ["PATH_INFO"] = f"/VirtualHostBase/http/{host}/{STOCK}/VirtualHostRoot/_vh_{STOCK}{rest}"
        return self.stock(environ, start_response)


def main(ini: str, port: str, threads: str, *profile: str) -> None:
    """Serve until ended; ``profile`` is a path and the file that the profile of its requests goes to."""
    app: Any = BothSites(loadapp(f"config:{ini}", name="main"))
    if profile:
        app = Profiled(app, *profile)
    waitress.serve(app, host="localhost", port=int(port), threads=int(threads), channel_timeout=600)


if __name__ == "__main__":
    main(*sys.argv[1:])
