"""Talking to the site over HTTP, as another system does: `client("vanthu").post("/@incoming", json=…)`."""

import base64
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import unquote
from urllib.parse import urlsplit

import pytest
import requests
from jsonschema import Draft202012Validator
from plone.testing.layer import Layer

from party.operations.ledger import clock
from party.operations.rest.openapi.get import registered
from tests.office import Office
from tests.office import PASSWORD
from tests.plone.conftest import A_PDF
from tests.plone.rest.examples import Examples


class Session(requests.Session):
    """A session with the addresses of one site: `get("/@desk")`. Every answer must have its described shape."""

    def __init__(self, site: str) -> None:
        super().__init__()
        self.site = site
        self.headers["Accept"] = "application/json"
        # the texts of the code, whatever the catalogue says
        self.headers["Accept-Language"] = "en"

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:
        answer = super().request(method, url if url.startswith("http") else self.site + url, *args, **kwargs)
        if answer.ok and answer.headers.get("Content-Type") == "application/json":
            self._check_shape(answer)
        return answer

    def _check_shape(self, answer: requests.Response) -> None:
        path = unquote(urlsplit(answer.request.url).path).removeprefix(urlsplit(self.site).path)
        noun, *segments = path.strip("/").split("/")
        for method, name, endpoint in registered():
            if (method, name) == (answer.request.method, noun) and endpoint.match(segments) is not None:
                Draft202012Validator(endpoint.answer).validate(answer.json())
                return


Client = Callable[..., Session]


@pytest.fixture
def client(functional: Layer, functional_office: Office, time: clock.Frozen) -> Iterator[Client]:
    """A session for each login; "" is somebody who does not log in."""
    address = functional["portal"].absolute_url().replace("nohost", f"localhost:{functional['port']}")
    with ExitStack() as open_sessions:

        def log_in(login: str) -> Session:
            session = open_sessions.enter_context(Session(address))
            if login:
                session.auth = (login, PASSWORD)
            return session

        yield log_in


@pytest.fixture
def letter() -> dict[str, Any]:
    """The body of `POST /@incoming` for the letter that came from Hanoi; the unit is named by its code."""
    return {
        "unit": "A40",
        "title": "V/v thực hiện một số nhiệm vụ trọng tâm",
        "type": "party.cong-van",
        "issuer": "Văn phòng Trung ương Đảng",
        "number_symbol": "15671-CV/VPTW",
        "document_date": "2026-11-20",
        "files": [in_body("15671.pdf")],
    }


@pytest.fixture
def examples(functional: Layer, functional_office: Office) -> Examples:
    """Keeps requests with their answers as examples of the documentation."""
    return Examples(functional_office, f"localhost:{functional['port']}/plone")


def in_body(filename: str, content: bytes = A_PDF) -> dict[str, str]:
    """A small PDF as the body of a request carries it."""
    return {"filename": filename, "data": base64.b64encode(content).decode()}
