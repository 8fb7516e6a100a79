"""A worker that is killed in the middle of a merger: another one goes on with the very step, and nothing is done twice."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import transaction

from party.operations import worker
from party.operations.ledger import outbox
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization import tree
from party.operations.organization.merging import apply
from party.operations.organization.merging import plan as plans
from party.operations.organization.merging import steps
from tests.office import Office


TODAY = date(2026, 11, 24)
#: of the plan below
STEPS = 9


def whole(office: Office) -> str:
    """A plan that has a step of each kind."""
    operations.create_unit("Phòng Một", "room", office.units["tochuc"])
    merger = operations.plan_merger("Hợp nhất", TODAY)
    new = operations.add_merger_unit(merger, "Ban Xây dựng Đảng", "board", office.units["tinh"])
    for old in ("tochuc", "tuyengiao"):
        operations.add_merger_line(merger, office.units[old], new)
    operations.add_merger_code(merger, new, "symbol", "BXDĐ")
    operations.move_person(merger, office.people["vanthu.tc"], new, "clerk", login="vanthu.xdd")
    operations.move_everybody(merger)
    return merger


def test_a_plan_has_a_step_of_every_kind(committing_office: Office) -> None:
    merger = whole(committing_office)
    operations.start_merger(merger)
    assert {each.kind for each in steps.of_merger(merger)} == set(steps.KINDS)


@pytest.mark.parametrize("at", range(STEPS))
def test_a_worker_that_is_killed_at_any_step_goes_on_with_it(
    at: int, committing_office: Office, functional_portal: Any, monkeypatch: pytest.MonkeyPatch, time: Any
) -> None:
    merger = whole(committing_office)
    operations.start_merger(merger)
    transaction.commit()
    doing, count = dict(apply._DOING), [0]

    def dying(kind: str) -> Callable[..., Any]:
        def do(*given: Any) -> Any:
            result = doing[kind](*given)
            count[0] += 1
            if count[0] == at + 1:
                raise KeyboardInterrupt
            return result

        return do

    monkeypatch.setattr(apply, "_DOING", {kind: dying(kind) for kind in doing})
    with pytest.raises(KeyboardInterrupt):
        worker.work(functional_portal)
    transaction.abort()
    assert sum(each.done_at is not None for each in steps.of_merger(merger)) == at
    # another worker takes the job over when the first has not been heard of for a while
    time.advance(seconds=outbox.LEASE.total_seconds() + 1)
    worker.work(functional_portal)
    transaction.begin()
    found = steps.of_merger(merger)
    assert len(found) == STEPS
    assert all(each.done_at for each in found)
    assert count[0] == STEPS + 1
    assert plans.find(merger).row.state == "done"
    (made,) = lookup.search_units("xay dung dang")
    assert len(lookup.holders(made.uid)) == 5
    assert [each.title for each in tree.children(made.uid, limit=9)] == ["Phòng Một"]
