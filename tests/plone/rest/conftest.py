"""Talking to the site over HTTP, as another system does: `client("vanthu").post("/@incoming", json=…)`."""

import base64
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import requests
from plone.testing.layer import Layer

from party.operations.ledger import clock
from tests.office import Office
from tests.office import PASSWORD
from tests.plone.conftest import A_PDF


class Session(requests.Session):
    """A session with the addresses of one site: `get("/@desk")`."""

    def __init__(self, site: str) -> None:
        super().__init__()
        self.site = site
        self.headers["Accept"] = "application/json"

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:
        return super().request(method, url if url.startswith("http") else self.site + url, *args, **kwargs)


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
def letter(functional_office: Office) -> dict[str, Any]:
    """The body of `POST /@incoming` for the letter that came from Hanoi, by the unit's code."""
    return {
        "unit": "A40",
        "title": "V/v thực hiện một số nhiệm vụ trọng tâm",
        "type": "party.cong-van",
        "issuer": "Văn phòng Trung ương Đảng",
        "number_symbol": "15671-CV/VPTW",
        "document_date": "2026-11-20",
        "files": [in_body("15671.pdf")],
    }


def in_body(filename: str, content: bytes = A_PDF) -> dict[str, str]:
    """A small PDF as the body of a request carries it."""
    return {"filename": filename, "data": base64.b64encode(content).decode()}
