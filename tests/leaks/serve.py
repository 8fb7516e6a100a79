"""A web server with one layer of protection switched off: ``serve.py <wsgi.ini> <host:port> <layer>``.

The battery is run against it, to see that each of the others stops a reader alone. The product knows nothing of this: the
layer is taken away in the running process, after everything has been loaded.

==  =====================================================================
L0  the front lets every address and verb through
L1  everybody who is logged in has every permission on every record
L2  the gate stands open
L3  values are not sealed: what they were sealed into can be read
==  =====================================================================
"""

import sys
from collections.abc import Callable
from typing import Any

import waitress
from paste.deploy import loadapp


def without_front(app: Any) -> Any:
    """Every address, verb and header reaches the publisher as it was sent."""
    from party.operations import addresses
    from party.operations.site import SITE_ID
    from party.operations.wsgi import Front

    def publish(front: Any, environ: dict[str, Any], start_response: Any) -> Any:
        path, host = environ["PATH_INFO"], environ["HTTP_HOST"]
        environ["PATH_INFO"] = f"/VirtualHostBase/{environ['wsgi.url_scheme']}/{host}/{SITE_ID}/VirtualHostRoot{path}"
        return front.app(environ, start_response)

    Front.__call__ = publish
    addresses.is_open = addresses.names_are_open = lambda *asked: True
    return app


def without_class_map(app: Any) -> Any:
    """All permissions of all records for everybody with an account."""
    from AccessControl.Permission import getPermissionIdentifier
    from AccessControl.Permission import getPermissions

    from party.operations.documents.content import IncomingDocument
    from party.operations.documents.content import OutgoingDocument

    for cls in (IncomingDocument, OutgoingDocument):
        for permission in getPermissions():
            setattr(cls, getPermissionIdentifier(permission[0]), ("Authenticated", "Manager", "Record Reader"))
        cls.__ac_local_roles_block__ = False
    return app


def without_gate(app: Any) -> Any:
    """The gate lets everybody through."""
    from party.operations.confidentiality import gate

    gate.enter = lambda obj, request: None
    return app


def without_sealing(app: Any) -> Any:
    """What is sealed from now on stands in the record as it is, behind a byte; the stock attributes stay surrogates."""
    import pickle

    from party.operations.confidentiality import sealing

    sealing.seal = lambda key, field, value: pickle.dumps(value)
    sealing.unseal = lambda key, field, sealed: pickle.loads(sealed)  # noqa: S301 - written by the line above
    return app


LAYERS: dict[str, Callable[[Any], Any]] = {
    "": lambda app: app,
    "L0": without_front,
    "L1": without_class_map,
    "L2": without_gate,
    "L3": without_sealing,
}


def main(ini: str, address: str, layer: str = "") -> None:
    """Serve until ended."""
    app = LAYERS[layer](loadapp(f"config:{ini}", name="main"))
    waitress.serve(app, listen=address, threads=4, channel_timeout=600)


if __name__ == "__main__":
    main(*sys.argv[1:])
