"""Where the busy week is played (sân khấu): people act at past moments, through the operations, in the order of time.

A story is a generator. It yields the :class:`Moment` of its next step and goes on when that moment has come: then the
clock stands there and the person named acts. Many stories run side by side, so that arrival numbers follow the days.
"""

import heapq
from collections.abc import Generator
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from io import BytesIO
from typing import Any

from party.operations.confidentiality import actor
from party.operations.demo import letters
from party.operations.demo import texts
from party.operations.demo.organization import ARRIVALS
from party.operations.demo.organization import Demonstration
from party.operations.documents import files
from party.operations.documents import operations
from party.operations.documents import trays
from party.operations.documents.recipients import Addressee
from party.operations.ledger import clock
from party.operations.organization import lookup
from party.operations.organization import periods
from party.operations.organization import routes


@dataclass(frozen=True)
class Moment:
    """So many working days before today, at that time in Hanoi, and who acts then; no login is the system itself."""

    days_ago: int
    at: str
    login: str = ""


def at(days_ago: int, when: str, login: str = "") -> Moment:
    """The moment of a step, as stories yield it."""
    return Moment(days_ago, when, login)


Story = Generator[Moment, None, None]


class Stage:
    """What stories need: days, people, documents."""

    def __init__(self, demo: Demonstration) -> None:
        self.demo = demo
        self._today = clock.today()
        self._pdfs: dict[letters.Letter, bytes] = {}

    def play(self, stories: Iterable[Story]) -> None:
        """Run all stories to their ends."""
        waiting = []
        for number, story in enumerate(stories):
            first = next(story)
            waiting.append((self._instant(first), number, first, story))
        heapq.heapify(waiting)
        while waiting:
            instant, number, moment, story = heapq.heappop(waiting)
            who = actor.acting_as(self.demo.people[moment.login]) if moment.login else nullcontext()
            with clock.frozen(instant), who:
                following = next(story, None)
            if following is not None:
                heapq.heappush(waiting, (self._instant(following), number, following, story))

    def day(self, days_ago: int) -> date:
        """The day that lies so many working days before today; negative for days to come."""
        if days_ago < 0:
            return periods.add_working_days(self._today, -days_ago)
        day = self._today
        for _count in range(days_ago):
            day -= timedelta(days=1)
            while not periods.is_working(day):
                day -= timedelta(days=1)
        return day

    def unit(self, code: str, function: str = "", capacity: str = "lead") -> Addressee:
        """A unit, or a function in it, as an addressee."""
        return Addressee(unit=self.demo.units[code], function=function, capacity=capacity)

    def person(self, login: str, capacity: str = "lead") -> Addressee:
        """A person as an addressee."""
        return Addressee(person=self.demo.people[login], capacity=capacity)

    def upload(self, text: texts.Text, day: date, draft: str = "") -> files.Upload:
        """The letter as a staged PDF; one that several units receive is made once."""
        letter = text.letter(self.demo, day, draft)
        if letter not in self._pdfs:
            self._pdfs[letter] = letters.render(letter)
        number = text.number_symbol(self.demo, day).replace("/", "_")
        name = number if number[0].isdigit() else f"{text.plain['type']} {day:%d-%m-%Y}"
        return files.stage(BytesIO(self._pdfs[letter]), f"{draft} {name}.pdf".strip())

    def register(self, code: str, key: str, *, written: int, book: str = ARRIVALS) -> Any:
        """Register what came on paper or from outside, written so many working days ago."""
        return operations.register_incoming(
            self.demo.units[code], register=self.demo.registers[code, book], **self._arrived(key, written)
        )

    def receive(self, code: str, key: str, *, written: int) -> Any:
        """Take it in and leave it to be registered."""
        return operations.receive_incoming(self.demo.units[code], **self._arrived(key, written))

    def register_classified(self, code: str, key: str, *, written: int) -> Any:
        """Register what came on paper under its mark of secrecy."""
        text = texts.text(key)
        return operations.register_incoming(
            self.demo.units[code],
            register=self.demo.registers[code, ARRIVALS],
            level=text.level,
            basis=text.basis,
            **self._arrived(key, written),
        )

    def _arrived(self, key: str, written: int) -> dict[str, Any]:
        text, day = texts.text(key), self.day(written)
        return {
            **text.facts(day),
            "uploads": [self.upload(text, day)],
            "issuer": lookup.unit(self.demo.units[text.unit]).title,
            "number_symbol": text.number_symbol(self.demo, day),
            "document_date": day,
            "signer": self.demo.names.get(text.signer, text.signer),
        }

    def along(self, document: Any, directive: str = "") -> None:
        """Pass a document on along the first prepared route of its unit."""
        route = routes.of_unit(document.unit, "incoming")[0]
        operations.pass_along(document.UID(), route.id, directive=directive)

    def slip(self, document: Any) -> int:
        """The slip of a document that waits for who acts."""
        waiting = [*trays.tray("to_do").rows, *trays.tray("to_direct").rows]
        return next(each.id for each in waiting if each.document == document.UID())

    def draft(self, text: texts.Text, to: list[dict[str, Any]], *, replies_to: str = "") -> Any:
        """Begin a draft with its first version in the unit in which who acts serves."""
        today = clock.today()
        upload = self.upload(text, today, "Dự thảo lần 1")
        (post, *_others) = lookup.posts_of(actor.current())
        return operations.create_draft(
            post.unit,
            [upload],
            recipients=to,
            replies_to=replies_to,
            level=text.level,
            basis=text.basis,
            **text.facts(today),
        )

    def submit(self, document: Any) -> None:
        """Submit a draft along the review route of its unit."""
        route = routes.of_unit(document.unit, "review")[0]
        operations.submit_for_review(document.UID(), route=route.id)

    def sign(self, document: Any, text: texts.Text) -> None:
        """The signature of the text's signer is recorded."""
        operations.sign(
            document.UID(),
            self.demo.people[text.signer],
            title=text.plain["position"],
            authority=text.plain["authority"].split()[0],
        )

    def to(self, *codes: str) -> list[dict[str, Any]]:
        """Units as recipients of a document, sent electronically."""
        return [{"unit": self.demo.units[code], "channel": "electronic"} for code in codes]

    def delivery(self, document: Any) -> int:
        """The delivery of an issued document that waits for who acts."""
        return next(each.id for each in trays.tray("to_receive").rows if each.document == document.UID())

    def accept(self, document: Any, code: str) -> Any:
        """Receive an issued document, of one page as all letters are, into the book of arrivals."""
        return operations.accept_delivery(
            self.delivery(document), register=self.demo.registers[code, ARRIVALS], pages_seen=1
        )

    def _instant(self, moment: Moment) -> datetime:
        return datetime.combine(self.day(moment.days_ago), time.fromisoformat(moment.at), clock.VIETNAM)
