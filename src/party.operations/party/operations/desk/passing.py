"""Passing many chosen rows on (chuyển nhiều văn bản): ``@@pass-on``, asked once for each.

So each is done or not by itself, and what was not is told with its reason.
"""

import json

from party.operations.documents import operations
from party.operations.documents.views.people import parse_key
from party.operations.ui.dates import typed_day
from party.operations.ui.pages import Page


class PassOn(Page):
    """POST ``document``, ``to`` (the key of a picker), ``capacity``, ``directive``, ``deadline``; a refusal comes as JSON."""

    def __call__(self) -> str:
        """``{"slips": [id]}``; a GET is refused."""
        response = self.request.response
        response.setHeader("Content-Type", "application/json")
        if self.request.get("REQUEST_METHOD") != "POST":
            response.setStatus(405)
            response.setHeader("Allow", "POST")
            return "{}"
        asked = {
            name: str(self.request.form.get(name, "")).strip() for name in ("document", "to", "directive", "deadline")
        }
        capacity = str(self.request.form.get("capacity", "lead"))
        deadline = typed_day(asked["deadline"], "deadline")
        to = parse_key(asked["to"], capacity)
        made = operations.transfer(asked["document"], [to], directive=asked["directive"], deadline=deadline)
        return json.dumps({"slips": made})
