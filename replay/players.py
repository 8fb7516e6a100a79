"""Many people at once (diễn): the stories of each day, in the order of their time, told by so many threads.

A request is sent again under its identifier until it is answered, so that it is done once; of a login that was not
answered the ledger says if it was one. The clock of the site goes with the stories, and comes to the next day when all of
one are told.
"""

import base64
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from functools import partial
from typing import Any

from replay import letters
from replay.client import Away
from replay.client import Client
from replay.client import Refused
from replay.known import Known
from replay.plan import Person
from replay.plan import Step
from replay.plan import Story
from replay.plan import UnitPlan
from replay.progress import Progress


#: so many requests are sent once more when a replay goes on: of what was done in the instant in which everything was killed
#: the ledger may say more than the object database has, and the site finds that out when it is asked again
ASKED_AGAIN = 50
#: how often a request is sent again before it counts as failed
MOST_TRIES = 30


class Players:
    """The people of all plans at the web servers that listen on ``ports``."""

    def __init__(
        self, plans: list[UnitPlan], known: Known, ports: tuple[int, ...], password: str, progress: Progress
    ) -> None:
        self.known, self.progress = known, progress
        self.persons: dict[str, Person] = {each.login: each for plan in plans for each in plan.people}
        self.codes = [each.row.code for each in plans]
        self.ids = known.people()
        self.uids = known.carried()
        self.answers = known.answers()
        requests = sum(step.verb != "login" for plan in plans for story in plan.stories for step in story.steps)
        if len(self.answers) < requests:
            for identifier in list(self.answers)[-ASKED_AGAIN:]:
                del self.answers[identifier]
        self.logins = known.logins()
        self.clients = {
            login: Client(ports[number % len(ports)], login, password) for number, login in enumerate(self.persons)
        }
        #: who has logged in, in this run or before
        self.present = {login: threading.Event() for login in self.persons}
        logged_in = {person for person, _day in self.logins}
        for login, event in self.present.items():
            if self.ids[login] in logged_in:
                event.set()
        #: one login of a person at a time, so that they can be counted
        self.doors = {login: threading.Lock() for login in self.persons}
        self.stopping = threading.Event()
        self._turn = threading.Lock()

    def left(self, days: dict[date, list[Story]]) -> dict[date, list[Story]]:
        """What is still to be told of the stories of all days."""
        return {day: list(self._left(day, stories)) for day, stories in days.items()}

    def steps_left(self, story: Story) -> int:
        """How many requests a story still takes."""
        return sum(step.identifier not in self.answers for step in story.steps)

    def play(
        self, stories: list[Story], workers: int, at: Callable[[datetime], None], watch: Callable[[], None]
    ) -> None:
        """Tell the stories of a day; ``at`` is told the time as it goes on, ``watch`` raises when it has to end."""
        queue = iter(stories)
        threads = [threading.Thread(target=self._work, args=(queue, at)) for _each in range(workers)]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                while thread.is_alive():
                    thread.join(0.5)
                    self.progress.show()
                    watch()
        finally:
            self.stopping.set()
            for thread in threads:
                thread.join()
        self.stopping.clear()

    def _left(self, day: date, stories: list[Story]) -> Iterator[Story]:
        done = Counter({login: self.logins[self.ids[login], day] for login in self.persons})
        for story in stories:
            if story.steps[0].verb == "login":
                login = story.steps[0].person
                if done[login]:
                    done[login] -= 1
                else:
                    yield story
            elif any(step.identifier not in self.answers for step in story.steps):
                yield story

    def _work(self, queue: Iterator[Story], at: Callable[[datetime], None]) -> None:
        while not self.stopping.is_set():
            with self._turn:
                story = next(queue, None)
                if story is None:
                    return
                at(story.at)
            try:
                self._tell(story)
            except Stopped:
                return
            except Exception as error:
                # also a mistake of ours: a thread that ended in silence would leave stories untold
                self.progress.failed(f"{story.unit} {story.steps[0]}: {type(error).__name__} {error}")
                if story.steps[0].verb == "login":
                    # nobody waits for who does not come
                    self.present[story.steps[0].person].set()

    def _tell(self, story: Story) -> None:
        uid = self.uids[story.carried] if story.carried else ""
        for step in story.steps:
            if step.verb == "login":
                self._log_in(step.person, story.at.date())
                continue
            answer = self.answers.get(step.identifier)
            if answer is None:
                self._wait_for(step.person)
                path, body = self._request(step, uid)
                answer = self._patiently(step.verb, step.person, partial(self._post, step.person, path, body))
                self.answers[step.identifier] = answer
            uid = uid or answer["uid"]

    def _wait_for(self, login: str) -> None:
        while not self.present[login].wait(1):
            if self.stopping.is_set():
                raise Stopped

    def _log_in(self, login: str, day: date) -> None:
        client, person = self.clients[login], self.ids[login]
        with self.doors[login]:
            before = self.logins[person, day]

            def unless_it_was_one() -> None:
                if self.known.logins_of(person, day) == before:
                    client.log_in()

            self._patiently("login", login, client.log_in, unless_it_was_one)
            self.logins[person, day] = before + 1
        self.present[login].set()

    def _post(self, login: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        client = self.clients[login]
        try:
            return client.post(path, body)
        except Refused as refused:
            if refused.status != 401 or not client.cookie:
                raise
            client.forget()
            return client.post(path, body)

    def _patiently(
        self, verb: str, login: str, act: Callable[[], Any], again: "Callable[[], Any] | None" = None
    ) -> Any:
        """What ``act`` returns; where nobody answers it is done ``again`` after a while."""
        for tried in range(MOST_TRIES):
            if self.stopping.is_set():
                raise Stopped
            began = time.monotonic()
            try:
                answer = (again or act)() if tried else act()
            except Away as away:
                self.progress.repeated(f"{verb} of {login}: {away}")
                self.stopping.wait(random.uniform(0.1, 1) * min(tried + 1, 5))
                continue
            self.progress.done(verb, began, time.monotonic() - began)
            return answer
        raise Away(f"{MOST_TRIES} tries without an answer")

    def _request(self, step: Step, uid: str) -> tuple[str, dict[str, Any]]:
        path, body = _REQUESTS[step.verb](self, step, uid)
        return path, {**body, "externalIdentifier": step.identifier}

    def register(self, step: Step, uid: str) -> tuple[str, dict[str, Any]]:
        """A document that came on paper gets its arrival number (vào sổ)."""
        unit, serial = step.identifier.split("-in-")
        letter = letters.arriving(step.identifier)
        facts = {"unit": unit, "number_symbol": f"{serial}-CV/{unit}", "document_date": "2025-06-11"}
        return "/@incoming", {**letter, **facts, "files": [_file("Công văn.pdf", letter["title"])]}

    def draft(self, step: Step, uid: str) -> tuple[str, dict[str, Any]]:
        """A draft with its first version (dự thảo), for another unit of the tables and some outside."""
        letter = letters.written(step.identifier)
        person = self.persons[step.person]
        other = random.Random(step.identifier).choice([each for each in self.codes if each != person.unit])
        to = [{"unit": other, "channel": "electronic"}, {"name": "Các đơn vị trực thuộc", "channel": "paper"}]
        facts = {"unit": f"{person.unit}.{person.room:02}" if person.room else person.unit, "recipients": to}
        return "/@outgoing", {**letter, **facts, "files": [_file("Dự thảo.pdf", letter["title"])]}

    def transfer(self, step: Step, uid: str) -> tuple[str, dict[str, Any]]:
        """Slips: the first lead, the second and third support, the others are informed (chuyển xử lý)."""
        capacities = ["lead", "support", "support", *["informed"] * len(step.to)]
        to = [{"person": self.ids[login], "capacity": each} for login, each in zip(step.to, capacities, strict=False)]
        return f"/@documents/{uid}/transfer", {"recipients": to, "directive": "Nghiên cứu, tham mưu thực hiện."}

    def submit(self, step: Step, uid: str) -> tuple[str, dict[str, Any]]:
        """A draft is submitted (trình)."""
        return f"/@documents/{uid}/submit", {"reviewers": [{"person": self.ids[each]} for each in step.to]}

    def sign(self, step: Step, uid: str) -> tuple[str, dict[str, Any]]:
        """The signature on paper is recorded (ký)."""
        return f"/@documents/{uid}/sign", {"signer": self.ids[step.to[0]], "authority": "T/M"}

    def plainly(self, step: Step, uid: str) -> tuple[str, dict[str, Any]]:
        """A verb that needs no more words."""
        return f"/@documents/{uid}/{step.verb}", {}


class Stopped(Exception):
    """The replay was told to stop; it goes on from here the next time."""


_REQUESTS = {
    "register": Players.register,
    "draft": Players.draft,
    "transfer": Players.transfer,
    "submit": Players.submit,
    "sign": Players.sign,
    "approve": Players.plainly,
    "issue": Players.plainly,
}


def _file(name: str, text: str) -> dict[str, str]:
    return {"filename": name, "data": base64.b64encode(letters.pdf(text)).decode()}
