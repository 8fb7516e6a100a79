"""Who sees what after a merger: what he saw, and what his post in the successor gives; nobody sees more.

Trees, documents, people and plans are drawn at random. What everybody sees is asked of the objects themselves
(``checkPermission``) and of the ledger's lists, before and after; of the expected set nothing is taken from the code that
is tested: it is computed from the posts that the plan gives.
"""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from AccessControl import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.confidentiality import tokens
from party.operations.confidentiality.tables import readers
from party.operations.documents import access
from party.operations.documents import operations as documents
from party.operations.documents.recipients import Addressee
from party.operations.ledger import turn
from party.operations.ledger.errors import Refused
from party.operations.ledger.tables import items
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization.merging import apply
from party.operations.organization.merging import check
from party.operations.organization.merging import plan as plans
from party.operations.organization.merging.preview import Preview
from party.operations.organization.tables import posts
from tests import clearances
from tests.office import Office
from tests.office import PASSWORD
from tests.writes import writes


DAY = date(2026, 12, 1)
FUNCTIONS = ("leader", "office_head", "clerk", "officer", "room_head")
LETTER = {"title": "V/v báo cáo", "type": "party.cong-van", "issuer": "Ai đó", "document_date": date(2026, 11, 20)}


class World:
    """A random organisation below the province of the office, with documents in it."""

    def __init__(self, office: Office, seed: int, pdf: Callable[..., Any]) -> None:
        self.draw, self.pdf, self.top = random.Random(seed), pdf, office.units["tinh"]
        self.organs = [self._organ(at) for at in range(self.draw.randint(3, 5))]
        self.rooms = {
            organ: [operations.create_unit(f"Phòng {at}", "room", organ).UID() for at in range(self.draw.randint(0, 2))]
            for organ in self.organs
        }
        self.people: list[str] = []
        for unit in (*self.organs, *(room for rooms in self.rooms.values() for room in rooms)):
            for function in self.draw.sample(FUNCTIONS, self.draw.randint(1, 3)):
                self.people.append(self._person(unit, function))
        self.documents = [self._document(self.draw.choice(self.organs)) for _each in range(8)]

    def _organ(self, at: int) -> str:
        uid = operations.create_unit(f"Đảng uỷ xã {at}", "commune", self.top).UID()
        documents.create_register(uid, "Sổ văn bản đến")
        return uid

    def _person(self, unit: str, function: str) -> str:
        login = f"nguoi{len(self.people)}"
        person = operations.create_person(unit, login, f"Người {len(self.people)}", PASSWORD, first_login=False)
        operations.appoint(person, unit, function, from_day=date(2020, 1, 1))
        return person

    def _document(self, organ: str) -> str:
        """A letter in the books of an organ, passed on to some of those who serve there."""
        made = documents.register_incoming(organ, [self.pdf()], confirm=True, **LETTER)
        within = [organ, *self.rooms[organ]]
        serving = [each.person for unit in within for each in lookup.holders(unit)]
        drawn = self.draw.sample(serving, min(len(serving), 2))
        to = [Addressee(person=each, capacity="informed" if at else "lead") for at, each in enumerate(drawn)]
        to += [
            Addressee(unit=each, capacity="support") for each in self.rooms[organ] if lookup.holders(each, "room_head")
        ]
        documents.transfer(made.UID(), to)
        return made.UID()

    def plan(self) -> str:
        """Some organs close; everybody goes along, some in another function, some with the old post for a time."""
        merger = operations.plan_merger("Sắp xếp", DAY)
        closing = self.draw.sample(self.organs, self.draw.randint(1, len(self.organs) - 1))
        stay = [each for each in self.organs if each not in closing]
        new = operations.add_merger_unit(merger, "Đảng uỷ xã mới", "commune", self.top)
        for each in closing:
            successor = self.draw.choice([*stay, new])
            operations.add_merger_line(merger, each, successor, self.draw.choice(["move", "close"]))
        for each in plans.find(merger).posts:
            if self.draw.random() < 0.3:
                unit = plans.find(merger).closing[each.unit].successor
                until = self.draw.choice([None, date(2027, 2, 1)])
                operations.move_person(merger, each.person, unit, self.draw.choice(FUNCTIONS), kept_until=until)
        operations.move_everybody(merger)
        return merger


def seen(person: str, uids: list[str]) -> set[str]:
    """What a person may see, by the objects; the lists of the ledger must say the same."""
    principals.forget()
    with actor.acting_as(person):
        manager = getSecurityManager()
        by_object = {each for each in uids if manager.checkPermission("View", access.unrestricted(each))}
        wanted = sa.select(readers.c.object).where(
            readers.c.token.in_(sorted(actor.held())), readers.c.object.in_(uids)
        )
        assert {each.object for each in turn.rows(wanted)} == by_object
    return by_object


def run(merger: str) -> None:
    while apply.advance(merger, plans.find(merger).row.run):
        pass
    principals.forget()


@pytest.fixture(autouse=True)
def _as_system(office: Office) -> None:
    newSecurityManager(None, system)


@pytest.mark.parametrize("seed", range(12))
def test_everybody_sees_what_he_saw_and_what_his_new_post_gives_and_nobody_more(
    seed: int, office: Office, pdf: Callable[..., Any], time: Any
) -> None:
    world = World(office, seed, pdf)
    everybody = [*world.people, *(office.people[each] for each in ("lanhdao", "vanthu", "vanthu.tc", "chuyenvien"))]
    before = {each: seen(each, world.documents) for each in everybody}
    held = {each: {(post.unit, post.function) for post in lookup.posts_of(each)} for each in everybody}
    # what the holder of one function in one unit sees by it alone, before anything is merged
    by_post = {
        (unit, function): _seen_by_post(world, unit, function) for unit in _units(world) for function in FUNCTIONS
    }
    merger = world.plan()
    plan = plans.find(merger)
    assert not [str(each.message) for each in check.problems(plan)]
    closing = {old: plan.closing[old].successor for old in plan.closing}
    operations.start_merger(merger)
    run(merger)
    assert {each: seen(each, world.documents) for each in everybody} == before, "nothing changes before the day"
    time.advance(days=7)
    run(merger)
    plan = plans.find(merger)
    assert plan.row.state == "done"
    for person in everybody:
        posts_now = {(post.unit, post.function) for post in lookup.posts_of(person)}
        gains = set().union(
            *(
                by_post.get((unit, function), set())
                for held_unit, function in posts_now
                for unit in (held_unit, *(old for old, new in closing.items() if plan.unit_of(new) == held_unit))
            )
        )
        named = _seen_by_name(world, person)
        now = seen(person, world.documents)
        assert now == gains | named, person
        if held[person] <= posts_now or {function for _unit, function in held[person]} <= {
            function for _unit, function in posts_now - held[person]
        }:
            assert before[person] <= now, person


@pytest.mark.parametrize("seed", range(4))
def test_what_is_undone_gives_everybody_back_what_he_saw_and_held(
    seed: int, office: Office, pdf: Callable[..., Any], time: Any
) -> None:
    world = World(office, seed, pdf)
    before = {each: (seen(each, world.documents), principals.of(each, DAY)) for each in world.people}
    rows = turn.rows(sa.select(posts).order_by(posts.c.id))
    merger = world.plan()
    operations.start_merger(merger)
    run(merger)
    operations.undo_merger(merger)
    assert {each: (seen(each, world.documents), principals.of(each, DAY)) for each in world.people} == before
    assert turn.rows(sa.select(posts).order_by(posts.c.id)) == rows


def test_a_merger_writes_no_document_and_no_index(office: Office, pdf: Callable[..., Any], time: Any) -> None:
    world = World(office, 3, pdf)
    merger = world.plan()
    rows = {table.name: turn.rows(sa.select(table)) for table in (items, readers)}
    serials = {each: access.unrestricted(each)._p_serial for each in world.documents}
    with writes() as written:
        operations.start_merger(merger)
        run(merger)
        time.advance(days=7)
        run(merger)
    assert {table.name: turn.rows(sa.select(table)) for table in (items, readers)} == rows
    assert {each: access.unrestricted(each)._p_serial for each in world.documents} == serials
    assert not [each for each in written.objects if "IncomingDocument" in each]


def test_a_leader_of_the_successor_sees_a_secret_only_if_he_is_cleared(
    office: Office, be: Callable[[str], Any], pdf: Callable[..., Any], time: Any
) -> None:
    units = office.units
    clearances.clear(office, "vanthu.tc", "secret")
    with be("vanthu.tc"):
        secret = documents.register_incoming(
            units["tochuc"], [pdf()], level="secret", basis="Danh mục", pages=1, **LETTER
        ).UID()
        plain = documents.register_incoming(units["tochuc"], [pdf()], confirm=True, **LETTER).UID()
    merger = operations.plan_merger("Hợp nhất", DAY)
    operations.add_merger_line(merger, units["tochuc"], units["tuyengiao"])
    operations.move_everybody(merger)
    assert Preview(plans.find(merger)).counts()["documents"] == 1, "what is classified is not even counted"
    operations.start_merger(merger)
    run(merger)
    time.advance(days=7)
    run(merger)
    with be("lanhdao.tg"):
        assert access.readable(plain).reveal("title") == LETTER["title"]
        with pytest.raises(Refused):
            access.readable(secret)
    clearances.clear(office, "lanhdao.tg", "secret")
    principals.forget()
    with be("lanhdao.tg"):
        assert access.readable(secret).reveal("title") == LETTER["title"]


def _units(world: World) -> list[str]:
    return [*world.organs, *(room for rooms in world.rooms.values() for room in rooms)]


def _seen_by_post(world: World, unit: str, function: str) -> set[str]:
    """Documents whose readers' rows name a side that the function gives in the unit; by the rows alone."""
    given = tokens.of_post(unit, function, "normal")
    wanted = sa.select(readers.c.object).where(readers.c.token.in_(given), readers.c.object.in_(world.documents))
    return {each.object for each in turn.rows(wanted)}


def _seen_by_name(world: World, person: str) -> set[str]:
    """Documents that were passed to the person himself."""
    wanted = sa.select(readers.c.object).where(readers.c.token == tokens.user(person))
    return {each.object for each in turn.rows(wanted.where(readers.c.object.in_(world.documents)))}
