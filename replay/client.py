"""One person at a browser (một người dùng): logs in by the form, works by REST with the session and its authenticator."""

import base64
import http.client
import json
import threading
import urllib.parse
from typing import Any


#: seconds that an answer may take
PATIENCE = 120

_local = threading.local()


class Refused(Exception):
    """An answer that is no success; ``status`` and what was said."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(f"{status} {said}")
        self.status = status


class Away(Exception):
    """The server did not answer, or is too busy: nobody knows if it was done."""


class Client:
    """The session of one person with the server at ``host``:``port``."""

    def __init__(self, port: int, login: str, password: str) -> None:
        self.port, self.login, self.password = port, login, password
        self.cookie = ""
        self.token = ""

    def log_in(self) -> None:
        """One credential check that opens a session; raises ``Refused`` where it opens none."""
        fields = {"__ac_name": self.login, "__ac_password": self.password, "buttons.login": "1", "came_from": ""}
        body = urllib.parse.urlencode(fields).encode()
        kinds = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
        status, headers, answer = self._send("POST", "/login", body, kinds)
        cookies = [value.split(";")[0] for name, value in headers if name.lower() == "set-cookie"]
        opened = [each for each in cookies if each.startswith("__ac_") and len(each) > 20]
        if status != 302 or not opened:
            raise Refused(status, _said(answer))
        self.cookie = opened[-1]

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The answer of a service; raises ``Refused`` where it says no."""
        content = json.dumps(body).encode()
        kinds = {"Content-Type": "application/json", "Accept": "application/json"}
        status, _headers, answer = self._send("POST", path, content, kinds | self._who())
        if status not in (200, 201):
            raise Refused(status, _said(answer))
        return json.loads(answer)

    def forget(self) -> None:
        """The session is over: what follows is authenticated by name and password, which opens no session."""
        self.cookie = self.token = ""

    def _who(self) -> dict[str, str]:
        if not self.cookie:
            pair = base64.b64encode(f"{self.login}:{self.password}".encode()).decode()
            return {"Authorization": f"Basic {pair}"}
        if not self.token:
            _status, _headers, answer = self._send(
                "GET", "/@@whoami", b"", {"Cookie": self.cookie, "Accept": "text/html"}
            )
            self.token = json.loads(answer)["token"]
        return {"Cookie": self.cookie, "X-CSRF-TOKEN": self.token}

    def _send(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Status, headers and body of an answer; raises ``Away``."""
        connection = _connection(self.port)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise Away(f"{type(error).__name__}: {error}") from error
        if answer.status == 503:
            raise Away(_said(content))
        return answer.status, answer.getheaders(), content


def _connection(port: int) -> http.client.HTTPConnection:
    """The connection of this thread with the server, kept open."""
    kept: dict[int, http.client.HTTPConnection] = _local.__dict__.setdefault("kept", {})
    if port not in kept:
        kept[port] = http.client.HTTPConnection("localhost", port, timeout=PATIENCE)
    return kept[port]


def _said(answer: bytes) -> str:
    return answer.decode("utf-8", "replace")[:500]
