"""The front door as it is served: waitress, the front, the publisher with our request."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import Any

import pytest
import requests
import transaction
from plone.testing.layer import Layer
from Products.SiteAccess.VirtualHostMonster import manage_addVirtualHostMonster
from waitress.server import create_server
from ZPublisher.WSGIPublisher import publish_module

from party.operations import wsgi
from tests.office import Office
from tests.office import PASSWORD


class Door:
    """The address of the front door, and ways to knock at it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://localhost:{port}"

    def ask(self, path: str, login: str = "", method: str = "GET", **options: Any) -> requests.Response:
        """The answer to a request by the person of that login; redirects are not followed."""
        options.setdefault("auth", (login, PASSWORD) if login else None)
        options.setdefault("headers", {"Accept": "text/html"})
        return requests.request(method, self.url + path, allow_redirects=False, timeout=60, **options)

    def raw(self, request: str) -> bytes:
        """All bytes that come back for a request written by hand."""
        with socket.create_connection(("localhost", self.port), timeout=60) as connection:
            connection.sendall(request.encode())
            parts = []
            while part := connection.recv(65536):
                parts.append(part)
        return b"".join(parts)


def _serve(server: Any) -> None:
    # the loop may be waiting for sockets when they are closed under it
    with suppress(OSError):
        server.run()


@pytest.fixture
def door(functional: Layer, functional_office: Office, time: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The front door on a port of its own."""
    manage_addVirtualHostMonster(functional["app"], "virtual_hosting")
    transaction.commit()
    monkeypatch.setattr(wsgi, "SITE_ID", "plone")
    app = wsgi.Front(partial(publish_module, _request_factory=wsgi.SiteRequest))
    server = create_server(app, host="localhost", port=0, threads=2)
    thread = Thread(target=_serve, args=(server,), daemon=True)
    thread.start()
    yield Door(getattr(server, "effective_port", None) or server.effective_listen[0][1])
    server.task_dispatcher.shutdown()
    # the loop of waitress ends when all of its sockets do
    server.close()
    for each in list(server._map.values()):
        each.close()
    thread.join(10)
