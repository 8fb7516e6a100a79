"""Search, its counts and suggestions, registers, catalogue, permission and monitor say the same, for everybody.

Offices, people, posts, delegations, clearances, grants and levels are drawn by lot as for the test that nobody reads above
his clearance; what each person should find is worked out beside the product.
"""

import contextlib
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from party.operations.confidentiality import actor
from party.operations.confidentiality import keys
from party.operations.confidentiality import levels
from party.operations.confidentiality import principals
from party.operations.documents import access
from party.operations.documents import lists
from party.operations.documents import relevelling
from party.operations.finding import checking
from party.operations.finding.query import Query
from party.operations.finding.query import Results
from party.operations.finding.search import search
from party.operations.finding.search import suggest
from party.operations.ledger import turn
from party.operations.ledger.errors import Refused
from tests.office import Office
from tests.plone.confidentiality.test_no_way_up import STEPS
from tests.plone.confidentiality.test_no_way_up import World


class Searched(World):
    """The office drawn by lot, where documents are hidden, too."""

    hidden: set[str]

    def build(self) -> None:
        """Beside all, nothing is hidden yet."""
        super().build()
        self.hidden = set()

    def step(self) -> None:
        """Now and then something is hidden or shown again."""
        if self.chance.random() < 0.1:
            uid = self.chance.choice(sorted(self.levels))
            with turn.turn():
                (relevelling.show if uid in self.hidden else relevelling.hide)(access.unrestricted(uid))
            self.hidden ^= {uid}
        else:
            super().step()

    def move(self) -> None:
        """As the verbs do it, the words follow the level."""
        before = dict(self.levels)
        super().move()
        for uid, level in self.levels.items():
            if before[uid] != level:
                with turn.turn():
                    relevelling.project(access.readable(uid))

    def should_see(self, person: str, zone: str) -> set[str]:
        """Nobody sees what is hidden."""
        return super().should_see(person, zone) - self.hidden

    def finds(self) -> dict[str, set[str]]:
        """What the person who acts finds, in each of the ways in which one finds."""
        by_title = {uid: f"Việc {number}" for number, uid in enumerate(self.levels)}
        return {
            "by a word": uids(search(Query("việc", size=50))),
            "by relevance": uids(search(Query("Việc", size=50, order="relevance"))),
            "without marks": uids(search(Query("viec", size=50))),
            "by the issuer": uids(search(Query("nơi gửi", size=50))),
            "all": uids(search(Query("", size=50))),
            "by a fact": uids(search(Query("", {"kind": "incoming", "type": "party.cong-van"}, size=50))),
            "one by one": {uid for uid, title in by_title.items() if uid in uids(search(Query(title, size=50)))},
            "in pages": set(self.pages()),
            "suggested": {each.uid for each in suggest("viec", 50) if each.uid},
            "in the register": {each.uid for each in lists.incoming_register(self.units[0], text="việc").rows},
            "in the whole register": {each.uid for each in lists.incoming_register(self.units[0]).rows},
        }

    def pages(self) -> Iterator[str]:
        """All hits, two at a time."""
        after = ""
        while True:
            page = search(Query("việc", size=2, after=after))
            yield from (each.uid for each in page.hits)
            after = page.following
            if not after:
                return


def uids(results: Results) -> set[str]:
    assert len(results.hits) == results.total
    assert all(each.title.startswith("Việc") for each in results.hits)
    return {each.uid for each in results.hits}


@pytest.fixture
def world(office: Office, request: pytest.FixtureRequest) -> Iterator[Searched]:
    made = Searched(office, random.Random(request.param))
    with actor.as_system():
        made.build()
        for doing in (*[made.clear] * 4, *[made.name] * 20):
            with contextlib.suppress(Refused):
                doing()
    yield made
    keys.configure(None)


@pytest.mark.parametrize("world", range(6), indirect=True)
def test_everybody_finds_what_he_may_read_and_nothing_else(
    world: Searched, portal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with actor.as_system():
        for _ in range(STEPS):
            world.step()
        while not any(world.levels[uid] != "normal" for each in world.people for uid in world.should_see(each, "wan")):
            world.step()
        assert not set(checking.wrong()) & set(world.levels)
    for zone in ("wan", "internet"):
        monkeypatch.setenv("PARTY_ZONE", zone)
        if zone == "internet":
            keys.configure("none")
        for person in world.people:
            principals.forget()
            with actor.acting_as(person):
                expected = world.should_see(person, zone)
                for way, found in world.finds().items():
                    assert found == expected, f"{way} in the zone {zone}"
                for way, found in world.sees(portal).items():
                    assert found - world.hidden == expected, f"{way} in the zone {zone}"
                facets = search(Query("việc")).facets
                number = len(expected)
                assert {name: sum(each.count for each in values) for name, values in facets.items()} == {
                    **dict.fromkeys(("kind", "unit", "type", "period", "state", "urgency"), number),
                    "person": 0,
                }
                assert {each.value for each in facets["type"]} == ({"party.cong-van"} if expected else set())
                titles = {uid: f"Việc {place}" for place, uid in enumerate(world.levels)}
                hits = search(Query("việc", size=50)).hits
                assert {each.uid: each.title for each in hits} == {uid: titles[uid] for uid in expected}
                assert Counter(each.level for each in hits) == Counter(world.levels[uid] for uid in expected)
                assert all(levels.rank(each.level) <= levels.rank(levels.cap(zone)) for each in hits)
