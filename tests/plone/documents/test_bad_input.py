"""Bad input: each mistake is refused with a sentence and the field at fault, and nothing of it is kept."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import AbstractContextManager
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import transaction
from transaction.interfaces import DoomedTransaction
from zope.i18n import translate

from party.operations.confidentiality import actor
from party.operations.documents import history
from party.operations.documents import operations
from party.operations.documents.files import Upload
from party.operations.documents.recipients import Addressee
from party.operations.documents.tables import deliveries
from party.operations.documents.vocabularies import TYPES_RECORD
from party.operations.ledger import clock
from party.operations.ledger import engine
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.tables import metadata
from party.operations.organization import operations as organization
from tests.office import Office
from tests.plone.documents.conftest import DRAFT
from tests.plone.documents.conftest import LETTER


TODAY = date(2026, 11, 24)


@dataclass
class Ground:
    """An office that commits: a letter in the books, a draft to be submitted, one to be numbered, one that was sent."""

    office: Office
    site: Any
    pdf: Callable[..., Upload]
    letter: str = ""
    draft: str = ""
    signed: str = ""
    delivery: int = 0

    def be(self, login: str) -> AbstractContextManager[None]:
        return actor.acting_as(self.office.people[login])

    def prepare(self) -> None:
        leader, units = self.office.people["lanhdao"], self.office.units
        with self.be("vanthu"):
            self.letter = operations.register_incoming(units["tinh"], [self.pdf()], **LETTER).UID()
        with self.be("chuyenvien"):
            made = [
                operations.create_draft(
                    units["tonghop"], [self.pdf()], recipients=[{"unit": units["xa"]}], **DRAFT
                ).UID()
                for _ in range(3)
            ]
            for uid in made[1:]:
                operations.submit_for_review(uid, [Addressee(person=leader)])
        for uid in made[1:]:
            with self.be("lanhdao"):
                operations.approve(uid)
                operations.sign(uid, leader)
        with self.be("vanthu"):
            operations.issue(made[2])
        self.draft, self.signed = made[:2]
        self.delivery = turn.scalar(sa.select(deliveries.c.id))
        transaction.commit()

    def state(self) -> dict[str, Any]:
        """All rows of the ledger and the last transaction of the ZODB."""
        with engine.database().reader.connect() as connection:
            rows = {table.name: list(connection.execute(sa.select(table))) for table in metadata.sorted_tables}
        return {**rows, "zodb": self.site._p_jar.db().lastTransaction()}

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """What the block left is committed, as a form does that shows the message; nothing may have come of it."""
        before = self.state()
        yield
        try:
            transaction.commit()
        except DoomedTransaction:
            transaction.abort()
        after = self.state()
        assert [name for name in before if before[name] != after[name]] == []


@pytest.fixture
def ground(committing_office: Office, functional_portal: Any, pdf: Callable[..., Upload]) -> Ground:
    made = Ground(committing_office, functional_portal, pdf)
    made.prepare()
    return made


Act = Callable[[Ground], Any]


def register(**fields: Any) -> Act:
    return lambda g: operations.register_incoming(
        g.office.units["tinh"], [g.pdf()], **{**LETTER, "number_symbol": "9-CV/VPTW", **fields}
    )


def change(**fields: Any) -> Act:
    return lambda g: operations.change_incoming(g.letter, **fields)


def edit(**fields: Any) -> Act:
    return lambda g: operations.change_draft(g.draft, **fields)


def pass_on(*to: dict[str, Any], **more: Any) -> Act:
    """``to`` names units and people by their short names."""

    def act(g: Ground) -> Any:
        known = {"unit": g.office.units, "person": g.office.people}
        plain = [{key: known.get(key, {}).get(value, value) for key, value in each.items()} for each in to]
        return operations.transfer(g.letter, [Addressee.parse(each) for each in plain], **more)

    return act


#: what is wrong, who does it, what he does, the field that must be named
MISTAKES: list[tuple[str, str, Act, str]] = [
    ("no abstract", "vanthu", register(title="  "), "title"),
    ("an abstract that is no text", "vanthu", register(title=7), "title"),
    ("an abstract that is too long", "vanthu", register(title="x" * 1001), "title"),
    ("no issuer", "vanthu", register(issuer=""), "issuer"),
    ("an unknown type", "vanthu", register(type="party.tho"), "type"),
    ("a type that is no word", "vanthu", register(type=["party.cong-van"]), "type"),
    ("no type", "vanthu", register(type=""), "type"),
    ("an unknown urgency", "vanthu", register(urgency="asap"), "urgency"),
    ("a letter from the future", "vanthu", register(document_date=TODAY + timedelta(1)), "document_date"),
    ("an arrival in the future", "vanthu", register(arrival_date=TODAY + timedelta(1)), "arrival_date"),
    ("no date of arrival", "vanthu", register(arrival_date=None), "arrival_date"),
    ("written after it arrived", "vanthu", register(arrival_date=date(2026, 11, 19)), "document_date"),
    ("a date that is text", "vanthu", register(document_date="20/11/2026"), "document_date"),
    ("a date that is an instant", "vanthu", register(document_date=clock.now()), "document_date"),
    ("no pages at all", "vanthu", register(pages=0), "pages"),
    ("pages in words", "vanthu", register(pages="ba"), "pages"),
    ("too many copies", "vanthu", register(copies=100_000), "copies"),
    ("yes in words", "vanthu", register(paper_follows="có"), "paper_follows"),
    ("a note that is too long", "vanthu", register(note="x" * 2001), "note"),
    ("a field that is none", "vanthu", register(colour="red"), "colour"),
    ("a field of the object that is none of the form", "vanthu", register(source_document="abc"), "source_document"),
    ("a register of another unit", "vanthu", register(register="abc"), "register"),
    ("a number below one", "vanthu", register(number=0), "number"),
    ("a number beyond all registers", "vanthu", register(number=10**9), "number"),
    ("corrected to nothing", "vanthu", change(title=""), "title"),
    ("corrected to a day after its arrival", "vanthu", change(document_date=TODAY + timedelta(1)), "document_date"),
    ("arrival corrected to before it was written", "vanthu", change(arrival_date=date(2026, 11, 19)), "document_date"),
    ("arrival corrected into another year", "vanthu", change(arrival_date=date(2025, 12, 31)), "arrival_date"),
    ("corrected field that is none", "vanthu", change(own_files=[]), "own_files"),
    ("passed on to nobody", "vanthu", pass_on(), "recipients"),
    ("passed on to a person and a unit", "vanthu", pass_on({"person": "lanhdao", "unit": "tochuc"}), "recipients"),
    ("passed on to neither", "vanthu", pass_on({"capacity": "lead"}), "recipients"),
    ("an unknown capacity", "vanthu", pass_on({"person": "lanhdao", "capacity": "boss"}), "recipients"),
    ("an unknown function", "vanthu", pass_on({"unit": "tochuc", "function": "king"}), "recipients"),
    ("two leads", "vanthu", pass_on({"person": "lanhdao"}, {"unit": "tochuc"}), "recipients"),
    (
        "the same person twice",
        "vanthu",
        pass_on({"person": "lanhdao"}, {"person": "lanhdao", "capacity": "informed"}),
        "recipients",
    ),
    ("passed on beyond the province", "vanthu", pass_on({"unit": "vptw"}), "recipients"),
    ("passed on to somebody beyond it", "vanthu", pass_on({"person": "lanhdao.tw"}), "recipients"),
    ("a function nobody holds", "vanthu", pass_on({"unit": "tochuc", "function": "archivist"}), "recipients"),
    ("a deadline that has passed", "vanthu", pass_on({"person": "lanhdao"}, deadline=date(2026, 11, 23)), "deadline"),
    ("a route that is none", "vanthu", lambda g: operations.pass_along(g.letter, "abc"), "route"),
    (
        "a route with a deadline that has passed",
        "vanthu",
        lambda g: operations.pass_along(g.letter, "abc", deadline=date(2026, 11, 23)),
        "deadline",
    ),
    ("returned without a reason", "vanthu", lambda g: operations.return_incoming(g.letter, " . "), "reason"),
    ("an empty comment", "vanthu", lambda g: operations.comment(g.letter, " \n "), "text"),
    ("a comment that is too long", "vanthu", lambda g: operations.comment(g.letter, "x" * 4001), "text"),
    ("a draft without a title", "chuyenvien", edit(title=""), "title"),
    ("a draft of an unknown type", "chuyenvien", edit(type="x"), "type"),
    ("a suffix that is too long", "chuyenvien", edit(suffix="x" * 21), "suffix"),
    ("a way of sending that is none", "chuyenvien", edit(recipients=[{"name": "A", "channel": "dove"}]), "recipients"),
    ("a recipient in a field that is none", "chuyenvien", edit(recipients=[{"unti": "abc"}]), "recipients"),
    ("a kind of units that is none", "chuyenvien", edit(recipients=[{"group": "village"}]), "recipients"),
    ("a version without a file", "chuyenvien", lambda g: operations.add_version(g.draft, []), "files"),
    ("submitted to nobody", "chuyenvien", lambda g: operations.submit_for_review(g.draft), "reviewers"),
    (
        "submitted along a route that is none",
        "chuyenvien",
        lambda g: operations.submit_for_review(g.draft, route="abc"),
        "reviewers",
    ),
    (
        "submitted to somebody beyond the province",
        "chuyenvien",
        lambda g: operations.submit_for_review(g.draft, [Addressee(person=g.office.people["lanhdao.tw"])]),
        "recipients",
    ),
    ("cancelled without a reason", "chuyenvien", lambda g: operations.cancel_draft(g.draft, ""), "reason"),
    ("issued tomorrow", "vanthu", lambda g: operations.issue(g.signed, issue_date=TODAY + timedelta(1)), "issue_date"),
    (
        "issued before it was signed",
        "vanthu",
        lambda g: operations.issue(g.signed, issue_date=date(2026, 11, 23)),
        "issue_date",
    ),
    ("a typed number below one", "vanthu", lambda g: operations.issue(g.signed, number=-3), "number"),
    ("sent back without a reason", "lanhdao", lambda g: operations.send_back(g.signed, "x"), "reason"),
    ("refused without a reason", "vanthu.xa", lambda g: operations.refuse_delivery(g.delivery, ""), "reason"),
    (
        "received tomorrow",
        "vanthu.xa",
        lambda g: operations.accept_delivery(g.delivery, arrival_date=TODAY + timedelta(1)),
        "arrival_date",
    ),
    (
        "received before it was issued",
        "vanthu.xa",
        lambda g: operations.accept_delivery(g.delivery, arrival_date=date(2026, 11, 20)),
        "arrival_date",
    ),
    (
        "received into a register of another unit",
        "vanthu.xa",
        lambda g: operations.accept_delivery(g.delivery, register=g.office.registers["tinh"]),
        "register",
    ),
    ("put on paper without a reason", "vanthu", lambda g: operations.send_on_paper(g.delivery, ""), "reason"),
    (
        "a register without a name",
        "quantri",
        lambda g: operations.create_register(g.office.units["tinh"], " "),
        "title",
    ),
    (
        "a register of a direction that is none",
        "quantri",
        lambda g: operations.create_register(g.office.units["tinh"], "Sổ", "sideways"),
        "direction",
    ),
]


def test_each_mistake_is_refused_with_its_field_and_leaves_nothing(ground: Ground, subtests: pytest.Subtests) -> None:
    for name, login, act, field in MISTAKES:
        with subtests.test(name):
            with ground.unchanged(), ground.be(login), pytest.raises(Invalid) as refused:
                act(ground)
            sentence = translate(refused.value.message, target_language="vi")
            assert refused.value.field == field
            assert len(sentence) > 10, sentence
            assert "${" not in sentence


def test_a_signed_draft_whose_type_was_taken_off_the_list_is_not_numbered(ground: Ground) -> None:
    registry = ground.site.portal_registry
    registry[TYPES_RECORD] = tuple(each for each in registry[TYPES_RECORD] if "Công văn" not in each)
    transaction.commit()
    with ground.unchanged(), ground.be("vanthu"), pytest.raises(Invalid) as refused:
        operations.issue(ground.signed)
    assert refused.value.field == "type"


def test_a_unit_without_a_register_says_what_is_missing(ground: Ground) -> None:
    with ground.be("quantri"):
        organization.appoint(ground.office.people["vanthu"], ground.office.units["tonghop"], "clerk")
    transaction.commit()
    with ground.unchanged(), ground.be("vanthu"), pytest.raises(Invalid) as refused:
        operations.register_incoming(ground.office.units["tonghop"], [ground.pdf()], **LETTER)
    assert refused.value.field == "register"
    assert "Phòng Tổng hợp" in translate(refused.value.message)


def test_letters_are_kept_in_one_form_and_without_what_nobody_sees(ground: Ground) -> None:
    nfd = "V/v tha\u0302\u0301y \x00 \u200b  va\u0306n ba\u0309n"
    with ground.be("vanthu"):
        made = operations.register_incoming(
            ground.office.units["tinh"], [ground.pdf()], **{**LETTER, "title": nfd, "number_symbol": "9-CV/TW"}
        )
        operations.transfer(
            made.UID(),
            [Addressee(person=ground.office.people["lanhdao"])],
            directive=f" {nfd}\x00\n\ny\u0301 kie\u0302\u0301n ",
        )
    assert made.title == "V/v thấy văn bản"
    assert history.slips_of(made.UID())[0]["directive"] == "V/v thấy văn bản\n\ný kiến"
