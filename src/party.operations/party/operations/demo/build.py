"""Filling an empty site (dựng bản dùng thử): everything is done by the operations that the screens use."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from datetime import time as time_of_day
from typing import Any

from party.operations.confidentiality import levels
from party.operations.demo import accounts
from party.operations.demo import arrivals
from party.operations.demo import classified
from party.operations.demo import issues
from party.operations.demo import organization
from party.operations.demo import trust
from party.operations.demo.organization import DEEP
from party.operations.demo.organization import Demonstration
from party.operations.demo.stage import Stage
from party.operations.ledger import clock
from party.operations.organization import lookup
from party.operations.organization.accounts import check_password


logger = logging.getLogger("party.operations.demo")


def build(site: Any, password: str) -> list[dict[str, str]]:
    """Make the demonstration in ``site``, every account with ``password``; returns the accounts to try.

    ``[{login, name, role, unit}]``. A site that has it already is left as it is. Nothing is committed here. Where
    nothing classified can be made, for want of keys, it has neither secrets nor people of trust. Raises ``Invalid`` when
    the password is one that no account may have.
    """
    check_password(password)
    if lookup.unit_by_code(organization.CENTRAL_OFFICE) is not None:
        return accounts.listed()
    demo = Demonstration(password)
    founding = datetime.combine(organization.FOUNDED, time_of_day(7, 30), clock.VIETNAM)
    today = clock.today()
    secrets = levels.cap(levels.zone()) != levels.NORMAL
    with clock.frozen(founding):
        with _step("units"):
            organization.build_units(demo)
        with _step("registers"):
            organization.build_registers(demo)
        with _step("people"):
            organization.build_people(demo)
            accounts.make_site_manager(demo)
        if secrets:
            with _step("people of trust"):
                trust.build(demo, today)
        with _step("routes"):
            organization.build_routes(demo)
    with _step("a busy week"):
        stage = Stage(demo)
        stories = [*arrivals.stories(stage), *issues.stories(stage)]
        stage.play([*stories, *classified.stories(stage)] if secrets else stories)
    name = "Ma Thị Hồng Ngân"
    room = demo.units[f"{DEEP[0]}.00.01"]
    organization.appoint(demo, room, accounts.NEWCOMER, name, "officer", "Chuyên viên", first_login=True)
    return accounts.listed()


@contextmanager
def _step(what: str) -> Iterator[None]:
    """Say in the terminal what was made and how long it took."""
    began = time.monotonic()
    yield
    logger.info("Demonstration: %s, %.1f s", what, time.monotonic() - began)
