"""No way up: nobody reads above the lower of his clearance and his zone, nor without being named.

Whatever the tree, the people, their posts, delegations and clearances are; and lists, catalogue, permission and monitor
say the same. What each person should see is worked out beside the product, from the story itself: who was named on
what, who holds which post, who stands in for whom, who was cleared.
"""

import contextlib
import random
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from AccessControl import getSecurityManager

from party.operations.confidentiality import actor
from party.operations.confidentiality import clearances
from party.operations.confidentiality import grants
from party.operations.confidentiality import keys
from party.operations.confidentiality import levels
from party.operations.confidentiality import monitor
from party.operations.confidentiality import principals
from party.operations.confidentiality import rows
from party.operations.confidentiality import tokens
from party.operations.confidentiality.grants import Grant
from party.operations.documents import access
from party.operations.documents import operations
from party.operations.documents import relevelling
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import Refused
from party.operations.ledger.tables import items
from party.operations.organization import operations as organization
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.security import operations as security
from tests.clearances import BASIS
from tests.office import Office
from tests.office import PASSWORD


PEOPLE, UNITS, DOCUMENTS, STEPS = 9, 6, 8, 60
KINDS = ("board", "room", "commune")


@dataclass
class World:
    """An office drawn by lot, and what is known of it without asking the product."""

    office: Office
    chance: random.Random
    units: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    #: (person, unit, function)
    posts: set[tuple[str, str, str]] = field(default_factory=set)
    #: (delegate, delegator, unit, function)
    delegations: set[tuple[str, str, str, str]] = field(default_factory=set)
    cleared: dict[str, str] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)
    #: uid -> the subjects named on it, by the reference of the grant
    named: dict[str, dict[str, str]] = field(default_factory=dict)

    def build(self) -> None:
        self.units = [self.office.units["tinh"]]
        for number in range(UNITS):
            kind = self.chance.choice(KINDS)
            self.units.append(organization.create_unit(f"Đơn vị {number}", kind, self.chance.choice(self.units)).UID())
        for number in range(PEOPLE):
            unit = self.chance.choice(self.units)
            person = organization.create_person(unit, f"nguoi{number}", f"Người {number}", PASSWORD, first_login=False)
            self.people.append(person)
        for number in range(DOCUMENTS):
            level = self.chance.choice(list(levels.LEVELS))
            made = operations.register_incoming(
                self.units[0],
                title=f"Việc {number}",
                issuer="Nơi gửi",
                type="party.cong-van",
                level=level,
                basis="Danh mục",
                confirm=True,
            )
            uid = made.UID()
            self.levels[uid] = level
            self.named[uid] = {
                "registry": tokens.unit_subject(self.units[0], "registry"),
                "leader": tokens.unit_subject(self.units[0], "leader"),
            }

    def step(self) -> None:
        doings = {self.appoint: 1, self.delegate: 1, self.clear: 2, self.revoke: 1, self.name: 4, self.move: 1}
        (doing,) = self.chance.choices(list(doings), list(doings.values()))
        with contextlib.suppress(Refused):
            doing()

    def appoint(self) -> None:
        person, unit = self.chance.choice(self.people), self.chance.choice(self.units)
        function = self.chance.choice(list(FUNCTIONS))
        organization.appoint(person, unit, function)
        self.posts.add((person, unit, function))

    def delegate(self) -> None:
        if self.posts:
            holder, unit, function = self.chance.choice(sorted(self.posts))
            delegate, today = self.chance.choice(self.people), clock.today()
            with actor.acting_as(holder):
                organization.delegate(delegate, unit, function, today, today + timedelta(days=3), "Đi công tác")
            self.delegations.add((delegate, holder, unit, function))

    def clear(self) -> None:
        person, level = self.chance.choice(self.people), self.chance.choice(["secret", "top-secret"])
        with actor.acting_as(self.office.people["coyeu"]):
            made = security.propose_clearance(person, level, until=clock.today() + timedelta(days=90), basis=BASIS)
        with actor.acting_as(self.office.people["coyeu2"]):
            security.confirm_clearance(made)
        self.cleared[person] = max(level, self.cleared.get(person, "normal"), key=levels.rank)

    def revoke(self) -> None:
        if self.cleared:
            person = self.chance.choice(sorted(self.cleared))
            for row in clearances.of_person(person):
                if row.state == clearances.CONFIRMED:
                    with actor.acting_as(self.office.people["coyeu"]):
                        security.revoke_clearance(row.id, "Thôi nhiệm vụ")
            del self.cleared[person]

    def name(self) -> None:
        uid, reference = self.chance.choice(sorted(self.levels)), f"ref{self.chance.randrange(6)}"
        obj = access.unrestricted(uid)
        with turn.turn():
            if reference in self.named[uid]:
                grants.apply(obj, withdraw=[grants.Withdrawal("test", reference)])
                del self.named[uid][reference]
            else:
                subject = self.chance.choice(
                    [
                        tokens.person_subject(self.chance.choice(self.people)),
                        tokens.unit_subject(
                            self.chance.choice(self.units), self.chance.choice(["desk", "member", "leader"])
                        ),
                    ]
                )
                grants.apply(obj, [Grant(subject, "test", reference)])
                self.named[uid][reference] = subject

    def move(self) -> None:
        uid, level = self.chance.choice(sorted(self.levels)), self.chance.choice(list(levels.LEVELS))
        if level != self.levels[uid]:
            with turn.turn():
                relevelling.relevel(access.readable(uid), level)
            self.levels[uid] = level

    # --- what should be so -------------------------------------------------------------------------------------------

    def should_see(self, person: str, zone: str) -> set[str]:
        top = self.cleared.get(person, "normal") if zone == "wan" else "normal"
        subjects = {tokens.person_subject(person)}
        for holder, unit, function in self.posts:
            stands_in = (person, holder, unit, function) in self.delegations
            if holder == person or stands_in:
                subjects |= {tokens.unit_subject(unit, side) for side in (function, *tokens.SIDES.get(function, ()))}
            if stands_in:
                subjects.add(tokens.person_subject(holder))
        return {
            uid
            for uid, level in self.levels.items()
            if levels.rank(level) <= levels.rank(top) and subjects & set(self.named[uid].values())
        }

    def sees(self, portal: Any) -> dict[str, set[str]]:
        """What the person who acts sees, asked in five ways."""
        wanted = sa.select(items.c.uid).where(grants.readable(items.c.uid, actor.held()))
        listed = {each.uid for each in turn.rows(wanted)} & set(self.levels)
        found = portal.portal_catalog.searchResults(portal_type=["IncomingDocument", "OutgoingDocument"])
        opened = set()
        for uid in self.levels:
            try:
                assert access.readable(uid).reveal("title").startswith("Việc")
            except Missing:
                continue
            opened.add(uid)
        titles = rows.rows(sa.select(items.c.uid, items.c.title).where(items.c.uid.in_(sorted(self.levels))))
        permitted = getSecurityManager().checkPermission
        return {
            "lists": listed,
            "catalogue": {each.UID for each in found} & set(self.levels),
            "permission": {uid for uid in self.levels if permitted("View", access.unrestricted(uid))},
            "monitor": {uid for uid in self.levels if monitor.may_see(access.unrestricted(uid), actor.current())},
            "opening": opened,
            "sealed rows": {each.uid for each in titles if each.title.startswith("Việc") and each.uid in listed},
        }


@pytest.fixture
def world(office: Office, request: pytest.FixtureRequest) -> World:
    made = World(office, random.Random(request.param))
    with actor.as_system():
        made.build()
        for doing in (*[made.clear] * 4, *[made.name] * 20):
            with contextlib.suppress(Refused):
                doing()
    return made


@pytest.fixture
def own_keys() -> Iterator[None]:
    """Whatever keys a test takes, the next has those of the run."""
    yield
    keys.configure(None)


@pytest.mark.parametrize("world", range(8), indirect=True)
def test_nobody_reads_above_his_clearance_his_zone_or_without_being_named(
    world: World, portal: Any, monkeypatch: pytest.MonkeyPatch, own_keys: None
) -> None:
    with actor.as_system():
        for _ in range(STEPS):
            world.step()
        while not any(world.levels[uid] != "normal" for each in world.people for uid in world.should_see(each, "wan")):
            world.step()
    seen = 0
    for zone in ("wan", "internet"):
        monkeypatch.setenv("PARTY_ZONE", zone)
        if zone == "internet":
            keys.configure("none")
        for person in world.people:
            principals.forget()
            with actor.acting_as(person):
                expected = world.should_see(person, zone)
                for way, found in world.sees(portal).items():
                    assert found == expected, f"{way} in the zone {zone}"
                seen += sum(world.levels[uid] != "normal" for uid in expected)
    assert seen


@pytest.mark.parametrize("world", [100], indirect=True)
def test_sealed_rows_stay_closed_for_who_is_not_named(world: World, be: Callable[[str], Any]) -> None:
    secret = [uid for uid, level in world.levels.items() if level != "normal"]
    wanted = sa.select(items.c.uid, items.c.title).where(items.c.uid.in_(secret))
    with be("coyeu"):
        assert {each.title for each in rows.rows(wanted)} == {rows.TAKEN_OUT}
    with actor.as_system():
        assert all(each.title.startswith("Việc") for each in rows.rows(wanted))


def test_a_clearance_holds_from_its_first_day_to_the_day_before_its_last(office: Office, time: clock.Frozen) -> None:
    person, day = office.people["chuyenvien"], clock.today()
    with actor.acting_as(office.people["coyeu"]):
        made = security.propose_clearance(
            person, "secret", from_day=day + timedelta(days=2), until=day + timedelta(days=5), basis=BASIS
        )
    with actor.acting_as(office.people["coyeu2"]):
        security.confirm_clearance(made)

    def held(after: int) -> str:
        principals.forget()
        return principals.levels_of(person, date.fromordinal(day.toordinal() + after))[-1]

    assert [held(after) for after in range(7)] == ["normal", "normal", "secret", "secret", "secret", "normal", "normal"]
