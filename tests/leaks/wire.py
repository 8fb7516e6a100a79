"""The site seen from outside: requests over kept connections, and over a bare socket where every byte counts."""

import base64
import http.client
import json
import socket
import threading
import time
from dataclasses import dataclass
from dataclasses import field
from typing import Any
from urllib.parse import quote
from urllib.parse import urlsplit


TIMEOUT = 120
JSON = {"Accept": "application/json"}


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers in their order, body as it was sent, seconds."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    seconds: float

    def header(self, name: str) -> str:
        """The value of a header, "" without one."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def everything(self) -> bytes:
        """Headers and body: what is searched."""
        lines = "".join(f"{key}: {value}\n" for key, value in self.headers)
        return lines.encode("latin-1", "replace") + b"\n" + self.body

    def json(self) -> Any:
        """The body as JSON; an error that shows it when the request was refused."""
        if self.status >= 400:
            raise RefusedError(f"{self.status}: {self.body[:600].decode(errors='replace')}")
        return json.loads(self.body)


class RefusedError(Exception):
    """A request of the harness itself was refused."""


@dataclass
class Door:
    """One front door of the site, ``http://host:port``."""

    url: str
    _local: threading.local = field(default_factory=threading.local, repr=False)

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        parts = urlsplit(self.url)
        return parts.hostname or "localhost", parts.port or 80

    def ask(self, verb: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> Answer:
        """One request; ``path`` may hold spaces and Vietnamese letters."""
        sent = {"Host": urlsplit(self.url).netloc, "Accept-Language": "vi", **(headers or {})}
        began = time.perf_counter()
        for last in (False, True):
            connection = self._connection()
            try:
                connection.request(verb, quote("/" + path.lstrip("/"), safe="/%?&=+:@$!*'(),;~[]"), body, sent)
                got = connection.getresponse()
                content = got.read()
            except (OSError, http.client.HTTPException):
                connection.close()
                self._local.connection = None
                if last:
                    raise
                continue
            return Answer(got.status, tuple(got.getheaders()), content, time.perf_counter() - began)
        raise AssertionError

    def bare(self, request: bytes, wait: float = 5) -> bytes:
        """Every byte the server sends for ``request`` until it closes the connection."""
        with socket.create_connection(self.address, wait) as connection:
            connection.sendall(request)
            got = b""
            try:
                while chunk := connection.recv(65536):
                    got += chunk
            except TimeoutError:
                pass
        return got

    def _connection(self) -> http.client.HTTPConnection:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = http.client.HTTPConnection(*self.address, timeout=TIMEOUT)
        return connection


@dataclass(frozen=True)
class Person:
    """Somebody at a door: with a password sent along, with headers that say who it is, or (without either) nobody."""

    name: str
    door: Door
    login: str = ""
    password: str = ""
    sent: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def credentials(self) -> dict[str, str]:
        """The headers that say who asks."""
        if self.sent or not self.login:
            return self.sent
        word = base64.b64encode(f"{self.login}:{self.password}".encode()).decode()
        return {"Authorization": f"Basic {word}"}

    def ask(self, verb: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> Answer:
        """One request as this person."""
        return self.door.ask(verb, path, {**self.credentials, **(headers or {})}, body)

    def get(self, path: str) -> Any:
        """What a service answers."""
        return self.ask("GET", path, JSON).json()

    def post(self, path: str, **body: Any) -> Any:
        """What an operation answers."""
        return self.ask("POST", path, JSON | {"Content-Type": "application/json"}, json.dumps(body).encode()).json()
