"""The worker: does each job as the person named in it, once, and goes on after a failure."""

from collections.abc import Callable
from collections.abc import Iterator
from typing import Any

import pytest
import transaction
from zope.annotation.interfaces import IAnnotations
from zope.component import provideUtility
from zope.component.globalregistry import getGlobalSiteManager
from zope.globalrequest import getRequest
from zope.interface import provider

from party.operations import worker
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.ledger import clock
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.outbox import IJob
from party.operations.organization import lookup
from party.operations.organization import operations as organization
from tests.office import Office


Job = Callable[[Any, dict[str, Any]], None]


@pytest.fixture
def job() -> Iterator[Callable[[Job], None]]:
    """``job(function)`` makes it do the jobs of the kind "test"."""
    made: list[Job] = []

    def register(function: Job) -> None:
        made.append(provider(IJob)(function))
        provideUtility(function, IJob, "test")

    yield register
    for each in made:
        getGlobalSiteManager().unregisterUtility(each, IJob, "test")


def enqueue(person: str, key: str = "key", **payload: Any) -> None:
    with turn.turn():
        outbox.enqueue("test", key, payload, person)
    transaction.commit()


def test_a_job_is_done_as_the_person_named_in_it(
    committing_office: Office, functional_portal: Any, job: Callable[[Job], None]
) -> None:
    seen: list[tuple[str, Any]] = []
    job(lambda site, payload: seen.append((actor.current(), payload)))
    enqueue(committing_office.people["vanthu"], file=1)
    assert worker.work(functional_portal) == 1
    assert seen == [(committing_office.people["vanthu"], {"file": 1})]
    assert actor.current() == actor.SYSTEM
    assert outbox.listing("done")


def test_a_job_of_the_system_is_done_as_the_system(
    committing_office: Office, functional_portal: Any, job: Callable[[Job], None]
) -> None:
    seen: list[str] = []
    job(lambda site, payload: seen.append(actor.current()))
    enqueue(actor.SYSTEM)
    worker.work(functional_portal)
    assert seen == [actor.SYSTEM]


def test_what_a_job_writes_is_committed_with_its_end(
    committing_office: Office, functional_portal: Any, job: Callable[[Job], None]
) -> None:
    def rename(site: Any, payload: dict[str, Any]) -> None:
        organization.change_unit(payload["unit"], short_name="Tỉnh uỷ LS")

    job(rename)
    enqueue(committing_office.people["quantri"], unit=committing_office.units["tinh"])
    worker.work(functional_portal)
    transaction.abort()
    assert lookup.unit(committing_office.units["tinh"]).short_name == "Tỉnh uỷ LS"


def test_a_job_that_fails_writes_nothing_is_tried_later_and_holds_up_no_other(
    committing_office: Office, functional_portal: Any, job: Callable[[Job], None], time: clock.Frozen
) -> None:
    done: list[str] = []

    def sometimes(site: Any, payload: dict[str, Any]) -> None:
        if payload["name"] == "bad" and len(done) < 2:
            organization.change_unit(committing_office.units["tinh"], short_name="Nửa chừng")
            raise ValueError("the file server is away")
        done.append(payload["name"])

    job(sometimes)
    enqueue(committing_office.people["quantri"], "1", name="bad")
    enqueue(committing_office.people["vanthu"], "2", name="good")
    assert worker.work(functional_portal) == 2
    assert lookup.unit(committing_office.units["tinh"]).short_name == ""
    (waiting,) = outbox.listing("waiting")
    assert waiting.error == "ValueError: the file server is away"
    done.append("repaired")
    assert worker.work(functional_portal) == 0
    time.advance(minutes=1)
    assert worker.work(functional_portal) == 1
    assert done == ["good", "repaired", "bad"]


@pytest.mark.parametrize(("kind", "person"), [("test", "nobody"), ("of no package", "")])
def test_a_job_that_nobody_can_do_is_put_aside_in_the_end(
    kind: str, person: str, committing_office: Office, functional_portal: Any, job: Callable[[Job], None], time: Any
) -> None:
    job(lambda site, payload: None)
    with turn.turn():
        outbox.enqueue(kind, "key", {}, person or committing_office.people["vanthu"])
    transaction.commit()
    for _ in range(outbox.MAX_ATTEMPTS):
        worker.work(functional_portal)
        time.advance(days=1)
    (dead,) = outbox.listing("dead")
    assert dead.error


def test_what_a_person_may_is_asked_anew_for_each_job(
    committing_office: Office, functional_portal: Any, job: Callable[[Job], None]
) -> None:
    person, seen = committing_office.people["chuyenvien"], []
    job(lambda site, payload: seen.append({each.function for each in principals.standings(actor.current())}))
    enqueue(person, "1")
    worker.work(functional_portal)
    # another process appoints: the request of this one, and what it remembers, live on
    remembered = principals._cache()
    organization.appoint(person, committing_office.units["tonghop"], "clerk")
    transaction.commit()
    IAnnotations(getRequest())[principals._CACHE] = remembered
    enqueue(person, "2")
    worker.work(functional_portal)
    assert seen == [{"officer"}, {"officer", "clerk"}]
