"""Examples of the documentation (docs/rest/examples), written by the tests that send them.

What differs from run to run (ids, tokens, the port) is replaced by something stable. An example that is no longer what
is sent and answered fails its test; `PARTY_WRITE_DOCS=1` renews it.
"""

import hashlib
import json
import os
import re
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote

import requests

from tests.office import Office


FOLDER = Path(__file__).parents[3] / "docs/rest/examples"

_REQUEST_HEADERS = ("Accept", "Accept-Language", "Authorization", "Content-Type", "Content-Disposition", "If-Match")
_ANSWER_HEADERS = ("Content-Type", "Content-Disposition", "ETag", "Location")
#: uids and tokens, ids of people, ids of files, ids of rows
_VOLATILE = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{32}|p[0-9a-f]{16}|[0-9a-f]{16}|\d{15,16})(?![0-9a-f])")
_TOKEN = re.compile(r"ey[\w-]+\.[\w-]+\.[\w-]+")
_BASE64 = re.compile(r'("data": "[\w+/]{16})[\w+/=]+"')


class Examples:
    """Called with a name and an answer, keeps the request and the answer under that name."""

    def __init__(self, office: Office, address: str) -> None:
        self.address = address
        self.stable: dict[str, str] = {}
        for kind in (office.units, office.people, office.registers):
            for name, uid in kind.items():
                self._replace(uid, name)

    def __call__(self, name: str, answer: requests.Response) -> None:
        """Compare with the stored example, or store it."""
        path, content = FOLDER / f"{name}.http", self._written(answer)
        if os.environ.get("PARTY_WRITE_DOCS"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        stored = path.read_text(encoding="utf-8") if path.exists() else ""
        assert content == stored, f"{path.name} is stale: PARTY_WRITE_DOCS=1 renews it."

    def _written(self, answer: requests.Response) -> str:
        request = answer.request
        lines = [f"{request.method} {unquote(request.path_url).removeprefix('/plone')} HTTP/1.1"]
        lines += self._headers(request.headers, _REQUEST_HEADERS)
        lines += self._body(request.body, request.headers.get("Content-Type", ""))
        lines += ["", f"HTTP/1.1 {answer.status_code} {HTTPStatus(answer.status_code).phrase}"]
        lines += self._headers(answer.headers, _ANSWER_HEADERS)
        lines += self._body(answer.content, answer.headers["Content-Type"])
        content = "\n".join(lines) + "\n"
        content = content.replace(f"http://{self.address}", "https://office.example")
        content = _TOKEN.sub("eyJhbGciOi…", _BASE64.sub(r'\1…"', content))
        return _VOLATILE.sub(lambda found: self._replace(found[0]), content)

    def _headers(self, headers: "requests.structures.CaseInsensitiveDict[str]", shown: tuple[str, ...]) -> list[str]:
        kept = {name: headers[name] for name in shown if name in headers}
        if "Basic" in kept.get("Authorization", ""):
            kept["Authorization"] = "Basic …"
        if kept.get("Content-Type", "").startswith("multipart"):
            kept["Content-Type"] = "multipart/form-data; boundary=…"
        return [f"{name}: {value}" for name, value in kept.items()]

    def _body(self, body: "bytes | str | None", media_type: str) -> list[str]:
        if not body:
            return []
        if media_type != "application/json":
            return ["", f"… {len(body)} bytes …"]
        return ["", json.dumps(json.loads(body), ensure_ascii=False, indent=2)]

    def _replace(self, found: str, name: str = "") -> str:
        if found not in self.stable:
            if found.isdigit():
                self.stable[found] = str(101 + sum(each.isdigit() for each in self.stable))
                return self.stable[found]
            digest = hashlib.sha256((name or f"example {len(self.stable)}").encode()).hexdigest()
            self.stable[found] = f"p{digest[:16]}" if found.startswith("p") else digest[: len(found)]
        return self.stable[found]
