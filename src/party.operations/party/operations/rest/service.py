"""The base of every service: finds the endpoint, reads, calls, answers. One class serves one noun and one HTTP verb."""

import json
from typing import Any

import transaction
from AccessControl import getSecurityManager
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi import services
from zExceptions import NotFound
from zope.component import getUtilitiesFor
from zope.component.hooks import getSite
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse

from party.operations.ledger import items
from party.operations.ledger import requests
from party.operations.ledger.errors import Refused
from party.operations.ledger.operation import assert_meant
from party.operations.rest import errors
from party.operations.rest import reading
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.endpoints import seen_revision
from party.operations.rest.interfaces import IDoor
from party.operations.rest.writing import plain


@implementer(IPublishTraverse)
class Service(services.Service):
    """Serves its :attr:`endpoints`. A refusal is an answer; any other error leaves as an exception, for ``errors``."""

    #: what stands below the noun for this HTTP verb
    endpoints: "tuple[Endpoint, ...]" = ()

    def __init__(self, context: Any, request: Any) -> None:
        super().__init__(context, request)
        self.segments: list[str] = []

    def publishTraverse(self, request: Any, name: str) -> "Service":
        """Take the rest of the path."""
        self.segments.append(name)
        return self

    def render(self) -> Any:
        """Answer the request."""
        self.check_permission()
        try:
            return self._answer()
        except Refused as refusal:
            # nothing of it is kept, also where no turn was open yet
            transaction.doom()
            return errors.body(errors.refused(refusal), self.request.response)

    def _answer(self) -> Any:
        endpoint, path = self._find()
        for _name, door in getUtilitiesFor(IDoor):
            door(endpoint)
        call = Call(self.request, path, reading.read_query(self._query(endpoint), endpoint.query))
        if self.method == "GET":
            answer, status = endpoint.act(call), 200
        else:
            answer, status = self._change(endpoint, call)
        return self._written(answer, status)

    def _find(self) -> tuple[Endpoint, dict[str, str]]:
        for endpoint in self.endpoints:
            path = endpoint.match(self.segments)
            if path is not None:
                return endpoint, path
        raise NotFound("/".join(self.segments))

    def _query(self, endpoint: Endpoint) -> dict[str, Any]:
        form = self.request.form
        if self.method == "GET":
            return dict(form)
        # there the fields of a sent form stand among the parameters of the address
        return {name: form[name] for name in endpoint.query["properties"] if name in form}

    def _change(self, endpoint: Endpoint, call: Call) -> tuple[Any, int]:
        assert_meant()
        # the request was meant, so plone.protect need not ask once more
        alsoProvides(self.request, IDisableCSRFProtection)
        shape = endpoint.body_shape(self.method)
        if shape is not None:
            call.body = reading.read(reading.json_object(self.request.get("BODY", b"")), shape)
        identifier = call.body.pop("externalIdentifier", None)
        call.seen = seen_revision(call.body, self.request.getHeader("If-Match", "")) if endpoint.revised else None
        with endpoint.within(call):
            if identifier is None:
                return plain(endpoint.act(call)), 201 if endpoint.makes else 200
            person = getSecurityManager().getUser().getId()
            target = "/".join((self.__name__.rpartition("_")[2], *self.segments))
            answer, new = requests.once(person, identifier, target, lambda: plain(endpoint.act(call)), _is_there)
            return answer, 201 if new else 200

    def _written(self, answer: Any, status: int) -> Any:
        response = self.request.response
        response.setStatus(status)
        response.setHeader("Cache-Control", "private, no-cache")
        if not isinstance(answer, (dict, list)):
            return answer
        response.setHeader("Content-Type", "application/json")
        if isinstance(answer, dict):
            if "revision" in answer:
                response.setHeader("ETag", f'"{answer["revision"]}"')
            if status == 201 and "@id" in answer:
                response.setHeader("Location", answer["@id"])
        return json.dumps(plain(answer), ensure_ascii=False, indent=2)


def _is_there(answer: dict[str, Any]) -> bool:
    """Is the record in the ZODB that an earlier answer names?"""
    row = items.find(str(answer.get("uid", "")))
    return row is None or getSite().unrestrictedTraverse(row.path, None) is not None
